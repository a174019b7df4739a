"""Graders for the grading processes of tests: found by name in a new process."""

from __future__ import annotations

import os
from collections.abc import Sequence

from quizzer.errors import ModelUnavailable
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card, Grade
from quizzer.ports import Embedder, Grader
from tests.grading.fakes import WordEmbedder


class Moody:
    """Grades by length; hates to be asked twice, and dies of "die"."""

    name = "moody"

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def grade(self, card: Card, answer: str) -> Grade:
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        for card, text in pairs:
            if text == "die":
                os._exit(9)
            if text == "raise" or (text in self.seen and text not in card.answers):
                raise ValueError(f"{text} again")
            self.seen.add(text)
        return [Grade(min(1.0, len(text) / 10), 3, "pass", grader=f"moody {os.getpid()}") for _, text in pairs]


def words() -> tuple[Grader, Embedder]:
    embedder = WordEmbedder()
    return MeaningGrader(embedder), embedder


def moody() -> tuple[Grader, Embedder]:
    return Moody(), WordEmbedder()


def broken() -> tuple[Grader, Embedder]:
    raise ModelUnavailable("there is no model")
