"""SM-2 against the golden table, day by day."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Sm2Memory
from quizzer.scheduling.sm2 import LONGEST_INTERVAL_DAYS, Sm2, next_sm2

GOLDEN = [
    ([5] * 6, [1, 6, 17, 50, 150, 465], 310),
    ([4] * 6, [1, 6, 15, 38, 95, 238], 250),
    ([3] * 10, [1, 6, 13, 26, 47, 79, 121, 167, 218, 284], 130),
    ([5, 5, 5, 2, 5, 5, 5], [1, 6, 17, 1, 1, 6, 19], 310),
    ([4, 4, 4, 0, 4, 4, 4], [1, 6, 15, 1, 1, 6, 15], 250),
]


@pytest.mark.parametrize(("qualities", "intervals_days", "ease_hundredths"), GOLDEN)
def test_golden_table(qualities: list[int], intervals_days: list[int], ease_hundredths: int) -> None:
    """The published algorithm, to the day: floats would give 151 where it gives 150."""
    memory = Sm2().initial()
    seen: list[int] = []
    for quality in qualities:
        memory, interval_days = Sm2().review(memory, quality, elapsed_days=seen[-1] if seen else 0)
        seen.append(interval_days)
    assert seen == intervals_days
    assert isinstance(memory, Sm2Memory)
    assert memory.ease_hundredths == ease_hundredths


@given(st.lists(st.integers(0, 5), max_size=40))
def test_invariants(qualities: list[int]) -> None:
    """The ease never falls below 1.3, an interval is at least a day, and only a pass counts a repetition."""
    state = (0, 250, 0)
    for quality in qualities:
        state = next_sm2(*state, quality)
        assert state[1] >= 130
        assert state[2] >= 1
        assert (state[0] > 0) == (quality >= 3)


def published(qualities: list[int]) -> tuple[list[int], Fraction]:
    """Wozniak's text once more, word for word in exact fractions: the intervals and the ease at the end."""
    ease, repetitions, interval, intervals = Fraction(5, 2), 0, 0, []
    for quality in qualities:
        if quality < 3:
            repetitions, interval = 0, 1
        else:
            shortfall = 5 - quality
            ease += Fraction(1, 10) - shortfall * (Fraction(8, 100) + shortfall * Fraction(2, 100))
            ease = max(ease, Fraction(13, 10))
            repetitions += 1
            interval = {1: 1, 2: 6}.get(repetitions) or math.ceil(interval * ease)
        intervals.append(interval)
    return intervals, ease


def test_ten_thousand_random_histories_agree_with_the_published_text_in_fractions() -> None:
    """Integer hundredths lose nothing against exact arithmetic."""
    draw = Random(1990)
    for _ in range(10_000):
        qualities = draw.choices(range(6), weights=(1, 1, 1, 3, 4, 4), k=draw.randrange(15))
        state, intervals = (0, 250, 0), []
        for quality in qualities:
            state = next_sm2(*state, quality)
            intervals.append(state[2])
        assert (intervals, Fraction(state[1], 100)) == published(qualities)


def test_intervals_stop_at_the_end_of_the_calendar() -> None:
    """Two months of perfect answers ahead of time must not compute a date that does not exist."""
    state = (0, 250, 0)
    for _ in range(100):
        state = next_sm2(*state, 5)
    assert state[2] == LONGEST_INTERVAL_DAYS
