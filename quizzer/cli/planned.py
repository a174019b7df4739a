"""What the learner has planned, for whoever shows the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from quizzer.storage.goals import goal
from quizzer.study.overview import PlanSummary

if TYPE_CHECKING:
    from quizzer.storage.agenda import Agenda

REMEMBERED_DAYS = 7
"""So long after its day a plan is still mentioned."""


def plan_summary(agenda: Agenda, day: date) -> PlanSummary | None:
    """The interview's date and how ready the learner will be, as it looks on *day*; None without a plan."""
    if agenda.plan is not None:
        return PlanSummary(agenda.plan.by, agenda.plan.recall if agenda.plan.cards else None)
    wanted = goal(agenda.database)
    if wanted is None or not 0 <= (day - wanted.by).days <= REMEMBERED_DAYS:
        return None
    return PlanSummary(wanted.by)
