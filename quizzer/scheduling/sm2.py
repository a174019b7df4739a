"""SM-2 as published, in integers, as a pure function from memory and quality to memory and interval.

Source: P. A. Wozniak, "Optimization of repetition spacing in the practice of learning", 1990, section 3.2.
"""

from __future__ import annotations

from quizzer.model import Memory, SchedulerName, Sm2Memory
from quizzer.scale import PASSING_QUALITY

EASE_CHANGE_HUNDREDTHS = (-80, -54, -32, -14, 0, 10)
"""100 x (0.1 - (5-q)(0.08 + (5-q)0.02)) for q = 0..5."""
MINIMUM_EASE_HUNDREDTHS = 130
FIRST_INTERVAL_DAYS = 1
SECOND_INTERVAL_DAYS = 6
LONGEST_INTERVAL_DAYS = 3_652_059
"""The days of the calendar, years 1 to 9999: a longer interval has no date, and in time no 64 bits either."""

_MOST_STEPS_KEPT = 50_000


def next_sm2(
    repetitions: int, ease_hundredths: int, interval_days: int, quality: int, longest_days: int = LONGEST_INTERVAL_DAYS
) -> tuple[int, int, int]:
    """(repetitions, ease in hundredths, interval in days) after a review of *quality* 0..5.

    A quality below 3 restarts the repetitions and leaves the ease as it is. Integer hundredths, since floats round
    150 up to 151.
    """
    if quality < PASSING_QUALITY:
        return 0, ease_hundredths, FIRST_INTERVAL_DAYS
    ease = max(MINIMUM_EASE_HUNDREDTHS, ease_hundredths + EASE_CHANGE_HUNDREDTHS[quality])
    if repetitions == 0:
        return 1, ease, FIRST_INTERVAL_DAYS
    if repetitions == 1:
        return 2, ease, min(SECOND_INTERVAL_DAYS, longest_days)
    return repetitions + 1, ease, min(-(-interval_days * ease // 100), longest_days)


class Sm2:
    """SM-2 behind the ``Scheduler`` port."""

    name: SchedulerName = "sm2"

    def __init__(self, *, maximum_interval_days: int = LONGEST_INTERVAL_DAYS) -> None:
        """*maximum_interval_days*: no interval is longer; the published algorithm knows no such bound."""
        self.maximum_interval_days = maximum_interval_days
        self._after: dict[tuple[int, int, int, int], Sm2Memory] = {}
        """What was computed before: cards share few states, and a frozen value takes longer to make than to find."""

    def initial(self) -> Memory:
        """A card that was never reviewed: no repetitions, EF 2.5."""
        return Sm2Memory()

    def review(self, memory: Memory, quality: int, *, elapsed_days: int) -> tuple[Memory, int]:
        """The memory after *quality*, and the interval in days. SM-2 does not look at *elapsed_days*."""
        # A memory of another scheduler cannot be continued; its history is replayed when schedulers are switched.
        before = memory if isinstance(memory, Sm2Memory) else Sm2Memory()
        step = (before.repetitions, before.ease_hundredths, before.interval_days, quality)
        after = self._after.get(step)
        if after is None:
            after = Sm2Memory(*next_sm2(*step, self.maximum_interval_days))
            if len(self._after) < _MOST_STEPS_KEPT:
                self._after[step] = after
        return after, after.interval_days
