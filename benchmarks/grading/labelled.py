"""Reads the cards in ``cards``: written for training, each answer with the points that it makes and contradicts.

Nobody who wrote them knew how the grader works. They are apart from ``probes``, on which nothing is trained.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quizzer.model import Card

CARDS = Path(__file__).parent / "cards"
RIGHT = frozenset({"full", "terse", "spoken", "reworded", "careful"})
"""Kinds of right answers; ``careful`` ones are full of negations."""

TURNED = frozenset({"negated", "negated-all", "reversed", "swapped"})
"""Kinds of answers that deny, reverse or swap what a right one claims."""

FALSE = frozenset({"falsehood", "misconception", "number"})
"""Kinds of fluent answers that claim something else."""


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """One answer: its kind, and the numbers of the points that it makes and contradicts."""

    kind: str
    text: str
    made: frozenset[int]
    denied: frozenset[int]


@dataclass(frozen=True, slots=True)
class LabelledCard:
    """A card with its answers."""

    card: Card
    answers: tuple[LabelledAnswer, ...]


def read_labelled_cards() -> Iterator[LabelledCard]:
    """Every card, file by file."""
    for file in sorted(CARDS.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            stored = json.loads(line)
            card = Card(
                f"card-{number}", file.stem, stored["question"], tuple(stored["references"]), tuple(stored["points"]),
                tuple(stored["misconceptions"]),
            )  # fmt: skip
            answers = [
                LabelledAnswer(one["kind"], one["text"], frozenset(one["made"]), frozenset(one["denied"]))
                for one in stored["answers"]
            ]
            yield LabelledCard(card, tuple(answers))
