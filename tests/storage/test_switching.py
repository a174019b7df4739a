"""Schedules know which scheduler, parameters and day start they were made with, and are made again for others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.model import FsrsMemory, Schedule, Sm2Memory
from quizzer.scheduling.fsrs import DEFAULT_PARAMETERS
from quizzer.scheduling.rules import Rules
from quizzer.storage.database import Database
from quizzer.storage.store import SqliteStore
from tests.factories import START, decision, event, review

FSRS = Rules(scheduler="fsrs")
ONE_DECK = Rules(decks={"deck": FSRS})


@contextmanager
def opened(path: Path, rules: Rules | None = None) -> Iterator[SqliteStore]:
    store = SqliteStore(Database(path, rules=rules))
    yield store
    store.close()


def schedules(path: Path, rules: Rules | None = None) -> tuple[Schedule | None, Schedule | None]:
    with opened(path, rules) as store:
        assert store.integrity() == []
        return store.schedule("deck/card"), store.schedule("other/card")


@pytest.fixture
def log(path: Path) -> Path:
    """A file with five answers to a card of each of two decks, one overruled, and one undone."""
    with opened(path) as store:
        for number in range(1, 6):
            at = START + timedelta(days=number * number)
            store.merge([review(2 * number, at=at, quality=4), review(2 * number + 1, at=at, card="other/card")])
        overruled = review(40, at=START + timedelta(days=40), quality=2)
        undone = review(50, at=START + timedelta(days=50), quality=0)
        store.merge([overruled, decision(41, overruled, 5), undone, event(51, "void", at=undone.at, value=undone.id)])
    return path


def test_there_and_back_is_where_it_was(log: Path) -> None:
    """No history is lost in either direction: everything is in the log."""
    before = schedules(log)
    with_fsrs = schedules(log, FSRS)
    assert [type(schedule.memory) for schedule in with_fsrs if schedule] == [FsrsMemory, FsrsMemory]
    assert schedules(log) == before
    assert schedules(log, FSRS) == with_fsrs


def test_one_deck_may_have_a_scheduler_of_its_own(log: Path) -> None:
    """The cards of the others stay exactly as they were."""
    (_, other_before), (deck_with_fsrs, _) = schedules(log), schedules(log, FSRS)
    assert schedules(log, ONE_DECK) == (deck_with_fsrs, other_before)


def test_a_card_that_moves_to_another_deck_has_the_scheduler_of_that_deck(log: Path) -> None:
    """Its history comes along, answered under whichever scheduler."""
    with opened(log, ONE_DECK) as store:
        store.set_aliases({"other/card": "deck/moved"})
        moved = store.schedule("deck/moved")
    assert moved
    assert isinstance(moved.memory, FsrsMemory)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(scheduler="fsrs", desired_retention=0.8),
        Rules(scheduler="fsrs", fsrs_parameters=(*DEFAULT_PARAMETERS[:-1], 0.3)),
        Rules(scheduler="fsrs", maximum_interval_days=7),
        Rules(maximum_interval_days=7),
    ],
)
def test_a_changed_parameter_makes_other_schedules(log: Path, rules: Rules) -> None:
    """Whatever is set holds for the cards that were answered before, too."""
    with_defaults, changed = schedules(log, Rules(scheduler=rules.scheduler))[0], schedules(log, rules)[0]
    assert with_defaults
    assert changed
    assert changed.due != with_defaults.due
    assert (changed.due - changed.last_day).days <= rules.maximum_interval_days if changed.last_day else False


def test_a_changed_start_of_the_day_counts_the_same_answers_to_other_days(path: Path) -> None:
    """Answers at five in the morning belong to the evening before for whoever studies at night."""
    with opened(path) as store:
        store.merge([review(1, at=START.replace(hour=5))])
    days = [schedules(path, Rules(day_start_hour=hour))[0] for hour in (4, 6)]
    assert [schedule.last_day for schedule in days if schedule] == [date(2026, 3, 2), date(2026, 3, 1)]


def test_nothing_is_replayed_where_nothing_changed(log: Path) -> None:
    """`quizzer due` runs at every prompt."""
    with opened(log, ONE_DECK):
        pass
    assert not Database(log, rules=Rules(decks={"deck": Rules(scheduler="fsrs")})).in_doubt
    assert Database(log).in_doubt


def test_a_session_that_began_before_the_change_leaves_no_mixed_schedules(log: Path) -> None:
    """Whoever edits the configuration while studying goes on with the old one; the next program makes all anew."""
    with opened(log) as session:
        assert session.schedule("deck/card")
        schedules(log, FSRS)
        fact = review(90, at=START + timedelta(days=90))
        session.record(fact, session.schedulers.advance(session.schedule("deck/card"), fact))
        seen = session.schedule("deck/card")
        assert seen
        assert isinstance(seen.memory, Sm2Memory)
        assert (seen.reviews, seen.memory.repetitions) == (7, 7)
    after = schedules(log, FSRS)[0]
    assert after
    assert isinstance(after.memory, FsrsMemory)
    assert after.reviews == 7


STEPS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 5), st.sampled_from(["study", "repeat"])), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_fsrs_replayed_equals_fsrs_one_by_one(steps: list[tuple[int, int, str]]) -> None:
    """The saved memory, through the database and back, is all that the next answer needs."""
    rules = Rules(scheduler="fsrs", maximum_interval_days=100)
    at = START
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "quizzer.db", rules) as store:
        for number, (days, quality, mode) in enumerate(steps):
            at += timedelta(days=days, minutes=1)
            fact = review(number, at=at, quality=quality, mode=mode)
            store.record(fact, store.schedulers.advance(store.schedule(fact.card), fact))
        assert store.integrity() == []
