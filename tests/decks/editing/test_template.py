"""The text of one card in the editor: it reads back as the card, and every slip is found at its line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.editing import template
from quizzer.decks.editing.changes import Value, changed, value_of
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import Card
from tests.decks.editing.editing import random_changes

CARD = Card("c-01", "d", "What?", answers=("one", "two\n\nparagraphs"), tags=("a",), difficulty="easy")


def problem_of(text: str) -> tuple[int, str]:
    """Line and message of the only problem."""
    with pytest.raises(DeckInvalid) as caught:
        template.read(text, CARD, path="draft")
    (problem,) = caught.value.problems
    assert problem.hint
    return problem.line, problem.message


@given(st.integers(0, 2**32))
def test_a_card_reads_back(seed: int) -> None:
    """Whatever its texts are, an editor that only saves changes nothing."""
    choose = random.Random(seed)
    wanted: dict[str, Value] = {}
    for _ in range(4):
        wanted |= random_changes(choose, CARD)
    card = changed(CARD, {name: value for name, value in wanted.items() if value})

    text = template.template(card, notes=["a note"])
    read = template.read(text, card, path="draft")

    assert read is not None
    assert not {
        name: value
        for name, value in template.changes(card, read).items()
        if _stripped(value) != _stripped(value_of(card, name))
    }


def _stripped(value: Value) -> Value:
    """As the format gives texts back: without line feeds at their ends."""
    return value.rstrip("\r\n") if isinstance(value, str) else tuple(text.rstrip("\r\n") for text in value)


def test_dashes_with_nothing_after_them_are_nothing() -> None:
    """They are there to be filled, and need not be."""
    card = Card("c-02", "d", "Why?")

    read = template.read(template.template(card), card, path="draft")

    assert read is not None
    assert template.changes(card, read) == {}


def test_a_key_that_was_removed_is_empty() -> None:
    """Whoever deletes the answers means it."""
    text = template.template(CARD)
    start, end = text.index("answers:"), text.index("points:")

    read = template.read(text[:start] + text[end:], CARD, path="draft")

    assert read is not None
    assert template.changes(CARD, read) == {"answers": ()}


@pytest.mark.parametrize("text", ["", "\n\n", "# help\n", "---\n"])
def test_a_text_without_keys_says_nothing(text: str) -> None:
    """The user gave up."""
    assert template.read(text, CARD, path="draft") is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("answers: [a]\n", 1, "card 'c-01' has no question"),
        ("question: a\nanswers:\n  - C #1 is\n", 3, "what follows # is a comment and would be lost"),
        ("question: # why\n", 1, "'question' is empty"),
        ("question: a\nexplanation: #1\n", 2, "what follows # is a comment and would be lost"),
        ("question: a\nanswers: one\n", 2, "'answers' must be a list, not a text"),
        ("question: a\nid: b\n", 2, "the id of a card does not change"),
        ("- a\n", 1, "the keys of the card are gone"),
        ("question: a\ndifficulty: so\n", 2, "difficulty 'so' is not known"),
    ],
)
def test_slips_are_found_at_their_lines(text: str, line: int, message: str) -> None:
    """Where the mark will stand."""
    problems: tuple[Problem, ...] = ()
    try:
        template.read(text, CARD, path="draft")
    except DeckInvalid as error:
        problems = error.problems

    assert (line, message) in [(problem.line, problem.message) for problem in problems]


def test_marks_stand_above_their_lines_and_go_again() -> None:
    """The user's own text comes through any number of rounds."""
    text = "question: a\n\nansers: [b]\ntags: c\n"
    problems = [
        Problem("unknown-key", "unknown key 'ansers'", "draft", 3, 1, "did you mean 'answers'?"),
        Problem("wrong-kind", "'tags' must be a list", "draft", 4, 7),
        Problem("yaml", "the text ends too early", "draft", 5, 1),
    ]

    marked = template.marked(text, problems)

    assert marked.splitlines()[3:] == [
        "#!! unknown key 'ansers'", "#!!   did you mean 'answers'?", "ansers: [b]",
        "#!! column 7: 'tags' must be a list", "tags: c", "#!! the text ends too early",
    ]  # fmt: skip
    assert template.unmarked(template.marked(template.unmarked(marked), problems)) == text


@given(st.text(), st.integers(1, 9))
def test_marks_never_change_the_text(text: str, line: int) -> None:
    """Whatever was typed, at whatever line; only its last line may get an end."""
    text = text.replace("\r", "")

    marked = template.marked(text, [Problem("yaml", "x\ny", "draft", line, 2, "z")])

    assert template.unmarked(marked) in (template.unmarked(text), template.unmarked(text) + "\n")


def test_a_placeholder_is_no_answer() -> None:
    """The mark stands at its line; one that the card has already does not keep anybody from the other keys."""
    assert problem_of("question: a\nanswers:\n  - one\n  - TBD\n") == (4, "'TBD' is no answer yet")
    card = changed(CARD, {"answers": ("TBD",)})
    assert template.read("question: a\nanswers:\n  - TBD\n", card, path="draft") is not None
