"""The vocabulary of every prompt."""

from __future__ import annotations

import pytest

from quizzer.study.words import WORDS, Word, cleaned, help_lines, overruled, quality_in, split, word_in


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/hint", ("", Word("hint"))),
        ("one\ntwo\n/hint", ("one\ntwo", Word("hint"))),
        ("one\n/hint\ntwo", ("one\n/hint\ntwo", None)),
        ("see\n/etc", ("see\n/etc", None)),
        ("an answer", ("an answer", None)),
    ],
)
def test_a_word_may_stand_on_the_last_line_of_an_answer(text: str, expected: tuple[str, Word | None]) -> None:
    """Asking for a hint half-way keeps what is typed; a slash in the text of an answer is no order."""
    assert split(text) == expected


def test_agreeing_with_a_grade_changes_nothing() -> None:
    """`y` to a 5 is no 4."""
    assert [overruled(quality, right=True) for quality in range(6)] == [4, 4, 4, 4, 4, 5]
    assert [overruled(quality, right=False) for quality in range(6)] == [0, 1, 1, 1, 1, 1]


def test_an_answer_is_kept_as_text() -> None:
    """Half characters cannot be stored, and line ends differ between terminals."""
    assert cleaned("  one\r\ntwo\rcaf\udce9 ") == "one\ntwo\ncaf?"
