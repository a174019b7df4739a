"""A day's limits, and a backlog spread over days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.scheduling.pace import Pace
from quizzer.scheduling.portion import (
    LEAST_PORTION,
    Amount,
    Budget,
    Budgets,
    backlog_portion,
    days_needed,
    weakest_first,
    within,
)
from quizzer.scheduling.queue import Row

TODAY = date(2026, 3, 2)
PACE = Pace(new_seconds=60, review_seconds=30)


def due(name: str, *, days_late: int = 0, interval: int = 10, repeat: bool = False) -> Row:
    day = TODAY - timedelta(days=days_late)
    return Row(name, name.split("/", maxsplit=1)[0], (), day, repeat, last=day - timedelta(days=interval))


def new(name: str) -> Row:
    return Row(name, name.split("/", maxsplit=1)[0])


def names(rows: list[Row]) -> list[str]:
    return [row.card for row in rows]


def test_without_a_limit_everything_goes() -> None:
    """The default."""
    rows = [due("a/1"), new("a/2"), due("a/3", repeat=True)]
    assert within(rows, Budgets(), PACE) == rows


def test_limits_over_all_and_of_one_deck_hold_together() -> None:
    """What one deck may not have, another gets."""
    rows = [due("a/1"), due("a/2"), due("b/1"), new("a/3"), new("b/2"), new("b/3")]
    budgets = Budgets(Budget(new=2, reviews=2), {"a": Budget(new=0, reviews=1)})
    assert names(within(rows, budgets, PACE)) == ["a/1", "b/1", "b/2", "b/3"]


def test_minutes_are_counted_in_cards() -> None:
    """Whoever has a minute left begins a card; nobody is sent away in the middle of one."""
    rows = [due(f"a/{n}") for n in range(9)] + [new("a/new")]
    assert len(within(rows, Budgets(Budget(seconds=61)), PACE)) == 3
    assert len(within(rows, Budgets(Budget(seconds=0)), PACE)) == 0
    assert names(within(rows, Budgets(decks={"a": Budget(seconds=40)}), PACE)) == ["a/0", "a/1"]


def test_repeats_are_asked_whatever_the_limit() -> None:
    """They finish what was begun."""
    rows = [due("a/1"), due("a/2", repeat=True)]
    assert names(within(rows, Budgets(Budget(new=0, reviews=0, seconds=-5)), PACE)) == ["a/2"]


def test_what_was_done_today_is_gone_from_the_day() -> None:
    """Two sessions have no more than one."""
    left = Budget(new=10, reviews=20, seconds=600).less(Amount(new=3, reviews=20, seconds=60))
    assert left == Budget(new=7, reviews=0, seconds=540)
    assert left.allows(new=True)
    assert not left.allows(new=False)


def test_a_backlog_is_a_days_work_at_most() -> None:
    """By what the learner does on a usual day; a second session that day does not begin another portion."""
    assert backlog_portion(overdue=200, done=0, usual=0) == LEAST_PORTION
    assert backlog_portion(overdue=200, done=0, usual=40) == 60
    assert backlog_portion(overdue=170, done=30, usual=0) == LEAST_PORTION
    assert backlog_portion(overdue=20, done=0, usual=0) is None
    assert backlog_portion(overdue=0, done=500, usual=0) is None
    assert days_needed(200, 30) == 7


def test_the_weakest_are_those_that_are_late_for_their_interval() -> None:
    """Five days late says much after two days and little after a hundred."""
    rows = [due("a/long", days_late=5, interval=100), due("a/short", days_late=5, interval=2), due("a/today")]
    assert names(weakest_first(rows, at=TODAY)) == ["a/short", "a/long", "a/today"]


BUDGETS = st.builds(
    Budget, new=st.none() | st.integers(0, 5), reviews=st.none() | st.integers(0, 5),
    seconds=st.none() | st.floats(0, 300),
)  # fmt: skip
ROWS = st.lists(st.sampled_from([due("a/1"), due("b/1"), new("a/2"), new("b/2"), due("b/3", repeat=True)]), max_size=30)


@given(ROWS, BUDGETS, st.dictionaries(st.sampled_from("ab"), BUDGETS))
def test_no_limit_is_ever_exceeded_and_none_is_left_unused(
    rows: list[Row], overall: Budget, decks: dict[str, Budget]
) -> None:
    """Whatever is left out, a limit forbids it."""
    chosen = within(rows, Budgets(overall, decks), PACE)
    for budget, own in [(overall, chosen), *((decks[d], [r for r in chosen if r.deck == d]) for d in decks)]:
        fresh = sum(row.due is None for row in own)
        reviews = sum(row.due is not None and not row.repeat for row in own)
        assert budget.new is None or fresh <= budget.new
        assert budget.reviews is None or reviews <= budget.reviews
        assert budget.seconds is None or PACE.seconds(new=fresh, reviews=reviews) - 60 < budget.seconds
    if overall == Budget() and not decks:
        assert chosen == rows
