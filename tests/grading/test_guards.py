"""Claims the other way round are seen, and right ones in other words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.grading.embedder import load
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card

LAMPS = Card(
    id="lamps",
    deck_id="home",
    question="How do incandescent lamps and LED lamps differ?",
    answers=(
        "An incandescent lamp heats a tungsten filament until it glows, wastes about 95 percent of the energy"
        " as heat and lasts about 1,000 hours. An LED lamp emits light from a semiconductor, needs 8 watts "
        "for the light of a 60 watt bulb and lasts about 25,000 hours. LED lamps contain electronics and cost"
        " more to buy.",
    ),
    points=(
        "an incandescent lamp makes a tungsten filament glow",
        "an incandescent lamp wastes about 95 percent of the energy as heat",
        "an LED lamp emits light from a semiconductor",
        "an LED lamp lasts about 25,000 hours against 1,000",
        "LED lamps cost more to buy",
    ),
    misconceptions=("LED lamps contain mercury.",),
)

GUARDS = {"contradiction", "number", "swapped", "shuffled", "misconception"}


@pytest.fixture(scope="module")
def grader(exported_models: Path) -> MeaningGrader:
    return MeaningGrader(load(models=exported_models))


pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "answer",
    [
        "In an incandescent lamp a tungsten wire glows and nearly all the energy, about 95 percent, is lost "
        "as heat. In an LED lamp a semiconductor emits the light; it costs more at the till but lives 25,000 "
        "hours instead of 1,000.",
        "incandescent: glowing tungsten filament, 95% wasted as heat. LED: semiconductor emits light, lasts "
        "25,000 hours, costs more to buy",
        "It isn't true that LED lamps contain mercury. They emit light from a semiconductor, cost more and "
        "last 25,000 hours, while incandescent ones heat a tungsten filament and waste 95 percent.",
        "Unlike the LED, which isn't a hot wire but a semiconductor, the incandescent lamp heats a filament "
        "of tungsten and wastes some 95 percent as heat. The LED lasts 25,000 hours but isn't as cheap.",
    ],
)
def test_right_answers_raise_no_alarm(grader: MeaningGrader, answer: str) -> None:
    """A false alarm makes a learner doubt what is right."""
    graded = grader.grade(LAMPS, answer)
    assert not GUARDS & set(graded.flags), graded.reason
    assert graded.verdict == "pass"


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        (
            "An incandescent lamp does not make a tungsten filament glow and wastes 95 percent of the energy as "
            "heat. An LED lamp does not emit light from a semiconductor and lasts 25,000 hours. LED lamps cost "
            "more to buy.",
            "contradiction",
        ),
        (
            "An incandescent lamp heats a tungsten filament, wastes 95 percent as heat and lasts 1,000 hours. An "
            "LED lamp emits light from a semiconductor and lasts about 25,000 hours. LED lamps cost less to buy.",
            "contradiction",
        ),
        (
            "An incandescent lamp heats a tungsten filament until it glows and wastes about 40 percent of the "
            "energy as heat. An LED lamp emits light from a semiconductor, lasts 25,000 hours and costs more to "
            "buy.",
            "number",
        ),
        (
            "An LED lamp heats a tungsten filament until it glows and wastes about 95 percent of the energy as "
            "heat. An incandescent lamp emits light from a semiconductor and lasts about 25,000 hours, and costs "
            "more to buy.",
            "swapped",
        ),
        (
            "semiconductor filament heat tungsten hours 95 light LED percent emits buy lamp incandescent energy "
            "wastes glows more 25,000 cost lasts",
            "shuffled",
        ),
        (
            "An incandescent lamp heats a tungsten filament and wastes 95 percent as heat. An LED lamp emits "
            "light from a semiconductor and lasts 25,000 hours. LED lamps contain mercury and cost more to buy.",
            "misconception",
        ),
    ],
)
def test_a_claim_the_wrong_way_round_is_the_learners_to_decide(grader: MeaningGrader, answer: str, flag: str) -> None:
    """The words are those of a right answer; a grader of likeness alone would pass it."""
    graded = grader.grade(LAMPS, answer)
    assert flag in graded.flags
    assert (graded.verdict, graded.quality) == ("unsure", 2)
    assert graded.reason


def test_the_reason_quotes_both_sides(grader: MeaningGrader) -> None:
    """The learner has to see which words the grader means."""
    answer = LAMPS.answers[0].replace("An LED lamp emits", "An LED lamp does not emit")
    reason = grader.grade(LAMPS, answer).reason
    assert "does not emit" in reason
    assert "contradicts the reference" in reason
