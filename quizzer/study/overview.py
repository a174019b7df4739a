"""Today at a glance: what there is to do, how long it takes, and how the last days went; apart from how it is shown."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

LAST_DAYS = 14


class PlanSummary(NamedTuple):
    """The day for which the learner prepares, and how ready they will be."""

    by: date
    expected: float | None = None
    """Expected share, 0 to 1, of the plan's cards recalled on that day; None where it is not known yet."""


class Overview(NamedTuple):
    """What a day looks like before anything is asked."""

    day: date
    reviews: int
    """Cards that come back today."""
    repeats: int
    new: int
    waiting: int
    """Due cards that the daily limits leave for later."""
    minutes: int
    streak_days: int
    """Learning days in a row with an answer, up to today."""
    studied_today: bool
    answers: tuple[int, ...]
    """Answers on each of the last days, today last."""
    plan: PlanSummary | None = None
