"""What stands in a cell: several texts between bars, and no formula that a spreadsheet would run.

``a | b`` is two texts. A backslash before a bar, before another backslash or before white space at an end takes their
meaning away; ``\\e`` alone is an empty text. A cell that a spreadsheet would take for a formula has an apostrophe
before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BAR = "|"
TAG_SEPARATORS = "|,;"
"""Tags are short, and people part them in any of these ways."""

_EMPTY = "\\e"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What begins like a formula, however many apostrophes stand before it; the last four are the wide forms."""
_WHITE_FIRST = re.compile(r"\\*\s")
_WHITE_LAST = re.compile(r"\s\\*\Z")


def defused(cell: str) -> str:
    """*cell* so that a spreadsheet shows it instead of computing it.

    Source: OWASP, "CSV Injection".
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def undefused(cell: str) -> str:
    """The cell that `defused` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def text_cell(text: str) -> str:
    """The cell of one text."""
    if _WHITE_FIRST.match(text):
        text = f"\\{text}"
    return f"{text}\\" if _WHITE_LAST.search(text) else text


def text_of(cell: str) -> str:
    """The one text of a cell; white space around it is left out."""
    cell = cell.strip()
    if cell.startswith("\\") and _WHITE_FIRST.match(cell):
        cell = cell[1:]
    return cell[:-1] if cell.endswith("\\") and _WHITE_LAST.search(cell) else cell


def list_cell(texts: Iterable[str], separators: str = BAR) -> str:
    """The cell of several texts."""
    return f" {BAR} ".join(_escaped(text, separators) for text in texts)


def _escaped(text: str, separators: str) -> str:
    if not text:
        return _EMPTY
    inner = "".join(f"\\{character}" if character in separators + "\\" else character for character in text)
    first = len(inner) - len(inner.lstrip())
    last = len(inner.rstrip())
    if first == len(inner):
        return "".join(f"\\{character}" for character in inner)
    before, after = inner[:first], inner[last:]
    return "".join(f"\\{c}" for c in before) + inner[first:last] + "".join(f"\\{c}" for c in after)


def texts_of(cell: str, separators: str = BAR) -> tuple[str, ...]:
    """The texts of a cell; where nothing stands between two bars, there is none.

    A backslash before anything else is a backslash, as in a cell that nobody wrote for quizzer.
    """
    texts: list[str] = []
    # What is written, and what of it was escaped: neither white space to be left out nor a bar.
    written: list[str] = []
    kept: list[bool] = []
    position = 0
    for end in (*_ends(cell, separators), len(cell)):
        while position < end:
            character = cell[position]
            following = cell[position + 1 : position + 2]
            is_escape = (
                character == "\\" and bool(following) and (following in separators + "\\" or following.isspace())
            )
            written.append(following if is_escape else character)
            kept.append(is_escape)
            position += 1 + is_escape
        position += 1
        _add(texts, written, kept)
        written, kept = [], []
    return tuple(texts)


def _ends(cell: str, separators: str) -> list[int]:
    """Where separators stand that no backslash takes the meaning from."""
    ends, position = [], 0
    while position < len(cell):
        if cell[position] in separators:
            ends.append(position)
        position += 2 if cell[position] == "\\" else 1
    return ends


def _add(texts: list[str], written: list[str], kept: list[bool]) -> None:
    start, end = 0, len(written)
    while start < end and written[start].isspace() and not kept[start]:
        start += 1
    while end > start and written[end - 1].isspace() and not kept[end - 1]:
        end -= 1
    text = "".join(written[start:end])
    if text == _EMPTY and not any(kept[start:end]):
        texts.append("")
    elif text:
        texts.append(text)
