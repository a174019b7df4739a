"""Be ready on a day: which cards are reviewed when, so that most is recalled then for the reviews that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.scheduling.fsrs import Fsrs

LEAST_GAIN = 0.005
"""What a review must add to the chance of recall on the day: for less it is not asked."""
WEAK = 0.8
"""Who goes to an interview with less than this chance for a card cannot rely on it."""
LEAST_CARDS_PER_DAY = 20
"""Where the learner sets no limit, a day has so many reviews, or three times an even share of the cards."""
FEWEST_DAYS = 14
"""Over so many days at least the cards are shared out, where nobody says when the plan began."""


@dataclass(frozen=True, slots=True)
class Item:
    """A card to be planned, with what is known of its memory this morning; all None: never answered."""

    card: str
    model: Fsrs
    stability_days: float | None = None
    difficulty: float | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a day may have."""

    new: int
    """Cards never answered before."""
    reviews: float | None = None
    """Cards that come back; None: the plan levels the load itself."""
    new_cost: float = 0.0
    """How many reviews a new card counts as, where both share one limit."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A card in the plan."""

    card: str
    new: bool
    days: tuple[date, ...]
    """When it is reviewed, if it is remembered every time; empty: not any more until the day."""
    now: float
    """The chance of recall on the day without a further review."""
    recall: float
    """The expected chance with the plan."""
    next_days: tuple[date | None, ...] = ()
    """Of a card for today: when it comes next, after again, hard, good and easy; None: not before the day."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a day has, as it is expected."""

    day: date
    new: int
    reviews: int
    """Those that are forgotten and come again are counted in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done until a day."""

    today: date
    by: date
    limits: Limits
    """As they were given, with the limit of reviews that the plan set itself."""
    cards: tuple[Planned, ...]
    load: tuple[Load, ...]
    """For each day from today to the one before *by*."""

    @property
    def recall(self) -> float:
        """The expected share of all cards that is recalled on the day."""
        return _mean([card.recall for card in self.cards])

    @property
    def now(self) -> float:
        """The share that would be recalled without any further study."""
        return _mean([card.now for card in self.cards])

    @property
    def left_out(self) -> tuple[Planned, ...]:
        """New cards for which there is no room."""
        return tuple(card for card in self.cards if card.new and not card.days)

    def of_today(self) -> tuple[Planned, ...]:
        """The cards for today."""
        return tuple(card for card in self.cards if card.days and card.days[0] == self.today)

    def to_drop(self, *, below: float = WEAK) -> tuple[Planned, ...]:
        """The cards that stay weak, those first that gain the least for their reviews."""
        weak = [card for card in self.cards if card.days and card.recall < below]
        return tuple(sorted(weak, key=lambda card: ((card.recall - card.now) / len(card.days), card.card)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def own_limit(cards: int, days: int) -> int:
    """How many reviews a day of a plan has that had so many *days* when it was made, if the learner set no limit."""
    return max(LEAST_CARDS_PER_DAY, ceil(3 * cards / max(1, days)))


def plan(
    items: Sequence[Item], *, today: date, by: date, limits: Limits, seed: int = 0, least_gain: float = LEAST_GAIN
) -> Plan:
    """The plan for *items* (new ones in the order in which they are to be learned) from *today* until before *by*.

    The same for the same arguments. Where *by* is not after *today* nothing is left to plan.
    """
    days = (by - today).days
    if limits.reviews is None:
        # Whoever plans anew every morning, and does not say of how many days, must not find all of it in the last one.
        limits = Limits(limits.new, own_limit(len(items), max(days, FEWEST_DAYS)), limits.new_cost)
    if days < 1 or not items:
        return Plan(today, by, limits, tuple(_unplanned(item, by) for item in items), ())
    from quizzer.scheduling.planning import Planner  # numpy

    planner = Planner(items, today=today, days=days, limits=limits, seed=seed, least_gain=least_gain)
    courses = planner.courses()
    load = planner.load(courses)
    cards = []
    for number, item in enumerate(items):
        visits = tuple(today + timedelta(days=offset) for offset in courses[number])
        now = _unplanned(item, by).now
        recall, following = planner.recall(number, courses[number], now), planner.following(number, courses[number])
        next_days = tuple(None if offset is None else today + timedelta(days=offset) for offset in following)
        cards.append(Planned(item.card, item.last_day is None, visits, now, recall, next_days))
    loads = tuple(Load(today + timedelta(days=offset), *amount) for offset, amount in enumerate(load))
    return Plan(today, by, limits, tuple(cards), loads)


def _unplanned(item: Item, by: date) -> Planned:
    now = 0.0
    if item.last_day is not None and item.stability_days is not None:
        now = item.model.retrievability(item.stability_days, (by - item.last_day).days)
    return Planned(item.card, item.last_day is None, (), now, now)
