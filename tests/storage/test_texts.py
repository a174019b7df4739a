"""The wordings of cards that answers and flags refer to."""

from __future__ import annotations

import dataclasses
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from quizzer.decks.schema import card_digest
from quizzer.errors import StorageError
from quizzer.model import Card, CardText
from quizzer.storage.store import SqliteStore
from tests.factories import START, event, review


def worded(question: str, *answers: str) -> Card:
    """The card ``deck/card`` with this wording."""
    return Card("card", "deck", question, answers, digest=card_digest(question, answers))


OLD, NEW = worded("Why?", "Because."), worded("Why, then?", "Because.", "So.")


def answer(store: SqliteStore, number: int, card: Card, *, key: str = "deck/card") -> None:
    at = START + timedelta(days=number)
    store.record(review(number, at=at, card=key, card_digest=card.digest), None, card)


def test_the_wording_that_was_answered_is_kept(store: SqliteStore, path: Path) -> None:
    """Months later the deck says something else; the log still knows what was learned."""
    answer(store, 1, OLD)
    answer(store, 2, NEW)
    store.close()
    again = SqliteStore(path)
    found = [(wording.digest, wording.at, wording.text) for wording in again.wordings("deck/card")]
    assert found == [
        (NEW.digest, START + timedelta(days=2), CardText("Why, then?", ("Because.", "So."))),
        (OLD.digest, START + timedelta(days=1), CardText("Why?", ("Because.",))),
    ]
    again.close()


def test_a_wording_that_was_not_handed_over_is_unknown(store: SqliteStore) -> None:
    """Reviews of older versions, and of other programs, come without it."""
    store.record(review(1, card_digest="0123456789abcdef"), None)
    assert [(wording.digest, wording.text) for wording in store.wordings("deck/card")] == [("0123456789abcdef", None)]


def test_an_undone_answer_leaves_no_wording(store: SqliteStore) -> None:
    """What was not answered was not learned."""
    answer(store, 1, OLD)
    answer(store, 2, NEW)
    store.add_event(event(3, "void", at=START + timedelta(days=3), value=review(2).id))
    assert [wording.digest for wording in store.wordings("deck/card")] == [OLD.digest]


def test_former_keys_count(store: SqliteStore) -> None:
    """A renamed card was learned under its former id."""
    answer(store, 1, OLD, key="old/card")
    store.set_aliases({"old/card": "deck/card"})
    for key in ("deck/card", "old/card"):
        assert [wording.text for wording in store.wordings(key)] == [OLD.text], key


def test_review_and_wording_are_kept_both_or_neither(store: SqliteStore, path: Path) -> None:
    """A wording without its review would be nobody's; a review without it could not be compared."""
    store.connection.execute(
        "create trigger no_texts before insert on card_texts begin select raise(abort, 'no room'); end"
    )
    with pytest.raises(StorageError):
        answer(store, 1, OLD)
    assert store.facts("deck/card") == []
    store.connection.execute("drop trigger no_texts")
    answer(store, 1, OLD)
    assert [wording.text for wording in store.wordings("deck/card")] == [OLD.text]


def test_a_wording_is_kept_once(store: SqliteStore) -> None:
    """Thousands of answers to one card do not make the file grow by thousands of texts."""
    for number in range(5):
        answer(store, number, OLD)
    answer(store, 6, dataclasses.replace(OLD, question="Why?\n"))
    assert store.connection.execute("select count(*) from card_texts").fetchone()[0] == 1


def test_text_that_is_no_unicode_is_kept_readable(store: SqliteStore) -> None:
    """A card may reach the store from elsewhere than a file; its answer is not lost over half a character."""
    answer(store, 1, Card("card", "deck", "Wh\udce9?", ("B\udce9.",), digest="d"))
    (wording,) = store.wordings("deck/card")
    assert wording.text is not None
    assert wording.text.question == "Wh\ufffd?"


def test_a_flag_keeps_the_wording_it_is_about(store: SqliteStore) -> None:
    """So that the maintainer knows whether the card was changed since."""
    store.add_event(event(1, "flag", value="odd"), OLD)
    rows = store.connection.execute(
        "select event_id, t.question from flagged_texts join card_texts as t using (digest)"
    ).fetchall()
    assert rows == [(event(1, "flag").id, "Why?")]


def test_the_log_of_an_older_version_has_no_wordings(path: Path) -> None:
    """Its answers stay, and are answered once more before anything can be compared."""
    path.parent.mkdir()
    written = sqlite3.connect(path)
    written.executescript((Path(__file__).parent / "released" / "schema-1.sql").read_text())
    written.close()
    store = SqliteStore(path)
    assert [wording.text for wording in store.wordings("deck/card")] == [None]
    answer(store, 9, NEW)
    assert [wording.text for wording in store.wordings("deck/card")] == [NEW.text, None]
    store.close()
