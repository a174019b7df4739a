"""Progress from aggregates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quizzer.stats.summary import Share, streak_days

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
