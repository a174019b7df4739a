"""Writes a deck as a table that spreadsheets open and that is read back as the same cards."""

from __future__ import annotations

import csv
import io

from quizzer.decks.editing.changes import value_of
from quizzer.decks.tabular.cells import BAR, TAG_SEPARATORS, defused, list_cell, text_cell
from quizzer.decks.tabular.columns import ALWAYS, ORDER
from quizzer.model import Card, Deck


def write(deck: Deck, *, delimiter: str = ",") -> str:
    """The cards of *deck* with a header, in the lines of RFC 4180; columns that no card fills are left out."""
    rows = [[_cell(card, name) for name in ORDER] for card in deck.cards]
    used = [place for place, name in enumerate(ORDER) if name in ALWAYS or any(row[place] for row in rows)]
    table = io.StringIO()
    # csv quotes a lone carriage return only where the line ends have one.
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([ORDER[place] for place in used])
    writer.writerows([row[place] for place in used] for row in rows)
    return table.getvalue()


def _cell(card: Card, name: str) -> str:
    value = card.id if name == "id" else value_of(card, name)
    if isinstance(value, str):
        return defused(text_cell(value))
    return defused(list_cell(value, TAG_SEPARATORS if name == "tags" else BAR))
