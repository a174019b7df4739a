"""Writes cards, keys and items that are new, in the style of the file that they go into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quizzer.decks.editing.changes import Value
from quizzer.decks.editing.style import Style
from quizzer.decks.editing.yamltext import WIDTH, Place, double_quoted, on_one_line, written
from quizzer.decks.keys import CARD_KEYS, DECK_KEYS, TEST_KEYS
from quizzer.model import Card, Deck

Nested = Value | Mapping[str, Value]
"""The value of a key of a card; a mapping for ``tests``."""


def card_values(card: Card) -> dict[str, Nested]:
    """The keys of *card* that hold something, in order."""
    tests = {"pass": card.tests.passing, "partial": card.tests.partial, "fail": card.tests.failing}
    values: dict[str, Nested] = {
        name: {kind: tests[kind] for kind in TEST_KEYS if tests[kind]} if name == "tests" else getattr(card, name) or ""
        for name in CARD_KEYS
    }
    return {name: value for name, value in values.items() if value}


def deck_text(deck: Deck, *, schema: str = "") -> str:
    """The whole file of a new deck; *schema*: the path of the JSON Schema, for editors."""
    style = Style(spaced=True)
    head: dict[str, Value] = {name: getattr(deck, name) for name in DECK_KEYS}
    if deck.title == deck.id:
        del head["title"]
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += ["quizzer: 1", "deck:"]
    for name, value in head.items():
        lines += entry_lines(name, value, 2, style) if value else []
    lines.append("cards:" if deck.cards else "cards: []")
    for number, card in enumerate(deck.cards):
        lines += ["", *card_lines(card, 2, style)] if number else card_lines(card, 2, style)
    return "\n".join(lines) + "\n"


def card_lines(card: Card, dash: int, style: Style, *, block: bool = True) -> list[str]:
    """*card* as lines of a list whose dashes are at the column *dash*; *block* as in `entry_lines`."""
    lines: list[str] = []
    for name, value in card_values(card).items():
        lines += entry_lines(name, value, dash + 2, style, block=block)
    return [" " * dash + "- " + lines[0].lstrip(" "), *lines[1:]]


def entry_lines(name: str, value: Nested, column: int, style: Style, *, block: bool = True) -> list[str]:
    """The lines of a key with its value; *block*: block scalars may stand there."""
    head = f"{' ' * column}{name}:"
    if isinstance(value, str):
        place = Place(len(head) + 1, column, column + style.step, block=block)
        first, *more = written(value, place)
        return [f"{head} {first}", *more]
    if isinstance(value, tuple):
        is_short = name in style.brackets and not any("\n" in text for text in value)
        if is_short and len(line := f"{head} {in_brackets(value)}") <= WIDTH:
            return [line]
        lines = (item_lines(text, column + style.dash, style.gap, block=block) for text in value)
        return [head, *(line for item in lines for line in item)]
    lines = (entry_lines(key, held, column + style.step, style, block=block) for key, held in value.items() if held)
    return [head, *(line for entry in lines for line in entry)]


def item_lines(text: str, dash: int, gap: int, *, block: bool = True) -> list[str]:
    """The lines of one item of a list whose dashes are at the column *dash*, its text *gap* columns further."""
    first, *more = written(text, Place(dash + gap, dash, dash + gap, block=block))
    return [" " * dash + "-" + " " * (gap - 1) + first, *more]


def in_brackets(texts: Iterable[str]) -> str:
    """A list on one line."""
    return "[" + ", ".join(on_one_line(text, flow=True) or double_quoted(text) for text in texts) + "]"
