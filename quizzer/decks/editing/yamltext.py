"""Writes one text as YAML: plain, quoted or as a block, whichever reads best and means the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

WIDTH = 120
"""Columns that new lines keep to, where the text has spaces to break at."""

_DEEPEST_INDICATOR = 9

# Not allowed raw in YAML, taken for line ends by it, or invisible: these are written as escapes.
_ESCAPED = re.compile(
    "[^\t\n\x20-\x7e\xa0-\xac\xae-\u05ff\u0606-\u061b\u061d-\u06dc\u06de-\u070e\u0710-\u180d\u180f-\u200a\u200c\u200d"
    "\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufff8\ufffc\ufffd\U00010000-\U000dffff\U000e1000-\U0010ffff]"
)
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
# Other programs read these as numbers, dates, booleans or nothing; to quizzer every text is a text.
_NOT_TEXT_TO_OTHERS = re.compile(
    r"~|<<|=|null|true|false|yes|no|on|off|y|n|"
    r"[-+]?\.?\d[\d_.,:eExXoOa-fA-F+-]*|[-+]?\.(inf|nan)|\d{4}-\d\d?-\d\d?[Tt ].*",
    re.IGNORECASE,
)
_BREAKABLE = re.compile(r"(?<=[^ \t\n]) (?=[^ \t\n])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to be written; columns count from 0."""

    column: int
    """At which the value begins."""
    parent: int
    """Indentation of the mapping or list that holds it."""
    content: int
    """Indentation of the lines after the first; deeper than *parent*."""
    after: int = 0
    """Characters that follow it on its line."""
    block: bool = True
    """Whether a block scalar may stand here."""
    wrap: bool = True
    """Whether the value may take more than one line."""


def written(text: str, place: Place, *, like: str = "") -> list[str]:
    """*text* as the lines of a YAML scalar in block context; all but the first begin with their indentation.

    *like* is the first character of the value that it replaces, whose style is kept where it fits.
    """
    line = on_one_line(text, like=like)
    if line and place.column + len(line) + place.after <= WIDTH:
        return [line]
    if not place.wrap:
        return [line or double_quoted(text)]
    block = _as_block(text, place, literal=like == "|") if place.block else None
    return block or _as_quoted_lines(text, place)


def on_one_line(text: str, *, like: str = "", flow: bool = False) -> str:
    """*text* on one line, without escapes for line feeds; empty where it has line feeds.

    *flow*: it stands within brackets or braces.
    """
    if "\n" in text:
        return ""
    if _ESCAPED.search(text) or "\t" in text:
        return double_quoted(text)
    if like == '"' or (like != "'" and '"' not in text and "\\" not in text and not is_plain(text, flow=flow)):
        return double_quoted(text)
    if like != "'" and is_plain(text, flow=flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether *text*, of one line, can stand without quotes and is a text to every program."""
    if not text or text != text.strip() or text[0] in _INDICATORS or text.startswith("..."):
        return False
    if ": " in text or text.endswith(":") or " #" in text or "\t" in text or _ESCAPED.search(text):
        return False
    if flow and any(character in text for character in ",[]{}:?"):
        return False
    return not _NOT_TEXT_TO_OTHERS.fullmatch(text)


def double_quoted(text: str, *, json: bool = False) -> str:
    """*text* in double quotes on one line; *json*: a text of JSON as well."""
    return '"' + "".join(_escape(character, json=json) for character in text) + '"'


def _escape(character: str, *, json: bool) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _ESCAPED.match(character) or (json and character > "\uffff") or "\ud800" <= character <= "\udfff":
        return character  # half a character has no escape either: whoever writes the file refuses it
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"


def wrapped(text: str, *, first: int, width: int) -> list[str]:
    """*text* cut at single spaces into lines of at most *width* characters, the first of *first*, where that can be."""
    lines: list[str] = []
    line, room = "", first
    for word in _BREAKABLE.split(text):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, width
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _as_block(text: str, place: Place, *, literal: bool) -> list[str] | None:
    """*text* as a folded or literal block; None where neither can hold it as it is."""
    lines = text.split("\n")
    if _ESCAPED.search(text) or not text or text[-1] in " \t\n":
        return None
    if any(line and not line.strip(" \t") for line in lines):
        return None  # a line of spaces alone: invisible, and gone with the next clean-up
    width = WIDTH - place.content
    foldable = not any(line[:1] in (" ", "\t") or line[-1:] in (" ", "\t") for line in lines)
    too_long = any(len(line) > width for line in lines)
    if foldable and text[0] != "\n" and too_long and not (literal and len(lines) > 1):
        return [">-", *_indented(_folded(lines, width), place.content)]
    if len(lines) == 1:
        return None
    first = next(line for line in lines if line)
    indicator = str(place.content - place.parent) if first[0] in " \t" else ""
    if indicator and place.content - place.parent > _DEEPEST_INDICATOR:
        return None
    return [f"|{indicator}-", *_indented(lines, place.content)]


def _folded(lines: list[str], width: int) -> list[str]:
    """Lines of a folded block that mean *lines*: a line feed of the text takes an empty line more."""
    folded: list[str] = []
    for number, line in enumerate(lines):
        if number and line:
            folded.append("")
        folded += wrapped(line, first=width, width=width) if line else [""]
    return folded


def _as_quoted_lines(text: str, place: Place) -> list[str]:
    """*text* in double quotes, on several lines where it is long."""
    lines = wrapped(double_quoted(text), first=WIDTH - place.column - place.after, width=WIDTH - place.content)
    return [lines[0], *_indented(lines[1:], place.content)]


def _indented(lines: list[str], indentation: int) -> list[str]:
    return [" " * indentation + line if line else "" for line in lines]
