"""Learning days and instants as numbers: a day begins in the small hours, by the clock where the learner was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


def learning_day(at: datetime, utc_offset_minutes: int, *, day_start_hour: int) -> date:
    """The learning day of the aware instant *at* for somebody whose clock is *utc_offset_minutes* ahead of UTC."""
    return date.fromordinal(day_ordinal(microseconds(at), utc_offset_minutes, day_start_hour=day_start_hour))


def day_ordinal(at_us: int, utc_offset_minutes: int, *, day_start_hour: int) -> int:
    """The ordinal (``date.toordinal``) of the learning day of *at_us* microseconds since 1970."""
    return (at_us // 1_000_000 + utc_offset_minutes * 60 - day_start_hour * 3600) // 86_400 + EPOCH_ORDINAL


def microseconds(at: datetime) -> int:
    """Microseconds since 1970 of an aware datetime, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def instant(at_us: int) -> datetime:
    """The aware UTC datetime of *at_us* microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=at_us)
