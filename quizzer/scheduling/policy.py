"""When a review is worth its price: dynamic programming over FSRS's memory, backwards from the day that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzer.scheduling.fsrs import AGAIN, EASY, GOOD, HARD, Fsrs
from quizzer.scheduling.fsrs_arrays import after, recall

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_STABILITIES = np.geomspace(0.05, 3000.0, 24)
_LOG_STABILITIES = np.log(_STABILITIES)
_DIFFICULTIES = np.array([1.0, 3.5, 6.0, 8.0, 10.0])
STATES = len(_STABILITIES) * len(_DIFFICULTIES)
_INTERVALS = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 17, 21, 26, 32, 40, 50, 62, 77, 96, 120, 150, 190)
"""Days between two reviews that are looked at: any would cost time and gain nothing."""
SOFTNESS = 0.002
"""Choices whose worth differs by less than this are nearly a toss-up: equal cards spread over such days."""
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Ratings:
    """How often answers get which rating: the first ones (again to easy), and later ones that were remembered."""

    first: tuple[float, float, float, float] = (0.24, 0.10, 0.49, 0.17)
    passed: tuple[float, float, float] = (0.22, 0.63, 0.15)


@dataclass(frozen=True, slots=True)
class Spots:
    """Where memories lie between the states of the grid: shape (..., corners), weights with the outcomes' chances."""

    states: Indices
    weights: Floats

    def of(self, values: Floats) -> Floats:
        """The expected *values* (one for each state)."""
        found: Floats = np.einsum("...c,...c->...", self.weights, values[self.states])
        return found


def spots(stability: Floats, difficulty: Floats, weight: Floats | float = 1.0) -> Spots:
    """The four states around each memory, by how near they are."""
    row = np.clip(np.log(stability), _LOG_STABILITIES[0], _LOG_STABILITIES[-1])
    row = (row - _LOG_STABILITIES[0]) / (_LOG_STABILITIES[1] - _LOG_STABILITIES[0])
    column = np.interp(difficulty, _DIFFICULTIES, np.arange(len(_DIFFICULTIES)))
    low_row = np.minimum(row.astype(np.int64), len(_STABILITIES) - 2)
    low_column = np.minimum(column.astype(np.int64), len(_DIFFICULTIES) - 2)
    right, up = row - low_row, column - low_column
    corner = low_row * len(_DIFFICULTIES) + low_column
    below = len(_DIFFICULTIES)
    states = np.stack([corner, corner + 1, corner + below, corner + below + 1], axis=-1)
    shares = [(1 - right) * (1 - up), (1 - right) * up, right * (1 - up), right * up]
    return Spots(states, np.stack([share * weight for share in shares], axis=-1))


def outcomes(model: Fsrs, stability: Floats, difficulty: Floats, elapsed_days: Floats, ratings: Ratings) -> Spots:
    """Where memories are after a review, over all ratings that it may get."""
    known = recall(model, stability, elapsed_days)
    chances = [(AGAIN, 1 - known)]
    chances += [(rating, known * share) for rating, share in zip((HARD, GOOD, EASY), ratings.passed, strict=True)]
    found = [spots(*after(model, stability, difficulty, rating, elapsed_days), chance) for rating, chance in chances]
    return Spots(
        np.concatenate([spot.states for spot in found], axis=-1),
        np.concatenate([spot.weights for spot in found], axis=-1),
    )


def firsts(model: Fsrs, ratings: Ratings) -> Spots:
    """Where a new card is after its first answer."""
    memories = np.array([model.first(rating) for rating in (AGAIN, HARD, GOOD, EASY)])
    found = spots(memories[:, 0], memories[:, 1], np.array(ratings.first))
    return Spots(found.states.ravel(), found.weights.ravel())


