"""The host's clock: wall time at the start, and from then on a clock that nobody sets."""

from __future__ import annotations

import time


class HostClock:
    """Milliseconds since 1970 that only ever go on, whatever happens to the machine's own clock."""

    def __init__(self, *, not_before: int = 0) -> None:
        """Starts at the wall's time, or at *not_before* where a log that is gone on with is already further."""
        self._start = max(not_before, time.time_ns() // 1_000_000)
        self._since = time.monotonic()

    def now(self) -> int:
        """The instant that it is."""
        return self._start + int((time.monotonic() - self._since) * 1000)
