"""What the signs of claims turned around take from a score."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.doubts import Doubts, signs_of
from quizzer.grading.grader import lowered
from quizzer.grading.head import load_doubts
from quizzer.grading.objections import Heard, Objection
from quizzer.scale import PASS_MARK

ODDS = st.floats(-50, 50)
TURNED = Objection("contradiction", "it says the contrary")


@given(
    rule=st.floats(0, 1), marked=ODDS, whole=st.tuples(ODDS, ODDS, ODDS), several=st.floats(0, 9),
    opposed=st.floats(0, 9),
    swapped=st.floats(-20, 20), believed=st.floats(0, 9),
)  # fmt: skip
def test_doubts_only_ever_take_from_a_score(
    rule: float,
    marked: float,
    whole: tuple[float, float, float],
    several: float,
    opposed: float,
    swapped: float,
    believed: float,
) -> None:
    """A sign that pointed the wrong way would praise an answer for being denied."""
    signs = signs_of(
        rule=rule, marked=marked, whole=whole, several=several, opposed=opposed, swapped=swapped, believed=believed
    )
    assert min(signs.values()) >= 0
    for points in (True, False):
        assert load_doubts().log_odds(signs, points=points) >= 0


def test_what_right_answers_show_as_well_takes_nothing() -> None:
    """Learners say right things in odd ways: a weak sign here and there is no reason for doubt."""
    weights = {"rule": 1.0, "marked": 0.0, "first": 0.5}
    usual, always = {"points": 1.0, "references": 3.0}, {"points": 0.0, "references": 0.0}
    doubts = Doubts({"points": weights, "references": weights}, usual, always)
    signs = {"rule": 0.5, "marked": 8.0, "first": 2.0}
    assert doubts.log_odds(signs, points=True) == 0.5
    assert doubts.log_odds(signs, points=False) == 0.0


def test_a_share_of_the_signs_always_counts() -> None:
    """Of two answers that show no more than right ones do, the one that shows less is the better one."""
    weights = {"points": {"rule": 1.0}, "references": {"rule": 1.0}}
    doubts = Doubts(weights, {"points": 1.0, "references": 1.0}, {"points": 0.25, "references": 0.0})
    assert doubts.log_odds({"rule": 0.8}, points=True) == 0.2
    assert doubts.log_odds({"rule": 0.8}, points=False) == 0.0
    assert doubts.log_odds({"rule": 2.0}, points=True) == 1.0


def test_a_doubt_that_decides_is_said() -> None:
    """A learner who would have passed must hear why not, and can overrule it."""
    score, said = lowered(0.7, Heard(doubt=1.5, turned=TURNED))
    assert said == [TURNED]
    assert 0.3 <= score < PASS_MARK


def test_a_doubt_that_does_not_decide_lowers_the_score_in_silence() -> None:
    """An answer that passes all the same is not to be argued with."""
    score, said = lowered(0.9, Heard(doubt=0.5, turned=TURNED))
    assert said == []
    assert PASS_MARK < score < 0.9


def test_nothing_is_objected_to_an_answer_that_fails_anyway() -> None:
    """What is missing is the reason then; a second one would only confuse."""
    score, said = lowered(0.2, Heard(doubt=1.0, turned=TURNED, found=(TURNED,)))
    assert said == []
    assert score < 0.2
