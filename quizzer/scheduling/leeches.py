"""Leeches: cards forgotten again and again, of which a learner is warned once before they are suspended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from quizzer.model import CardEvent, Fact
from quizzer.scheduling.schedulers import Schedulers

LEECH = "leech"
"""The value of the event by which a leech is suspended."""

Step = Literal["", "warn", "suspend"]


def step(lapses: int, *, resumed_at: int = 0, threshold: int) -> Step:
    """What follows when a card is forgotten for the *lapses*-th time.

    It is a warning first and a suspension the next time. *resumed_at*: how many lapses the card had when it was resumed
    last, 0 if it never was; a leech that was resumed gets one more warning.
    """
    if not threshold:
        return ""
    warned_at = threshold if resumed_at < threshold else resumed_at + 1
    return "suspend" if lapses > warned_at else "warn" if lapses == warned_at else ""


def lapses_when_resumed(facts: Iterable[Fact], schedulers: Schedulers, *, card: str) -> int:
    """How often the *card* had been forgotten when it was resumed last; 0 if it never was, or was reset since."""
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.id))
    voids = [fact for fact in ordered if isinstance(fact, CardEvent) and fact.kind == "void"]
    voided = {fact.value for fact in voids}
    for index in range(len(ordered) - 1, -1, -1):
        fact = ordered[index]
        if not isinstance(fact, CardEvent) or fact.id in voided or fact.kind not in ("resume", "reset"):
            continue
        before = schedulers.replay([*ordered[:index], *voids], card=card) if fact.kind == "resume" else None
        return before.lapses if before else 0
    return 0
