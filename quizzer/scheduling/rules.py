"""What schedules are made by beside the log: apart from what makes them, so that asking about them loads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quizzer.model import SchedulerName

RULES_VERSION = 2
"""Raise it whenever the same facts come to mean another schedule: stored schedules are then replayed."""
DAY_START_HOUR = 4
DESIRED_RETENTION = 0.9
MAXIMUM_INTERVAL_DAYS = 36_500
LEECH_LAPSES = 5
"""A card that was forgotten five times costs more time than several others together: rewording it helps more."""


class Rules(NamedTuple):
    """The scheduler of every card with its parameters, and when a learning day begins."""

    scheduler: SchedulerName = "sm2"
    desired_retention: float = DESIRED_RETENTION
    """FSRS asks a card again when its probability of recall has fallen to this."""
    maximum_interval_days: int = MAXIMUM_INTERVAL_DAYS
    fsrs_parameters: tuple[float, ...] = ()
    """FSRS-6's 21 parameters; empty: its default ones."""
    day_start_hour: int = DAY_START_HOUR
    """By the clock where the learner is; one for all decks."""
    decks: Mapping[str, Rules] = MappingProxyType({})
    """Deck id -> the rules of its cards, where they are others."""

    def of(self, card: str) -> Rules:
        """The rules of the card with this key."""
        return self.decks.get(card.partition("/")[0], self) if self.decks else self

    @property
    def stamp(self) -> str:
        """Differs wherever the same log could mean other schedules; kept with them."""
        own = {deck: rules._scheduler for deck, rules in self.decks.items() if rules._scheduler != self._scheduler}
        decks = "".join(f"; {deck!r} {own[deck]}" for deck in sorted(own))
        return f"rules {RULES_VERSION}, day from {self.day_start_hour}; {self._scheduler}{decks}"

    @property
    def _scheduler(self) -> str:
        if self.scheduler == "sm2":
            return f"sm2 {self.maximum_interval_days}"
        parameters = " ".join(map(str, self.fsrs_parameters)) or "default"
        return f"fsrs {self.maximum_interval_days} {self.desired_retention} {parameters}"
