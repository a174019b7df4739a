"""The lines of a list as the Markdown parser is to see them, each with its place in the file.

GitHub's lists are written by many hands: headings without the space, rules that turn the paragraph above them into a
heading, ``<details>`` tags in the middle of a line. What a reader sees on the page is what is meant, so such lines are
mended before they are parsed; every piece still knows the line and the column it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A line or a piece of one. *row* counts from 0; *column* is where *text* begins in that row."""

    text: str
    row: int
    column: int = 0
    made: bool = False
    """A blank line that is not in the file."""
    tail: str = ""
    """What follows *text* on a very long line: no part of it says what the line is."""

    @property
    def whole(self) -> str:
        """All of it."""
        return self.text + self.tail


LONGEST = 2000
"""Characters of a line that are looked at; patterns for short lines take minutes over a megabyte."""

_ENDS = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"^(?:[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}(?=[^`]*$)|~{3,})")
_LEAD = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_TAGS = re.compile(
    r"<summary\b[^>]*>.*?</summary\s*>|</?(?:details|summary)\b[^>]*>|<h([1-6])\b[^>]*>.*?</h\1\s*>", re.IGNORECASE
)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.IGNORECASE)
_TIGHT_HEADING = re.compile(r"^ {0,3}(?:#{2,6}(?=[^#\s])|#(?=[A-Z]\S*\s+[^#\s])|#(?=[A-Z][^#]*$))")
_NUMBERED = re.compile(r"^ {0,3}\d{1,5}[.)][ \t]+(?=\S)")
_INDENTED = re.compile(r"^(?:\t[ \t]*| {4,})(\d{1,5}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"^ {0,3}-{3,}[ \t]*$")
_BLOCK_START = re.compile(r"^ {0,3}(?:[-*+>|]|\d{1,9}[.)]|#{1,6}[ \t]|\*\*|__|<|\[)")


def rows_of(text: str) -> list[str]:
    """The lines of *text* without their ends; an end at the end of the file begins no further line."""
    rows = _ENDS.split(text)
    return rows[:-1] if rows and not rows[-1] else rows


class FenceWatch:
    """Tells for one line after another whether it belongs to a fenced code block."""

    def __init__(self) -> None:
        self.mark = ""
        """The fence that is open, or empty."""

    def inside(self, text: str) -> bool:
        """Whether *text* is a fence or stands between two."""
        if self.mark:
            closing = text.strip(" \t>")
            if closing.startswith(self.mark) and not closing.strip(self.mark[0]):
                self.mark = ""
            return True
        found = _FENCE.match(text)
        if found:
            self.mark = found.group(1)
        return bool(found)


def has_indented_numbers(rows: Sequence[str], asks: Callable[[str], bool]) -> bool:
    """Whether numbered questions stand where Markdown sees code: indented, and in no list."""
    found = 0
    before = ""
    for text in rows:
        number = _INDENTED.match(text)
        found += bool(
            number and not before[:1].isspace() and not _BLOCK_START.match(before) and asks(text[number.end() :])
        )
        before = text if text.strip() else before
    return found > 1


def mend(rows: Sequence[str], first: int = 0, *, asks: Callable[[str], bool], outdent: bool = False) -> list[Line]:
    """*rows* from the one numbered *first* on, as the parser is to see them.

    *asks* tells whether a text is a question; *outdent*: numbers that are indented begin a line all the same.
    """
    lines: list[Line] = []
    watch = FenceWatch()
    for row, text in enumerate(rows[first:], first):
        if len(text) > LONGEST:
            lines.append(Line(text[:LONGEST], row, tail=text[LONGEST:]))
        elif watch.inside(text):
            lines.append(Line(text, row))
        elif "<" in text and _TAGS.search(text):
            lines.extend(_split_at_tags(text, row))
        elif text.lstrip(" ").startswith("#") and (tight := _TIGHT_HEADING.match(text)):
            # Old GitHub took `##Title` for a heading, and many lists still have them.
            lines.append(Line(f"{tight.group().strip()} {text[tight.end() :]}", row))
        elif outdent and (number := _INDENTED.match(text)):
            lines.extend(
                (Line("", row, 0, True), Line(f"{number.group(1)} {text[number.end() :]}", row, number.start(1)))
            )
        elif lines and lines[-1].text.strip() and (number := _NUMBERED.match(text)) and asks(text[number.end() :]):
            # Markdown lets only the number 1 begin a list in the middle of a paragraph.
            lines.extend((Line("", row, 0, True), Line(text, row)))
        elif _RULE.match(text) and lines and lines[-1].text.strip() and not _is_underlined_title(lines):
            lines.extend((Line("", row, 0, True), Line(text, row)))
        else:
            lines.append(Line(text, row))
    return lines


def _is_underlined_title(lines: Sequence[Line]) -> bool:
    """Whether dashes below the last line make a title of it, as their author meant them to."""
    title = lines[-1].text
    alone = len(lines) < 2 or not lines[-2].text.strip()
    return alone and len(title) <= 80 and not _BLOCK_START.match(title) and title.rstrip()[-1] not in ".:;,!?`)"


def _split_at_tags(text: str, row: int) -> Iterator[Line]:
    found = _LEAD.match(text)
    prefix = found.group() if found else ""
    indent = "".join(character if character in "> \t" else " " for character in prefix)
    blank = Line(indent.rstrip(" \t"), row, 0, True)
    position, pieces = 0, []
    for tag in _TAGS.finditer(text):
        if text.count("`", 0, tag.start()) % 2:
            continue  # shown as code
        pieces += [(position, tag.start()), (tag.start(), tag.end())]
        position = tag.end()
    pieces.append((position, len(text)))
    begun = False
    opened = False
    for start, end in pieces:
        piece = text[start:end]
        if not piece.strip() or (not begun and piece == prefix):
            continue
        if begun:
            yield blank
        opened = opened or piece.lower().startswith(("<details", "<summary"))
        margin = "" if piece.startswith("</") and not opened and indent != prefix else indent
        heading = _HTML_HEADING.fullmatch(piece.strip())
        if heading:
            piece = f"{'#' * int(heading.group(1))} {heading.group(2).strip()}"
        if begun or start >= len(prefix):
            piece = piece.lstrip()
            column = text.index(piece, start) if not heading else start
            lead = margin if begun else prefix
            yield Line(lead + piece, row, column - len(lead))
        else:
            yield Line(piece, row)
        begun = True
    yield blank


def front_matter(rows: Sequence[str]) -> tuple[int, dict[str, str]]:
    """How many rows a block of ``key: value`` lines between ``---`` takes at the top, and its texts."""
    if not rows or rows[0].rstrip() != "---":
        return 0, {}
    for number, text in enumerate(rows[1:60], 1):
        if text.rstrip() in ("---", "..."):
            pairs = (line.partition(":") for line in rows[1:number] if not line.startswith((" ", "-", "#")))
            values = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
            return number + 1, values
        if text.strip() and ":" not in text and not text.lstrip().startswith(("-", "#")):
            return 0, {}
    return 0, {}
