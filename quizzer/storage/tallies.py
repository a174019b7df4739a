"""Counts of the log in tables of the database, a cache as the schedules are: brought up to date with what is new."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any  # JSON

from quizzer.errors import DatabaseLocked, DatabaseReadOnly, DiskFull
from quizzer.stats.tally import (
    CARD_COUNTS,
    DAY_COUNTS,
    INTERVAL_COUNTS,
    RULES_VERSION,
    Counts,
    Tallies,
    with_all,
)
from quizzer.storage.connection import transaction, translated
from quizzer.storage.database import Database
from quizzer.storage.steps import Bounds, bounds_of, steps, touched

_TABLES = {
    "counted_days": (("deck", "day"), DAY_COUNTS),
    "counted_intervals": (("deck", "days"), INTERVAL_COUNTS),
    "counted_cards": (("card",), CARD_COUNTS),
}
"""Table -> the columns of its key, and those of its numbers."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of the log, of the decks asked for together."""

    days: dict[int, tuple[int, ...]]
    """Ordinal of each learning day with an answer -> numbers in the order of ``DAY_COUNTS``."""
    intervals: dict[int, tuple[int, ...]]
    """Days since the answer before -> numbers in the order of ``INTERVAL_COUNTS``."""


def count_new(database: Database) -> None:
    """Bring the counts up to date with the log, in one transaction; nothing is written where they are.

    Raises:
        StorageError: the log cannot be read, or the counts cannot be written.
    """
    with translated(database.path):
        if _made_from(database) == _saved(database.connection):
            return
        with transaction(database.connection):
            _count(database)


def counted(database: Database, decks: Collection[str]) -> Counted:
    """The counts of *decks*, brought up to date; where nothing can be written, for this connection alone.

    Raises:
        StorageError: the log cannot be read.
    """
    try:
        count_new(database)
    except (DatabaseLocked, DatabaseReadOnly, DiskFull):
        with translated(database.path):
            _count_apart(database)
    with translated(database.path):
        return Counted(
            days=_summed(database.connection, "counted_days", decks),
            intervals=_summed(database.connection, "counted_intervals", decks),
        )


def _summed(connection: sqlite3.Connection, table: str, decks: Collection[str]) -> dict[int, tuple[int, ...]]:
    (_, key), counts = _TABLES[table]
    sums = ", ".join(f"sum({name})" for name in counts)
    query = f"select {key}, {sums} from {table} where deck in (select value from json_each(?)) group by {key}"
    return {row[0]: row[1:] for row in connection.execute(query, (json.dumps(sorted(decks)),))}


def _made_from(database: Database, bounds: Bounds | None = None) -> list[Any]:
    """What counts would be made from now (or were, when the log went as far as *bounds*).

    The log of one file is never changed, so that how far it goes says all of it.
    """
    connection = database.connection
    aliases = sorted(connection.execute("select alias, card from aliases").fetchall())
    lineage = [RULES_VERSION, database.rules.day_start_hour, [list(pair) for pair in aliases]]
    return [lineage, list(bounds or bounds_of(connection))]


def _saved(connection: sqlite3.Connection) -> list[Any] | None:
    """What `_made_from` was when the counts were saved."""
    row = connection.execute("select counted_from from counted_state").fetchone()
    saved: list[Any] | None = json.loads(row[0]) if row else None
    return saved


def _count(database: Database) -> None:
    """Add what is new since the counts were saved, or count everything anew; in the caller's transaction."""
    connection, saved, bounds = database.connection, _saved(database.connection), bounds_of(database.connection)
    before = None if saved is None else Bounds(*saved[1])
    changed: set[str] = set()
    if before is not None and saved == _made_from(database, before):
        changed = touched(connection, before)
        cards = connection.execute("select count(*) from counted_cards").fetchone()[0]
        # From a quarter of the cards on, reading the whole log once is faster.
        before = before if len(changed) * 4 <= cards else None
    else:
        before = None
    tallies = Tallies.empty(day_start_hour=database.rules.day_start_hour)
    if before is None:
        for table in _TABLES:
            connection.execute(f"delete from {table}")
        parts = [(1, steps(connection, bounds))]
    else:
        parts = [(-1, steps(connection, before, changed)), (1, steps(connection, bounds, changed))]
    for sign, answers_of in parts:
        for card, answers in answers_of:
            tallies.add(card, answers, sign=sign)
    _add(connection, "counted_days", _rows(with_all(tallies.days)))
    _add(connection, "counted_intervals", _rows(with_all(tallies.intervals)))
    _add(connection, "counted_cards", ((key, *counts) for key, counts in sorted(tallies.cards.items())))
    connection.execute("delete from counted_state")
    connection.execute("insert into counted_state (counted_from) values (?)", (json.dumps(_made_from(database)),))


def _rows(by_deck: Mapping[str, Counts]) -> Iterable[tuple[object, ...]]:
    return ((deck, key, *counts) for deck, of_deck in by_deck.items() for key, counts in of_deck.items())


def _add(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    key, counts = _TABLES[table]
    marks = ", ".join("?" * (len(key) + len(counts)))
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in counts)
    connection.executemany(
        f"insert into {table} ({', '.join((*key, *counts))}) values ({marks}) "
        f"on conflict ({', '.join(key)}) do update set {sums}",
        rows,
    )
    connection.execute(f"delete from {table} where {' and '.join(f'{name} = 0' for name in counts)}")


def _count_apart(database: Database) -> None:
    """Count into tables that only this connection sees, which from now on stand before those of the file."""
    connection = database.connection
    connection.execute("begin")  # what is read below is one state of the log
    try:
        for table in (*_TABLES, "counted_state"):
            (statement,) = connection.execute("select sql from main.sqlite_schema where name = ?", (table,)).fetchone()
            connection.execute(f"drop table if exists temp.{table}")
            connection.execute(f"create temp table{statement[len('create table') :]}")
            connection.execute(f"insert into temp.{table} select * from main.{table}")
        _count(database)
    finally:
        connection.execute("commit")
