"""What differs between two wordings of a card, word by word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.rewording import differences, marked
from quizzer.model import CardText

WORDS = st.lists(st.sampled_from(["sky", "is", "blue", "not", "red.", "(at", "noon)"]), max_size=12)


@pytest.mark.parametrize(
    ("before", "now", "both"),
    [
        ("Why is the sky blue?", "Why is the evening sky red?", "Why is the {+evening+} sky [-blue?-]{+red?+}"),
        ("one two", "one two three", "one two {+three+}"),
        ("one two three", "one three", "one [-two-] three"),
        ("", "all new", "{+all new+}"),
        ("空は青い", "空は赤い", "空は[-青-]{+赤+}い"),
        ("first\n  line", "first line", "first line"),
    ],
)
def test_words_taken_out_and_put_in_are_marked(before: str, now: str, both: str) -> None:
    """Readable without colour, as in `git diff --word-diff`; wrapping is no change."""
    assert marked(before, now) == both


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_the_marks(before: list[str], now: list[str]) -> None:
    """Nothing of either text is lost or added."""
    both = marked(" ".join(before), " ".join(now))
    old = re.sub(r"\{\+.*?\+\}", " ", both).replace("[-", " ").replace("-]", " ")
    new = re.sub(r"\[-.*?-\]", " ", both).replace("{+", " ").replace("+}", " ")
    assert (old.split(), new.split()) == (before, now)


def test_answers_are_compared_with_their_former_selves() -> None:
    """An answer put in front of the others does not make all of them look changed."""
    before = CardText("Why?", ("Air scatters blue light.", "Because of the sea."))
    now = CardText("Why?", ("Ozone does it.", "Air scatters short wavelengths."))
    found = [(found.part, found.kind, found.number) for found in differences(before, now)]
    assert found == [("question", "same", 0), ("answer", "new", 1), ("answer", "changed", 2), ("answer", "gone", 2)]


def test_what_is_only_wrapped_anew_is_the_same() -> None:
    """As for the digest: an editor that wraps lines rewords nothing."""
    before, now = CardText("Why is\nit?", ("Be\u0301cause.",)), CardText("Why is it?", ("B\u00e9cause.",))
    assert {difference.kind for difference in differences(before, now)} == {"same"}


def test_two_texts_of_a_hundred_thousand_characters_are_compared_at_once() -> None:
    """A deck may hold them; nobody waits for their difference."""
    both = marked("begin " + "x " * 50_000 + "end", "begin " + "y " * 50_000 + "end")
    assert both.startswith("begin [-x x")
    assert both.endswith("y+} end")
