"""The blocks of Markdown lines, from markdown-it's tokens; ``<details>`` are blocks too, however badly they nest."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt

from quizzer.decks.markdown.lines import Line

Kind = Literal["heading", "paragraph", "code", "list", "quote", "table", "html", "rule", "details"]

DEEPEST = 20
"""Levels of ``<details>`` in one another; markdown-it follows lists as deep."""

_KINDS: dict[str, Kind] = {
    "heading_open": "heading", "paragraph_open": "paragraph", "fence": "code", "code_block": "code",
    "bullet_list_open": "list", "ordered_list_open": "list", "blockquote_open": "quote", "table_open": "table",
    "html_block": "html", "hr": "rule",
}  # fmt: skip
_MARKER = re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)]))([ \t]*)(\[[ xX]\][ \t]+)?")
_OPEN = re.compile(r"^\s*<details\b", re.IGNORECASE)
_CLOSE = re.compile(r"^\s*</details\b", re.IGNORECASE)
_SUMMARY = re.compile(r"^\s*<summary\b[^>]*>(.*?)(?:</summary\s*>\s*)?$", re.IGNORECASE)
_SUMMARY_END = re.compile(r"^\s*</summary\b", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """An item of a list, from line *start* to before *end*."""

    start: int
    end: int
    number: int | None
    checked: bool | None


@dataclass(slots=True)
class Block:
    """A block of the lines *start* to before *end*."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 to 6."""
    ordered: bool = False
    items: tuple[Item, ...] = ()
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    """Inside ``<details>``."""
    inner: tuple[int, int] = (0, 0)
    """The lines inside ``<details>``, after the summary."""


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable("inline")  # only blocks are asked for, and they alone take a third of the time
    return parser


def parse(lines: Sequence[Line], *, asks: Callable[[str], bool]) -> list[Block]:
    """The blocks that *lines* are; *asks* tells whether the summary of a ``<details>`` is a question."""
    tokens = _parser().parse("\n".join(line.text for line in lines))
    blocks: list[Block] = []
    for token in tokens:
        if token.level == 0 and token.map and token.type in _KINDS:
            start, end = token.map
            while end > start + 1 and not lines[end - 1].text.strip():
                end -= 1
            block = Block(_KINDS[token.type], start, end, ordered=token.type == "ordered_list_open")
            if block.kind == "heading":
                block.level = int(token.tag[1])
            blocks.append(block)
        elif token.level == 1 and token.type == "list_item_open" and token.map:
            start, end = token.map
            while end > start + 1 and not lines[end - 1].text.strip():
                end -= 1
            box = _MARKER.match(lines[start].text)
            mark = box.group(3) if box else None
            number = int(token.info) if token.info.isdecimal() else None
            blocks[-1].items += (Item(start, end, number, None if mark is None else mark[1] in "xX"),)
    return _group_details(blocks, lines, asks)


def item_lines(lines: Sequence[Line], item: Item) -> list[Line]:
    """The lines inside *item*, without its marker and indentation."""
    first = lines[item.start]
    marker = _MARKER.match(first.text)
    if marker is None:
        return list(lines[item.start : item.end])
    spaces = len(marker.group(2).expandtabs(4))
    offset = len(marker.group(1).expandtabs(4)) + (spaces if 0 < spaces < 5 else 1)
    cut = marker.end()
    inside = [first._replace(text=first.text[cut:], column=first.column + cut)]
    inside.extend(dedented(line, offset) for line in lines[item.start + 1 : item.end])
    return inside


def dedented(line: Line, width: int) -> Line:
    """*line* without at most *width* columns of white space before it."""
    column = position = 0
    for character in line.text:
        if column >= width or character not in " \t":
            break
        column += 4 - column % 4 if character == "\t" else 1
        position += 1
    rest = " " * (column - width if column > width else 0) + line.text[position:]
    return line._replace(text=rest, column=line.column + position - max(0, column - width))


class _Open:
    """A ``<details>`` that has not been closed yet."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.blocks: list[Block] = []
        self.in_summary = False
        self.has_summary = False


def _group_details(blocks: Sequence[Block], lines: Sequence[Line], asks: Callable[[str], bool]) -> list[Block]:
    top: list[Block] = []
    stack: list[_Open] = []

    def close(end: int) -> None:
        done = stack.pop()
        done.block.end = end
        done.block.blocks = tuple(done.blocks)
        done.block.inner = (done.block.inner[0], max(done.block.inner[0], min(done.block.inner[1], end)))
        if stack:
            stack[-1].blocks.append(done.block)
            stack[-1].block.inner = (stack[-1].block.inner[0], end)
        else:
            top.append(done.block)

    for number, block in enumerate(blocks):
        text = lines[block.start].text if block.kind in ("html", "list") else ""
        if block.kind == "html" and _OPEN.match(text):
            summary = _SUMMARY.match(lines[blocks[number + 1].start].text) if number + 1 < len(blocks) else None
            if stack and asks(stack[-1].block.summary) and summary and asks(summary.group(1)):
                close(stack[-1].blocks[-1].end if stack[-1].blocks else block.start)
            if len(stack) >= DEEPEST:
                stack[-1].blocks.append(block)
                continue
            stack.append(_Open(Block("details", block.start, block.end, inner=(block.end, block.end))))
        elif not stack:
            top.append(block)
        elif block.kind == "html" and _CLOSE.match(text):
            stack[-1].block.inner = (stack[-1].block.inner[0], block.start)
            close(block.end)
        else:
            _add(stack[-1], block, lines)
    while stack:
        _close_at_the_next(stack, top)
    return top


def _add(opened: _Open, block: Block, lines: Sequence[Line]) -> None:
    """Put *block* into *opened*: its summary, or what is hidden below it."""
    text = lines[block.start].text
    expected = block.kind == "html" and not (opened.has_summary or opened.blocks)
    found = _SUMMARY.match(text) if expected else None
    if found:
        opened.has_summary = True
        opened.block.summary = found.group(1).strip()
        opened.in_summary = not re.search(r"</summary", text, re.IGNORECASE)
    elif opened.in_summary and block.kind == "html" and _SUMMARY_END.match(text):
        opened.in_summary = False
    elif opened.in_summary:
        words = " ".join(line.text.strip() for line in lines[block.start : block.end])
        opened.block.summary = f"{opened.block.summary} {words}".strip()
    else:
        opened.blocks.append(block)
        opened.block.inner = (opened.block.inner[0], block.end)
        return
    opened.block.inner = (block.end, block.end)


def _close_at_the_next(stack: list[_Open], top: list[Block]) -> None:
    """End a ``<details>`` that is never closed where the next one or a heading begins; the rest stands beside it."""
    done = stack.pop()
    inside = list(done.blocks)
    cut = next((n for n, block in enumerate(inside) if n and block.kind in ("heading", "details")), len(inside))
    done.block.blocks = tuple(inside[:cut])
    done.block.end = inside[cut - 1].end if cut else done.block.inner[0]
    done.block.inner = (done.block.inner[0], done.block.end)
    (stack[-1].blocks if stack else top).extend((done.block, *inside[cut:]))
