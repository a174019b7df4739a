"""Counts of the log that every figure is made from: what one card's answers add to days, intervals and the card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from quizzer.model import MOVING_MODES
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.days import EPOCH_ORDINAL, day_ordinal

RULES_VERSION = 1
"""Raise it whenever the same facts come to count otherwise: what was counted before is then counted anew."""

LONGEST_ANSWER_MS = 10 * 60 * 1000
"""More than this is no answer being typed but a telephone call; each answer counts for so long at most."""

ALL_DECKS = ""
"""The deck id under which all decks are counted together."""

PRACTICE_MODES = frozenset({"cram", "mock"})

DAY_COUNTS = (
    "answers", "practice", "milliseconds", "new", "asked", "passed", "unsure", "raised", "lowered", "adjusted"
)  # fmt: skip
_ANSWERS, _PRACTICE, _MILLISECONDS, _NEW, _ASKED, _PASSED, _UNSURE = range(7)
INTERVAL_COUNTS = ("asked", "passed")
CARD_COUNTS = ("turns", "passed", "incomplete")

Counts = dict[int, list[int]]
"""A day or an interval -> numbers."""


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


PlainStep = tuple[int, int, str, int, int | None, bool | int, int, bool | int]
"""The values of a `Step`, which takes longer to make than to count."""


@dataclass(slots=True)
class Tallies:
    """Sums over cards, mutable so that a million answers are counted in seconds.

    *days*: deck -> ordinal of the learning day -> numbers in the order of ``DAY_COUNTS``; *intervals*: deck -> days
    since the answer before -> ``INTERVAL_COUNTS``; *cards*: card -> ``CARD_COUNTS``.
    """

    day_start_hour: int
    days: defaultdict[str, Counts]
    intervals: defaultdict[str, Counts]
    cards: dict[str, list[int]]

    @classmethod
    def empty(cls, *, day_start_hour: int) -> Tallies:
        """Nothing counted yet."""
        return cls(day_start_hour, defaultdict(dict), defaultdict(dict), {})

    def add(self, card: str, steps: Iterable[PlainStep], *, sign: int = 1) -> None:
        """Count the answers to *card*, all of them in order and without those undone; *sign* -1 takes them away."""
        deck = card.partition("/")[0]
        days, intervals = self.days[deck], self.intervals[deck]
        last_day = turns = passed_turns = incomplete_turns = 0
        day_start_seconds = self.day_start_hour * 3600
        for at_us, offset, mode, graded, decided, unsure, milliseconds, incomplete in steps:
            # As `day_ordinal`, without a call for each of a million answers.
            day = (at_us // 1_000_000 + offset * 60 - day_start_seconds) // 86_400 + EPOCH_ORDINAL
            counts = days.get(day)
            if counts is None:
                counts = days[day] = [0] * len(DAY_COUNTS)
            counts[_PRACTICE if mode in PRACTICE_MODES else _ANSWERS] += sign
            if milliseconds > 0:
                counts[_MILLISECONDS] += sign * min(milliseconds, LONGEST_ANSWER_MS)
            if unsure:
                counts[_UNSURE] += sign
            elif decided is not None and decided != graded:
                counts[_overrule(graded, decided)] += sign
            # As in replay: only the first answer of a day moves the memory, and travelling west makes no new day.
            if day <= last_day or mode not in MOVING_MODES:
                continue
            turns += 1
            incomplete_turns += incomplete and decided is None
            if last_day:
                passed = (graded if decided is None else decided) >= PASSING_QUALITY
                passed_turns += passed
                counts[_ASKED] += sign
                counts[_PASSED] += sign * passed
                interval = intervals.setdefault(day - last_day, [0, 0])
                interval[0] += sign
                interval[1] += sign * passed
            else:
                counts[_NEW] += sign
            last_day = day
        if turns:
            own = self.cards.setdefault(card, [0, 0, 0])
            own[0] += sign * turns
            own[1] += sign * passed_turns
            own[2] += sign * incomplete_turns


def with_all(by_deck: Mapping[str, Counts]) -> dict[str, Counts]:
    """The counts of each deck, and of all of them together under ``ALL_DECKS``."""
    together: Counts = {}
    for counts_of in by_deck.values():
        for key, counts in counts_of.items():
            before = together.get(key)
            together[key] = list(map(add, before, counts)) if before else counts
    return {**by_deck, ALL_DECKS: together}


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
