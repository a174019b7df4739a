"""Reads a question list in Markdown, whatever its shape: its questions, and a remark on all that is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quizzer.decks.keys import MAXIMUM_TEXT
from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.entries import Entry, QuestionList, Remark
from quizzer.decks.markdown.gathering import Gatherer
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.lines import FenceWatch, front_matter, has_indented_numbers, mend, rows_of
from quizzer.decks.markdown.resolving import Resolver

_TWO_STARS = re.compile(r"(?:⭐\ufe0f?\s*){2}|★\s*★|🌟\s*🌟")


def read(text: str, *, name: str = "") -> QuestionList:
    """What *text* says; *name* is its title where it has none itself."""
    rows = rows_of(text)
    skipped, head = front_matter(rows)
    lines = mend(rows, skipped, asks=_asks, outdent=has_indented_numbers(rows, _asks))
    gatherer = Gatherer(lines, len(rows))
    if not gatherer.drafts:
        plain = Gatherer(lines, len(rows), plain=True)
        gatherer = plain if plain.drafts else gatherer
    for row in range(skipped):
        gatherer.uses[row] = "mark" if rows[row].strip() else ""
    resolver = Resolver(rows, stars_count=bool(_TWO_STARS.search(text)))
    entries: list[Entry] = []
    for draft in gatherer.drafts:
        entry = resolver.entry(draft)
        if entry is not None:
            entries.append(entry)
            continue
        for line in (*draft.question, *draft.body):
            gatherer.uses[line.row] = "loose" if rows[line.row].strip() else ""  # a number, and no question
    kept, remarks = _check(entries)
    remarks += _loose(rows, gatherer.uses)
    remarks += _unclosed(rows)
    title = head.get("title") or gatherer.title or name
    return QuestionList(
        title, tuple(kept), tuple(sorted(remarks, key=lambda remark: remark.line)), uses=tuple(gatherer.uses)
    )


def _asks(text: str) -> bool:
    return asking(flatten(text.strip(" *_")).text) > 0


def _check(entries: Sequence[Entry]) -> tuple[list[Entry], list[Remark]]:
    """The entries that can be cards, and why the others cannot."""
    kept: list[Entry] = []
    remarks: list[Remark] = []
    places: dict[str, int] = {}
    for entry in entries:
        texts = (entry.card.question, *entry.card.answers)
        place = places.get(_folded(entry.card.question))
        again = None if place is None else kept[place]
        if any(len(text) > MAXIMUM_TEXT for text in texts):
            message = (
                f"question or answer of more than {MAXIMUM_TEXT:,} characters; not taken: {_short(entry.card.question)}"
            )
            remarks.append(Remark(entry.line, entry.end_line, message))
        elif place is None or again is None:
            places[_folded(entry.card.question)] = len(kept)
            kept.append(entry)
        elif entry.card.answers and entry.card.answers != again.card.answers:
            if not again.card.answers:
                kept[place] = entry
                message = f"the same question as on line {entry.line}, here without an answer"
                remarks.append(Remark(again.line, again.end_line, message))
            else:
                answers = tuple(dict.fromkeys((*again.card.answers, *entry.card.answers)))
                kept[place] = replace(again, card=replace(again.card, answers=answers))
                message = f"the same question as on line {again.line}; its answer is a second one of that card"
                remarks.append(Remark(entry.line, entry.end_line, message))
        else:
            remarks.append(Remark(entry.line, entry.end_line, f"the same question as on line {again.line}"))
    return kept, remarks


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _loose(rows: Sequence[str], uses: Sequence[str]) -> list[Remark]:
    """One remark for each run of lines that belong to no question."""
    remarks: list[Remark] = []
    start = end = -1
    for row in range(len(rows) + 1):
        use = uses[row] if row < len(rows) else "end"
        if row < len(rows) and (use == "loose" or (not use and rows[row].strip())):
            start = row if start < 0 else start
            end = row
        elif use and start >= 0:
            words = _short(" ".join(" ".join(rows[start : end + 1]).split()))
            remarks.append(Remark(start + 1, end + 1, f"text that belongs to no question: {words}"))
            start = -1
    return remarks


def _unclosed(rows: Sequence[str]) -> list[Remark]:
    watch = FenceWatch()
    opened = 0
    for row, text in enumerate(rows):
        was = watch.mark
        watch.inside(text)
        if watch.mark and not was:
            opened = row + 1
    return (
        [Remark(opened, opened, "this code fence is never closed, so all that follows is code")] if watch.mark else []
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
