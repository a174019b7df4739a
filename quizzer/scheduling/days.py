"""Learning days: a day of study begins in the small hours, by the clock where the learner was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

DAY_START_HOUR = 4


def learning_day(at: datetime, utc_offset_minutes: int, *, day_start_hour: int = DAY_START_HOUR) -> date:
    """The learning day of the aware instant *at* for somebody whose clock is *utc_offset_minutes* ahead of UTC."""
    offset = at.utcoffset() or timedelta()
    local = at.replace(tzinfo=None) - offset + timedelta(minutes=utc_offset_minutes)
    return (local - timedelta(hours=day_start_hour)).date()
