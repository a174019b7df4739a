"""What each memory model would have said of every answer before it was given, to be held against what was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.fsrs import RATINGS, Fsrs
from quizzer.scheduling.histories import History
from quizzer.scheduling.sm2 import next_sm2

Floats = NDArray[np.float64]
Predict = Callable[[History], list[float]]
"""Gives the probability of recall at every answer of a history but the first, from the answers before it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers to cards seen on an earlier day, each a row, the earliest first: whether they were remembered, and when.

    Names and meanings follow srs-benchmark: an answer's *turn* is 2 for the second of its card; *lapses* counts the
    card's failures before it, but not a failure of the first answer.
    """

    order: NDArray[np.int64]
    """Brings predictions, made history by history, into this order."""
    at_us: NDArray[np.int64]
    remembered: NDArray[np.bool_]
    elapsed_days: NDArray[np.int64]
    turns: NDArray[np.int64]
    lapses: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.order)

    def since(self, first: int) -> Asked:
        """The rows from number *first* on."""
        columns = (self.order, self.at_us, self.remembered, self.elapsed_days, self.turns, self.lapses)
        return Asked(*(column[first:] for column in columns))  # type: ignore[arg-type]  # each of its own kind


def asked(histories: Sequence[History]) -> Asked:
    """The rows to predict: all answers but the first of each history."""
    rows: list[tuple[int, bool, int, int, int]] = []
    for history in histories:
        lapses = 0
        for turn, answer in enumerate(history[1:], start=2):
            remembered = answer.quality >= PASSING_QUALITY
            rows.append((answer.at_us, remembered, answer.elapsed_days, turn, lapses))
            lapses += not remembered
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5)
    order = np.argsort(columns[:, 0], kind="stable")
    at_us, remembered, elapsed_days, turns, lapses = columns[order].T
    return Asked(order, at_us, remembered.astype(np.bool_), elapsed_days, turns, lapses)


def predicted(histories: Sequence[History], predict: Predict) -> list[float]:
    """The probabilities of recall of all rows of `asked`, history by history."""
    return [probability for history in histories for probability in predict(history)]


def by_fsrs(model: Fsrs) -> Predict:
    """FSRS's own probability of recall."""

    def predict(history: History) -> list[float]:
        probabilities = []
        stability, difficulty = model.first(RATINGS[history[0].quality])
        for answer in history[1:]:
            probabilities.append(model.retrievability(stability, answer.elapsed_days))
            stability, difficulty = model.next(stability, difficulty, RATINGS[answer.quality], answer.elapsed_days)
        return probabilities

    return predict


def by_sm2(history: History) -> list[float]:
    """What srs-benchmark takes for SM-2's probability, which it has none of: 0.9 when the interval is over.

    Source: srs-benchmark, ``0.9 ** (elapsed days / interval)``; the interval is that of SM-2 as quizzer has it.
    """
    probabilities = []
    state = next_sm2(0, 250, 0, history[0].quality)
    for answer in history[1:]:
        probabilities.append(0.9 ** (answer.elapsed_days / state[2]))
        state = next_sm2(*state, answer.quality)
    return probabilities
