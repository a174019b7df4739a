"""From a score to what a learner is told: the verdict, SM-2's quality, and one score out of two."""

from __future__ import annotations

from quizzer.model import Verdict
from quizzer.scale import PASS_MARK, PASSING_QUALITY

UNSURE_BAND = 0.03
"""Scores nearer to the pass mark than this are the learner's to decide."""

FLOORS = ((0.85, 5), (0.70, 4), (0.50, 3), (0.30, 2), (0.10, 1))
"""The lowest score of each quality."""

GUARDED_CAP = 0.45
"""The highest score that a guard leaves: the top of quality 2."""


def quality(score: float, *, all_points: bool) -> int:
    """SM-2's quality of *score*; 5 only where no point is missing."""
    found = next((grade for floor, grade in FLOORS if score >= floor), 0)
    return found if all_points else min(found, 4)


def verdict(score: float, *, guarded: bool) -> Verdict:
    """Pass, unsure or fail; a guard makes an answer that would pass unsure."""
    if guarded and score >= PASS_MARK:
        return "unsure"
    if abs(score - PASS_MARK) < UNSURE_BAND:
        return "unsure"
    return "pass" if score >= PASS_MARK else "fail"


def guarded(score: float) -> float:
    """The score of an otherwise passing answer that a guard objects to: quality 2, better answers still ahead."""
    return round(0.30 + (GUARDED_CAP - 0.30) * score, 4) if score >= PASS_MARK else score


def blend(head: float, coverage: float) -> float:
    """The score of an answer to a card with points. *coverage*: the share of points made, 0..1.

    The points decide: a terse answer that makes all of them is a full one, and half of them is half.
    """
    made = 0.95 * coverage + 0.02
    return min(1.0, max(0.0, 0.8 * made + 0.2 * head))


PASSES = PASSING_QUALITY
