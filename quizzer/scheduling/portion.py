"""A day's portion: what its limits leave of what is due and new, and how a backlog is spread over days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from quizzer.scheduling.pace import Pace
from quizzer.scheduling.queue import Row

LEAST_PORTION = 30
"""So many cards of a backlog are a day's work for anybody."""
BACKLOG_FACTOR = 1.5
"""A backlog may make a day half as long again as days usually are."""


class Amount(NamedTuple):
    """So much study: cards never answered before, cards that come back, seconds for both."""

    new: int = 0
    reviews: int = 0
    seconds: float = 0.0


class Budget(NamedTuple):
    """How much a day may have; None where nothing limits it."""

    new: int | None = None
    reviews: int | None = None
    seconds: float | None = None

    def less(self, amount: Amount) -> Budget:
        """What is left after *amount*."""
        return Budget(
            None if self.new is None else self.new - amount.new,
            None if self.reviews is None else self.reviews - amount.reviews,
            None if self.seconds is None else self.seconds - amount.seconds,
        )

    def allows(self, *, new: bool) -> bool:
        """Whether one more card goes: one never answered, or one that comes back."""
        cards = self.new if new else self.reviews
        return (cards is None or cards > 0) and (self.seconds is None or self.seconds > 0)


NO_LIMIT = Budget()


class Budgets(NamedTuple):
    """What is left of a day: over all decks, and for those decks that have limits of their own."""

    overall: Budget = NO_LIMIT
    decks: Mapping[str, Budget] = MappingProxyType({})


def within(rows: Iterable[Row], budgets: Budgets, pace: Pace) -> list[Row]:
    """Those of *rows*, in their order, that the *budgets* allow; what is only repeated costs nothing."""
    left, decks = budgets.overall, dict(budgets.decks)
    chosen = []
    for row in rows:
        if not row.repeat:
            new = row.due is None
            own = decks.get(row.deck)
            if not left.allows(new=new) or (own is not None and not own.allows(new=new)):
                continue
            cost = Amount(int(new), int(not new), pace.new_seconds if new else pace.review_seconds)
            left = left.less(cost)
            if own is not None:
                decks[row.deck] = own.less(cost)
        chosen.append(row)
    return chosen


def backlog_portion(*, overdue: int, done: int, usual: float) -> int | None:
    """How many cards that come back the day has, all told, where a backlog is to be spread; None where there is none.

    *overdue*: cards due before today; *done*: those that were answered today already; *usual*: cards on a usual day.
    """
    portion = max(LEAST_PORTION, round(BACKLOG_FACTOR * usual))
    return portion if overdue and overdue + done > portion else None


def weakest_first(rows: Iterable[Row], *, at: date) -> list[Row]:
    """*rows* by how likely they are forgotten: what came back late for its interval before what is just due.

    The days since the last answer over the days that were to lie between them: under any forgetting curve more of it
    is less recall.
    """
    return sorted(rows, key=lambda row: (-row.lateness(at), row.due or at, row.card))


def days_needed(waiting: int, portion: int) -> int:
    """Days until a backlog of so many cards is worked off, if nothing else came."""
    return ceil(waiting / max(1, portion))
