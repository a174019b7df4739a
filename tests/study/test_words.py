"""The vocabulary of every prompt."""

from __future__ import annotations

import pytest

from quizzer.study.words import WORDS, Word, help_lines, quality_in, word_in


@pytest.mark.parametrize("name", [name for name in WORDS if name not in ("flag", "grade")])
@pytest.mark.parametrize("pattern", ["/{}", "/{} ", "  /{}"])
def test_a_line_that_is_only_a_word_is_a_word(name: str, pattern: str) -> None:
    """White space around it comes from pasting and from thumbs."""
    assert word_in(pattern.format(name)) == Word(name)


def test_capitals_do_not_matter() -> None:
    """Phones and editors capitalise the first letter of a line."""
    assert word_in("/Hint") == Word("hint")


def test_a_word_with_an_argument_keeps_it() -> None:
    """The note of a flag is text of its own."""
    assert word_in("/flag the Batch size is missing") == Word("flag", "the Batch size is missing")
    assert word_in("/grade 4") == Word("grade", "4")


@pytest.mark.parametrize("text", ["an answer", "", "/usr/share/dict", "skip /hint", "/skip connections are added", "/"])
def test_anything_else_is_an_answer(text: str) -> None:
    """An answer about paths or skip connections must reach the grader."""
    assert word_in(text) is None


def test_a_mistyped_word_is_no_answer() -> None:
    """`/hnt` would be graded as a wrong answer and move the card."""
    assert word_in("/hnt") == Word("", "hnt")


@pytest.mark.parametrize(("argument", "quality"), [("0", 0), ("5", 5), ("6", None), ("-1", None), ("four", None)])
def test_a_grade_is_a_number_from_0_to_5(argument: str, quality: int | None) -> None:
    """Anything else is asked again, never guessed."""
    assert quality_in(argument) == quality


def test_help_explains_every_word() -> None:
    """A word that help leaves out does not exist for a learner."""
    text = "\n".join(help_lines())
    for name in WORDS:
        assert f"/{name}" in text