class Policy:
    """What is best after each review, at given prices; the days are counted backwards from the day that counts.

    *left* means days left: a review with ``left`` 1 is one on the day before.
    """

    def __init__(self, model: Fsrs, *, days: int, ratings: Ratings) -> None:
        """*days*: how many days are left today."""
        self.days = days
        intervals = [interval for interval in _INTERVALS if interval < days]
        self.intervals = np.array(intervals, dtype=np.int64)
        stability = np.repeat(_STABILITIES, len(_DIFFICULTIES))
        difficulty = np.tile(_DIFFICULTIES, len(_STABILITIES))
        self._after = outcomes(
            model, stability[None, :], difficulty[None, :], self.intervals[:, None].astype(float), ratings
        )
        lefts = np.arange(days + 1, dtype=float)
        self.unreviewed = recall(model, stability[None, :], lefts[:, None])
        """Recall on the day after the last review: shape (left, state)."""
        self.worth = np.zeros((days + 1, STATES))
        """Recall on the day less the price of the reviews until then, right after a review: shape (left, state)."""
        self.choice = np.zeros((days + 1, len(intervals) + 1, STATES))
        """The share that chooses each interval; the last: no further review."""

    def solve(self, prices: Floats) -> None:
        """Find the best for *prices*: what a review costs with so many days left."""
        values = self.worth.ravel()
        for left in range(1, self.days + 1):
            count = int(np.searchsorted(self.intervals, left))  # the next review must lie before the day
            then = left - self.intervals[:count]
            states, weights = self._after.states[:count], self._after.weights[:count]
            flat = then[:, None, None] * STATES + states
            worth = np.empty((count + 1, STATES))
            worth[:count] = np.einsum("isc,isc->is", weights, values.take(flat)) - prices[then][:, None]
            worth[count] = self.unreviewed[left]
            share = soft(worth)
            self.worth[left] = (share * worth).sum(axis=0)
            self.choice[left, :count] = share[:count]
            self.choice[left, -1] = share[count]

    def reached(self) -> Floats:
        """Expected recall on the day, right after a review, if `solve`'s choices are followed: shape (left, state)."""
        found = np.zeros((self.days + 1, STATES))
        values = found.ravel()
        for left in range(1, self.days + 1):
            count = int(np.searchsorted(self.intervals, left))
            then = left - self.intervals[:count]
            flat = then[:, None, None] * STATES + self._after.states[:count]
            after_next = np.einsum("isc,isc->is", self._after.weights[:count], values.take(flat))
            share = self.choice[left]
            found[left] = (share[:count] * after_next).sum(axis=0) + share[-1] * self.unreviewed[left]
        return found

    def flow(self, reviewed: Floats) -> Floats:
        """Reviews that follow from those *reviewed*, with so many days left: shape (left,) from (left, state)."""
        mass = reviewed.copy()
        load = np.zeros(self.days + 1)
        size = mass.size
        for left in range(self.days, 1, -1):
            count = int(np.searchsorted(self.intervals, left))
            going = self.choice[left, :count] * mass[left]
            then = left - self.intervals[:count]
            load[then] += going.sum(axis=1)
            some = np.nonzero(going > _NOTHING)  # most states are nobody's
            flat = then[some[0]][:, None] * STATES + self._after.states[some]
            arriving = going[some][:, None] * self._after.weights[some]
            mass += np.bincount(flat.ravel(), weights=arriving.ravel(), minlength=size).reshape(mass.shape)
        return load


def soft(worth: Floats) -> Floats:
    """The shares in which options of this *worth* (along the first axis) are chosen."""
    share = np.exp((worth - worth.max(axis=0)) / SOFTNESS)
    found: Floats = share / share.sum(axis=0)
    return found


def quantile(shares: Sequence[float] | Floats, at: float) -> int:
    """The option at which the cumulated *shares* reach *at*, 0 to 1: equal cards are spread as the shares say."""
    total = np.cumsum(np.asarray(shares))
    return int(min(np.searchsorted(total, at * total[-1], side="left"), len(total) - 1))
