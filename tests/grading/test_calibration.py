"""What a score means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading import calibration

score = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("value", "all_points", "expected"),
    [(1.0, True, 5), (0.85, True, 5), (0.9, False, 4), (0.70, True, 4), (0.5, True, 3), (0.3, True, 2),
     (0.1, True, 1), (0.09, True, 0), (0.0, True, 0)],
)  # fmt: skip
def test_quality_follows_the_table(value: float, all_points: bool, expected: int) -> None:
    """The table is the contract between the grader and the scheduler."""
    assert calibration.quality(value, all_points=all_points) == expected


@given(score)
def test_the_verdict_agrees_with_the_quality(value: float) -> None:
    """A pass that the scheduler counts as forgotten would be a lie."""
    verdict = calibration.verdict(value, guarded=False)
    quality = calibration.quality(value, all_points=True)
    if verdict == "pass":
        assert quality >= 3
    if verdict == "fail":
        assert quality <= 2


@given(score)
def test_a_guard_leaves_quality_two_at_most(value: float) -> None:
    """The learner decides, and if nobody does the card comes back."""
    left = calibration.guarded_score(value)
    assert calibration.quality(left, all_points=True) == 2
    assert calibration.verdict(left, guarded=True) == "unsure"


@given(score, score, score, st.integers(min_value=1, max_value=10))
def test_more_points_never_score_less(head: float, low: float, high: float, points: int) -> None:
    """Saying more of what was asked must not cost anything."""
    low, high = sorted((low, high))
    assert calibration.blend(head, low, points) <= calibration.blend(head, high, points) + 1e-9
