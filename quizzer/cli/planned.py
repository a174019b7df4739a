"""What the learner has planned, for whoever shows the day."""

from __future__ import annotations

from datetime import date

from quizzer.study.overview import PlanSummary


def plan_summary(day: date) -> PlanSummary | None:
    """The interview's date and how ready the learner will be, as it looks on *day*; None without a plan."""
    return None
