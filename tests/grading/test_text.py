"""Text as grading reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.english import ENGLISH
from quizzer.grading.stemming import stem
from quizzer.grading.text import clauses, clean, sentences, words


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**bold** and *soft* and `code`", "bold and soft and code"),
        ("# Title\n- one\n2. two", "Title\none\ntwo"),
        ("see [the page](https://a.example/x)", "see the page"),
        ("snake_case and 2 * 3 stay", "snake_case and 2 * 3 stay"),
        ("don’t", "don't"),
        ("a\u200bb\u202ec\x00d", "abc d"),
        ("\ud800x", "x"),
    ],
)
def test_markup_is_taken_off(markdown: str, plain: str) -> None:
    """Formatting must not change a grade."""
    assert clean(markdown) == plain


@given(st.text())
def test_words_lie_where_they_say(text: str) -> None:
    """The learner is shown the own words: offsets that are off by one would show other ones."""
    cleaned = clean(text)
    for word in words(cleaned):
        assert cleaned[word.start : word.end].lower() == word.text


@given(st.text(alphabet="ab ,.;\nand but", max_size=80))
def test_clauses_and_sentences_tile_the_words(text: str) -> None:
    """A word in no clause would be a point that cannot be made."""
    found = words(text)
    for spans in (clauses(text, found, ENGLISH), sentences(text, found)):
        assert [index for first, last in spans for index in range(first, last)] == list(range(len(found)))
        assert all(first < last for first, last in spans)


def test_a_clause_ends_at_commas_and_connectives() -> None:
    """Guards compare claims, and a sentence often holds two that contradict each other."""
    text = "Copper conducts, glass does not and rubber insulates because it holds its electrons"
    found = words(text)
    said = [text[found[a].start : found[b - 1].end] for a, b in clauses(text, found, ENGLISH)]
    assert said == [
        "Copper conducts", "glass does not", "and rubber insulates", "because it holds its electrons",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "forms", [("train", "trains", "trained", "training"), ("city", "cities"), ("stop", "stopped", "stopping")]
)
def test_inflected_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    """ "It trains" answers "training"."""
    assert len({stem(form) for form in forms}) == 1
