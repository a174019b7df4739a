"""Claims turned around in the learner's own words are seen, by what the model reads into the words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quizzer.grading.embedder import load
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card
from tests.grading.fakes import WordEmbedder

LOCKS = Card(
    id="locks",
    deck_id="water",
    question="What happens when a boat goes up through a canal lock?",
    answers=(
        "The boat enters the empty chamber, the lower gates are closed, and water flows in from above until "
        "the chamber is as high as the upper canal. Then the upper gates open and the boat leaves.",
    ),
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def grader(exported_models: Path) -> MeaningGrader:
    return MeaningGrader(load(models=exported_models))


@pytest.mark.parametrize(
    "answer",
    [
        "The boat enters the empty chamber and the lower gates are closed, but no water flows in from above, so the "
        "chamber never gets as high as the upper canal. Then the upper gates open and the boat leaves.",
        "The boat enters the empty chamber, the lower gates are not closed, and water flows in from above until the "
        "chamber is as high as the upper canal; then the upper gates don't open, so the boat cannot leave.",
    ],
)
def test_a_negated_answer_is_the_learners_to_decide(grader: MeaningGrader, answer: str) -> None:
    """Every word of it is one of the reference's, and no score of likeness tells it from a right one."""
    graded = grader.grade(LOCKS, answer)
    assert graded.flags == ("contradiction",)
    assert graded.verdict == "unsure"
    assert "contradicts the reference" in graded.reason


@pytest.mark.parametrize(
    "answer",
    [
        LOCKS.answers[0].replace("The boat", "A boat"),
        "It goes into the empty chamber. Once the lower gates are closed, water is let in from above, not from "
        "below, until the chamber is as high as the upper canal. The upper gates open and the boat leaves.",
        "boat in, lower gates shut, water flows in from above up to the upper level, upper gates open, boat leaves",
    ],
)
def test_negators_alone_are_no_contradiction(grader: MeaningGrader, answer: str) -> None:
    """What counts is whether the claim is turned around, not whether a "not" stands somewhere."""
    assert grader.grade(LOCKS, answer).flags == ()


def test_a_point_that_is_turned_around_is_not_made(grader: MeaningGrader) -> None:
    """To read that it was made, and beside it that it was contradicted, would help nobody."""
    points = ("The lower gates are closed", "Water flows in from above", "The chamber rises to the upper canal")
    said = (
        "The lower gates are closed, water never flows in from above and the chamber does not rise to the upper canal."
    )
    graded = grader.grade(replace(LOCKS, points=points), said)
    assert graded.flags == ("contradiction",)
    turned = [point for point in graded.points if f'"{point.text}"' in graded.reason]
    assert turned
    assert not any(point.covered or point.words for point in turned)
    assert graded.reason.startswith(f"{sum(point.covered for point in graded.points)} of 3 points made; ")


def test_other_models_and_languages_are_graded_without_the_nets(grader: MeaningGrader) -> None:
    """The nets know the hidden states of one model, in English."""
    other = replace(LOCKS, language="eo")
    assert "contradiction" not in grader.grade(other, LOCKS.answers[0] + " Ne.").flags
    graded = MeaningGrader(WordEmbedder()).grade(LOCKS, LOCKS.answers[0].replace("closed", "not closed"))
    assert graded.flags in ((), ("contradiction",))
