"""Grades of a deck's own texts, remembered: what has not changed since the last check or test is not graded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from quizzer.grading.remembered import Remembered, digest
from quizzer.model import Card, Grade, PointResult
from quizzer.ports import Grader


class RememberingGrader:
    """Grades as the grader behind it, once for each card and answer as they are.

    For texts of decks alone: a learner's answer is kept nowhere. Points come back without the words that made them.
    """

    def __init__(self, grader: Grader, remembered: Remembered) -> None:
        self._grader = grader
        self._remembered = remembered

    @property
    def name(self) -> str:
        """The name of the grader behind it."""
        return self._grader.name

    def grade(self, card: Card, answer: str) -> Grade:
        """The grade of one answer.

        Raises:
            CardUnanswered: the card has no reference answer.
        """
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        """Grades in order; those that are not remembered are computed in one batch.

        Raises:
            CardUnanswered: a card has no reference answer.
        """
        keys = [digest("grade", self.name, _fingerprint(), *_texts(card), answer) for card, answer in pairs]
        known = self._remembered.read(dict.fromkeys(keys))
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        if missing:
            grades = self._grader.grade_many(list(missing.values()))
            fresh = {key: _packed(grade) for key, grade in zip(missing, grades, strict=True)}
            self._remembered.write(fresh)
            known |= fresh
        return [_unpacked(known[key], card, self.name) for key, (card, _) in zip(keys, pairs, strict=True)]


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Changes with the grader's code and weights, also between two releases."""
    content = hashlib.blake2b(digest_size=16)
    for file in sorted(_files(resources.files("quizzer.grading")), key=str):
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return content.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry


def _texts(card: Card) -> Iterator[str]:
    """Everything of *card* that a grade depends on."""
    for part in ((card.language, card.question), card.answers, card.points, card.misconceptions):
        yield from part
        yield "\1"


def _packed(grade: Grade) -> bytes:
    points = [[point.covered, point.similarity] for point in grade.points]
    values = [grade.score, grade.quality, grade.verdict, points, grade.flags, grade.reference, grade.reason]
    return json.dumps(values, separators=(",", ":")).encode()


def _unpacked(stored: bytes, card: Card, name: str) -> Grade:
    values: list[Any] = json.loads(stored)  # Any: those that `_packed` wrote
    score, quality, verdict, points, flags, reference, reason = values
    results = tuple(PointResult(text, *point) for text, point in zip(card.points, points, strict=True))
    return Grade(score, quality, verdict, results, tuple(flags), reference, name, reason)
