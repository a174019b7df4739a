"""Text as grading reads it: cleaned of markup, cut into words and clauses, with places in the text kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from quizzer.grading.words import Language

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}\)")
_LINE_MARK = re.compile(
    r"^[ \t]{0,20}(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+|\d{1,2}[.)][ \t]+|```.*$|[-*=_]{3,}[ \t]*$)", re.M
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w)|`+|~~|\|"
)
_FULL_STOP = re.compile(r"[.!?](?=\s|$)|\n|[。！？]|\.\.\.|…")
_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|\n|[。！？；]|\s[-–—]+\s|—|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, lower case, and its span in the text."""

    text: str
    start: int
    end: int
    capital: bool = False
    """Written in capitals throughout: an abbreviation."""


def clean(text: str) -> str:
    """*text* as plain prose: NFC, straight apostrophes, no control characters, no Markdown markup."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = text.replace("’", "'").replace("‘", "'").replace("´", "'")
        text = "".join(map(_visible, text))
    text = _LINE_MARK.sub("", _LINK.sub(r"\1", text))
    return _EMPHASIS.sub("", text).strip()


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else character


def words(text: str) -> tuple[Word, ...]:
    """The words of *text* in order, numbers with their decimal point."""
    return tuple(
        Word(m.group().lower(), m.start(), m.end(), m.end() - m.start() > 1 and m.group().isupper())
        for m in _WORD.finditer(text)
    )


def clauses(text: str, found: tuple[Word, ...], language: Language) -> list[tuple[int, int]]:
    """Spans of word indices (first, past the last), one for each clause that has a word, in order.

    A clause ends at a sentence's end, a colon, a dash, a line's end, a comma, and before a connective.
    """
    ends = {match.end() for match in _SENTENCE_END.finditer(text)}
    commas = {i + 1 for i, character in enumerate(text) if character in ",(),、，"}
    marks = sorted(ends | commas)
    spans: list[tuple[int, int]] = []
    first, mark = 0, 0
    for index in range(1, len(found)):
        while mark < len(marks) and marks[mark] <= found[index - 1].end - 1:
            mark += 1
        passed = mark < len(marks) and marks[mark] <= found[index].start
        if passed or (found[index].text in language.connectives and index - first > 1):
            spans.append((first, index))
            first = index
    if found:
        spans.append((first, len(found)))
    return spans


def sentences(text: str, found: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Spans of word indices, one for each sentence or line that has a word, in order."""
    ends = [match.end() for match in _FULL_STOP.finditer(text)]
    cuts = [i for i in range(1, len(found)) if any(found[i - 1].end <= end <= found[i].start for end in ends)]
    return list(zip([0, *cuts], [*cuts, len(found)], strict=True)) if found else []
