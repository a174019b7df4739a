"""What a learner wants to be ready for: a day, and the decks that count on it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

MOST_DAYS = 366
"""A plan reaches no further: nobody knows what the year after next brings."""


class Goal(NamedTuple):
    """Be ready by a day."""

    by: date
    decks: tuple[str, ...] = ()
    """Ids of the decks that count; empty: all."""

    @property
    def value(self) -> str:
        """The goal as the value of a ``plan`` event without a card: the day, then the decks."""
        return " ".join([self.by.isoformat(), *self.decks])

    def concerns(self, deck: str) -> bool:
        """Whether the cards of the deck with this id count."""
        return not self.decks or deck in self.decks

    def leads(self, day: date) -> bool:
        """Whether study on *day* follows a plan for this goal."""
        return 0 < (self.by - day).days <= MOST_DAYS


def goal_of(value: str) -> Goal | None:
    """The goal that an event's *value* says; None for an empty one, which ends the goal before.

    Raises:
        ValueError: it says none.
    """
    if not value:
        return None
    by, *decks = value.split(" ")
    return Goal(date.fromisoformat(by), tuple(decks))
