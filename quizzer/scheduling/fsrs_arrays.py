"""FSRS-6 for many cards at once, in numpy; a test holds it equal to `quizzer.scheduling.fsrs`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quizzer.scheduling.fsrs import AGAIN, EASY, HARD, LEAST_STABILITY_DAYS, Fsrs

Floats = NDArray[np.float64]


def recall(model: Fsrs, stability: Floats, elapsed_days: Floats) -> Floats:
    """The probability of recall, *elapsed_days* after the last review."""
    decay = -model.parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    found: Floats = (1 + factor * elapsed_days / stability) ** decay
    return found


def after(
    model: Fsrs, stability: Floats, difficulty: Floats, rating: int, elapsed_days: Floats
) -> tuple[Floats, Floats]:
    """(stability in days, difficulty) after a review *elapsed_days*, at least 1, after the one before."""
    p = model.parameters
    forgotten = 1 - recall(model, stability, elapsed_days)
    if rating == AGAIN:
        lost = p[11] * difficulty ** -p[12] * ((stability + 1) ** p[13] - 1) * np.exp(forgotten * p[14])
        grown = np.minimum(lost, stability / np.exp(p[17] * p[18]))
    else:
        bonus = (p[15] if rating == HARD else 1.0) * (p[16] if rating == EASY else 1.0)
        growth = np.exp(p[8]) * (11 - difficulty) * stability ** -p[9] * (np.exp(forgotten * p[10]) - 1) * bonus
        grown = stability * (1 + growth)
    damped = difficulty + (10.0 - difficulty) * -(p[6] * (rating - 3)) / 9.0
    easiest = p[4] - np.exp(p[5] * 3) + 1
    harder = p[7] * easiest + (1 - p[7]) * damped
    return np.maximum(grown, LEAST_STABILITY_DAYS), np.clip(harder, 1.0, 10.0)
