"""Fills the placeholders of a list with a deck's answers and leaves every other byte of it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quizzer.decks.markdown.canonical import is_canonical
from quizzer.decks.markdown.entries import Entry, QuestionList, Slot

Read = Callable[[str], QuestionList]

_END = re.compile(r"\r\n|\r|\n")
_BEGINS_A_BLOCK = re.compile(r"^(?:\s|[-*+>|#]|\d{1,9}[.)]\s|```|~~~|<)")


@dataclass(frozen=True, slots=True)
class Filled:
    """A list after filling. The numbers are positions of its questions."""

    text: str
    filled: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    """Answers that could not be written so that the list is read back as meant; their places are as they were."""


def fill(text: str, answers: Mapping[int, str], *, read: Read) -> Filled:
    """*text* with *answers* (position of an unanswered question -> answer) in their places.

    The result is read again: where an answer would be taken for something else, as one with headings may be, it is
    folded into ``<details>``, and where that does not help either, it is left out.
    """
    before = read(text)
    forms: dict[int, str] = {
        number: answer.strip("\n") for number, answer in answers.items() if before.entries[number].slot is not None
    }
    folded: set[int] = set()
    refused = set(answers) - set(forms)
    while True:
        written = _write(text, before, forms, folded)
        wrong = _misread(before, read(written), answers, forms)
        if not wrong:
            return Filled(written, tuple(sorted(forms)), tuple(sorted(refused)))
        again = wrong - folded if not is_canonical(text) else set()
        folded |= again
        for number in wrong - again:
            del forms[number]
            refused.add(number)


def _misread(
    before: QuestionList, after: QuestionList, answers: Mapping[int, str], forms: Mapping[int, str]
) -> set[int]:
    """The filled questions whose answers the list does not give back, or that disturb what follows them."""
    wrong: set[int] = set()
    last = -1
    for number, (old, new) in enumerate(zip(before.entries, after.entries, strict=False)):
        if not new.card.question.startswith(old.card.question) or old.card.tags != new.card.tags:
            # What stands here is not the next question: the answer before it was read as something else.
            return wrong | ({last} if last >= 0 else set(forms))
        last = number if number in forms else last
        expected = (answers[number],) if number in forms else old.card.answers
        if old.card.question != new.card.question or _words(new.card.answers) != _words(expected):
            wrong |= {last} if last >= 0 else set(forms)
    if len(before.entries) != len(after.entries):
        wrong |= {last} if last >= 0 else set(forms)
    return wrong


def _words(texts: tuple[str, ...]) -> list[list[str]]:
    return [[line.rstrip() for line in text.strip("\n").split("\n")] for text in texts]


def _write(text: str, listed: QuestionList, forms: Mapping[int, str], folded: set[int]) -> str:
    rows = _rows(text)
    for number in sorted(forms, reverse=True):
        entry = listed.entries[number]
        if entry.slot is not None:
            _put(rows, entry, entry.slot, forms[number], fold=number in folded)
    return "".join(content + end for content, end in rows)


def _rows(text: str) -> list[tuple[str, str]]:
    """The lines of *text* with their ends."""
    rows = []
    position = 0
    for end in _END.finditer(text):
        rows.append((text[position : end.start()], end.group()))
        position = end.end()
    if position < len(text):
        rows.append((text[position:], ""))
    return rows


def _put(rows: list[tuple[str, str]], entry: Entry, slot: Slot, answer: str, *, fold: bool) -> None:
    content, end = rows[slot.row]
    newline = end or next((mark for _, mark in rows if mark), "\n")
    lines = answer.split("\n")
    if slot.marked and not fold:
        lines = ["**Answer:**", "", *lines]
    if fold:
        lines = ["<details><summary>Answer</summary>", "", *lines, "", "</details>"]
    begins_block = fold or bool(_BEGINS_A_BLOCK.match(lines[0]))
    further = newline.join(
        slot.indent + line if line else slot.indent.rstrip() if ">" in slot.indent else "" for line in lines
    )
    if slot.end < 0:
        # On lines of its own below the question, a blank line between.
        blank = slot.indent.rstrip() if ">" in slot.indent else ""
        follows = slot.row + 1 < len(rows) and rows[slot.row + 1][0].strip()
        rows[slot.row] = (f"{content}{newline}{blank}{newline}{further}{newline if follows else ''}", end)
        return
    before, after = content[: slot.start], content[slot.end :]
    alone = not before.strip(" \t>-*+0123456789.)")
    if begins_block and not alone:
        rows[slot.row] = (f"{before}{newline}{newline}{further}{after}", end)
        return
    gap = "" if not before or before[-1] in " \t>" else " "
    rest = further.split(newline, 1)[1] if len(lines) > 1 else ""
    rows[slot.row] = (f"{before}{gap}{lines[0]}{newline + rest if rest or len(lines) > 1 else ''}{after}", end)
