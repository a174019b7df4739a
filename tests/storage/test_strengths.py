"""How well cards are remembered, by an FSRS replay of the log."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quizzer.scheduling.fsrs import Fsrs
from quizzer.scheduling.recall import strength
from quizzer.scheduling.rules import Rules
from quizzer.storage.database import Database
from quizzer.storage.store import SqliteStore
from quizzer.storage.strengths import acquaintance, strengths
from tests.factories import START, event, review

DAY = date(2026, 3, 20)


def test_cards_that_sm2_schedules_have_a_recall_too(store: SqliteStore) -> None:
    """All at once gives what each card's facts give alone; cards that nobody answered have none."""
    for number in range(1, 5):
        at = START + timedelta(days=3 * number)
        store.merge([review(2 * number, at=at, card="deck/one"), review(2 * number + 1, at=at, card="b/two")])
    store.merge([event(1, "suspend", card="deck/new"), event(2, "reset", card="b/two", at=START + timedelta(30))])
    store.set_aliases({"deck/one": "deck/renamed"})
    found = strengths(store.database)
    assert found.keys() == {"deck/renamed"}
    alone = strength(store.facts("deck/renamed"), found["deck/renamed"].model)
    assert alone == found["deck/renamed"]
    assert strengths(store.database, ["deck/renamed", "deck/none"]) == found
    assert strengths(store.database, ["b/two"]) == {}


def test_recall_falls_from_one_to_nine_tenths_at_the_stability() -> None:
    """That is what stability means, and what `expected recall` promises."""
    model = Fsrs()
    known = strength([review(quality=5)], model)
    assert known
    assert known.recall(known.last_day) == 1
    days = round(known.stability_days)
    assert known.recall(known.last_day + timedelta(days=days)) == pytest.approx(0.9, abs=0.01)


def test_a_decks_own_parameters_hold_where_sm2_schedules_it(path: Path) -> None:
    """The parameters say how one forgets; which scheduler is used does not change that."""
    parameters = (5.0,) * 4 + Fsrs().parameters[4:]
    database = Database(path, rules=Rules(decks={"deck": Rules(fsrs_parameters=parameters)}))
    SqliteStore(database).merge([review(1, card="deck/one"), review(2, card="b/two")])
    found = strengths(database)
    assert (found["deck/one"].stability_days, found["b/two"].stability_days) == (5.0, Fsrs().parameters[3])
    database.close()


def test_what_was_known_in_the_morning_leaves_out_today(store: SqliteStore) -> None:
    """A plan for the day stays the same while its cards are answered."""
    store.merge(
        [review(1), review(2, at=START + timedelta(days=3)), review(3, card="deck/other", at=START + timedelta(days=3))]
    )
    found = acquaintance(store.database, ["deck/card", "deck/other"], before=START.date() + timedelta(days=3))
    assert {card: known.last_day for card, known in found.strengths.items()} == {"deck/card": START.date()}
    assert strengths(store.database).keys() == {"deck/card", "deck/other"}


def test_a_card_that_was_reset_is_new_to_a_plan(store: SqliteStore) -> None:
    """What was answered before still says how the learner forgets."""
    forgotten = review(2, at=START + timedelta(days=3), quality=0)
    store.merge([review(1), forgotten, event(3, "reset", at=START + timedelta(days=4))])
    found = acquaintance(store.database, ["deck/card"], before=START.date() + timedelta(days=9))
    assert found.strengths == {}
    assert found.model("deck/card").parameters != Fsrs().parameters
