"""The order of a day's cards: what is due first, then what is new, decks interleaved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple
from zlib import crc32


class Row(NamedTuple):
    """A card as the queue needs it. *due* is None for a new card; *repeat*: answered below 4 earlier today."""

    card: str
    deck: str
    tags: tuple[str, ...] = ()
    due: date | None = None
    repeat: bool = False
    last: date | None = None
    """The learning day of the last answer that counted, where it is known."""

    def lateness(self, at: date) -> float:
        """Days since the last answer, as a multiple of the interval that was set then; 1 for what is due on *at*."""
        if self.due is None or self.last is None:
            return 0.0
        return (at - self.last).days / max(1, (self.due - self.last).days)


class Limits(NamedTuple):
    """How much to study: new cards at most, and cards in all at most (None: no limit)."""

    new: int
    total: int | None = None


def build(rows: Iterable[Row], *, at: date, limits: Limits, seed: int) -> tuple[Row, ...]:
    """Today's cards in order; the same for the same arguments.

    Due cards come first, the longest overdue before the others and ties in an order drawn from *seed*, in which
    cards stay as others leave; then new ones in the order given; repeats of today last. Within each part the decks
    take turns.
    """
    due: list[Row] = []
    new: list[Row] = []
    repeats: list[Row] = []
    for row in rows:
        if row.repeat:
            repeats.append(row)
        elif row.due is None:
            new.append(row)
        elif row.due <= at:
            due.append(row)
    due.sort(key=lambda row: (row.due or at, drawn(row.card, seed=seed)))
    by_day = [row for day in _days(due) for row in _interleaved(day)]
    chosen = [*by_day, *_interleaved(new)[: limits.new], *repeats]
    return tuple(chosen if limits.total is None else chosen[: limits.total])


def drawn(name: str, *, seed: int) -> int:
    """A number for *name* that looks drawn by chance; the same for the same *seed*."""
    # Importing `random` would take 4 ms, which counting what is due need not pay.
    return crc32(f"{seed} {name}".encode("utf-8", "replace"))


def _days(rows: Sequence[Row]) -> list[list[Row]]:
    """*rows*, already sorted by due day, as one list for each day."""
    days: list[list[Row]] = []
    for row in rows:
        if days and days[-1][0].due == row.due:
            days[-1].append(row)
        else:
            days.append([row])
    return days


def _interleaved(rows: Sequence[Row]) -> list[Row]:
    """*rows* with the decks taking turns; the order within each deck stays."""
    decks: dict[str, list[Row]] = {}
    for row in rows:
        decks.setdefault(row.deck, []).append(row)
    return [row for turn in zip_longest(*decks.values()) for row in turn if row is not None]
