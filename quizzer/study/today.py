"""The page of `quizzer` alone: an overview of the day as lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quizzer.study.overview import Overview, PlanSummary
from quizzer.study.pages import Line, counted, in_days

BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"


def today_lines(overview: Overview, *, bars: bool) -> list[Line]:
    """The page; with *bars* the last days are drawn, else told in numbers."""
    day = overview.day
    lines = [Line("strong", f"{day:%A} {day.day} {day:%B}")]
    if overview.reviews + overview.repeats + overview.new:
        lines.append(Line("text", f"{_parts(overview)}: about {counted(overview.minutes, 'minute')}"))
    if any(overview.answers):
        lines.append(Line("text", _last_days(overview, bars=bars)))
    if overview.plan is not None:
        lines.append(Line("text", _interview(overview.plan, today=day)))
    return lines


def _parts(overview: Overview) -> str:
    parts = [(overview.reviews, "due"), (overview.repeats, "to repeat"), (overview.new, "new")]
    return ", ".join(f"{number} {what}" for number, what in parts if number)


def _last_days(overview: Overview, *, bars: bool) -> str:
    shown = sparkline(overview.answers) if bars else " ".join(map(str, overview.answers))
    in_row = f"{counted(overview.streak_days, 'day')} in a row"
    if overview.streak_days and not overview.studied_today:
        in_row += f", today makes it {overview.streak_days + 1}"
    total = counted(sum(overview.answers), "answer")
    return f"Last {len(overview.answers)} days: {shown} ({total})" + (f"; {in_row}" if overview.streak_days else "")


def sparkline(numbers: Sequence[int]) -> str:
    """One character for each of *numbers*, as high as its share of the highest; a dot for nothing."""
    highest = max(numbers, default=0)
    return "".join(BARS[(number * len(BARS) - 1) // highest] if number else NOTHING for number in numbers)


def _interview(plan: PlanSummary, *, today: date) -> str:
    if plan.by < today:
        return f"The interview was on {plan.by:%A} {plan.by.day} {plan.by:%B}."
    expected = "" if plan.expected is None else f"; expected recall that day: {100 * plan.expected:.0f} %"
    return f"Interview {in_days(plan.by, today=today)}{expected}"
