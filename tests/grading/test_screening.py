"""Answers that are no answers."""

from __future__ import annotations

import pytest

from quizzer.grading.english import ENGLISH
from quizzer.grading.screening import gives_up, unsaid
from quizzer.grading.words import language

QUESTION = "Why does ice float on water?"


@pytest.mark.parametrize(
    "answer",
    ["I don't know", "i dont know sorry", "no idea", "IDK", "Not sure, I can't remember.", "Honestly I have no clue",
     "I don't know why ice floats on water", "pass", "I don't remember this one.", "dunno",
     "Sorry, I'll pass.", "skip this one please", "next"],
)  # fmt: skip
def test_giving_up_is_seen(answer: str) -> None:
    """It is not a wrong answer and must not be scored by chance."""
    assert gives_up(answer, QUESTION, ENGLISH)


@pytest.mark.parametrize(
    "answer",
    ["I don't know exactly, but it is less dense because of its open crystal lattice",
     "It is less dense", "the place where ice floats next",
     "You cannot pass heat through it", "Molecules don't know their neighbours in a liquid"],
)  # fmt: skip
def test_an_attempt_is_an_attempt(answer: str) -> None:
    """Modesty must not cost the answer that follows it."""
    assert not gives_up(answer, QUESTION, ENGLISH)


@pytest.mark.parametrize("answer", ["", "   ", "...", "?!", "\n\n", "—"])
def test_nothing_is_blank_in_any_language(answer: str) -> None:
    """No word, no answer."""
    for code in ("en", "xx"):
        caution = unsaid(answer, QUESTION, language(code))
        assert caution is not None
        assert caution.flag == "blank"
