"""Drawing the questions of a mock interview."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.scheduling.drawing import Candidate, draw, weight
from quizzer.scheduling.queue import Row

DAY = date(2026, 3, 2)


def candidate(
    name: str, *, recall: float | None = None, due_in: int | None = None, last: int | None = None
) -> Candidate:
    due = None if due_in is None else DAY + timedelta(days=due_in)
    return Candidate(Row(f"deck/{name}", "deck", (), due), recall, last)


CANDIDATES = st.lists(
    st.builds(
        candidate, st.text("abcdef", min_size=1, max_size=3), recall=st.none() | st.floats(0, 1),
        due_in=st.none() | st.integers(-400, 400), last=st.none() | st.integers(0, 5),
    ),
    unique_by=lambda one: one.row.card, max_size=20,
)  # fmt: skip


@given(CANDIDATES, st.integers(0, 25), st.integers(0, 2**53))
def test_nothing_is_drawn_twice_and_no_question_is_lost(found: list[Candidate], count: int, seed: int) -> None:
    """As many as asked for, or all there are; the order in which the cards were found plays no part."""
    drawn = draw(found, day=DAY, count=count, seed=seed)
    cards = [row.card for row in drawn]
    assert len(cards) == len(set(cards)) == min(count, len(found))
    assert set(drawn) <= {one.row for one in found}
    shuffled = random.Random(1).sample(found, len(found))
    assert draw(shuffled, day=DAY, count=count, seed=seed) == drawn


@given(CANDIDATES)
def test_everything_may_be_asked(found: list[Candidate]) -> None:
    """What is known best is rare in an interview, not impossible."""
    assert all(weight(one, day=DAY) > 0 for one in found)


def test_weak_due_and_missed_cards_weigh_more() -> None:
    """The order of what an interview should turn to."""
    known = weight(candidate("a", recall=0.99, due_in=5, last=5), day=DAY)
    fading = weight(candidate("b", recall=0.6, due_in=5, last=5), day=DAY)
    due = weight(candidate("c", recall=0.6, due_in=0, last=5), day=DAY)
    missed = weight(candidate("d", recall=0.6, due_in=0, last=1), day=DAY)
    assert known < fading < due < missed


def test_a_new_card_that_an_interview_has_asked_is_weighed_by_that_answer() -> None:
    """It has no memory of its own, since an interview moves none."""
    new = weight(candidate("a"), day=DAY)
    assert weight(candidate("a", last=5), day=DAY) < new < weight(candidate("a", last=1), day=DAY)


def test_weights_are_what_is_drawn_by() -> None:
    """Over many interviews of one question each."""
    found = [candidate("weak", recall=0.2, due_in=0), candidate("known", recall=0.9, due_in=9)]
    drawn = Counter(draw(found, day=DAY, count=1, seed=seed)[0].card for seed in range(2000))
    expected = weight(found[0], day=DAY) / sum(weight(one, day=DAY) for one in found)
    assert abs(drawn["deck/weak"] / 2000 - expected) < 0.03
