"""Where each text of a deck stands in its file, so that a finding leads to the very line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence
from quizzer.errors import Problem

WHOLE_DECK = -1

_ALLOWED = re.compile(r"#\s*quizzer:\s*allow\s+([a-z][a-z, -]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A text of a deck: which *card* (its number, from 0), which *field* and which entry of it.

    *field* is a key of the card, or ``tests.pass``; empty for the card itself. *card* may be `WHOLE_DECK`.
    """

    card: int
    field: str = ""
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to act on in a deck, before it is known where in the file that is."""

    code: str
    message: str
    hint: str
    spot: Spot


class Places:
    """Lines and columns of a deck's texts, and what its author allows."""

    def __init__(self, root: Node, text: str, *, path: str) -> None:
        """*root* is the document of the file *text*, a deck without problems."""
        self._path = path
        self._deck = _value(root, "deck") or root
        cards = _value(root, "cards")
        self._cards = cards.items if isinstance(cards, Sequence) else []
        self._allowed = _allowances(text, self._cards)

    def place(self, spot: Spot) -> tuple[int, int]:
        """Line and column of *spot*, from 1; of what holds it where it has no place of its own."""
        node: Node = self._deck if spot.card == WHOLE_DECK else self._cards[spot.card]
        for key in filter(None, spot.field.split(".")):
            node = _value(node, key) or node
        if spot.index is not None and isinstance(node, Sequence) and spot.index < len(node.items):
            node = node.items[spot.index]
        return node.line, node.column

    def problem(self, finding: Finding) -> Problem:
        """The finding with its place."""
        line, column = self.place(finding.spot)
        return Problem(finding.code, finding.message, self._path, line, column, finding.hint)

    def allows(self, code: str, card: int) -> bool:
        """Whether a comment ``# quizzer: allow CODE`` in the card, or above all cards, says that this is meant so."""
        return any(code in self._allowed.get(where, ()) for where in (card, WHOLE_DECK))


def _value(node: Node, key: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((value for name, value in node.pairs if isinstance(name, Scalar) and name.text == key), None)


def _allowances(text: str, cards: list[Node]) -> dict[int, set[str]]:
    """Card -> codes that comments in it allow; a comment above a card that is not indented into the last is its own."""
    found: dict[int, set[str]] = {}
    if not _ALLOWED.search(text):
        return found
    starts = [card.line for card in cards]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        match = _ALLOWED.search(line)
        if not match:
            continue
        owner = bisect_right(starts, number) - 1
        indent = len(line) - len(line.lstrip())
        if line.lstrip().startswith("#") and owner + 1 < len(cards) and indent < cards[owner + 1].column - 1:
            between = lines[number : starts[owner + 1] - 1]
            if all(not other.strip() or other.lstrip().startswith("#") for other in between):
                owner += 1
        found.setdefault(owner, set()).update(re.split(r"[, ]+", match[1].strip().lower()))
    return found
