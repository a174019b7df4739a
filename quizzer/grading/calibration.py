"""From a score to what a learner is told: the verdict and SM-2's quality; and one score out of two."""

from __future__ import annotations

from itertools import pairwise

from quizzer.model import Verdict
from quizzer.scale import PASS_MARK

UNSURE_BAND = 0.03
"""Scores nearer to the pass mark than this are the learner's to decide."""

UNSURE_BAND_BLIND = 0.15
"""The same where nothing is known of the language: no negation is seen, and every word counts alike."""

FLOORS = ((0.85, 5), (0.70, 4), (0.50, 3), (0.30, 2), (0.10, 1))
"""The lowest score of each quality."""

GUARDED_FLOOR, GUARDED_CAP = 0.30, 0.45
"""Scores that a guard leaves: quality 2, better answers still ahead of worse ones."""

COVERAGE_SCORES = ((0.0, 0.0), (0.15, 0.08), (0.5, 0.53), (0.8, 0.85), (1.0, 1.0))
"""Share of the points made -> score, straight lines between: half the points is about the pass mark."""


def quality(score: float, *, all_points: bool) -> int:
    """SM-2's quality of *score*; 5 only where no point is missing."""
    found = next((grade for floor, grade in FLOORS if score >= floor), 0)
    return found if all_points else min(found, 4)


def verdict(score: float, *, guarded: bool, band: float = UNSURE_BAND) -> Verdict:
    """Pass, unsure or fail; *guarded*: the answer would have passed but for a guard; *band*: see `UNSURE_BAND`."""
    if guarded or abs(score - PASS_MARK) < band:
        return "unsure"
    return "pass" if score >= PASS_MARK else "fail"


def guarded_score(score: float) -> float:
    """The score of an otherwise passing answer that a guard objects to."""
    return GUARDED_FLOOR + (GUARDED_CAP - GUARDED_FLOOR) * score


def coverage_score(coverage: float) -> float:
    """The score of an answer that makes this share of the points, 0..1."""
    for (low, score), (high, above) in pairwise(COVERAGE_SCORES):
        if coverage <= high:
            return score + (above - score) * (coverage - low) / (high - low)
    return 1.0


def blend(head: float, coverage: float, points: int) -> float:
    """The score of an answer to a card with *points* points, of which the share *coverage* is made.

    The more points, the more they decide: a terse answer that makes all of many is a full one. The head was trained on
    references of one or two sentences, so one point and the head count the same.
    """
    share = points / (points + 1)
    return share * coverage_score(coverage) + (1 - share) * head
