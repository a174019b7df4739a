"""A plan for a day: what it may never do, whatever it is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.scheduling.fsrs import RATINGS, Fsrs
from quizzer.scheduling.fsrs_arrays import after, recall
from quizzer.scheduling.plan import Item, Limits, Plan, plan

TODAY = date(2026, 3, 2)
MODEL = Fsrs()
OTHER = Fsrs((0.1, 0.6, 1.4, *MODEL.parameters[3:]))


def known(number: int, stability: float, difficulty: float = 5.0, days_ago: int = 3, model: Fsrs = MODEL) -> Item:
    return Item(f"deck/{number}", model, stability, difficulty, TODAY - timedelta(days=days_ago))


def new(number: int) -> Item:
    return Item(f"deck/{number}", MODEL)


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Cards of two memory models, some of them never answered."""
    stabilities = draw(st.lists(st.one_of(st.none(), st.floats(0.001, 40_000)), max_size=25))
    return [
        new(number) if stability is None
        else known(number, stability, draw(st.floats(1, 10)), draw(st.integers(1, 4000)),
                   draw(st.sampled_from([MODEL, OTHER])))
        for number, stability in enumerate(stabilities)
    ]  # fmt: skip


LIMITS = st.builds(
    Limits, new=st.integers(0, 8), reviews=st.one_of(st.none(), st.floats(0.5, 20)),
    new_cost=st.sampled_from([0.0, 1.5]),
)  # fmt: skip


def by_day(made: Plan) -> tuple[Counter[date], Counter[date]]:
    """(new cards, reviews) of each day, as the cards say."""
    fresh: Counter[date] = Counter()
    reviews: Counter[date] = Counter()
    for card in made.cards:
        for turn, day in enumerate(card.days):
            (fresh if card.new and not turn else reviews)[day] += 1
    return fresh, reviews


@settings(max_examples=25, deadline=None)
@given(items(), st.integers(-3, 12), LIMITS, st.integers(0, 5))
def test_a_plan_keeps_to_its_days_and_limits(cards: list[Item], days: int, limits: Limits, seed: int) -> None:
    """Every review lies from today until before the date, each later than the one before; no day has too much."""
    made = plan(cards, today=TODAY, by=TODAY + timedelta(days=days), limits=limits, seed=seed)
    assert [card.card for card in made.cards] == [item.card for item in cards]
    for card in made.cards:
        assert list(card.days) == sorted(set(card.days))
        assert all(TODAY <= day < made.by for day in card.days)
        assert all(day is None or TODAY < day < made.by for day in card.next_days)
        assert 0 <= card.now <= 1
        assert 0 <= card.recall <= 1 + 1e-9
    most = made.limits.reviews
    assert most is not None
    fresh, reviews = by_day(made)
    for load in made.load:
        assert load.day > TODAY or load.reviews == reviews[TODAY]
        assert load.new == fresh[load.day] <= limits.new
        assert load.reviews >= reviews[load.day]
        assert load.reviews + load.new * limits.new_cost <= max(most, load.new * limits.new_cost)


@settings(max_examples=5, deadline=None)
@given(items(), LIMITS)
def test_the_same_arguments_make_the_same_plan(cards: list[Item], limits: Limits) -> None:
    """Two machines with the same log ask the same cards on the same day."""
    arguments = {"today": TODAY, "by": TODAY + timedelta(days=12), "limits": limits, "seed": 3}
    assert plan(cards, **arguments) == plan(cards, **arguments)  # type: ignore[arg-type]  # each of its own type


def test_without_cards_or_days_there_is_nothing_to_plan() -> None:
    """An empty collection and a date that is past are no errors."""
    assert plan([], today=TODAY, by=TODAY + timedelta(days=9), limits=Limits(10)).cards == ()
    for by in (TODAY, TODAY - timedelta(days=400)):
        made = plan([new(1), known(2, 5.0)], today=TODAY, by=by, limits=Limits(10))
        assert [card.days for card in made.cards] == [(), ()]
        assert made.load == ()


def test_until_tomorrow_only_today_is_left() -> None:
    """The day before, what is new or weak is asked; what is as good as certain is not."""
    cards = [new(1), known(2, 1.0), known(3, 5000.0)]
    made = plan(cards, today=TODAY, by=TODAY + timedelta(days=1), limits=Limits(10))
    assert [card.days for card in made.cards] == [(TODAY,), (TODAY,), ()]


def test_a_missed_day_is_absorbed() -> None:
    """What was for yesterday is planned anew today, within the same limits."""
    cards = [known(number, 2.0, days_ago=4) for number in range(30)]
    by = TODAY + timedelta(days=8)
    for day in (TODAY, TODAY + timedelta(days=1)):
        made = plan(cards, today=day, by=by, limits=Limits(0, 8.0))
        assert all(card.days and card.days[0] >= day for card in made.cards)
        assert all(load.reviews <= 8 for load in made.load)


def test_new_cards_that_do_not_fit_are_named() -> None:
    """Five days of two new cards are ten cards: the eleventh is left out, the last of the deck first."""
    made = plan([new(number) for number in range(12)], today=TODAY, by=TODAY + timedelta(days=5), limits=Limits(2))
    assert [card.card for card in made.left_out] == ["deck/10", "deck/11"]


def test_a_plan_promises_more_than_doing_nothing() -> None:
    """Each review is planned because it adds to the recall on the day."""
    cards = [known(number, 1.0 + number, days_ago=2) for number in range(20)]
    made = plan(cards, today=TODAY, by=TODAY + timedelta(days=30), limits=Limits(0))
    assert made.recall > made.now + 0.1
    assert all(card.recall >= card.now for card in made.cards)


@given(
    st.floats(0.001, 36_500), st.floats(1, 10), st.sampled_from([0, 3, 4, 5]), st.integers(1, 5000),
    st.sampled_from([MODEL, OTHER]),
)  # fmt: skip
def test_fsrs_in_arrays_is_fsrs(stability: float, difficulty: float, quality: int, days: int, model: Fsrs) -> None:
    """A plan reckons with the very memory model that the schedules are made by."""
    arrays = np.array([stability]), np.array([difficulty])
    found = after(model, *arrays, RATINGS[quality], np.array([float(days)]))
    expected = model.next(stability, difficulty, RATINGS[quality], days)
    assert np.allclose([float(found[0][0]), float(found[1][0])], expected, rtol=1e-9)
    known_now = recall(model, arrays[0], np.array([float(days)]))
    assert np.isclose(known_now[0], model.retrievability(stability, days))
