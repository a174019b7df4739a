"""What `quizzer deck test` found, as text for people and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quizzer.cli.deck_files import ReadDeck
from quizzer.decks.checking.content import shown
from quizzer.decks.checking.testing import KINDS, Kind, Outcome, decided_by, finding
from quizzer.errors import Problem

_SAID_CHARACTERS = 100
_QUESTION_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Tested:
    """An outcome and the deck that its card is of."""

    deck: ReadDeck
    outcome: Outcome

    @property
    def line(self) -> int:
        """The line of the text that was graded, or of the card where it was made from it."""
        return self.deck.places.place(self.outcome.case.spot)[0]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was tested."""

    tested: Sequence[Tested]
    unanswered: Sequence[str]
    """Keys of cards without an answer."""
    large: Sequence[str]
    """Keys of cards with more text than can be graded against."""
    same: Sequence[tuple[str, str]]
    """Pairs of keys that ask the same, and were not tested against each other."""
    grader: str

    @property
    def failed(self) -> list[Tested]:
        """What the grader did not say as expected."""
        return [one for one in self.tested if not one.outcome.met]

    def shares(self) -> dict[Kind, tuple[int, int]]:
        """Kind -> how many were as expected, of how many."""
        counts: dict[Kind, list[bool]] = defaultdict(list)
        for one in self.tested:
            counts[one.outcome.case.kind].append(one.outcome.met)
        return {kind: (sum(counts[kind]), len(counts[kind])) for kind in KINDS if kind in counts}

    def problems(self) -> tuple[Problem, ...]:
        """What failed, each with its place."""
        return tuple(one.deck.places.problem(finding(one.outcome)) for one in self.failed)


def as_data(report: Report) -> dict[str, Any]:  # a JSON object
    """Everything, for programs."""
    shares = {kind: {"as_expected": met, "of": count} for kind, (met, count) in report.shares().items()}
    met = len(report.tested) - len(report.failed)
    return {
        "grader": report.grader,
        "summary": {**shares, "all": {"as_expected": met, "of": len(report.tested)}},
        "cases": [_case_data(one) for one in report.tested],
        "unanswered": list(report.unanswered),
        "too_large": list(report.large),
        "same": [list(pair) for pair in report.same],
    }


def _case_data(one: Tested) -> dict[str, Any]:  # a JSON object
    case, grade = one.outcome.case, one.outcome.grade
    return {
        "card": case.card.key, "path": one.deck.path, "line": one.line, "kind": case.kind, "test": case.label,
        "answer": case.answer, "expected": case.expected, "met": one.outcome.met, "verdict": grade.verdict,
        "score": round(grade.score, 3), "quality": grade.quality, "flags": list(grade.flags), "reason": grade.reason,
        "points_made": [point.text for point in grade.points if point.covered],
        "points_missed": [point.text for point in grade.points if not point.covered],
    }  # fmt: skip


def as_lines(report: Report, *, everything: bool) -> Iterator[str]:
    """The report for people: what failed (or *everything*), card by card, then the shares."""
    listed = report.tested if everything else report.failed
    if listed:
        yield f"  {'line':>6}  {'test':<28}{'expected':<10}{'got':<8}{'score':>5}  quality"
    card = None
    for one in listed:
        case, grade = one.outcome.case, one.outcome.grade
        if case.card is not card:
            card = case.card
            yield f"{card.key}  {one.deck.path}:{card.line}  {shown(card.question, _QUESTION_CHARACTERS)}"
        sign = "+" if one.outcome.met else "-"
        numbers = f"{grade.score:>5.2f}  {grade.quality:>7}"
        yield f"{sign} {one.line:>6}  {case.label:<28}{case.expected:<10}{grade.verdict:<8}{numbers}"
        yield f"{'':10}{shown(case.answer, _SAID_CHARACTERS) if case.answer else '(nothing)'}"
        if not one.outcome.met:
            first, *points = decided_by(one.outcome)
            yield f"{'':10}{first}"
            yield from (f"{'':12}{point}" for point in points)
    if listed:
        yield ""
    yield from _summary(report)


def _summary(report: Report) -> Iterator[str]:
    for kind, (met, count) in report.shares().items():
        yield f"{kind:<14}{met:>6} of {count:<6} {100 * met / count:5.1f} %  {KINDS[kind]}"
    count, failed = len(report.tested), len(report.failed)
    cards = len({one.outcome.case.card.key for one in report.failed})
    if count:
        yield f"{'all':<14}{count - failed:>6} of {count:<6} {100 * (count - failed) / count:5.1f} %"
    for one, other in report.same:
        yield f"{one} and {other} ask the same: not tested against each other (see `quizzer deck check`)"
    if report.unanswered:
        has, was = ("card has", "was") if len(report.unanswered) == 1 else ("cards have", "were")
        yield f"{len(report.unanswered)} {has} no answer yet, and {was} not tested: {_some(report.unanswered)}"
    if report.large:
        yield f"too large to be graded against (see `quizzer deck check`): {_some(report.large)}"
    if not count and not report.large:
        yield "no card has an answer: there is nothing to test"
    elif failed:
        yield f"{failed} answer{'' if failed == 1 else 's'} to {cards} card{'' if cards == 1 else 's'} not as expected"
    elif count:
        yield "every answer was graded as expected"


def _some(keys: Sequence[str]) -> str:
    listed = ", ".join(keys[:5])
    return f"{listed} and {len(keys) - 5} more" if len(keys) > 5 else listed
