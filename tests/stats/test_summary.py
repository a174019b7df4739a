"""Progress from aggregates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.stats.summary import (
    DayTotals,
    Share,
    TagAggregate,
    by_interval,
    forecast_top,
    shade_bounds,
    streak_days,
    weakest_first,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days_ago", "streak"), [((), 0), ((0,), 1), ((1,), 1), ((0, 1, 2), 3), ((1, 2), 2), ((2, 3), 0), ((0, 2), 1)]
)
def test_a_streak_is_not_broken_by_a_day_that_has_only_begun(days_ago: tuple[int, ...], streak: int) -> None:
    """At breakfast the streak of yesterday still stands."""
    assert streak_days({TODAY - timedelta(days=ago) for ago in days_ago}, today=TODAY) == streak


def test_a_share_says_its_counts_and_a_percentage_only_where_it_means_something() -> None:
    """1 of 1 is not "100 %"."""
    assert str(Share(1, 1)) == "1 of 1"
    assert str(Share(9, 10)) == "9 of 10 (90 %)"
    assert Share(0, 0).ratio is None


@pytest.mark.parametrize(
    ("passed", "total", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 1, 0, 0.793), (1, 1, 0.207, 1), (0, 0, 0, 1), (450, 600, 0.714, 0.783)],
)
def test_the_range_of_a_share_is_wilsons(passed: int, total: int, low: float, high: float) -> None:
    """Values of R's binom.wilson; one of one leaves nearly everything open."""
    assert Share(passed, total).range == pytest.approx((low, high), abs=0.0006)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_lies_in_its_range(passed: int, failed: int) -> None:
    """And the range in [0, 1], whatever floats do at its ends."""
    share = Share(passed, passed + failed)
    low, high = share.range
    assert 0 <= low <= (share.ratio or 0) <= high <= 1 or share.ratio is None


def test_intervals_gather_all_answers_once() -> None:
    """No day falls between two of them."""
    shares = {days: Share(1, 2) for days in range(1, 400)}
    found = by_interval(shares)
    assert sum(interval.retention.total for interval in found) == 2 * 399
    assert [interval.label for interval in found][::3] == ["1 day", "8-14 days", "91-180 days"]
    assert found[-1].label == "181+ days"
    assert by_interval({}) == ()


def test_topics_that_are_surely_weak_stand_first() -> None:
    """One miss in one answer proves less than fifty in a hundred."""
    tags = [TagAggregate("once", 1, 1, Share(0, 1)), TagAggregate("new", 1, 0, Share(0, 0)),
            TagAggregate("often", 9, 9, Share(50, 100)), TagAggregate("known", 9, 9, Share(99, 100))]  # fmt: skip
    assert [tag.tag for tag in weakest_first(tags)] == ["often", "once", "known", "new"]


def test_a_backlog_does_not_flatten_the_forecast() -> None:
    """Later days stay apart; without a backlog the scale is the highest column's."""
    assert forecast_top([1500, 4, 8, 0]) == 16
    assert forecast_top([12, 4, 8]) == 12
    assert forecast_top([7, 0, 0]) == 7


@given(st.lists(st.integers(0, 5000), max_size=400))
def test_shades_ascend(counts: list[int]) -> None:
    """Also on the first day."""
    bounds = shade_bounds(DayTotals(answers=count) for count in counts)
    assert bounds[0] == 1
    assert list(bounds) == sorted(set(bounds))
