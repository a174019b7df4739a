"""How well probabilities of recall agree with what was recalled: the metrics of the public srs-benchmark.

Source: open-spaced-repetition/srs-benchmark, ``utils.py`` (``evaluate``, ``rmse_matrix``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzer.scheduling.predictions import Asked, Floats

CALIBRATION_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with about the same predicted probability: *predicted* on average, and the share *remembered*."""

    predicted: float
    remembered: float
    answers: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """One model's, on one set of answers."""

    log_loss: float
    """0 is perfect; lower is better; being sure and wrong costs most."""
    rmse_bins: float
    """How far predicted and remembered shares are apart, in groups of alike answers; lower is better."""
    auc: float | None
    """How often an answer that was remembered had the higher probability than one that was not; 0.5 is chance.

    None where all, or none, were remembered.
    """
    calibration: tuple[Bin, ...]


def metrics(asked: Asked, probabilities: Floats) -> Metrics:
    """All metrics of *probabilities*, in the order of *asked*, which must not be empty."""
    return Metrics(
        log_loss(asked.remembered, probabilities),
        rmse_bins(asked, probabilities),
        auc(asked.remembered, probabilities),
        calibration(asked.remembered, probabilities),
    )


def log_loss(remembered: NDArray[np.bool_], probabilities: Floats) -> float:
    """Mean of -log(the probability given to what happened), in nats."""
    least = np.finfo(np.float64).eps
    clipped = np.clip(probabilities, least, 1 - least)
    return float(-np.mean(np.where(remembered, np.log(clipped), np.log1p(-clipped))))


def rmse_bins(asked: Asked, probabilities: Floats) -> float:
    """Root of the mean squared distance between mean probability and share remembered, over groups of alike answers.

    Answers are alike in days elapsed, turn and lapses, each rounded down to a power; groups weigh by their size.
    """
    elapsed = _power(asked.elapsed_days, 3.62)
    turns = _power(asked.turns, 1.89)
    lapses = np.where(asked.lapses > 0, _power(np.maximum(asked.lapses, 1), 1.73), -1)
    _, groups = np.unique(np.stack([elapsed, turns, lapses], axis=1), axis=0, return_inverse=True)
    groups = groups.reshape(-1)
    sizes = np.bincount(groups)
    distances = np.bincount(groups, weights=asked.remembered - probabilities) / sizes
    return float(np.sqrt(np.average(distances**2, weights=sizes)))


def _power(values: NDArray[np.int64], base: float) -> NDArray[np.int64]:
    """The greatest exponent whose power of *base* is not above each of *values*: numbers the benchmark's bins."""
    exponents: NDArray[np.int64] = np.floor(np.log(values) / np.log(base)).astype(np.int64)
    return exponents


def auc(remembered: NDArray[np.bool_], probabilities: Floats) -> float | None:
    """The area under the ROC curve; ties count half."""
    kept, lost = int(remembered.sum()), int((~remembered).sum())
    if not kept or not lost:
        return None
    _, inverse, counts = np.unique(probabilities, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse.reshape(-1)]
    return float((ranks[remembered].sum() - kept * (kept + 1) / 2) / (kept * lost))


def calibration(
    remembered: NDArray[np.bool_], probabilities: Floats, *, bins: int = CALIBRATION_BINS
) -> tuple[Bin, ...]:
    """About *bins* groups of as many answers each, from the lowest probability to the highest; ties stay together."""
    order = np.argsort(probabilities, kind="stable")
    ordered, kept = probabilities[order], remembered[order]
    found, start, total = [], 0, len(ordered)
    while start < total:
        wanted = min(total, start + max(1, -(-total // bins)))
        end = int(np.searchsorted(ordered, ordered[wanted - 1], side="right"))
        found.append(Bin(float(ordered[start:end].mean()), float(kept[start:end].mean()), end - start))
        start = end
    return tuple(found)
