"""FSRS's parameters for one learner, by py-fsrs' own optimizer (torch and pandas)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from quizzer.scheduling.fsrs import RATINGS
from quizzer.scheduling.histories import History

LEAST_REVIEWS = 512
"""py-fsrs gives back the default parameters for fewer answers to cards seen on an earlier day."""
LONGEST_HISTORY = 64
"""Of each card py-fsrs looks at so many answers."""
_PASSES = 11
"""Each history is worked through once to be counted, and in five epochs once to learn and once to measure."""


def usable(histories: Sequence[History]) -> int:
    """How many answers of *histories* the optimizer learns from."""
    return sum(max(0, min(len(history), LONGEST_HISTORY) - 1) for history in histories)


def load() -> None:
    """Load what `optimised` needs, which takes seconds."""
    import fsrs.optimizer  # noqa: F401  torch and pandas


def optimised(
    histories: Sequence[History], *, progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[float, ...] | None:
    """The parameters that predict *histories* best; None where there are too few answers to tell.

    The same histories give the same parameters. *progress* is told how much is done, of how much.
    """
    if usable(histories) < LEAST_REVIEWS:
        return None
    from fsrs import Optimizer, Rating, ReviewLog  # see `load`

    logs = [
        # Days, not instants: quizzer counts in learning days. The grade of an answer decides, not its duration.
        ReviewLog(number, Rating(RATINGS[answer.quality]), datetime.fromordinal(answer.day).replace(tzinfo=UTC), None)
        for number, history in enumerate(histories)
        for answer in history
    ]
    optimizer = Optimizer(logs)
    # py-fsrs shows a bar of five steps or none. What it asks for is counted instead: the version is pinned.
    optimizer._revlogs_train = _Counted(optimizer._revlogs_train, progress)
    # As many digits as people copy, so that what is measured is what is copied. The bounds have fewer.
    return tuple(round(float(value), 4) for value in optimizer.compute_optimal_parameters())


class _Counted(dict[Any, Any]):  # what py-fsrs keeps in it is its own affair
    """A dictionary that tells how many of the look-ups it will see are done."""

    def __init__(self, content: dict[Any, Any], progress: Callable[[int, int], None]) -> None:
        super().__init__(content)
        self.done, self.progress = 0, progress

    def __getitem__(self, key: object) -> Any:  # as above
        self.done += 1
        self.progress(self.done, _PASSES * len(self))
        return super().__getitem__(key)
