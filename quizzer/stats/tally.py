"""Counts of the log that every figure is made from: what one card's answers add to days, intervals and the card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from quizzer.model import MOVING_MODES
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.days import day_ordinal

RULES_VERSION = 1
"""Raise it whenever the same facts come to count otherwise: what was counted before is then counted anew."""

LONGEST_ANSWER_MS = 10 * 60 * 1000
"""More than this is no answer being typed but a telephone call; each answer counts for so long at most."""

ALL_DECKS = ""
"""The deck id under which all decks are counted together."""

PRACTICE_MODES = frozenset({"cram", "mock"})

DAY_COUNTS = (
    "answers",
    "practice",
    "milliseconds",
    "new",
    "asked",
    "passed",
    "unsure",
    "raised",
    "lowered",
    "adjusted",
)
INTERVAL_COUNTS = ("asked", "passed")
CARD_COUNTS = ("turns", "passed", "incomplete")


class Step(NamedTuple):
    """An answer, reduced to what is counted."""

    at_us: int
    utc_offset_minutes: int
    mode: str
    graded: int
    """Quality as the grader gave it."""
    decided: int | None
    """Quality as a person decided last; None where nobody did."""
    unsure: bool | int
    milliseconds: int
    incomplete: bool | int
    """Whether the grader found a point missing."""


@dataclass(slots=True)
class Tallies:
    """Sums over cards, mutable so that a million answers are counted in seconds.

    *days*: (deck, ordinal of the learning day) -> numbers in the order of ``DAY_COUNTS``; *intervals*: (deck, days
    since the answer before) -> ``INTERVAL_COUNTS``; *cards*: card -> ``CARD_COUNTS``. Each deck is counted again under
    ``ALL_DECKS``.
    """

    day_start_hour: int
    days: defaultdict[tuple[str, int], list[int]]
    intervals: defaultdict[tuple[str, int], list[int]]
    cards: defaultdict[str, list[int]]

    @classmethod
    def empty(cls, *, day_start_hour: int) -> Tallies:
        """Nothing counted yet."""
        return cls(day_start_hour, *(defaultdict(_zeros(len(names))) for names in _TABLES))

    def add(self, card: str, steps: Iterable[Step], *, sign: int = 1) -> None:
        """Count the answers to *card*, all of them in order and without those undone; *sign* -1 takes them away."""
        deck = card.partition("/")[0]
        last_day = turns = passed_turns = incomplete_turns = 0
        for at_us, offset, mode, graded, decided, unsure, milliseconds, incomplete in steps:
            day = day_ordinal(at_us, offset, day_start_hour=self.day_start_hour)
            counts = [0] * len(DAY_COUNTS)
            counts[1 if mode in PRACTICE_MODES else 0] = sign
            counts[2] = sign * max(0, min(milliseconds, LONGEST_ANSWER_MS))
            if unsure:
                counts[6] = sign
            elif decided is not None and decided != graded:
                counts[_overrule(graded, decided)] = sign
            # As in replay: only the first answer of a day moves the memory, and travelling west makes no new day.
            if mode in MOVING_MODES and day > last_day:
                passed = (graded if decided is None else decided) >= PASSING_QUALITY
                turns += 1
                incomplete_turns += incomplete and decided is None
                if last_day:
                    counts[4], counts[5] = sign, sign * passed
                    passed_turns += passed
                    for name in (deck, ALL_DECKS):
                        interval = self.intervals[name, day - last_day]
                        interval[0] += sign
                        interval[1] += sign * passed
                else:
                    counts[3] = sign
                last_day = day
            for name in (deck, ALL_DECKS):
                total = self.days[name, day]
                for index, count in enumerate(counts):
                    if count:
                        total[index] += count
        if turns:
            own = self.cards[card]
            own[0] += sign * turns
            own[1] += sign * passed_turns
            own[2] += sign * incomplete_turns


_TABLES = (DAY_COUNTS, INTERVAL_COUNTS, CARD_COUNTS)


def _zeros(length: int) -> Callable[[], list[int]]:
    return lambda: [0] * length


def _overrule(graded: int, decided: int) -> int:
    """Which of ``DAY_COUNTS`` a decision against a sure grader counts in."""
    if graded < PASSING_QUALITY <= decided:
        return DAY_COUNTS.index("raised")
    return DAY_COUNTS.index("lowered" if decided < PASSING_QUALITY <= graded else "adjusted")


def first_of_days(steps: Iterable[Step], *, day_start_hour: int) -> list[bool]:
    """For each answer to one card, in order, whether it moves the memory: the first that counts on its day."""
    found, last_day = [], 0
    for step in steps:
        day = day_ordinal(step.at_us, step.utc_offset_minutes, day_start_hour=day_start_hour)
        moves = step.mode in MOVING_MODES and day > last_day
        last_day = day if moves else last_day
        found.append(moves)
    return found
