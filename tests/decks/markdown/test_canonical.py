"""The canonical list: what is written is read back as the same deck, whatever the texts are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzer.cli.compose import bundled_decks
from quizzer.decks import schema, yamlfile
from quizzer.decks.editing.deckfile import DeckFile
from quizzer.decks.markdown import canonical
from quizzer.decks.markdown.updating import as_deck
from quizzer.decks.markdown.writing import write
from quizzer.model import Card, CardTests, Deck

HOSTILE = [
    "plain words", "**Answer:**", "**Answer:** _To be filled_", "**Points:**", "\\**Answer:**", "## Question",
    "\\## Question",
    "# Title", "### Part", "<!-- card: a-01 -->", "<!-- deck: b -->", "<!-- quizzer: list 1 -->", '<!-- text: "x" -->',
    "<!--", "-->", "```", "````", "~~~", "    code", "\ttab", "trailing  ", " leading", "- item", "* item", "1. one",
    "---",
    "===", "> quote", "| a | b |", "\u00a0", "a\u00a0b", "_To be filled_", "TBD", "-", "…", "<details>", "</details>",
    "a, b",
    "[x](y)", "\\", "'\"`", "é 漢 😀", "key: value", "#", "##", "**", "{{x}}", "%", "&amp;", "-- --> <!--", "\u200d",
]  # fmt: skip
texts = (
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.just(""), st.text(max_size=8)), min_size=1, max_size=6)
    .map("\n".join)
    .map(lambda text: text.rstrip("\r\n"))
    .filter(lambda text: not _is_blank(text) and text.isprintable() | ("\n" in text) | True)
)


def _is_blank(text: str) -> bool:
    from quizzer.decks.values import is_blank

    return is_blank(text)


def encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


anything = texts.filter(encodable)
lists = st.lists(anything, max_size=3).map(tuple)
tests = st.builds(CardTests, lists, lists, st.lists(st.one_of(anything, st.just("")), max_size=2).map(tuple))
cards = st.builds(
    Card, id=st.just(""), deck_id=st.just("deck"), question=anything, answers=lists, points=lists, misconceptions=lists,
    hints=lists, explanation=st.one_of(st.just(""), anything), sources=lists, tags=lists,
    difficulty=st.sampled_from([None, "easy", "medium", "hard"]), tests=tests,
    aliases=st.lists(st.sampled_from(["old-1", "old-2", "other/old-3"]), max_size=2, unique=True).map(tuple),
)  # fmt: skip
decks = st.builds(
    Deck, id=st.just("deck"), title=anything, description=st.one_of(st.just(""), anything),
    language=st.sampled_from(["en", "de", "pt-BR"]), license=st.sampled_from(["", "CC-BY-4.0"]), authors=lists,
    tags=lists,
    aliases=st.sampled_from([(), ("former",)]),
    cards=st.lists(cards, max_size=3).map(lambda made: tuple(replace(c, id=f"deck-{n}") for n, c in enumerate(made))),
)  # fmt: skip


def essence(deck: Deck) -> Deck:
    """*deck* without what depends on where it was read."""
    bare = tuple(replace(card, line=0, digest="", language="en", deck_id="") for card in deck.cards)
    return replace(deck, path="", cards=bare)


def read_back(text: str) -> Deck:
    listed = canonical.read(text)
    assert listed.remarks == ()
    assert listed.deck is not None
    return as_deck(listed, name=listed.deck.id)


@given(decks)
@settings(max_examples=150, deadline=None)
@example(Deck("deck", "deck", cards=(Card("deck-0", "deck", "a\n## b", answers=("**Answer:**",)),)))
def test_export_then_import_is_the_identity(deck: Deck) -> None:
    """A maintainer who edits the list loses nothing of the deck."""
    text = write(deck)

    assert canonical.is_canonical(text)
    assert essence(read_back(text)) == essence(deck)


@given(decks)
@settings(max_examples=60, deadline=None)
def test_line_ends_of_windows_change_nothing(deck: Deck) -> None:
    """git converts them on checkout."""
    text = write(deck)

    assert essence(read_back("\ufeff" + text.replace("\n", "\r\n"))) == essence(deck)


def test_the_bundled_deck_survives_as_a_file(tmp_path: Path) -> None:
    """From YAML to Markdown to YAML: every field of every card."""
    path = bundled_decks() / "bert.yaml"
    deck = schema.parse(yamlfile.read(path), path=str(path))

    again = DeckFile.new(tmp_path / "bert.yaml", read_back(write(deck))).deck

    assert essence(again) == essence(deck)


def test_the_list_is_readable() -> None:
    """It is Markdown that a person reads and edits, not a dump."""
    card = Card(
        "sky-01", "sky", "Why is the sky blue?",
        answers=("Air scatters blue light more.\n\n- by Rayleigh", "It scatters."),
        points=("blue is scattered more",), tags=("light", "air"), difficulty="easy",
        tests=CardTests(passing=("Scattering.",)),
    )  # fmt: skip
    deck = Deck("sky", "The sky", license="MIT", tags=("physics",), cards=(card, Card("sky-02", "sky", "And the sea?")))

    assert write(deck) == (
        "<!-- quizzer: list 1 -->\n\n# The sky\n<!-- deck: sky -->\n\n**License:** MIT\n\n**Tags:** physics\n\n"
        "## Why is the sky blue?\n<!-- card: sky-01 -->\n\n**Answer:**\n\n"
        "Air scatters blue light more.\n\n- by Rayleigh\n\n"
        "**Answer:**\n\nIt scatters.\n\n**Points:**\n\n- blue is scattered more\n\n**Tags:** light, air\n\n"
        "**Difficulty:** easy\n\n**Tests that pass:**\n\n- Scattering.\n\n"
        "## And the sea?\n<!-- card: sky-02 -->\n\n**Answer:** _To be filled_\n"
    )


@pytest.mark.parametrize(
    ("written", "answers"),
    [("**Answer:** TBD", ()), ("**Answer:** It reflects.", ("It reflects.",)), ("It reflects.", ("It reflects.",)),
     ("**Answer:** It reflects.\nAnd absorbs.\n\n**Answer:** Water is blue.",
      ("It reflects.\nAnd absorbs.", "Water is blue.")),
     ("", ())],
)  # fmt: skip
def test_a_question_added_by_hand_is_read(written: str, answers: tuple[str, ...]) -> None:
    """The exported list is also the easiest place to write a new question."""
    deck = Deck("sky", "The sky", cards=(Card("sky-01", "sky", "Why is the sky blue?", answers=("Air.",)),))

    listed = canonical.read(write(deck) + f"\n## Why is the sea blue?\n\n{written}\n")

    assert [entry.card.id for entry in listed.entries] == ["sky-01", ""]
    assert listed.entries[1].card.question == "Why is the sea blue?"
    assert listed.entries[1].card.answers == answers


def test_what_is_no_id_or_difficulty_is_reported() -> None:
    """A slip of the keyboard is named with its line."""
    text = f"{canonical.MARK}\n# Sky\n<!-- deck: Sky! -->\n\n## Why?\n<!-- card: A_1 -->\n\n**Difficulty:** tough\n"

    listed = canonical.read(text)

    assert [(remark.line, remark.text[:12]) for remark in listed.remarks] == [
        (2, "'Sky!' is no"), (5, "difficulty '"), (6, "'A_1' is not"),
    ]  # fmt: skip
    assert (listed.deck, listed.entries[0].card.id, listed.entries[0].card.difficulty) == (None, "", None)
