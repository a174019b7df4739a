"""What is due and new, over real decks and a real log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from quizzer.decks.library import Library
from quizzer.model import CardEventKind
from quizzer.storage.agenda import Agenda
from quizzer.storage.store import SqliteStore
from tests.factories import START, event, review

TODAY = date(2026, 3, 2)
DECK = """\
quizzer: 1
deck: {{id: {name}, tags: [{name}-tag]}}
cards:
- {{id: one, question: First?, answers: [Yes.], tags: [odd]}}
- {{id: two, question: Second?, answers: [Yes.], tags: [even]}}
- {{id: three, question: Third?, answers: [Yes.], tags: [odd]}}
- {{id: open, question: Unanswered?}}
"""

Open = Callable[..., Agenda]


@pytest.fixture
def agenda(tmp_path: Path, store: SqliteStore) -> Open:
    """Opens the agenda over decks `a` and `b`, or over those named."""
    folder = tmp_path / "decks"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(DECK.format(name=name))

    def opened(*decks: str) -> Agenda:
        library = Library(tmp_path / "index.db", [("user", folder)])
        library.refresh(decks)
        return Agenda(store.database, library.index_path, library.active)

    return opened


def keys(rows: object) -> list[str]:
    return [row.card for row in rows]  # type: ignore[attr-defined]  # rows of the queue


def answered(store: SqliteStore, card: str, *, days_ago: int, quality: int = 5, number: int = 1) -> None:
    """One review of *card*; of quality 5 it is due a day later."""
    at = START - timedelta(days=days_ago)
    store.merge([review(1000 * number + days_ago, at=at, card=card, quality=quality)])


def test_due_cards_come_longest_overdue_first(store: SqliteStore, agenda: Open) -> None:
    """Today's own, tomorrow's and another deck's cards are told apart."""
    for number, (card, days_ago) in enumerate([("a/one", 1), ("a/two", 5), ("b/one", 3), ("a/three", 0)]):
        answered(store, card, days_ago=days_ago, number=number)
    assert keys(agenda().due(TODAY)) == ["a/two", "b/one", "a/one"]
    assert keys(agenda("a").due(TODAY)) == ["a/two", "a/one"]
    assert keys(agenda().due(TODAY, tag="odd")) == ["b/one", "a/one"]
    assert keys(agenda().due(TODAY, limit=1)) == ["a/two"]
    assert keys(agenda().due(TODAY, ahead_days=1)) == ["a/two", "b/one", "a/one"]


def test_ahead_reaches_cards_of_the_coming_days_but_none_of_today(store: SqliteStore, agenda: Open) -> None:
    """Going ahead must not ask again what was answered this morning."""
    answered(store, "a/one", days_ago=1)
    answered(store, "a/two", days_ago=0, number=2)
    answered(store, "b/one", days_ago=2, number=3)
    answered(store, "b/one", days_ago=1, number=4)
    assert keys(agenda().due(TODAY, ahead_days=9)) == ["a/one", "b/one"]


def test_new_cards_are_answered_ones_without_a_review_decks_taking_turns(store: SqliteStore, agenda: Open) -> None:
    """A card without a reference answer cannot be graded and is never asked."""
    answered(store, "a/one", days_ago=1)
    store.merge([review(9, card="b/one", mode="cram")])
    assert keys(agenda().new(TODAY, limit=9)) == ["a/two", "b/one", "a/three", "b/two", "b/three"]
    assert keys(agenda().new(TODAY, limit=2)) == ["a/two", "b/one"]
    assert keys(agenda().new(TODAY, limit=9, tag="even")) == ["a/two", "b/two"]
    assert keys(agenda("b").new(TODAY, limit=1)) == ["b/one"]
    assert agenda().new(TODAY, limit=0) == []


@pytest.mark.parametrize("kind", ["suspend", "bury"])
def test_suspended_and_buried_cards_are_left_out_until_they_are_back(
    store: SqliteStore, agenda: Open, kind: CardEventKind
) -> None:
    """Neither as due nor as new, and in no count."""
    answered(store, "a/one", days_ago=3)
    value = "2026-03-05" if kind == "bury" else ""
    for number, card in enumerate(("a/one", "a/two")):
        store.add_event(event(50 + number, kind, card=card, value=value))
    asked = agenda("a")
    assert keys([*asked.due(TODAY), *asked.new(TODAY, limit=9)]) == ["a/three"]
    assert (asked.counts(TODAY).due, asked.counts(TODAY).new_available) == (0, 1)
    if kind == "bury":
        assert keys(asked.due(date(2026, 3, 5))) == ["a/one"]
    for number, card in enumerate(("a/one", "a/two")):
        store.add_event(event(60 + number, "resume", at=START + timedelta(minutes=1), card=card))
    assert keys([*asked.due(TODAY), *asked.new(TODAY, limit=9)]) == ["a/one", "a/two", "a/three"]


def test_repeats_are_todays_cards_below_four(store: SqliteStore, agenda: Open) -> None:
    """SM-2's step 7: until it scores 4, and only on the day itself."""
    answered(store, "a/one", days_ago=0, quality=3)
    answered(store, "a/two", days_ago=0, quality=4, number=2)
    answered(store, "a/three", days_ago=1, quality=0, number=3)
    assert keys(agenda().repeats(TODAY)) == ["a/one"]
    assert agenda().counts(TODAY).repeat == 1
    store.merge([review(99, at=START + timedelta(hours=1), card="a/one", quality=4, mode="repeat")])
    assert agenda().repeats(TODAY) == []


def test_a_card_removed_and_put_back_has_its_history(store: SqliteStore, agenda: Open, tmp_path: Path) -> None:
    """A deck edited on another branch must not cost anybody their progress."""
    answered(store, "a/one", days_ago=3)
    file = tmp_path / "decks" / "a.yaml"
    text = file.read_text()
    file.write_text(text.replace("id: one", "id: other"))
    assert keys(agenda("a").due(TODAY)) == []
    assert agenda("a").counts(TODAY).due == 0
    file.write_text(text)
    assert keys(agenda("a").due(TODAY)) == ["a/one"]


def test_counts(store: SqliteStore, agenda: Open) -> None:
    """Every number a status bar shows, once."""
    for number, (card, days_ago, quality) in enumerate([("a/one", 1, 5), ("a/two", 0, 2), ("b/one", 9, 4)]):
        answered(store, card, days_ago=days_ago, quality=quality, number=number)
    answered(store, "b/one", days_ago=3, number=7)
    counts = agenda().counts(TODAY)
    assert (counts.due, counts.repeat, counts.new_available, counts.new_today) == (1, 1, 3, 1)
    assert (counts.answered_today, counts.tomorrow, counts.week, counts.suspended) == (1, 1, 2, 0)
    assert counts.next_due == date(2026, 3, 3)
    assert agenda().answered(TODAY) == {"a": (1, 0)}


def test_counts_of_an_empty_log(agenda: Open) -> None:
    """A first run has new cards and nothing else."""
    counts = agenda().counts(TODAY)
    assert (counts.due, counts.new_available, counts.next_due) == (0, 6, None)
