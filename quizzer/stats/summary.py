"""Progress from aggregates of the log: retention, streak, topics. Pure; the store supplies the aggregates."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; never shown without its counts, so that 1 of 1 is not "100 %"."""

    passed: int
    total: int

    @property
    def ratio(self) -> float | None:
        """passed / total, or None where there is nothing to divide."""
        return self.passed / self.total if self.total else None

    def __str__(self) -> str:
        return f"{self.passed} of {self.total}" + (
            f" ({100 * self.passed / self.total:.0f} %)" if self.total >= 10 else ""
        )


@dataclass(frozen=True, slots=True)
class TagAggregate:
    """Cards and answers under one tag."""

    tag: str
    cards: int
    seen: int
    retention: Share


def streak_days(studied: Set[date], *, today: date) -> int:
    """Learning days in a row with an answer, up to today; a day that has only begun does not break it."""
    day = today if today in studied else today - timedelta(days=1)
    count = 0
    while day in studied:
        count += 1
        day -= timedelta(days=1)
    return count
