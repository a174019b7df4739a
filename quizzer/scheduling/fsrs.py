"""FSRS-6 in plain numbers: the arithmetic of py-fsrs without its cards and datetimes, which cost ten times as much.

Source: py-fsrs 6.3.2, whose results a test holds these equal to, to the last bit. There are no learning steps and no
fuzz: quizzer counts in learning days, and the same log must give the same schedule everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizzer.model import FsrsMemory, Memory, SchedulerName
from quizzer.scheduling.rules import DESIRED_RETENTION, MAXIMUM_INTERVAL_DAYS

DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
LEAST_PARAMETERS = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0,
    0.0, 0.0, 0.1,
)  # fmt: skip
GREATEST_PARAMETERS = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
LEAST_STABILITY_DAYS = 0.001

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS = (AGAIN, AGAIN, AGAIN, HARD, GOOD, EASY)
"""FSRS's rating of each quality, 0 to 5."""
NEW, KNOWN, FORGOTTEN = 1, 2, 3
"""py-fsrs' states Learning, Review and Relearning: a card never answered, and by its last answer known or forgotten.

Without relearning steps py-fsrs leaves a forgotten card in Review; the state changes nothing of what follows.
"""


def are_parameters(values: Sequence[float]) -> bool:
    """Whether *values* can be FSRS-6's parameters: as many as there are, each within its bounds."""
    return len(values) == len(DEFAULT_PARAMETERS) and all(
        least <= value <= greatest
        for least, value, greatest in zip(LEAST_PARAMETERS, values, GREATEST_PARAMETERS, strict=True)
    )


class Fsrs:
    """FSRS-6 behind the ``Scheduler`` port, and the steps that it is made of."""

    name: SchedulerName = "fsrs"

    def __init__(
        self,
        parameters: Sequence[float] = DEFAULT_PARAMETERS,
        *,
        desired_retention: float = DESIRED_RETENTION,
        maximum_interval_days: int = MAXIMUM_INTERVAL_DAYS,
    ) -> None:
        """*parameters*: 21 numbers for which `are_parameters` holds."""
        self.parameters = tuple(parameters)
        self.desired_retention = desired_retention
        self.maximum_interval_days = maximum_interval_days
        p = self.parameters
        self._decay = -p[20]
        self._factor: float = 0.9 ** (1 / self._decay) - 1
        self._interval_factor: float = desired_retention ** (1 / self._decay) - 1
        # What depends on the parameters alone; written as in py-fsrs, since floats notice how they are put together.
        self._easy_difficulty = p[4] - (math.e ** (p[5] * 3)) + 1
        self._growth: float = math.e ** p[8]
        self._forget_divisor: float = math.e ** (p[17] * p[18])

    def initial(self) -> Memory:
        """A card that was never reviewed."""
        return FsrsMemory(NEW, 0, 0.0, 0.0)

    def review(self, memory: Memory, quality: int, *, elapsed_days: int) -> tuple[Memory, int]:
        """The memory after *quality*, and the interval in days."""
        # A memory of another scheduler cannot be continued; its history is replayed when schedulers are switched.
        known = isinstance(memory, FsrsMemory) and memory.state != NEW
        rating = RATINGS[quality]
        if known:
            stability, difficulty = self.next(memory.stability_days, memory.difficulty, rating, elapsed_days)  # type: ignore[union-attr]  # an FsrsMemory, as *known* says
        else:
            stability, difficulty = self.first(rating)
        state = FORGOTTEN if rating == AGAIN else KNOWN
        return FsrsMemory(state, None, stability, difficulty), self.interval_days(stability)

    def first(self, rating: int) -> tuple[float, float]:
        """(stability in days, difficulty) after the first review."""
        p = self.parameters
        difficulty = p[4] - (math.e ** (p[5] * (rating - 1))) + 1
        return max(p[rating - 1], LEAST_STABILITY_DAYS), min(max(difficulty, 1.0), 10.0)

    def next(self, stability: float, difficulty: float, rating: int, elapsed_days: int) -> tuple[float, float]:
        """(stability in days, difficulty) after a later review, *elapsed_days* after the one before."""
        p = self.parameters
        if elapsed_days < 1:
            after = self._after_same_day(stability, rating)
        else:
            forgotten = 1 - (1 + self._factor * elapsed_days / stability) ** self._decay
            if rating == AGAIN:
                lost = (
                    p[11] * (difficulty ** -p[12]) * (((stability + 1) ** p[13]) - 1)
                    * (math.e ** (forgotten * p[14]))
                )  # fmt: skip
                after = min(lost, stability / self._forget_divisor)
            else:
                after = stability * (
                    1
                    + self._growth * (11 - difficulty) * (stability ** -p[9]) * ((math.e ** (forgotten * p[10])) - 1)
                    * (p[15] if rating == HARD else 1) * (p[16] if rating == EASY else 1)
                )  # fmt: skip
        damped = difficulty + (10.0 - difficulty) * -(p[6] * (rating - 3)) / 9.0
        difficulty = p[7] * self._easy_difficulty + (1 - p[7]) * damped
        return max(after, LEAST_STABILITY_DAYS), min(max(difficulty, 1.0), 10.0)

    def _after_same_day(self, stability: float, rating: int) -> float:
        p = self.parameters
        increase: float = (math.e ** (p[17] * (rating - 3 + p[18]))) * (stability ** -p[19])
        return stability * (increase if rating == AGAIN else max(increase, 1.0))

    def retrievability(self, stability: float, elapsed_days: int) -> float:
        """The probability of recall, *elapsed_days* after the last review."""
        recall: float = (1 + self._factor * max(elapsed_days, 0) / stability) ** self._decay
        return recall

    def interval_days(self, stability: float) -> int:
        """Days until the probability of recall has fallen to the desired retention, from 1 to the maximum."""
        return min(max(round((stability / self._factor) * self._interval_factor), 1), self.maximum_interval_days)
