"""Overruled answers as the log has them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from quizzer.storage.overrules import overrules, settle, settled
from quizzer.storage.store import SqliteStore
from tests.factories import START, decision, event, review


def test_the_last_decision_counts(store: SqliteStore) -> None:
    """Whoever changed their mind has said the last thing last."""
    one = review(1, quality=1, answer="x", player="ann", points_missed=("p",), flags=("number",))
    late = START + timedelta(hours=1)
    store.merge([one, decision(3, one, 5, at=late), dataclasses.replace(decision(2, one, 2), by="host", note="no")])
    (found,) = overrules(store.connection)
    assert (found.decided, found.by, found.player, found.points_missed, found.flags) == (
        5,
        "learner",
        "ann",
        ("p",),
        ("number",),
    )
    assert (found.review_id, found.at, found.score, found.verdict, found.quality) == (one.id, START, 0.2, "fail", 1)


def test_undone_facts_propose_nothing(store: SqliteStore) -> None:
    """An answer that was taken back, and a decision that was."""
    one, two, three = (review(n, answer=f"{n}", quality=1) for n in (1, 2, 3))
    undone = decision(20, two, 4)
    store.merge([
        one, two, three, decision(10, one, 4), undone, decision(30, three, 4), decision(31, three, 5),
        event(40, "void", value=one.id), event(41, "void", value=undone.id),
        event(42, "void", value=decision(31, three, 5).id),
    ])  # fmt: skip
    assert [(found.answer, found.decided) for found in overrules(store.connection)] == [("3", 4)]


def test_answers_given_under_a_former_key_belong_to_the_card(store: SqliteStore) -> None:
    """And so does what the maintainer made of them."""
    one = review(1, card="old/card", quality=1)
    store.merge([one, decision(2, one, 4)])
    settle(store.database, [("old/card", "mark", "rejected")], at=START)
    store.set_aliases({"old/card": "deck/card"})
    assert [found.card for found in overrules(store.connection)] == ["deck/card"]
    assert settled(store.connection) == {("deck/card", "mark"): "rejected"}


def test_a_maintainer_may_change_their_mind(store: SqliteStore) -> None:
    """It is a note, not history."""
    settle(store.database, [("a/b", "m", "rejected"), ("a/c", "m", "grouped")], at=START)
    settle(store.database, [("a/b", "m", "answers")], at=START)
    assert settled(store.connection) == {("a/b", "m"): "answers", ("a/c", "m"): "grouped"}
    assert store.integrity() == []


def test_a_hundred_thousand_reviews_are_read_through_their_decisions(store: SqliteStore) -> None:
    """A long log with few overrules is not read from end to end."""
    plan = store.connection.execute(
        "explain query plan with last as (select review_id from decisions) select r.id from last "
        "join reviews as r on r.id = last.review_id"
    ).fetchall()
    assert not any("SCAN r" in str(step) for step in plan)
