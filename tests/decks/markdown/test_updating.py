"""From a list to a deck file, and from a changed list into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quizzer.decks.editing.deckfile import DeckFile
from quizzer.decks.markdown import canonical
from quizzer.decks.markdown.reading import read
from quizzer.decks.markdown.updating import as_deck, deck_id, update
from quizzer.decks.markdown.writing import write
from quizzer.model import Card, Deck

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.md") if path.stem not in ("README", "links"))


def made(name: str, folder: Path) -> DeckFile:
    listed = read((FIXTURES / f"{name}.md").read_text(encoding="utf-8"), name=name)
    return DeckFile.new(folder / "deck.yaml", as_deck(listed, name="deck"))


@pytest.mark.parametrize("name", NAMES)
def test_a_second_import_changes_nothing(name: str, tmp_path: Path) -> None:
    """Whatever the shape of the list, each of its questions is found again as it is."""
    file = made(name, tmp_path)
    listed = read((FIXTURES / f"{name}.md").read_text(encoding="utf-8"), name=name)

    again = update(file, listed)

    assert again.file.text == file.text
    assert (again.plan.added, again.plan.changed, again.plan.gone) == ((), (), ())
    assert again.plan.unchanged == len(listed.entries)


@pytest.mark.parametrize("name", NAMES)
def test_lists_survive_the_way_through_a_deck(name: str, tmp_path: Path) -> None:
    """List, YAML, exported list, YAML: the deck is the same."""
    file = made(name, tmp_path)

    again = DeckFile.new(tmp_path / "again.yaml", as_deck(canonical.read(write(file.deck)), name="deck"))

    assert again.text == file.text


@pytest.mark.parametrize("name", NAMES)
def test_the_questions_of_a_list_in_any_order_are_the_same_cards(name: str, tmp_path: Path) -> None:
    """Moving sections about is not rewriting the deck."""
    file = made(name, tmp_path)
    listed = read((FIXTURES / f"{name}.md").read_text(encoding="utf-8"), name=name)
    shuffled = replace(listed, entries=tuple(replace(entry, number=None) for entry in reversed(listed.entries)))

    assert update(file, shuffled).file.text == file.text


def test_new_questions_get_the_next_ids(tmp_path: Path) -> None:
    """Ids are never given twice, and an id in the list is taken where it is free."""
    file = DeckFile.new(
        tmp_path / "d.yaml", Deck("d", "D", cards=(Card("d-01", "d", "Why one?"), Card("d-3", "d", "Why three?")))
    )
    text = (
        f"{canonical.MARK}\n# D\n<!-- deck: d -->\n\n## Why four?\n\n## Why own?\n<!-- card: own -->\n\n## Why five?\n"
    )

    updated = update(file, canonical.read(text))

    assert updated.ids == ("d-04", "own", "d-05")
    assert [card.id for card in updated.file.deck.cards] == ["d-01", "d-3", "d-04", "own", "d-05"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("BERT/RoBERTa/DistilBERT - Theory Questions", "bert-roberta-distilbert"),
     ("React Interview Questions & Answers", "react"),
     ("Was ist Übung?", "was-ist-ubung"), ("面试题", "my-list"), ("", "my-list"), ("Questions", "questions"),
     ("A very long title of a list that goes on and on and on", "a-very-long-title-of-a-list-that-goes-on"),
     ("C++ & C#", "c-c"), ("Top 100 SQL interview questions (2024)", "top-100-sql")],
)  # fmt: skip
def test_a_deck_id_from_a_title(title: str, expected: str) -> None:
    """Short, readable, and never empty."""
    assert deck_id(title, otherwise="my_list") == expected
