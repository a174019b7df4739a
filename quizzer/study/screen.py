"""What a session needs of the place it is shown in, and of the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from quizzer.ports import Grader
from quizzer.scheduling.days import learning_day
from quizzer.study.pages import Line

SecondsLeft = Callable[[], float]
"""How many seconds are left to answer in, now; negative once the time has run out."""


class Screen(Protocol):
    """Where a session is shown and answers are typed."""

    waits: bool
    """Whether it waits for a key after feedback; where it does not, a grade may come with the next line."""
    person: bool
    """Whether somebody types, who can be asked and waited for."""

    def show(self, lines: list[Line]) -> None:
        """Print lines."""
        ...

    def start(self) -> bool:
        """Whether to begin, asked with one key where somebody sits at a terminal."""
        ...

    def read(self, draft: str = "", *, left: SecondsLeft | None = None) -> str | None:
        """What is typed at a question, beginning with *draft*; a word on its last line; None at the end of input.

        With *left* the time is in view, and when it has run out, what was typed until then is given back.
        """
        ...

    def choose(self, *, unsure: bool) -> str | None:
        """What is typed after feedback: empty, ``y``, ``n``, a digit, or a word; None at the end of input."""
        ...

    def grader(self) -> Grader:
        """The grader, waited for with a message where it is not ready."""
        ...

    def more(self) -> bool:
        """Whether something was typed ahead; never waits."""
        ...


@dataclass(frozen=True, slots=True)
class Clock:
    """The time as the session needs it: an instant, its offset from UTC, and a stopwatch in milliseconds."""

    now: Callable[[], datetime]
    utc_offset_minutes: Callable[[datetime], int]
    milliseconds: Callable[[], float]

    def day(self, *, day_start_hour: int) -> date:
        """The learning day that it is now, which may not be the one on which the session began."""
        at = self.now()
        return learning_day(at, self.utc_offset_minutes(at), day_start_hour=day_start_hour)
