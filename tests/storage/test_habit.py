"""Streak, days and pace out of a real log, against what a look at every answer says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.scheduling.days import learning_day
from quizzer.stats.summary import streak_days
from quizzer.storage.habit import Habit
from quizzer.storage.store import SqliteStore
from tests.factories import START, event, review

TODAY = date(2026, 3, 2)


def test_an_empty_log_has_no_streak(store: SqliteStore) -> None:
    """And no days."""
    habit = Habit(store.database)
    assert habit.streak(TODAY) == (0, False)
    assert habit.by_day(TODAY, days=3) == [0, 0, 0]
    assert habit.recent() == []


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([0], (1, True)),
        ([1, 2], (2, False)),
        ([0, 1, 3], (2, True)),
        ([2, 3], (0, False)),
        ([-5, 1, 2], (2, False)),
        ([-1, 1, 2], (2, False)),
    ],
)
def test_a_streak_is_days_in_a_row_up_to_today(
    store: SqliteStore, days_ago: list[int], expected: tuple[int, bool]
) -> None:
    """A day that has only begun does not break it; neither does an answer that a wrong clock dated ahead."""
    store.merge([review(n, at=START - timedelta(days=ago)) for n, ago in enumerate(days_ago)])
    assert Habit(store.database).streak(TODAY) == expected


def test_an_answer_that_was_undone_makes_no_day(store: SqliteStore) -> None:
    """A streak is of days on which something was learned."""
    undone = review(2, at=START - timedelta(days=1))
    store.merge(
        [review(1, at=START), undone, event(3, "void", value=undone.id), review(4, at=START - timedelta(days=2))]
    )
    assert Habit(store.database).streak(TODAY) == (1, True)
    assert Habit(store.database).by_day(TODAY, days=3) == [1, 0, 1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 24 * 12), max_size=30), st.sampled_from([-480, 0, 60, 330]))
def test_streak_and_days_are_those_of_every_single_answer(
    tmp_path_factory: pytest.TempPathFactory, hours_ago: list[int], offset: int
) -> None:
    """Whatever the time of the day, and wherever the learner lives."""
    store = SqliteStore(tmp_path_factory.mktemp("log") / "quizzer.db")
    now = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    given_at = [(now - timedelta(hours=hours), offset) for hours in hours_ago]
    store.merge([review(n, at=at, utc_offset_minutes=offset) for n, (at, offset) in enumerate(given_at)])
    days = [learning_day(at, offset, day_start_hour=4) for at, offset in given_at]
    habit = Habit(store.database)
    assert habit.streak(TODAY)[0] == streak_days({day for day in days if day <= TODAY}, today=TODAY)
    assert habit.by_day(TODAY, days=14) == [days.count(TODAY - timedelta(days=back)) for back in range(13, -1, -1)]
    store.close()


def test_recent_answers_say_which_were_first_and_how_long_they_took(store: SqliteStore) -> None:
    """In the order in which they were given, the last ones only; games and mock interviews have a pace of their own."""
    minute = timedelta(minutes=1)
    store.merge(
        [
            review(1, card="a/one", latency_ms=10_000),
            review(2, card="a/one", at=START + minute, latency_ms=20_000, mode="repeat"),
            review(3, card="a/two", at=START + 2 * minute, mode="mock"),
            review(4, card="a/two", at=START + 3 * minute),
        ]
    )
    recent = Habit(store.database).recent()
    assert [(answer.card, answer.first, answer.latency_ms) for answer in recent] == [
        ("a/one", True, 10_000), ("a/one", False, 20_000), ("a/two", False, 1200)
    ]  # fmt: skip
    assert [answer.day for answer in recent] == [TODAY.toordinal()] * 3
    assert [answer.card for answer in Habit(store.database).recent(limit=1)] == ["a/two"]
