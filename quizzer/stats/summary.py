"""Progress from aggregates of the log: shares with their uncertainty, streak, intervals. Pure; storage counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

FEW = 10
"""Below so many there is no percentage: 1 of 1 is not "100 %"."""

_NORMAL_95 = 1.959964
"""The standard normal distribution's 97.5 % quantile."""

_INTERVAL_ENDS = (1, 3, 7, 14, 30, 90, 180)
_ROUND = (1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250)
FORECAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; never shown without its counts."""

    passed: int
    total: int

    @property
    def ratio(self) -> float | None:
        """passed / total, or None where there is nothing to divide."""
        return self.passed / self.total if self.total else None

    @property
    def range(self) -> tuple[float, float]:
        """Where the true share lies with 95 % confidence: Wilson's interval; everything where nothing is known.

        Source: Wilson 1927, Journal of the American Statistical Association 22, 209-212.
        """
        if not self.total:
            return 0.0, 1.0
        ratio, z2 = self.passed / self.total, _NORMAL_95**2
        middle = ratio + z2 / (2 * self.total)
        half = _NORMAL_95 * sqrt(ratio * (1 - ratio) / self.total + z2 / (4 * self.total**2))
        low, high = ((middle + side * half) / (1 + z2 / self.total) for side in (-1, 1))
        # At the ends the interval reaches them exactly; floats do not.
        return 0.0 if not self.passed else max(0.0, low), 1.0 if self.passed == self.total else min(1.0, high)

    @property
    def percent(self) -> str:
        """The percentage with its range, such as ``75 % (63-84)``; empty below `FEW`."""
        if self.total < FEW:
            return ""
        low, high = self.range
        return f"{100 * self.passed / self.total:.0f} % ({100 * low:.0f}-{100 * high:.0f})"

    def __str__(self) -> str:
        return f"{self.passed:,} of {self.total:,}" + (
            f" ({100 * self.passed / self.total:.0f} %)" if self.total >= FEW else ""
        )


@dataclass(frozen=True, slots=True)
class TagAggregate:
    """Cards and answers under one tag."""

    tag: str
    cards: int
    seen: int
    retention: Share


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What was answered on one learning day, or in all."""

    answers: int = 0
    """Of study, repeats included."""
    practice: int = 0
    """Cram and mock interviews."""
    milliseconds: int = 0
    new: int = 0
    """Cards answered for the first time."""
    asked: int = 0
    """Cards that came back: first answers of the day to cards seen on an earlier day."""
    passed: int = 0
    """Those of *asked* that were remembered."""
    unsure: int = 0
    """Answers of which the grader was not sure."""
    raised: int = 0
    """Answers that the grader failed, and a person passed."""
    lowered: int = 0
    """Answers that the grader passed, and a person failed."""
    adjusted: int = 0
    """Answers whose grade a person changed without that."""

    @property
    def all_answers(self) -> int:
        """Answers of every mode."""
        return self.answers + self.practice

    @property
    def retention(self) -> Share:
        """Cards remembered, of those that came back."""
        return Share(self.passed, self.asked)


@dataclass(frozen=True, slots=True)
class IntervalShare:
    """Retention of the cards that came back after *first* to *last* days (None: or more)."""

    first: int
    last: int | None
    retention: Share

    @property
    def label(self) -> str:
        """The interval in words."""
        if self.last is None:
            return f"{self.first}+ days"
        return "1 day" if self.last == 1 else f"{self.first}-{self.last} days"


@dataclass(frozen=True, slots=True)
class HardCard:
    """A card that is forgotten more often than others."""

    card: str
    question: str
    retention: Share


@dataclass(frozen=True, slots=True)
class MissedPoint:
    """A key point that answers leave out, of the first answers of a day in which it was looked for."""

    card: str
    point: str
    missed: int
    answers: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that `quizzer stats` says."""

    day: date
    due: int
    repeat: int
    new: int
    """Answered cards of the decks that were never asked."""
    suspended: int
    retired: int
    answered_today: int
    """Cards."""
    streak_days: int
    total: DayTotals
    days: Mapping[date, DayTotals]
    """Every learning day with an answer."""
    forecast: tuple[int, ...]
    """Cards due today, tomorrow, and so on; the backlog counts today."""
    intervals: tuple[IntervalShare, ...]
    tags: tuple[TagAggregate, ...]
    """The weakest first, those without an answer last."""
    hardest: tuple[HardCard, ...]
    missed_points: tuple[MissedPoint, ...]

    def last_days(self, count: int) -> list[tuple[date, DayTotals]]:
        """The last *count* learning days up to today, days without an answer included."""
        days = [self.day - timedelta(days=ago) for ago in range(count - 1, -1, -1)]
        return [(day, self.days.get(day, DayTotals())) for day in days]


def streak_days(studied: Set[date], *, today: date) -> int:
    """Learning days in a row with an answer, up to today; a day that has only begun does not break it."""
    day = today if today in studied else today - timedelta(days=1)
    count = 0
    while day in studied:
        count += 1
        day -= timedelta(days=1)
    return count


def by_interval(shares: Mapping[int, Share]) -> tuple[IntervalShare, ...]:
    """*shares* by days since the answer before, gathered into a few intervals; those without an answer are left out."""
    found = []
    firsts = (1, *(end + 1 for end in _INTERVAL_ENDS))
    for first, last in zip(firsts, (*_INTERVAL_ENDS, None), strict=True):
        inside = [share for days, share in shares.items() if first <= days and (last is None or days <= last)]
        share = Share(sum(share.passed for share in inside), sum(share.total for share in inside))
        if share.total:
            found.append(IntervalShare(first, last, share))
    return tuple(found)


def weakest_first(tags: list[TagAggregate]) -> tuple[TagAggregate, ...]:
    """Those that are surest to be weak first, by the upper end of the range; those without an answer last."""
    return tuple(sorted(tags, key=lambda tag: (not tag.retention.total, tag.retention.range[1], tag.tag)))


def forecast_top(forecast: Sequence[int]) -> int:
    """The highest column of a forecast's chart: a backlog must not make all later days look alike."""
    later = max(forecast[1:], default=0)
    return max(forecast, default=0) if forecast[0] <= 3 * later or not later else 2 * later


def shade_bounds(days: Iterable[DayTotals]) -> tuple[int, int, int, int]:
    """From how many answers on a day has each of a calendar's four shades, so that a good day has the darkest."""
    counts = sorted(day.all_answers for day in days if day.all_answers)
    good = counts[len(counts) * 9 // 10] if counts else 0
    step = next((step for step in _ROUND if 3 * step >= good), -(-good // 300) * 100)
    return (1, step, 2 * step, 3 * step) if step > 1 else (1, 2, 3, 4)


def hardest(
    shares: Iterable[Share], cards_of: Callable[[Share], Iterable[str]], *, limit: int
) -> list[tuple[str, Share]]:
    """Cards that are surest to be hard: by the upper end of the range of their share; *cards_of* names those with one.

    So that 0 of 1 does not stand above 2 of 12; a card that was forgotten once only has proved nothing.
    """
    found: list[tuple[str, Share]] = []
    for share in sorted((s for s in shares if s.total - s.passed >= 2), key=lambda share: share.range[1]):
        found += [(card, share) for card in cards_of(share)]
        if len(found) >= limit:
            break
    return found[:limit]
