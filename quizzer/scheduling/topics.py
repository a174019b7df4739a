"""What a plan expects of each topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzer.scheduling.plan import Plan, Planned


@dataclass(frozen=True, slots=True)
class Topic:
    """The cards with one tag, on the plan's day."""

    tag: str
    cards: int
    recall: float
    """The share expected to be recalled."""
    now: float
    """The same without further study."""


def topics(plan: Plan, tags: Mapping[str, Sequence[str]]) -> list[Topic]:
    """Every tag of the plan's cards, the weakest first; *tags*: those of each card."""
    found: dict[str, list[Planned]] = {}
    for card in plan.cards:
        for tag in tags.get(card.card, ()):
            found.setdefault(tag, []).append(card)
    described = [
        Topic(tag, len(cards), sum(card.recall for card in cards) / len(cards),
              sum(card.now for card in cards) / len(cards))
        for tag, cards in found.items()
    ]  # fmt: skip
    return sorted(described, key=lambda topic: (topic.recall, topic.tag))
