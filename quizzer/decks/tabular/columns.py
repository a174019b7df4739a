"""Which column of a table is which field of a card, by the names that people give to columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.decks.editing.changes import FIELDS

TEXT_FIELDS = ("id", *(name for name, is_list in FIELDS.items() if not is_list))
LIST_FIELDS = tuple(name for name, is_list in FIELDS.items() if is_list)
ORDER = (
    "id", "question", "answers", "points", "misconceptions", "hints", "explanation", "sources", "tags", "difficulty",
    "tests.pass", "tests.partial", "tests.fail", "aliases",
)  # fmt: skip
"""The columns of a table that quizzer writes."""
ALWAYS = ("id", "question", "answers", "points", "explanation", "tags")
"""Those that it writes even where they are empty, to be filled in."""

IGNORED = "-"

_SINGLE = {
    "answer": "answers", "point": "points", "misconception": "misconceptions", "hint": "hints", "source": "sources",
    "tag": "tags",
}  # fmt: skip
_HABITS = {
    "questions": "question", "q": "question", "front": "question", "prompt": "question", "term": "question",
    "a": "answer", "back": "answer", "reference": "answer", "references": "answers", "definition": "answer",
    "response": "answer", "key points": "points", "keypoints": "points", "category": "tag", "topic": "tag",
    "section": "tag", "subject": "tag", "level": "difficulty", "extra": "explanation", "note": "explanation",
    "notes": "explanation", "reference url": "source", "url": "source", "link": "source", "card": "id",
    "card id": "id", "pass": "tests.pass", "partial": "tests.partial", "fail": "tests.fail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: *field* of a card; *single*: one text of it, else several between bars."""

    field: str
    single: bool


def column(name: str) -> Column | None:
    """The column that is called *name*; None where no field is."""
    plain = " ".join(name.replace("_", " ").split()).lower()
    for word in (plain, re.sub(r" ?\d+$", "", plain)):
        known = _HABITS.get(word, word)
        if known in _SINGLE:
            return Column(_SINGLE[known], single=True)
        if known in ORDER:
            return Column(known, single=known in TEXT_FIELDS)
    return None


def columns(header: Sequence[str]) -> list[Column | None]:
    """The columns of a *header*; of two with the same text only the first counts."""
    found: list[Column | None] = []
    for name in header:
        this = column(name)
        taken = this is not None and this.field in TEXT_FIELDS and this in found
        found.append(None if taken else this)
    return found
