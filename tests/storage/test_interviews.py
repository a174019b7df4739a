"""Mock interviews and the cards that they may ask, over real decks and a real log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.decks.library import Library
from quizzer.model import Fact, Review
from quizzer.scheduling.drawing import Candidate
from quizzer.storage.agenda import Agenda
from quizzer.storage.interviews import all_interviews, candidates
from quizzer.storage.store import SqliteStore
from quizzer.study.interview import Ending, Plan
from tests.factories import START, decision, event, review

TODAY = date(2026, 3, 2)
DECK = """\
quizzer: 1
deck: {id: a}
cards:
- {id: one, question: First?, answers: [Yes.], tags: [odd]}
- {id: two, question: Second?, answers: [Yes.], tags: [even]}
- {id: three, question: Third?, answers: [Yes.], tags: [odd]}
- {id: open, question: Unanswered?}
"""
PLAN = Plan("s1", ("a/one", "a/two"), 60_000)
Ask = Callable[..., dict[str, Candidate]]


@pytest.fixture
def ask(tmp_path: Path, store: SqliteStore) -> Ask:
    """The candidates of deck `a`, by card."""
    (tmp_path / "a.yaml").write_text(DECK)
    library = Library(tmp_path / "index.db", [("user", tmp_path)])
    library.refresh(())

    def asked(**wanted: Any) -> dict[str, Candidate]:
        agenda = Agenda(store.database, library.index_path, library.active)
        return {one.row.card: one for one in candidates(agenda, TODAY, **wanted)}

    return asked


def answer(number: int, card: str, *, quality: int = 5, session: str = "s1") -> Review:
    at = START + timedelta(seconds=number)
    return review(number, at=at, card=card, quality=quality, mode="mock", session_id=session)


def test_cards_without_an_answer_and_those_set_aside_are_not_asked(store: SqliteStore, ask: Ask) -> None:
    """New ones are."""
    assert list(ask()) == ["a/one", "a/two", "a/three"]
    store.add_event(event(1, "suspend", card="a/one"))
    store.add_event(event(2, "bury", card="a/two", value="2026-03-03"))
    assert list(ask()) == ["a/three"]
    assert list(ask(tag="even")) == []


def test_a_card_comes_with_its_recall_and_its_last_answer(store: SqliteStore, ask: Ask) -> None:
    """From every kind of answer, as it was decided last; one that was undone does not count."""
    studied = review(1, at=START - timedelta(days=9), card="a/one", quality=5)
    wrong = answer(2, "a/two", quality=1)
    undone = answer(3, "a/one", quality=0)
    void = event(4, "void", at=START + timedelta(seconds=9), card="a/one", value=undone.id)
    store.merge([studied, wrong, undone, void, decision(5, wrong, 4)])
    found = ask()
    assert found["a/one"].row.due == date(2026, 2, 22)
    assert 0.5 < (found["a/one"].recall or 0) < 0.95
    assert {card: one.last_quality for card, one in found.items()} == {"a/one": 5, "a/two": 4, "a/three": None}
    assert (found["a/two"].row.due, found["a/two"].recall) == (None, None)


def test_of_very_many_cards_some_are_drawn_first(ask: Ask) -> None:
    """The same ones for the same seed: reading every card's history would take longer than an interview's patience."""
    drawn = [tuple(ask(most=2, seed=seed)) for seed in range(20)]
    assert {len(cards) for cards in drawn} == {2}
    assert len(set(drawn)) > 1
    assert tuple(ask(most=2, seed=7)) == drawn[7]


def test_interviews_are_read_from_the_log(store: SqliteStore) -> None:
    """With their decisions and voids, and nobody else's answers to the same cards."""
    first, second, other = answer(2, "a/one"), answer(3, "a/two", quality=2), answer(4, "a/one", session="s2")
    undone = answer(5, "a/two", session="s2")
    facts: list[Fact] = [
        event(1, "mock", card="a/one", value=PLAN.value), first, second, other, undone, decision(6, second, 4),
        event(7, "void", at=START + timedelta(hours=1), card="a/two", value=undone.id),
        event(8, "mock", card="a/one", value=Ending("s1", "done", 50_000).value),
        event(9, "mock", card="a/one", value=Plan("s2", ("a/one", "a/two"), 1000).value),
        review(10, card="a/one", session_id="s1"), event(11, "mock", card="a/one", value="of a later version"),
    ]  # fmt: skip
    store.merge(facts)
    one, two = all_interviews(store.database)
    assert [(given.review.id, given.quality) for given in one.answers] == [(first.id, 5), (second.id, 4)]
    assert (one.end, one.used_ms) == ("done", 50_000)
    assert [given.review.id for given in two.answers] == [other.id]


def test_an_interview_follows_its_cards_to_new_names(store: SqliteStore) -> None:
    """A deck is renamed between two interviews."""
    store.merge([event(1, "mock", card="a/one", value=PLAN.value), answer(2, "a/one"), answer(3, "b/two")])
    store.set_aliases({"a/one": "b/one", "a/two": "b/two"})
    (one,) = all_interviews(store.database)
    assert [given.review.card for given in one.answers] == ["b/one", "b/two"]
    assert one.open_cards == ()


def test_an_interview_changes_no_schedule(store: SqliteStore) -> None:
    """Its events least of all."""
    store.merge([review(1, card="a/one")])
    before = store.schedule("a/one")
    store.merge([event(2, "mock", at=START + timedelta(hours=1), card="a/one", value=PLAN.value), answer(3, "a/one")])
    assert store.schedule("a/one") == before
    assert store.schedule("a/two") is None
    assert store.integrity() == []
