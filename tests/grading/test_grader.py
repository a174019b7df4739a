"""Grading by meaning: a stand-in for the model where meaning does not matter, the real one where it does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quizzer.errors import CardUnanswered
from quizzer.grading.embedder import load
from quizzer.grading.grader import MeaningGrader
from quizzer.grading.head import Head, load_head
from quizzer.grading.points import Coverage
from quizzer.model import Card
from tests.grading.fakes import WordEmbedder

TIDES = Card(
    id="tides",
    deck_id="earth",
    question="What causes the tides of the sea?",
    answers=(
        "The Moon's gravity pulls harder on the near side of the Earth than on the far side, which stretches the "
        "oceans into two bulges. The Earth turns beneath them, so most coasts see two high tides a day. "
        "The Sun does the same with about half the strength.",
    ),
    points=(
        "the Moon's gravity is stronger on the near side than on the far side",
        "the oceans are stretched into two bulges",
        "the Earth turns beneath the bulges, giving two high tides a day",
        "the Sun adds a weaker tide of its own",
    ),
    misconceptions=("The wind pushes the water against the coast.",),
)


@pytest.fixture
def grader() -> MeaningGrader:
    return MeaningGrader(WordEmbedder())


@pytest.fixture(scope="module")
def real(exported_models: Path) -> MeaningGrader:
    return MeaningGrader(load(models=exported_models))


def test_a_reference_that_sounds_like_giving_up_is_an_answer(grader: MeaningGrader) -> None:
    """Python has a statement `pass`."""
    card = Card("a", "py", "Which statement does nothing?", answers=("pass",))
    assert grader.grade(card, "Pass.").verdict == "pass"


def test_a_blank_answer_scores_nothing_and_never_meets_the_model() -> None:
    """Nothing to compare: no time spent, no score by chance."""
    embedder = WordEmbedder()
    graded = MeaningGrader(embedder).grade(TIDES, " \n ")
    assert (graded.score, graded.quality, graded.verdict, graded.flags) == (0.0, 0, "fail", ("blank",))
    assert [point.covered for point in graded.points] == [False] * 4
    assert embedder.texts == []


def test_a_card_without_reference_is_refused(grader: MeaningGrader) -> None:
    """There is nothing to be right about."""
    with pytest.raises(CardUnanswered):
        grader.grade(Card(id="x", deck_id="d", question="Why?"), "because")


def test_the_reference_is_full_marks(grader: MeaningGrader) -> None:
    """Whoever says it word for word is right, whatever a model thinks."""
    graded = grader.grade(TIDES, TIDES.answers[0].upper() + "\n")
    assert (graded.score, graded.verdict) == (1.0, "pass")


def test_many_answers_grade_as_each_alone(grader: MeaningGrader) -> None:
    """A batch is a matter of speed only."""
    answers = ["the moon pulls", "", "the sun", TIDES.answers[0], "I don't know"]
    together = grader.grade_many([(TIDES, answer) for answer in answers])
    assert together == [grader.grade(TIDES, answer) for answer in answers]


def test_answers_do_not_reach_the_cache_of_references() -> None:
    """What the learner writes is kept in the log and nowhere else."""
    answers, references = WordEmbedder(), WordEmbedder()
    MeaningGrader(answers, references=references).grade(TIDES, "my own words")
    assert answers.texts == ["my own words"]
    assert "my own words" not in references.texts


def test_a_coverage_of_ones_own_decides_which_points_are_made() -> None:
    """Figures for unseen cards need a grader that was trained without them."""
    generous = MeaningGrader(WordEmbedder(), coverage=Coverage({}, bias=9.0))
    assert all(point.covered for point in generous.grade(TIDES, "the moon").points)


def test_a_head_of_ones_own_decides_the_score() -> None:
    """The same for questions: the best head of all still scores by its own weights alone."""
    shipped = load_head()
    kind = Head(shipped.names, {**shipped.arrays, "calibration": np.array([0.0, 9.0], np.float32)})
    card = replace(TIDES, points=())
    assert MeaningGrader(WordEmbedder(), head=kind).grade(card, "the moon").score > 0.99


def test_without_guards_nothing_lowers_the_score(grader: MeaningGrader) -> None:
    """What a guard costs and saves can only be told from the bare score."""
    bare = MeaningGrader(WordEmbedder(), guards=False)
    assert grader.grade(TIDES, TIDES.question).flags == ("echo",)
    assert bare.grade(TIDES, TIDES.question).flags == ()


def test_a_megabyte_of_text_is_graded(grader: MeaningGrader) -> None:
    """Pasted rubbish must not hang a session."""
    assert grader.grade(TIDES, "x" * 1_000_000).verdict == "fail"


@pytest.mark.model
@pytest.mark.parametrize(
    "answer",
    [
        "The pull of the moon is larger on the side facing it than on the other one, so the water bulges out on both "
        "sides; as the planet rotates through them a shore gets high water twice daily. The sun helps, but less.",
        "moon's gravity stronger on near side, oceans stretch into two bulges, earth rotates under them: two high "
        "tides a day; the sun adds a smaller one",
        "the moons gravty is strongr on the near side then the far side, so theres two buldges of water and the earth "
        "spins under them so 2 high tides evry day. sun does it too but weaker",
    ],
)
def test_a_right_answer_passes_in_any_wording(real: MeaningGrader, answer: str) -> None:
    """Full, terse and careless wordings are the same answer."""
    graded = real.grade(TIDES, answer)
    assert graded.verdict == "pass"
    assert sum(point.covered for point in graded.points) >= 3


@pytest.mark.model
@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("What causes the tides of the sea?", "echo"),
        ("the tides of the sea are caused by the causes of sea tides", "echo"),
        ("I don't know", "dont-know"),
        ("A sonnet has fourteen lines", "off-topic"),
        ("", "blank"),
    ],
)
def test_no_answer_fails_and_says_why(real: MeaningGrader, answer: str, flag: str) -> None:
    """The easy ways out never pass."""
    graded = real.grade(TIDES, answer)
    assert (graded.verdict, graded.flags) == ("fail", (flag,))
    assert graded.reason


@pytest.mark.model
def test_the_learners_own_words_are_shown(real: MeaningGrader) -> None:
    """Feedback quotes what was said, not what should have been."""
    graded = real.grade(TIDES, "There is also a weaker tide that the sun adds. The rest of the story I forgot.")
    made = [point for point in graded.points if point.covered]
    assert [point.text for point in made] == [TIDES.points[3]]
    assert "weaker tide" in made[0].words


@pytest.mark.model
def test_markup_and_padding_change_little(real: MeaningGrader) -> None:
    """Form is not meaning."""
    plain = real.grade(TIDES, TIDES.answers[0][:-1])
    marked = real.grade(TIDES, "- **" + TIDES.answers[0].replace(". ", "**\n- *").replace("day", "day*"))
    padded = real.grade(TIDES, "Good question, let me think about it. " + TIDES.answers[0] + " I hope that helps!")
    assert abs(plain.score - marked.score) < 0.08
    assert abs(plain.score - padded.score) < 0.08
