"""The store: facts appended for good, schedules that always follow from them."""

from __future__ import annotations

import dataclasses
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.errors import StorageError
from quizzer.model import Fact, Review, Schedule
from quizzer.scheduling.replay import advance, replay
from quizzer.scheduling.sm2 import Sm2
from quizzer.storage.store import SqliteStore
from tests.factories import START, decision, event, review

SM2 = Sm2()
CARD = "deck/card"


def record(store: SqliteStore, fact: Review) -> Schedule | None:
    """Save *fact* as a session does: with the schedule that follows from the one the store gave."""
    store.record(fact, advance(store.schedule(fact.card), fact, SM2))
    return store.schedule(fact.card)


def daily(count: int, *, card: str = CARD, quality: int = 4) -> list[Review]:
    return [review(n, at=START + timedelta(days=n), card=card, quality=quality) for n in range(1, count + 1)]


def test_what_was_recorded_is_there_after_opening_again(store: SqliteStore, path: Path) -> None:
    """Every field of every fact survives, or later versions could not replay the log."""
    facts: list[Fact] = [
        fact := review(1, answer="naïve\n\x00 \u202e end", flags=("echo",), utc_offset_minutes=-480),
        decision(2, fact, 3),
        event(3, "flag", at=START + timedelta(hours=1), value="a note"),
    ]
    record(store, fact)
    store.decide(facts[1])  # type: ignore[arg-type]  # the decision above
    store.add_event(facts[2])  # type: ignore[arg-type]  # the event above
    schedule = store.schedule(CARD)
    store.close()
    again = SqliteStore(path)
    assert again.facts(CARD) == facts
    assert again.schedule(CARD) == schedule == replay(facts, SM2)
    again.close()


def test_half_a_character_is_stored_as_a_replacement(store: SqliteStore) -> None:
    """A terminal may deliver broken text; an answer is not lost over it."""
    record(store, review(1, answer="caf\udce9 é"))
    (fact,) = store.facts(CARD)
    assert isinstance(fact, Review)
    assert fact.answer == "caf\ufffd é"


