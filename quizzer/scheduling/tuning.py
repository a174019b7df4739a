"""FSRS fitted a little to one learner's answers, in a moment: so that a plan expects what this learner will recall."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray

from quizzer.scheduling.fsrs import (
    AGAIN,
    EASY,
    GOOD,
    GREATEST_PARAMETERS,
    HARD,
    LEAST_PARAMETERS,
    LEAST_STABILITY_DAYS,
    RATINGS,
    Fsrs,
)
from quizzer.scheduling.fsrs_arrays import Floats, after, recall
from quizzer.scheduling.histories import History

MOST_CARDS = 1_000
"""Cards that are looked at, and of each so many of its first answers: more say nothing new of the learner."""
MOST_ANSWERS = 24
_SPREADS = (0.7, 0.5, 0.5, 0.5)
"""How far learners lie from the given parameters, as standard deviations: few answers change little."""
_STEPS = (0.4, 0.2, 0.1, 0.05)
_LEAST_CHANCE = 0.02
"""Whatever a model says, a grade may be wrong."""

Shift = tuple[float, ...]
"""Logarithms of what first memories, what they gain by a review, and what is left of a forgotten one are multiplied by,
and of how steeply they fade."""
_NOTHING: Shift = (0.0, 0.0, 0.0, 0.0)


def tuned(model: Fsrs, histories: Sequence[History]) -> Fsrs:
    """*model*, shifted to what explains *histories* best; the same where there are none.

    Four numbers are fitted, not FSRS's twenty-one: that needs neither torch nor many answers. The rest is the
    optimizer's (`quizzer.scheduling.optimizing`).
    """
    answers = _Answers.of([history for history in histories if len(history) > 1])
    if answers is None:
        return model
    best, lowest = _NOTHING, answers.surprise(model, _NOTHING)
    for step in _STEPS:
        better = True
        while better:
            better = False
            for place in range(len(_NOTHING)):
                for way in (step, -step):
                    shift = (*best[:place], best[place] + way, *best[place + 1 :])
                    surprise = answers.surprise(model, shift)
                    if surprise < lowest - 1e-9:
                        best, lowest, better = shift, surprise, True
                        break
    return shifted(model, best)


def shifted(model: Fsrs, shift: Shift) -> Fsrs:
    """*model* with its parameters multiplied as *shift* says, within their bounds."""
    first, gain, left, fading = shift
    p = list(model.parameters)
    for place in range(4):
        p[place] *= exp(first)
    p[8] += gain
    p[11] *= exp(left)
    p[20] *= exp(fading)
    bounded = tuple(
        min(max(value, low), high) for value, low, high in zip(p, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True)
    )
    return Fsrs(bounded, desired_retention=model.desired_retention, maximum_interval_days=model.maximum_interval_days)


class _Answers:
    """Histories as arrays of shape (turn, card), the longest first, so that a turn's cards are the first few."""

    def __init__(self, ratings: NDArray[np.int64], elapsed: Floats, counts: NDArray[np.int64]) -> None:
        self.ratings, self.elapsed, self.counts = ratings, elapsed, counts

    @classmethod
    def of(cls, histories: Sequence[History]) -> _Answers | None:
        if not histories:
            return None
        every = -(-len(histories) // MOST_CARDS)
        chosen = sorted((history[:MOST_ANSWERS] for history in histories[::every]), key=len, reverse=True)
        turns = len(chosen[0])
        ratings = np.zeros((turns, len(chosen)), dtype=np.int64)
        elapsed = np.ones((turns, len(chosen)))
        for card, history in enumerate(chosen):
            for turn, answer in enumerate(history):
                ratings[turn, card] = RATINGS[answer.quality]
                elapsed[turn, card] = max(1, answer.elapsed_days)
        counts = np.array([sum(len(history) > turn for history in chosen) for turn in range(turns)])
        return cls(ratings, elapsed, counts)

    def surprise(self, model: Fsrs, shift: Shift) -> float:
        """How unlikely the answers, and *shift* itself, are to the shifted *model*."""
        shifted_model = shifted(model, shift)
        begun = np.array([shifted_model.first(rating) for rating in (AGAIN, HARD, GOOD, EASY)])
        stability, difficulty = begun[self.ratings[0] - 1].T
        total = sum((value / spread) ** 2 / 2 for value, spread in zip(shift, _SPREADS, strict=True))
        for turn in range(1, len(self.ratings)):
            count = self.counts[turn]
            rating, elapsed = self.ratings[turn, :count], self.elapsed[turn, :count]
            stability, difficulty = stability[:count], difficulty[:count]
            chance = np.clip(recall(shifted_model, stability, elapsed), _LEAST_CHANCE, 1 - _LEAST_CHANCE)
            total -= float(np.log(np.where(rating > AGAIN, chance, 1 - chance)).sum())
            grown, harder = stability.copy(), difficulty.copy()
            for given in (AGAIN, HARD, GOOD, EASY):
                which = rating == given
                if which.any():
                    grown[which], harder[which] = after(
                        shifted_model, stability[which], difficulty[which], given, elapsed[which]
                    )
            stability, difficulty = np.maximum(grown, LEAST_STABILITY_DAYS), harder
        return total
