"""Tests of a deck: answers with a known outcome, written in it or made from it, and whether the grader agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quizzer.decks.checking.content import GRADED_CHARACTERS, shown
from quizzer.decks.checking.distortion import shuffled, unknowing
from quizzer.decks.checking.negation import negated
from quizzer.decks.checking.places import Finding, Spot
from quizzer.model import Card, Grade
from quizzer.ports import Grader

Kind = Literal[
    "tests.pass", "tests.partial", "tests.fail", "reference", "negated", "shuffled", "misconception", "neighbour",
    "question", "don't know", "blank",
]  # fmt: skip

KINDS: dict[Kind, str] = {
    "tests.pass": "answers that the deck says pass",
    "tests.partial": "half answers that the deck names",
    "tests.fail": "answers that the deck says do not pass",
    "reference": "each reference answer",
    "negated": "each reference with its claims denied",
    "shuffled": "the keywords of each reference in another order",
    "misconception": "each misconception",
    "neighbour": "the answers of the most similar other cards",
    "question": "the question repeated",
    "don't know": "ways to say that one does not know",
    "blank": "an empty answer",
}
"""Every kind of test and what it is, in the order in which they are reported."""

_EXPECTED: dict[Kind, str] = {"tests.pass": "pass", "reference": "pass", "tests.partial": "partial"}

FAILED_QUALITY = 2
"""An answer that must not pass has this quality at most."""

PARTIAL_QUALITIES = (1, 3)
"""A half answer has a quality between these."""

_MOST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another card that is similar: its key and its first answer."""

    key: str
    answer: str


@dataclass(frozen=True, slots=True)
class Case:
    """An answer to a card, and where it comes from. *spot* is a place in the card's deck."""

    card: Card
    kind: Kind
    answer: str
    spot: Spot
    of: str = ""
    """Key of the card whose answer it is, for a neighbour."""

    @property
    def expected(self) -> str:
        """``pass``, ``partial`` or ``not pass``."""
        return _EXPECTED.get(self.kind, "not pass")

    @property
    def label(self) -> str:
        """The kind, and which one: "tests.fail 2", "negated answer 1"."""
        number = "" if self.spot.index is None else f" {self.spot.index + 1}"
        if self.kind == "neighbour":
            return f"answer of {self.of}"
        return f"{self.kind} answer{number}" if self.kind in ("negated", "shuffled") else f"{self.kind}{number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what the grader said of it."""

    case: Case
    grade: Grade

    @property
    def met(self) -> bool:
        """Whether the grader said what was expected."""
        if self.case.expected == "pass":
            return self.grade.verdict == "pass"
        if self.case.expected == "partial":
            return PARTIAL_QUALITIES[0] <= self.grade.quality <= PARTIAL_QUALITIES[1]
        return self.grade.verdict != "pass" and self.grade.quality <= FAILED_QUALITY


def cases(number: int, card: Card, neighbours: Sequence[Neighbour] = ()) -> Iterator[Case]:
    """The tests of an answered card, the *number*-th of its deck: those that it names, then those that are made."""
    written: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
        ("tests.pass", "tests.pass", card.tests.passing),
        ("tests.partial", "tests.partial", card.tests.partial),
        ("tests.fail", "tests.fail", card.tests.failing),
        ("reference", "answers", card.answers),
        ("misconception", "misconceptions", card.misconceptions),
    )
    for kind, field, texts in written:
        for index, text in enumerate(texts):
            yield Case(card, kind, text, Spot(number, field, index))
    for index, text in enumerate(card.answers):
        denied = negated(text) if card.language.lower().startswith("en") else None
        if denied:
            yield Case(card, "negated", denied, Spot(number, "answers", index))
        mixed = shuffled(text, card.language, seed=f"{card.key} {index}")
        if mixed:
            yield Case(card, "shuffled", mixed, Spot(number, "answers", index))
    for neighbour in neighbours:
        yield Case(card, "neighbour", neighbour.answer, Spot(number), neighbour.key)
    yield Case(card, "question", card.question, Spot(number, "question"))
    for text in unknowing(card.language):
        yield Case(card, "don't know", text, Spot(number))
    yield Case(card, "blank", "", Spot(number))


def run(some: Sequence[Case], grader: Grader) -> list[Outcome]:
    """The outcome of each case, graded in one batch."""
    # The grader reads no further; a test of 100,000 characters would only fill the memory.
    grades = grader.grade_many([(case.card, case.answer[:GRADED_CHARACTERS]) for case in some])
    return [Outcome(case, grade) for case, grade in zip(some, grades, strict=True)]


def decided_by(outcome: Outcome) -> list[str]:
    """What decided: the guards that spoke and how many points were made; then the points that matter, one each."""
    grade = outcome.grade
    made = [point.text for point in grade.points if point.covered]
    count = f"{len(made)} of {len(grade.points)} points made"
    reason = grade.reason.removeprefix(count).strip("; ")
    if grade.flags:
        said = [f"{', '.join(grade.flags)}: {reason}"]
    else:
        said = ["no guard spoke"] if outcome.case.expected == "not pass" else []
    if not grade.points:
        return ["; ".join(said if grade.flags else [*said, reason])]
    said.append(count)
    missed = [point.text for point in grade.points if not point.covered]
    listed = made if outcome.case.expected == "not pass" else missed
    word = "made" if outcome.case.expected == "not pass" else "missed"
    more = [f"and {len(listed) - _MOST_POINTS} more"] if len(listed) > _MOST_POINTS else []
    return ["; ".join(said), *(f"{word} {shown(text, 90)}" for text in listed[:_MOST_POINTS]), *more]


def finding(outcome: Outcome) -> Finding:
    """A case that was not met, as something to act on."""
    case, grade = outcome.case, outcome.grade
    got = f"{grade.verdict}, score {grade.score:.2f}, quality {grade.quality}"
    expected = {"pass": "a pass", "partial": "a quality of 1 to 3", "not pass": "no pass, and a quality of at most 2"}
    message = f"{case.label} of card {case.card.id!r}: expected {expected[case.expected]}, got {got}"
    return Finding("test-failed", f"{message} ({'; '.join(decided_by(outcome))})", _HINTS[case.expected], case.spot)


_HINTS = {
    "pass": "if the answer is right, say its idea in an answer or reword the points that it misses",
    "partial": "see whether the points are single ideas, and whether the answer makes about half of them",
    "not pass": "state in the points what the answer gets wrong, or name the wrong belief as a misconception",
}
