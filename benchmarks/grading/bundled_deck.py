"""How the grader judges answers with a known outcome to the bundled deck, each card left out of what was tuned.

The deck's tests were written by people who saw the questions and points, not the references, before any was graded.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from quizzer.cli.compose import bundled_decks
from quizzer.decks import schema, yamlfile
from quizzer.model import Card

Pairs = list[tuple[Card, str]]
DONT_KNOW = ("I don't know", "no idea", "")
RIGHT = frozenset(["right (tests.pass)", "right (other people's)", "the reference"])
HALF = frozenset(["half right (tests.partial)", "half right (other people's)"])


def read_cards() -> tuple[Card, ...]:
    """The cards of the bundled BERT deck."""
    path = bundled_decks() / "bert.yaml"
    return schema.parse(yamlfile.read(path), path=str(path)).cards


def card_folds(count: int) -> dict[str, int]:
    """The fold of each card, 0 to *count* - 1, by its ID."""
    names = np.random.default_rng(0).permutation(sorted(card.id for card in read_cards()))
    return {str(name): place % count for place, name in enumerate(names)}


def kinds(cards: Sequence[Card]) -> dict[str, Pairs]:
    """Kind of answer -> pairs of card and answer."""
    count = len(cards)
    return {
        "right (tests.pass)": [(card, answer) for card in cards for answer in card.tests.passing],
        "half right (tests.partial)": [(card, answer) for card in cards for answer in card.tests.partial],
        "wrong: claims turned around": [(card, card.tests.failing[0]) for card in cards],
        "wrong: nonsense on the topic": [(card, card.tests.failing[1]) for card in cards],
        "wrong: says nothing": [(card, card.tests.failing[2]) for card in cards],
        "wrong: a misconception": [(card, claim) for card in cards for claim in card.misconceptions],
        "the reference": [(card, answer) for card in cards for answer in card.answers],
        "the question": [(card, card.question) for card in cards],
        "blank, don't know": [(card, answer) for card in cards for answer in DONT_KNOW],
        "another card's reference": [(card, cards[(i + 7) % count].answers[0]) for i, card in enumerate(cards)],
    }


def other_peoples(cards: Sequence[Card], file: Path) -> dict[str, Pairs]:
    """The same for answers in *file*, written by others; nothing where there is no such file."""
    names = {"right": "right (other people's)", "wrong": "wrong, fluent (other people's)",
             "half": "half right (other people's)"}  # fmt: skip
    found: dict[str, Pairs] = defaultdict(list)
    known = {card.id: card for card in cards}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        row = json.loads(line)
        if row["card"] in known:
            found[names[row["kind"]]].append((known[row["card"]], row["text"]))
    return {name: found[name] for name in names.values() if found[name]}
