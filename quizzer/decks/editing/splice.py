"""Edits of a deck's text: from what is to change to the new text, everything else as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizzer.decks import nodes
from quizzer.decks.editing.block import BlockEditor
from quizzer.decks.editing.changes import Changes, Value
from quizzer.decks.editing.edits import CannotEdit, Care, Edit
from quizzer.decks.editing.flow import FlowEditor
from quizzer.decks.editing.fresh import Nested, card_lines, card_values
from quizzer.decks.editing.layout import Source
from quizzer.decks.editing.style import Style, child, style_of
from quizzer.decks.keys import CARD_KEYS
from quizzer.model import Card


class Splicer:
    """Edits one text, whose document is *root*."""

    def __init__(self, text: str, root: nodes.Mapping) -> None:
        """*root* comes from *text* itself."""
        self.source = Source(text)
        self.root = root
        self.style: Style = style_of(self.source, root)
        cards = child(root, "cards")
        self._cards = cards if isinstance(cards, nodes.Sequence) else None

    def changed(self, changes: Mapping[int, Changes], *, care: Care = Care.NONE) -> str:
        """The text with *changes*, by the cards' places in the deck.

        Raises:
            CannotEdit: the text is laid out in a way that is not edited here.
        """
        editor = BlockEditor(self.source, self.style, care=care)
        for position, wanted in changes.items():
            card = self._cards.items[position] if self._cards else None
            if isinstance(card, nodes.Mapping):
                editor.change_mapping(card, CARD_KEYS, _nested(wanted))
        return _applied(self.source, editor.edits)

    def with_cards(self, cards: Sequence[Card], *, care: Care = Care.NONE) -> str:
        """The text with *cards* after those that it has.

        Raises:
            CannotEdit: the text is laid out in a way that is not edited here.
        """
        source, style = self.source, self.style
        editor = BlockEditor(source, style)
        entry = next(entry for entry in source.entries(self.root) if entry.name == "cards")
        held = entry.value
        in_brackets = source.is_flow(self.root)
        if isinstance(held, nodes.Sequence) and (in_brackets or (held.items and source.is_flow(held))):
            flow = FlowEditor(source, style, indentation=None)
            text = flow.appended(held, [card_values(card) for card in cards])
            editor.edits.append(Edit(held.start, held.end, text))
        elif isinstance(held, nodes.Sequence) and held.items:
            editor.append(held, self._lines(cards, source.column(held.start), care))
        elif in_brackets:
            raise CannotEdit(entry.start, "the key 'cards' holds nothing")
        else:
            dash = source.column(entry.start) + (style.step if style.dash else 0)
            editor.fill(entry, self._lines(cards, dash, care)[style.spaced :])
        return _applied(source, editor.edits)

    def start_of(self, position: int) -> int:
        """Where the card at *position* in the deck begins; the last one for -1."""
        return self._cards.items[position].start if self._cards and self._cards.items else self.root.start

    def card_text(self, position: int) -> str:
        """The card at *position* in the deck, as it is written."""
        card = self._cards.items[position] if self._cards else self.root
        return self.source.text[card.start : self.source.own_end(card)]

    def _lines(self, cards: Sequence[Card], dash: int, care: Care) -> list[str]:
        lines: list[str] = []
        for card in cards:
            lines += [""] * self.style.spaced
            lines += card_lines(card, dash, self.style, block=care is Care.NONE or card is not cards[-1])
        return lines


def _nested(changes: Changes) -> dict[str, Nested]:
    """*changes* with those of the tests together."""
    nested: dict[str, Nested] = {}
    tests: dict[str, Value] = {}
    for name, value in changes.items():
        if name.startswith("tests."):
            tests[name.removeprefix("tests.")] = value
        else:
            nested[name] = value
    return {**nested, "tests": tests} if tests else nested


def _applied(source: Source, edits: Sequence[Edit]) -> str:
    """The text with *edits*, those at one place in their order."""
    parts = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position:
            raise CannotEdit(edit.start, "two changes meet in one place")
        parts += [source.text[position : edit.start], edit.text]
        position = edit.end
    text = "".join([*parts, source.text[position:]])
    at_end = [edit for edit in edits if edit.end == len(source.text)]
    if source.added and (not at_end or any(edit.text for edit in at_end)):
        return text.removesuffix(source.added)
    return text  # its last line is gone; the line above keeps its end
