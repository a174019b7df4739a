"""Grades of a deck's texts are remembered until a text or the grader changes, and are the same as fresh ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from quizzer.grading.grader import MeaningGrader
from quizzer.grading.regrading import RememberingGrader
from quizzer.grading.remembered import Remembered
from quizzer.model import Card, Grade
from tests.grading.fakes import WordEmbedder

CARD = Card(
    "a", "d", "What is summed before the step?", ("gradients of several batches are summed", "several gradients"),
    points=("gradients are summed", "before one step"), misconceptions=("weights are summed",),
)  # fmt: skip


class Counting:
    """Grades with another grader and counts the answers."""

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.answers: list[str] = []
        self._grader = MeaningGrader(WordEmbedder())

    def grade(self, card: Card, answer: str) -> Grade:
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        self.answers += [answer for _, answer in pairs]
        return [dataclasses.replace(grade, grader=self.name) for grade in self._grader.grade_many(pairs)]


def without_words(grade: Grade) -> Grade:
    return dataclasses.replace(grade, points=tuple(dataclasses.replace(point, words="") for point in grade.points))


def test_what_was_graded_is_not_graded_again(tmp_path: Path) -> None:
    """A deck is tested after every change; most of it is as it was."""
    pairs = [(CARD, answer) for answer in ("gradients are summed", "nothing", "", "gradients are summed")]
    fresh = Counting().grade_many(pairs)
    first, second = Counting(), Counting()

    once = RememberingGrader(first, Remembered(tmp_path / "r.db")).grade_many(pairs)
    again = RememberingGrader(second, Remembered(tmp_path / "r.db")).grade_many([*pairs, (CARD, "new")])

    assert (first.answers, second.answers) == (["gradients are summed", "nothing", ""], ["new"])
    assert once == again[:4] == [without_words(grade) for grade in fresh]


def test_every_text_of_the_card_and_the_grader_count(tmp_path: Path) -> None:
    """A reworded point may change any grade; tests and sources change none."""
    Remembered(tmp_path / "r.db")
    RememberingGrader(Counting(), Remembered(tmp_path / "r.db")).grade(CARD, "x")
    changed = [
        dataclasses.replace(CARD, question="other?"), dataclasses.replace(CARD, answers=("other",)),
        dataclasses.replace(CARD, points=("gradients are summed",)), dataclasses.replace(CARD, misconceptions=()),
        dataclasses.replace(CARD, language="de"),
        dataclasses.replace(CARD, answers=CARD.answers[:1], points=(*CARD.answers[1:], *CARD.points)),
    ]  # fmt: skip
    again = Counting()
    grader = RememberingGrader(again, Remembered(tmp_path / "r.db"))

    for card in changed:
        grader.grade(card, "x")
    grader.grade(dataclasses.replace(CARD, sources=("y",), id="other"), "x")
    other = Counting("another")
    RememberingGrader(other, Remembered(tmp_path / "r.db")).grade(CARD, "x")

    assert again.answers == ["x"] * len(changed)
    assert other.answers == ["x"]


def test_without_a_file_everything_is_graded(tmp_path: Path) -> None:
    """A full or read-only disk only costs time."""
    (tmp_path / "file").write_text("")
    counting = Counting()
    grader = RememberingGrader(counting, Remembered(tmp_path / "file" / "r.db"))

    assert grader.grade(CARD, "x") == grader.grade(CARD, "x")
    assert counting.answers == ["x", "x"]
