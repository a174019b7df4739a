"""Inline Markdown as plain text: what a question reads like without its emphasis and links."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizzer.decks.markdown.lines import LONGEST


class Flat(NamedTuple):
    """Plain text, with code still between backticks. *links*: (text, address) of each link, in order."""

    text: str
    links: tuple[tuple[str, str], ...]
    images: int


_SIMPLE = re.compile(r"[^\\`*_\[\]<>&!]*")
_CODE = re.compile(r"<(?:code|kbd|tt)>([^<`\n]+)</(?:code|kbd|tt)>", re.IGNORECASE)
_DUNDER = re.compile(r"(?<![\w*\\])__(\w+?)__(?![\w*])")
_BREAK = re.compile(r"^<br\b", re.IGNORECASE)


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def flatten(markdown: str) -> Flat:
    """The words of one paragraph's *markdown*."""
    if len(markdown) > 2 * LONGEST:
        return Flat(" ".join(markdown.split()), (), 0)
    if "<" in markdown:
        markdown = _CODE.sub(lambda found: _as_code(found.group(1)), markdown)
    if "__" in markdown and "`" not in markdown:
        # Authors write __init__ and mean it; as Markdown it would be bold.
        markdown = _DUNDER.sub(r"\_\_\1\_\_", markdown)
    if _SIMPLE.fullmatch(markdown):
        return Flat(" ".join(markdown.split()), (), 0)
    children = _parser().parseInline(markdown)[0].children or []
    words, links, images = _text(children)
    return Flat(" ".join(words.split()), tuple(links), images)


def _text(tokens: list[Token]) -> tuple[str, list[tuple[str, str]], int]:
    parts: list[str] = []
    links: list[tuple[str, str]] = []
    images, start = 0, 0
    for token in tokens:
        if token.type in ("text", "text_special"):
            parts.append(token.content)
        elif token.type == "code_inline":
            parts.append(_as_code(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "html_inline":
            parts.append(" " if _BREAK.match(token.content) else "")
        elif token.type == "image":
            images += 1
        elif token.type == "link_open":
            start = len(parts)
            links.append(("", str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and links:
            links[-1] = (" ".join("".join(parts[start:]).split()), links[-1][1])
    return "".join(parts), links, images


def _as_code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
