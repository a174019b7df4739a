"""The deck index's tables, and what goes in and out of them. `storage.agenda` reads `cards` and `files` too."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from quizzer.decks.reading import Reading
    from quizzer.model import Card, Deck

FORMAT = 2
"""Raise it when the tables or the meaning of a column change: an index of another format is made anew."""

SCHEMA = (
    # A number is never given to another file: other processes study by these numbers.
    """create table files (
        id integer primary key autoincrement, path text not null unique, deck text, title text, cards integer not null,
        answered integer not null, problems text not null, size integer not null, mtime_ns integer not null,
        ctime_ns integer not null, inode integer not null, read_ns integer not null, content text not null) strict""",
    """create table cards (
        file integer not null, position integer not null, card text not null, deck text not null, tags text not null,
        answered integer not null, digest text not null, primary key (file, position)) strict, without rowid""",
    "create index cards_by_key on cards (card, file, answered)",
    # Apart from `cards`, so that a hundred thousand cards can be scanned without reading their texts.
    """create table bodies (
        card text not null, file integer not null, body text not null, primary key (card, file)) strict""",
    "create index bodies_by_file on bodies (file)",
    "create table aliases (file integer not null, alias text not null, card text not null) strict",
    "create table deck_aliases (file integer not null, alias text not null, deck text not null) strict",
)
_FILE = "path, deck, title, cards, answered, problems, size, mtime_ns, ctime_ns, inode, read_ns, content"
_TABLES_OF_A_FILE = ("cards", "bodies", "aliases", "deck_aliases")
LOCK_SECONDS = 5.0


class Row(NamedTuple):
    """What the index knows of a file; *id*, *title* and *problems* as in `Reading`."""

    file: int
    path: str
    id: str | None
    title: str | None
    cards: int
    answered: int
    problems: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    read_ns: int
    content: str


def connect(path: Path) -> sqlite3.Connection:
    """The index in the file *path*, its tables made where they are missing or of another format."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        if _format(connection) != FORMAT:
            _use_wal(connection)
            connection.execute("begin immediate")
            if _format(connection) != FORMAT:  # another process may have been first
                tables = connection.execute(
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                ).fetchall()
                for (name,) in tables:
                    connection.execute(f'drop table "{name}"')
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {FORMAT}")
            connection.execute("commit")
        # A cache: losing the last write to a power cut costs a parse.
        connection.execute("pragma synchronous = normal")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for a lock here by itself, and two processes may have begun together."""
    give_up = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(0.02)


def _format(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def rows(connection: sqlite3.Connection) -> dict[str, Row]:
    """Everything known of files, by path."""
    return {row[1]: Row(*row) for row in connection.execute(f"select id, {_FILE} from files")}


def _touch(connection: sqlite3.Connection, reading: Reading) -> None:
    connection.execute(
        "update files set size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, read_ns = ? where path = ?",
        (*reading.stamp, reading.read_ns, reading.path),
    )


def write(connection: sqlite3.Connection, reading: Reading) -> None:
    """Replace what the index knows of a file, in the caller's transaction; its number stays."""
    if reading.unchanged:
        _touch(connection, reading)
        return
    deck = reading.deck
    cards = deck.cards if deck else ()
    problems = json.dumps([tuple(problem) for problem in reading.problems])
    number = connection.execute(
        f"insert into files ({_FILE}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (path) do update set "
        "deck = excluded.deck, title = excluded.title, cards = excluded.cards, answered = excluded.answered, "
        "problems = excluded.problems, size = excluded.size, mtime_ns = excluded.mtime_ns, "
        "ctime_ns = excluded.ctime_ns, inode = excluded.inode, read_ns = excluded.read_ns, content = excluded.content "
        "returning id",
        (reading.path, reading.id or None, reading.title or None, len(cards), sum(bool(c.answers) for c in cards),
         problems, *reading.stamp, reading.read_ns, reading.content),
    ).fetchone()[0]  # fmt: skip
    _clear(connection, number)
    if deck is not None:
        _write_cards(connection, number, deck)


def _write_cards(connection: sqlite3.Connection, number: int, deck: Deck) -> None:
    connection.executemany(
        "insert into cards (file, position, card, deck, tags, answered, digest) values (?, ?, ?, ?, ?, ?, ?)",
        ((number, position, card.key, deck.id, json.dumps([*dict.fromkeys((*deck.tags, *card.tags))]),
          int(bool(card.answers)), card.digest) for position, card in enumerate(deck.cards)),
    )  # fmt: skip
    connection.executemany(
        "insert into bodies (card, file, body) values (?, ?, ?)",
        ((card.key, number, _body(card)) for card in deck.cards),
    )
    aliases = [(number, alias, key) for alias, key in _former_keys(deck)]
    connection.executemany("insert into aliases (file, alias, card) values (?, ?, ?)", aliases)
    former_decks = [(number, alias, deck.id) for alias in deck.aliases]
    connection.executemany("insert into deck_aliases (file, alias, deck) values (?, ?, ?)", former_decks)


def _clear(connection: sqlite3.Connection, number: int) -> None:
    for table in _TABLES_OF_A_FILE:
        connection.execute(f"delete from {table} where file = ?", (number,))


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Remove what the index knows of the file with this number, in the caller's transaction."""
    _clear(connection, number)
    connection.execute("delete from files where id = ?", (number,))


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
    # A field that was left empty is left out: most are, and less is read when the card's turn comes.
    values = {name: value for name in card.__slots__ if (value := getattr(card, name)) not in ((), "", None)}
    tests = [card.tests.passing, card.tests.partial, card.tests.failing]
    return json.dumps({**values, "tests": tests}, ensure_ascii=False)


def card_of(values: dict[str, Any]) -> Card:
    """The card that `_body` wrote."""
    from quizzer.model import Card, CardTests  # 10 ms that counting cards need not pay

    # Any: the values are those of a Card, by name.
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    fields["tests"] = CardTests(*(tuple(texts) for texts in values["tests"]))
    return Card(**fields)