@pytest.mark.parametrize("table", ["reviews", "decisions", "events"])
@pytest.mark.parametrize("statement", ["delete from {}", "update {} set at_us = 0"])
def test_the_log_refuses_changes(store: SqliteStore, table: str, statement: str) -> None:
    """The log is the truth; not even our own mistakes may rewrite it."""
    one = review(1)
    record(store, one)
    store.decide(decision(2, one, 3))
    store.add_event(event(3, "flag"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(statement.format(table))


def test_recording_the_same_review_again_changes_nothing(store: SqliteStore) -> None:
    """A second attempt after an error must not count an answer twice."""
    fact = review(1)
    before = record(store, fact)
    assert record(store, fact) == before
    assert len(store.facts(CARD)) == 1
    assert store.integrity() == []


def test_a_decision_is_applied_from_before_its_review(store: SqliteStore) -> None:
    """Overruling the grader gives the schedule that the right grade would have given."""
    first, second = daily(2)
    record(store, first)
    record(store, second)
    assert store.decide(decision(9, second, 1)) == replay([first, review(2, at=second.at, quality=1)], SM2)


def test_undoing_the_only_review_makes_the_card_new(store: SqliteStore) -> None:
    """Undo leaves no trace in the schedule, and none in doubt."""
    fact = review(1)
    record(store, fact)
    assert store.add_event(event(2, "void", value=fact.id)) is None
    assert store.schedule(CARD) is None
    assert store.last_review() is None
    assert store.database.current()


def test_a_review_older_than_the_last_replays_the_card(store: SqliteStore) -> None:
    """A clock that jumped back a day, or a fact from another device, does not distort the schedule."""
    facts = daily(3)
    for fact in (facts[0], facts[2]):
        record(store, fact)
    assert record(store, facts[1]) == replay(facts, SM2)


def test_a_schedule_computed_from_an_old_one_is_not_saved(store: SqliteStore, path: Path) -> None:
    """Two sessions at once on one card: the second must not overwrite what the first has learned."""
    first, second = daily(2)
    before = store.schedule(CARD)
    other = SqliteStore(path)
    record(other, first)
    other.close()
    store.record(second, advance(before, second, SM2))
    assert store.schedule(CARD) == replay([first, second], SM2)


def test_a_schedule_that_the_stores_schedulers_computed_from_an_old_one_is_not_saved(
    store: SqliteStore, path: Path
) -> None:
    """That a sitting asks the store's own schedulers must not let pass what another session has overtaken."""
    first, second = daily(2)
    computed = store.schedulers.advance(store.schedule(CARD), second)
    other = SqliteStore(path)
    record(other, first)
    other.close()
    store.record(second, computed)
    assert store.schedule(CARD) == replay([first, second], SM2)


def test_a_schedule_that_does_not_follow_is_not_saved(store: SqliteStore) -> None:
    """The log alone says when a card comes back, whatever a caller makes of it."""
    (fact,) = daily(1)
    computed = store.schedulers.advance(None, fact)
    assert computed is not None
    store.record(fact, dataclasses.replace(computed, due=computed.due + timedelta(days=99)))
    assert store.schedule(CARD) == computed
    assert store.integrity() == []


def test_merged_facts_count_once_in_any_order(store: SqliteStore) -> None:
    """Logs of several devices unite to the same state, however often they are exchanged."""
    facts = daily(4)
    facts_of_all: list[Fact] = [*facts, decision(9, facts[1], 2), event(10, "void", value=facts[2].id)]
    assert store.merge(reversed(facts_of_all)) == 6
    assert store.merge(facts_of_all) == 0
    assert store.schedule(CARD) == replay(facts_of_all, SM2)
    assert store.integrity() == []


@pytest.mark.parametrize("void_first", [True, False])
def test_a_void_counts_under_whatever_key_it_was_made(store: SqliteStore, void_first: bool) -> None:
    """The machine that undid the answer knew the card's new key; this one has not got the deck that says so."""
    first, second = daily(2, card="old/card")
    facts: list[Fact] = [first, second, event(9, "void", card=CARD, value=second.id)]
    for fact in reversed(facts) if void_first else facts:
        store.merge([fact])
    assert store.schedule("old/card") == replay([first], SM2)
    assert store.integrity() == []


def test_a_void_made_here_counts_under_whatever_key_it_was_made(store: SqliteStore) -> None:
    """The deck that renamed the card may have been opened and closed again in between."""
    (fact,) = daily(1, card="old/card")
    record(store, fact)
    store.add_event(event(9, "void", card=CARD, value=fact.id))
    assert store.schedule("old/card") is None
    assert store.integrity() == []


def test_many_cards_merge_in_one_pass(store: SqliteStore) -> None:
    """The way of the whole log gives the same as the way of single cards."""
    facts = [review(n, card=f"deck/{n}", quality=n % 6) for n in range(600)]
    assert store.merge(facts) == 600
    assert store.schedule("deck/7") == replay([facts[7]], SM2)
    assert store.integrity() == []


def test_facts_of_a_former_key_belong_to_the_card(store: SqliteStore) -> None:
    """Renaming a card or a deck keeps its history."""
    first, second = daily(1, card="old/card")[0], daily(2)[1]
    record(store, first)
    store.set_aliases({"old/card": CARD})
    assert store.schedule(CARD) == replay([first], SM2, card=CARD)
    assert store.schedule("old/card") == store.schedule(CARD)
    record(store, second)
    record(store, review(3, at=START + timedelta(days=9), card="old/card"))
    assert [fact.id for fact in store.facts(CARD)] == [first.id, second.id, review(3).id]
    assert store.schedule(CARD) == replay(store.facts(CARD), SM2, card=CARD)
    assert store.integrity() == []


def test_an_alias_that_is_gone_gives_the_history_back(store: SqliteStore) -> None:
    """A deck opened by mistake must not swallow another's history for good."""
    (fact,) = daily(1, card="old/card")
    saved = record(store, fact)
    store.set_aliases({"old/card": CARD})
    store.set_aliases({})
    assert store.schedule("old/card") == saved
    assert store.schedule(CARD) is None
    assert store.integrity() == []


@pytest.mark.parametrize(
    "damage",
    [
        "delete from schedules",
        "delete from schedules where card = 'deck/card'",
        "update meta set value = value - 1 where key = 'facts_applied'",
        "update meta set value = 0 where key = 'rules'",
    ],
)
def test_schedules_in_doubt_are_rebuilt_when_the_file_is_opened(store: SqliteStore, path: Path, damage: str) -> None:
    """A cache that somebody deleted, or that other rules made, must not decide what is due."""
    for fact in (*daily(3), *daily(2, card="deck/other")):
        store.merge([fact])
    store.merge([review(7, card="deck/other", at=START + timedelta(days=9))])
    before = (store.schedule(CARD), store.schedule("deck/other"))
    store.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(damage)
    other.close()
    again = SqliteStore(path)
    assert (again.schedule(CARD), again.schedule("deck/other")) == before
    assert again.database.current()
    again.close()


def test_integrity_names_a_schedule_that_does_not_follow(store: SqliteStore) -> None:
    """`quizzer doctor` says which card is wrong, and a rebuild puts it right."""
    record(store, review(1))
    store.connection.execute("update schedules set due = '2099-01-01'")
    assert store.integrity() == ["the schedule of 'deck/card' does not follow from the log"]
    store.rebuild()
    assert store.integrity() == []


def test_the_last_review_is_the_one_made_last_though_the_clock_jumped_back(store: SqliteStore) -> None:
    """Undo means what the learner just did, whatever the clock says."""
    first = review(1, id=store.new_id(START), at=START)
    earlier = START - timedelta(days=1)
    second = review(2, id=store.new_id(earlier), at=earlier, card="deck/other")
    record(store, first)
    record(store, second)
    assert store.last_review() == second


def test_ids_ascend_across_restarts_though_the_clock_jumped_back(store: SqliteStore, path: Path) -> None:
    """The log's order within a device never depends on its clock."""
    first = store.new_id(START)
    record(store, review(1, id=first, device_id=store.device_id))
    store.close()
    again = SqliteStore(path)
    assert again.new_id(START - timedelta(days=1)) > first
    again.close()


def test_another_devices_clock_does_not_set_ours(store: SqliteStore) -> None:
    """A machine that lives in 2099 must not pull everybody's ids there."""
    record(store, review(1, id="ffffffff-0000-7000-8000-000000000000", device_id="elsewhere"))
    assert store.new_id(START) < "1"


def test_writing_to_a_file_that_was_deleted_is_an_error(store: SqliteStore, path: Path) -> None:
    """SQLite would go on writing into a file that nobody can find again."""
    path.unlink()
    with pytest.raises(StorageError, match="moved or deleted"):
        record(store, review(1))


def test_the_files_belong_to_the_user_alone(store: SqliteStore, path: Path) -> None:
    """Answers are private, also in the files that SQLite keeps beside the database."""
    record(store, review(1))
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    """A copy put back from a backup is as private as the first file."""
    SqliteStore(path).close()
    path.chmod(0o644)
    SqliteStore(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


STEPS = st.lists(
    st.tuples(
        st.integers(-2 * 24 * 60, 3 * 24 * 60), st.integers(0, 5),
        st.sampled_from(["study", "repeat", "cram", "decide", "void", "suspend", "resume", "reset", "bury"]),
        st.sampled_from(["deck/a", "deck/b", "old/b"]),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_schedules_always_equal_the_replay_of_the_log(steps: list[tuple[int, int, str, str]]) -> None:
    """Whatever happens, in whatever order of time, the cache says what the log says."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "quizzer.db")
        store.set_aliases({"old/b": "deck/b"})
        at, reviews = START, list[Review]()
        for number, (minutes, quality, kind, card) in enumerate(steps):
            at += timedelta(minutes=minutes)
            if kind in ("study", "repeat", "cram"):
                reviews.append(review(number, at=at, quality=quality, mode=kind, card=card))
                record(store, reviews[-1])
            elif kind == "decide":
                if reviews:
                    store.decide(decision(number, reviews[quality % len(reviews)], quality, at=at))
            elif kind == "void":
                if reviews:
                    undone = reviews[quality % len(reviews)]
                    store.add_event(event(number, "void", at=at, card=undone.card, value=undone.id))
            else:
                store.add_event(event(number, kind, at=at, card=card, value="2026-03-09" if kind == "bury" else ""))
        assert store.integrity() == []
        assert store.database.current()
        for card in ("deck/a", "deck/b"):
            assert store.schedule(card) == replay(store.facts(card), SM2, card=card)
        store.close()


def test_an_event_made_by_a_clock_that_jumped_back_still_follows_what_was_there(store: SqliteStore) -> None:
    """ "back in the schedule" must be true, whatever the clock says."""
    store.add_event(event(1, "suspend", at=START + timedelta(days=1)))
    schedule = store.add_event(event(2, "resume", at=START))
    assert schedule is not None
    assert not schedule.suspended
    assert store.integrity() == []
