"""Questions as they are gathered from a list, before it is decided which of their lines are the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import label, strip_ornaments
from quizzer.decks.markdown.levels import take_level
from quizzer.decks.markdown.lines import LONGEST, Line
from quizzer.model import Difficulty

_BOLD = re.compile(
    r"^(?:(?P<mark>\*\*\*|\*\*|___|__)(?=\S)(?P<a>.+?)(?<=[^\s\\])(?P=mark)(?![*_])|"
    r"<(?P<tag>b|strong)>(?P<b>.+?)</(?P=tag)>)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_BOLD = re.compile(r"^[\s:.?!]*(?:\*|<br\s*/?>|\s|\\)*$", re.IGNORECASE)
_PAGE_TOP = r"(?:top|contents?|toc|index|table of contents)"
_BACK = re.compile(
    r"^\W*(?:<[^>]+>\W*)*(?:\[[^\]]*\]\(\s*#[^)]*\)|"
    rf"(?:(?:go |jump |scroll )?(?:back )?to (?:the )?{_PAGE_TOP}|⬆\S*|↥\S*|🔝|top)|"
    r"\[[^\]]*(?:\btop\b|⬆|↑|↥|🔝|table of contents|back to)[^\]]*\]\([^)]*\))\W*(?:</\w+>\W*)*$",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"^(?:\s|<br\s*/?>|&nbsp;|<hr\s*/?>|<!--.*?-->|"
    r"</?(?:p|div|center|a|br|img|b|i|span|sub|small|u|font|blockquote|details)\b[^>]*>|"
    r"\[?!\[[^\]]*\]\([^)]*\)\]?(?:\([^)]*\))?|\[?!\[[^\]]*\]\[[^\]]*\]\]?(?:\([^)]*\)|\[[^\]]*\])?)*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Draft:
    """A question and the lines below it."""

    style: str
    """How it is marked: "heading", "word" (``Q:``), "bold", "details", "list-...", "table", "plain"."""
    question: list[Line]
    body: list[Line] = field(default_factory=list)
    word: bool = False
    number: int | None = None
    tags: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    indent: str = ""
    """What stands in the file before each line of the body."""
    rows: tuple[int, ...] = ()
    """Rows that belong to it beside those of the question and the body: of tags, of a line below a title."""


def bold_parts(text: str) -> tuple[str, str] | None:
    """What is bold at the start of *text*, and what follows; None where *text* does not begin in bold."""
    found = _BOLD.match(strip_ornaments(text))
    return ((found.group("a") or found.group("b")).strip(), found.group("rest")) if found else None


def is_all_bold(text: str) -> bool:
    """Whether nothing but marks and emoji stands beside the bold text."""
    parts = bold_parts(text)
    return parts is not None and bool(_AFTER_BOLD.match(strip_ornaments(without_marks(parts[1]))))


def without_marks(text: str) -> str:
    """*text* without the emoji and bracketed words that state a difficulty."""
    return take_level("x " + text, stars_count=False)[0][1:]


def is_way_back(text: str) -> bool:
    """Whether a line only leads back to the top of the page."""
    return len(text) < 300 and bool(_BACK.match(text))


def is_ornament(text: str) -> bool:
    """Whether there is nothing to read: breaks, badges, pictures, comments, tags."""
    return len(text) < LONGEST and bool(_ORNAMENT.match(text))


def starts_question(text: str) -> int:
    """How surely a line, without a list's marker, is a question: `asking`; 3 where a word such as ``Q:`` says so."""
    marked = label(text)
    if marked.word:
        return 3
    parts = bold_parts(marked.rest)
    return asking(flatten(parts[0] if parts and parts[0][-1:] in _QUESTION_MARKS else marked.rest).text)


_SEPARATED = re.compile(
    r"[?？؟][\"'”’*_)]*\s+(?P<cut>(?P<dash>[-–—:→]|=>|->)\s+|(?:\*\*|__)?(?:A|Ans|Answer)(?:\*\*|__)?\s*[:.]\s*)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"^(?P<question>[^?]*\?)\s+\((?P<inside>[^?]+)\)\.?\s*$")
"""A question with its answer in brackets."""
_QUESTION_MARKS = ("?", "？", "؟")


def split_question(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a paragraph that begins with a question: those of the question, and what follows it."""
    if not lines:
        return [], []
    first, rest = lines[0], list(lines[1:])
    whole = _close_bold(lines)
    if whole:
        return whole
    cut = _end_of_question(first.text)
    if cut:
        after = piece(first, cut)
        if after.text.startswith("(") and _IN_BRACKETS.match(first.text):
            after = after._replace(text=after.text[1:].rstrip(" .").removesuffix(")"), column=after.column + 1)
        return [first._replace(text=first.text[:cut], tail="")], [after, *rest]
    plain = flatten(label(first.text).rest).text
    if not rest or first.text.rstrip().endswith(_QUESTION_MARKS) or asking(plain.rstrip("*_ ")) == 2:
        return [first], rest
    end = next((n for n, line in enumerate(lines) if line.text.rstrip(" *_").endswith(_QUESTION_MARKS)), None)
    if end is not None:
        return list(lines[: end + 1]), list(lines[end + 1 :])
    breaks = first.text.endswith(("  ", "\\")) or first.text.rstrip().endswith((".", ":", "*", "_"))
    return ([first], rest) if breaks or len(first.text) < 60 else (list(lines), [])


def _end_of_question(text: str) -> int:
    """Where the answer begins on the line of its question; 0 where it does not."""
    bold = bold_parts(text) or bold_parts(label(text).rest)
    if bold and bold[1].strip() and starts_question(text) and not is_all_bold(text):
        inside, after = bold
        names_it = inside.rstrip(" :").lower() in ("q", "question")
        if inside[-1:] in _QUESTION_MARKS or not (names_it or asking(flatten(text).text) == 2):
            return len(text) - len(after)
    found = _IN_BRACKETS.match(text)
    if found and len(found.group("inside").split()) >= 8 and asking(flatten(found.group("question")).text) == 2:
        return found.end("question")
    found = _SEPARATED.search(text)
    if not found:
        return 0
    return found.end("cut") if found.group("dash") else found.start("cut")


def _close_bold(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Bold text that goes over several lines."""
    bare = strip_ornaments(lines[0].text)
    mark = next((mark for mark in ("**", "__") if bare.startswith(mark)), "")
    if not mark or mark in bare[2:]:
        return None
    for number, line in enumerate(lines[1:6], 1):
        if mark in line.text:
            cut = line.text.index(mark) + 2
            after = [piece(line, cut)] if line.whole[cut:].strip() else []
            return [*lines[:number], line._replace(text=line.text[:cut], tail="")], [*after, *lines[number + 1 :]]
    return None


def piece(line: Line, start: int) -> Line:
    """*line* from *start* on, white space before it left out."""
    text = line.text[start:]
    bare = text.lstrip()
    return line._replace(text=bare, column=line.column + start + len(text) - len(bare))


def trimmed(lines: Iterable[Line]) -> list[Line]:
    """*lines* without blank ones at both ends."""
    kept = list(lines)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept
