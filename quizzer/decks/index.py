"""The deck index's tables, and what goes in and out of them. `storage.agenda` reads `cards` and `files` too."""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizzer.errors import Problem
    from quizzer.model import Card, Deck

FORMAT = 1
"""Raise it when the tables or the meaning of a column change: an index of another format is made anew."""

SCHEMA = (
    """create table files (
        id integer primary key, path text not null unique, deck text, title text, cards integer not null,
        answered integer not null, problems text not null, size integer not null, mtime_ns integer not null,
        ctime_ns integer not null, inode integer not null, read_ns integer not null) strict""",
    """create table cards (
        file integer not null, position integer not null, card text not null, deck text not null, tags text not null,
        answered integer not null, digest text not null, primary key (file, position)) strict, without rowid""",
    "create index cards_by_key on cards (card, file, answered)",
    # Apart from `cards`, so that a hundred thousand cards can be scanned without reading their texts.
    """create table bodies (
        card text not null, file integer not null, body text not null, primary key (card, file)) strict""",
    "create table aliases (file integer not null, alias text not null, card text not null) strict",
    "create table deck_aliases (file integer not null, alias text not null, deck text not null) strict",
)
deck_row = "id, path, deck, title, cards, answered, problems, size, mtime_ns, ctime_ns, inode, read_ns"
_TABLES_OF_A_FILE = ("cards", "bodies", "aliases", "deck_aliases")


def write_deck(
    connection: sqlite3.Connection, path: str, *, status: os.stat_result | None, read_ns: int, deck: Deck | None,
    problems: tuple[Problem, ...],
) -> None:  # fmt: skip
    """Replace what the index knows of the file at *path*, in the caller's transaction."""
    forget(connection, path)
    cards = deck.cards if deck else ()
    stamps = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino) if status else (0, 0, 0, 0)
    number = connection.execute(
        "insert into files (path, deck, title, cards, answered, problems, size, mtime_ns, ctime_ns, inode, read_ns) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (path, deck.id if deck else None, deck.title if deck else None, len(cards),
         sum(bool(card.answers) for card in cards),
         json.dumps([dataclasses.astuple(problem) for problem in problems]), *stamps, read_ns),
    ).lastrowid  # fmt: skip
    if deck is None:
        return
    connection.executemany(
        "insert into cards (file, position, card, deck, tags, answered, digest) values (?, ?, ?, ?, ?, ?, ?)",
        ((number, position, card.key, deck.id, json.dumps([*dict.fromkeys((*deck.tags, *card.tags))]),
          int(bool(card.answers)), card.digest) for position, card in enumerate(cards)),
    )  # fmt: skip
    connection.executemany(
        "insert into bodies (card, file, body) values (?, ?, ?)", ((card.key, number, _body(card)) for card in cards)
    )
    aliases = [(number, alias, key) for alias, key in _former_keys(deck)]
    connection.executemany("insert into aliases (file, alias, card) values (?, ?, ?)", aliases)
    former_decks = [(number, alias, deck.id) for alias in deck.aliases]
    connection.executemany("insert into deck_aliases (file, alias, deck) values (?, ?, ?)", former_decks)


def forget(connection: sqlite3.Connection, path: str) -> None:
    """Remove what the index knows of the file at *path*, in the caller's transaction."""
    row = connection.execute("select id from files where path = ?", (path,)).fetchone()
    if row:
        for table in _TABLES_OF_A_FILE:
            connection.execute(f"delete from {table} where file = ?", row)
        connection.execute("delete from files where id = ?", row)


def _former_keys(deck: Deck) -> list[tuple[str, str]]:
    """(former key, key now) of every card that was renamed or whose deck was."""
    deck_ids = (deck.id, *deck.aliases)
    pairs = []
    for card in deck.cards:
        for name in (card.id, *card.aliases):
            keys = [name] if "/" in name else [f"{deck_id}/{name}" for deck_id in deck_ids]
            pairs += [(key, card.key) for key in keys if key != card.key]
    return pairs


def _body(card: Card) -> str:
    values = {field.name: getattr(card, field.name) for field in dataclasses.fields(card)}
    values["tests"] = [card.tests.passing, card.tests.partial, card.tests.failing]
    return json.dumps(values, ensure_ascii=False)


def card_of(values: dict[str, Any]) -> Card:
    """The card that `_body` wrote."""
    from quizzer.model import Card, CardTests  # 10 ms that counting cards need not pay

    # Any: the values are those of a Card, by name.
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    fields["tests"] = CardTests(*(tuple(texts) for texts in values["tests"]))
    return Card(**fields)
