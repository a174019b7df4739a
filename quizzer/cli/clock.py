"""The only place that reads the clock; ``QUIZZER_NOW`` sets its start, for tests and for trying next week today."""

from __future__ import annotations

import functools
import os
import time
from datetime import datetime, timedelta

from quizzer.errors import ConfigError

FIRST_YEAR = 1970
LAST_YEAR = 9000
"""What ``QUIZZER_NOW`` may name, so that every interval still ends in the calendar."""


@functools.cache
def _start() -> tuple[datetime, float] | None:
    """The instant that ``QUIZZER_NOW`` names and the monotonic second at which it was first asked for."""
    text = os.environ.get("QUIZZER_NOW", "").strip()
    if not text:
        return None
    try:
        start = datetime.fromisoformat(text)
        start = start if start.tzinfo else start.astimezone()
        if not FIRST_YEAR <= start.year <= LAST_YEAR:
            raise ValueError(start.year)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(
            f"QUIZZER_NOW={text!r} is not a date and time", hint="write it as 2026-11-23T09:00"
        ) from error
    return start, time.monotonic()


def now() -> datetime:
    """This instant, aware, with the local offset (or the offset that ``QUIZZER_NOW`` names)."""
    start = _start()
    if start is None:
        return datetime.now().astimezone()
    instant, began = start
    return instant + timedelta(seconds=time.monotonic() - began)


def utc_offset_minutes(at: datetime) -> int:
    """The offset of the aware datetime *at* from UTC, in minutes."""
    offset = at.utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)
