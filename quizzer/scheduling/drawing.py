"""Draws the questions of a mock interview: what is weak and due comes more often, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.queue import Row

LEAST = 0.05
"""What is known best may still be asked."""
NEW = 0.5
"""The weight of a card that was never studied, as if its recall were a toss of a coin."""
DUE = 0.5
MISSED = 0.5
"""Added for a card that is due, and for one whose last answer, of whatever kind, was not right."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be asked."""

    row: Row
    recall: float | None
    """The probability, 0 to 1, that it is recalled today; None for a card that was never studied."""
    last_quality: int | None = None
    """How it was answered last, practice and earlier interviews included; None if it never was."""


def weight(candidate: Candidate, *, day: date) -> float:
    """How much more often than others the card is drawn on the learning day *day*."""
    missed = candidate.last_quality is not None and candidate.last_quality < PASSING_QUALITY
    if candidate.recall is None:
        # Answered right in an interview, though never studied: no longer a toss of a coin.
        base = NEW if candidate.last_quality is None or missed else LEAST
    else:
        base = max(LEAST, 1 - candidate.recall)
    due = candidate.row.due is not None and candidate.row.due <= day
    return base + DUE * due + MISSED * missed


def draw(candidates: Iterable[Candidate], *, day: date, count: int, seed: int) -> tuple[Row, ...]:
    """At most *count* different cards, in the order in which they are asked; the same for the same arguments.

    Each is drawn in proportion to its `weight` among those that are left.
    Source: Efraimidis & Spirakis 2006, weighted random sampling with a reservoir.
    """
    import random  # 4 ms; seeded and private, no global randomness

    chance = random.Random(seed)
    by_card = {candidate.row.card: candidate for candidate in candidates}
    keyed = [(chance.random() ** (1 / weight(by_card[card], day=day)), card) for card in sorted(by_card)]
    chosen = [by_card[card].row for _, card in sorted(keyed, reverse=True)[:count]]
    # In the order of the draw the weakest would come first every time.
    chance.shuffle(chosen)
    return tuple(chosen)
