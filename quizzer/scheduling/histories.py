"""The answers that moved each card's memory, as numbers: what memory models are judged and trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizzer.model import Memory, SchedulerName, Sm2Memory
from quizzer.scheduling.replay import Course


class Answer(NamedTuple):
    """One answer that moved a card's memory."""

    at_us: int
    """Microseconds since 1970."""
    day: int
    """Ordinal of the learning day."""
    elapsed_days: int
    """Learning days since the answer before; 0 for the first."""
    quality: int


History = Sequence[Answer]
"""A card's answers since it was new, in order."""


class _NoScheduler:
    """Schedules nothing: which answers move the memory does not depend on the scheduler."""

    name: SchedulerName = "sm2"

    def initial(self) -> Memory:
        return Sm2Memory()

    def review(self, memory: Memory, quality: int, *, elapsed_days: int) -> tuple[Memory, int]:
        del quality, elapsed_days
        return memory, 1


class Recorder(Course):
    """A course that notes the answers which move the memory. Whenever the card is made new, a new history begins."""

    __slots__ = ("histories",)

    def __init__(self) -> None:
        self.histories: list[list[Answer]] = []
        super().__init__(_NoScheduler())

    def review(self, at_us: int, day: int, mode: str, quality: int) -> None:
        """Take in a review, and note it where it moves the memory."""
        reviews, last_day = self.reviews, self.last_day
        super().review(at_us, day, mode, quality)
        if self.reviews > reviews:
            if not reviews:
                self.histories.append([])
            self.histories[-1].append(Answer(at_us, day, day - last_day if reviews else 0, quality))
