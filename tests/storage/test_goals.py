"""The day to be ready by, as a fact of the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quizzer.errors import RecordRefused
from quizzer.scheduling.goal import Goal
from quizzer.storage.goals import goal, goal_since
from quizzer.storage.records import as_data, of_data
from quizzer.storage.store import SqliteStore
from tests.factories import START, event, review

BY = date(2026, 12, 15)


def test_the_latest_goal_counts_and_can_be_ended_and_undone(store: SqliteStore) -> None:
    """Each change of mind is a fact: an ended goal stays ended when older facts arrive, a void brings one back."""
    first = event(1, "plan", card="", value=Goal(BY).value)
    second = event(2, "plan", at=START + timedelta(hours=2), card="", value=Goal(BY, ("a", "b")).value)
    ended = event(3, "plan", at=START + timedelta(hours=3), card="", value="")
    assert goal(store.database) is None
    store.merge([second])
    assert goal(store.database) == Goal(BY, ("a", "b"))
    store.merge([ended, first])
    assert goal(store.database) is None
    store.add_event(event(4, "void", at=START + timedelta(hours=4), card="", value=ended.id))
    assert goal(store.database) == Goal(BY, ("a", "b"))


def test_a_goal_changes_no_schedule(store: SqliteStore) -> None:
    """The plan is worked out beside the schedules, which stay what the answers make them."""
    store.merge([review(1)])
    before = store.schedule("deck/card")
    store.add_event(event(2, "plan", at=START + timedelta(hours=2), card="", value=Goal(BY).value))
    assert store.schedule("deck/card") == before
    assert store.integrity() == []
    store.rebuild()
    assert store.schedule("deck/card") == before


def test_a_goal_travels_as_a_record() -> None:
    """It is synchronized; what is none, or a review without a card, is refused."""
    made = event(1, "plan", card="", value=Goal(BY, ("a",)).value)
    assert of_data(as_data(made)) == made
    for value in ("soon", "2026-13-01 a"):
        with pytest.raises(RecordRefused, match="ready by"):
            of_data(as_data(made) | {"value": value})
    with pytest.raises(RecordRefused, match="key of a card"):
        of_data(as_data(review(1)) | {"card": ""})


def test_a_goal_is_from_the_day_on_which_it_was_set(store: SqliteStore) -> None:
    """The load of a plan's days is levelled over all of them, however few are left."""
    assert goal_since(store.database) is None
    store.add_event(event(1, "plan", card="", value=Goal(BY, ("a",)).value))
    store.add_event(event(2, "plan", at=START + timedelta(days=3), card="", value=Goal(BY).value))
    assert goal_since(store.database) == START.date() + timedelta(days=3)
