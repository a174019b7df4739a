"""When the open question's time is up: by its clock, but not while answers are still on their way in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from quizzer.group import pacing
from quizzer.group.state import State

QUIET_SECONDS, LATEST_SECONDS = 0.25, 2.0
"""When time is up, answers may still be on their way through this process: it closes once none has come for so long,
or after so long at the latest."""

RETRY_SECONDS = 1.0
"""When it did not close, as on a full disk."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> int:
        """Milliseconds since 1970."""
        ...


class Deadline:
    """The end of the question that is open; within one event loop."""

    def __init__(self, clock: Clock, up: Callable[[], None]) -> None:
        """*up* is called when time is up."""
        self._clock, self._up = clock, up
        self._timer: asyncio.TimerHandle | None = None
        self._last_heard = 0.0
        self._is_up = False

    def heard(self) -> None:
        """An answer has just come in, or what somebody types."""
        self._last_heard = asyncio.get_running_loop().time()

    def watch(self, state: State) -> None:
        """Mind the clock of *state* from now on."""
        self.cancel()
        due, now = pacing.due(state), self._clock.now()
        self._is_up = self._is_up and due is not None and due <= now
        if due is not None:
            seconds = max(0.0, (due - now) / 1000) + 0.002
            self._timer = asyncio.get_running_loop().call_later(seconds, self._due, state, due)

    def cancel(self) -> None:
        """Mind no clock any more."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def instant_of_answer(self, state: State) -> int:
        """When what comes in now counts as given: what was sent in time does not suffer from a busy process."""
        return self._before(pacing.due(state))

    def instant_of_tick(self, state: State) -> int:
        """What time it is for the rules: while answers are on their way only the last of them ends the question."""
        return self._clock.now() if self._is_up else self._before(pacing.due(state))

    def _before(self, due: int | None) -> int:
        now = self._clock.now()
        return now if due is None else min(now, due - 1)

    def _due(self, state: State, due: int) -> None:
        loop = asyncio.get_running_loop()
        quiet = loop.time() - self._last_heard
        if quiet < QUIET_SECONDS and self._clock.now() - due < LATEST_SECONDS * 1000:
            self._timer = loop.call_later(QUIET_SECONDS - quiet + 0.002, self._due, state, due)
            return
        self._timer = loop.call_later(RETRY_SECONDS, self.watch, state)
        self._is_up = True
        self._up()
