"""The order of a day's cards."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quizzer.scheduling.queue import Limits, Row, build

TODAY = date(2026, 3, 2)


def cards(rows: tuple[Row, ...]) -> list[str]:
    return [row.card for row in rows]


def test_due_cards_come_before_new_ones_and_repeats_last() -> None:
    """What is about to be forgotten is more urgent than what was never known."""
    rows = [Row("a/new", "a"), Row("a/again", "a", repeat=True), Row("a/due", "a", due=TODAY),
            Row("a/late", "a", due=date(2026, 2, 1)), Row("a/future", "a", due=date(2026, 3, 3))]  # fmt: skip
    assert cards(build(rows, at=TODAY, limits=Limits(new=5), seed=1)) == ["a/late", "a/due", "a/new", "a/again"]


def test_decks_take_turns() -> None:
    """Interleaving topics helps more than blocks of one."""
    rows = [Row(f"a/{n}", "a") for n in range(3)] + [Row(f"b/{n}", "b") for n in range(2)]
    assert cards(build(rows, at=TODAY, limits=Limits(new=4), seed=1)) == ["a/0", "b/0", "a/1", "b/1"]


def test_limits_hold() -> None:
    """`--new 1 --limit 2` means what it says."""
    rows = [Row(f"a/{n}", "a") for n in range(5)] + [Row(f"b/{n}", "b", due=TODAY) for n in range(5)]
    assert len(build(rows, at=TODAY, limits=Limits(new=1), seed=1)) == 6
    assert len(build(rows, at=TODAY, limits=Limits(new=1, total=2), seed=1)) == 2


ROWS = st.lists(
    st.builds(Row, card=st.uuids().map(str), deck=st.sampled_from("abc"),
              due=st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY))),
    max_size=30,
)  # fmt: skip


@given(ROWS, st.integers(0, 1000))
def test_the_same_arguments_give_the_same_order_and_lose_no_card(rows: list[Row], seed: int) -> None:
    """A session can be resumed, and every due card is asked."""
    once = build(rows, at=TODAY, limits=Limits(new=100), seed=seed)
    assert once == build(rows, at=TODAY, limits=Limits(new=100), seed=seed)
    assert sorted(cards(once)) == sorted(row.card for row in rows)
