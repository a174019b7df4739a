"""The page that a day begins with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.study.overview import Overview, PlanSummary
from quizzer.study.today import BARS, NOTHING, sparkline, today_lines

MONDAY = date(2026, 3, 2)
USUAL = Overview(
    day=MONDAY, reviews=12, repeats=3, new=10, waiting=0, minutes=14, streak_days=5, studied_today=False,
    answers=(0, 4, 8, 0), plan=None,
)  # fmt: skip


def page(bars: bool = True, **changes: object) -> str:
    overview = USUAL._replace(**changes)  # type: ignore[arg-type]  # fields by name
    return "\n".join(line.text for line in today_lines(overview, bars=bars))


def test_the_page_says_what_there_is_and_how_the_last_days_went() -> None:
    """Three lines: nobody reads more before the first question."""
    assert page() == (
        "Monday 2 March\n"
        "12 due, 3 to repeat, 10 new: about 14 minutes\n"
        "Last 4 days: ·▄█· (12 answers); 5 days in a row, today makes it 6"
    )


def test_numbers_stand_for_bars_where_none_can_be_drawn() -> None:
    """A screen reader spells block characters one by one."""
    assert "Last 4 days: 0 4 8 0 (12 answers)" in page(bars=False)


def test_what_there_is_none_of_is_not_mentioned() -> None:
    """A first morning has no past, an evening nothing to do."""
    assert page(reviews=0, repeats=0, new=1, minutes=1, answers=(0, 0), streak_days=0) == (
        "Monday 2 March\n1 new: about 1 minute"
    )
    assert page(reviews=0, repeats=0, new=0) == (
        "Monday 2 March\nLast 4 days: ·▄█· (12 answers); 5 days in a row, today makes it 6"
    )
    assert page(studied_today=True).endswith("; 5 days in a row")
    assert page(streak_days=0).endswith("(12 answers)")


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            PlanSummary(date(2026, 3, 15), 0.874),
            "Interview in 13 days, on Sunday 15 March; expected recall that day: 87 %",
        ),
        (PlanSummary(date(2026, 3, 3)), "Interview tomorrow"),
        (PlanSummary(MONDAY, 0.5), "Interview today; expected recall that day: 50 %"),
        (PlanSummary(date(2026, 3, 1), 0.5), "The interview was on Sunday 1 March."),
    ],
)
def test_the_interview_is_named_with_how_ready_one_will_be(plan: PlanSummary, said: str) -> None:
    """Where a plan is set."""
    assert page(plan=plan).split("\n")[-1] == said


@given(st.lists(st.integers(0, 100_000), max_size=20))
def test_a_sparkline_has_a_character_for_each_day_and_orders_them(numbers: list[int]) -> None:
    """More answers are never a lower bar, and a day with one is never empty."""
    line = sparkline(numbers)
    assert len(line) == len(numbers)
    heights = [(NOTHING + BARS).index(character) for character in line]
    for one, height in zip(numbers, heights, strict=True):
        assert (height == 0) == (one == 0)
        assert all(height <= other_height for other, other_height in zip(numbers, heights, strict=True) if other >= one)
    if any(numbers):
        assert BARS[-1] in line
