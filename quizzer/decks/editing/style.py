"""How a deck file is written: its indentation, its lists, its blank lines; what is added to it follows."""

from __future__ import annotations

import json
from dataclasses import dataclass

from quizzer.decks.editing.layout import Source
from quizzer.decks.keys import CARD_KEYS
from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence

_DEEPEST_STEP = 8
_SAMPLE = 200
"""Cards that are looked at; whoever wrote them wrote the others."""
_IN_BRACKETS = frozenset({"tags", "aliases", "authors"})


@dataclass(frozen=True, slots=True)
class Style:
    """What is added is indented like what is there."""

    step: int = 2
    """Columns by which keys stand to the right of the key that holds them."""
    dash: int = 2
    """Columns by which the dashes of a card's list stand to the right of its key; 0: under it."""
    gap: int = 2
    """Columns from a dash to the text."""
    brackets: frozenset[str] = _IN_BRACKETS
    """Keys whose lists are written in brackets."""
    spaced: bool = False
    """Whether blank lines stand between cards."""
    json: bool = False
    """Whether the whole file is JSON and must stay so."""


def child(node: Node | None, name: str) -> Node | None:
    """The value of *name* in the mapping *node*; None where there is none."""
    if not isinstance(node, Mapping):
        return None
    return next((value for key, value in node.pairs if isinstance(key, Scalar) and key.text == name), None)


def style_of(source: Source, root: Node) -> Style:
    """The style of the deck file whose document is *root*."""
    cards = child(root, "cards")
    mappings = [card for card in cards.items if isinstance(card, Mapping)] if isinstance(cards, Sequence) else []
    base = source.column(root.start)
    step = _offset(source, child(root, "deck"), base) or 2
    # The list of cards shows how lists are indented where no card has one.
    dash = _offset(source, cards, base) if isinstance(cards, Sequence) and not source.is_flow(cards) else None
    gap = 2
    brackets: dict[str, bool] = {}
    found_dash = None
    for card in mappings[:_SAMPLE]:
        if source.is_flow(card):
            continue
        column = source.column(card.start)
        for entry in source.entries(card):
            if isinstance(entry.value, Sequence) and entry.value.items:
                brackets.setdefault(entry.name, source.is_flow(entry.value))
                if not source.is_flow(entry.value) and found_dash is None and source.is_first(entry.value.start):
                    found_dash = source.column(entry.value.start) - column
                    gap = gap_of(source, entry.value.start, entry.value.items[0])
    if found_dash is None:
        found_dash = dash if dash is not None else 2
    chosen = frozenset(name for name in CARD_KEYS if brackets.get(name, name in _IN_BRACKETS))
    return Style(
        step=step,
        dash=found_dash,
        gap=gap,
        brackets=chosen,
        spaced=_spaced(source, mappings[:_SAMPLE]),
        json=_is_json(source),
    )


def gap_of(source: Source, dash: int, item: Node) -> int:
    """Columns from the dash at *dash* to its *item*; 2 where the item begins on a later line or after a tab."""
    between = source.text[dash + 1 : item.start]
    return len(between) + 1 if 1 <= len(between) <= _DEEPEST_STEP and not between.strip(" ") else 2


def _offset(source: Source, node: Node | None, base: int) -> int | None:
    """Columns by which *node* stands to the right of *base*; None where its place says nothing."""
    if node is None or isinstance(node, Scalar) or source.is_flow(node) or not source.is_first(node.start):
        return None
    offset = source.column(node.start) - base
    return offset if 0 <= offset <= _DEEPEST_STEP else None


def _spaced(source: Source, cards: list[Mapping]) -> bool:
    """Whether most cards are followed by a blank line."""
    blank = 0
    for card in cards[:-1]:
        after = source.next_line(source.own_end(card))
        blank += not source.text[after : source.next_line(after)].strip()
    return blank * 2 > len(cards[:-1])


def _is_json(source: Source) -> bool:
    if not source.text.lstrip().startswith("{"):
        return False
    try:
        json.loads(source.text)
    except ValueError:
        return False
    return True
