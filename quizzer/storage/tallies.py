"""Counts of the log in a file of their own, brought up to date with what was added to it; the file may be deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # JSON

from quizzer.stats.tally import CARD_COUNTS, DAY_COUNTS, INTERVAL_COUNTS, RULES_VERSION, Tallies
from quizzer.storage.connection import BUSY_TIMEOUT_SECONDS, transaction, translated, use_write_ahead_log
from quizzer.storage.database import Database
from quizzer.storage.steps import LOG_TABLES, Bounds, bounds_of, steps, touched

_TABLES = {
    "days": ("deck text not null, day integer not null", DAY_COUNTS),
    "intervals": ("deck text not null, days integer not null", INTERVAL_COUNTS),
    "cards": ("card text not null", CARD_COUNTS),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of the log, of the decks asked for together."""

    days: dict[int, tuple[int, ...]]
    """Ordinal of each learning day with an answer -> numbers in the order of ``DAY_COUNTS``."""
    intervals: dict[int, tuple[int, ...]]
    """Days since the answer before -> numbers in the order of ``INTERVAL_COUNTS``."""
    cards: list[tuple[str, int, int, int]]
    """(card, numbers in the order of ``CARD_COUNTS``) of all decks."""


def counted(database: Database, path: Path, decks: Collection[str]) -> Counted:
    """The counts of *decks*, from the file *path* brought up to date; counted anew where that cannot be used.

    Raises:
        StorageError: the log cannot be read.
    """
    with suppress(OSError):
        for _ in range(2):
            try:
                return _counted(path, database, decks)
            except sqlite3.Error as error:
                if not _is_damage(error):
                    break  # locked, full or read-only
                for suffix in ("", "-wal", "-shm"):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
    return _counted(None, database, decks)


def _counted(path: Path | None, database: Database, decks: Collection[str]) -> Counted:
    if path is not None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        if path is not None:
            use_write_ahead_log(connection)
        # A cache: losing the last write to a power cut costs counting again.
        connection.execute("pragma synchronous = normal")
        connection.execute("create table if not exists state (name text primary key, value text not null) strict")
        _bring_up_to_date(connection, database)
        return Counted(
            days=_summed(connection, "days", "day", decks),
            intervals=_summed(connection, "intervals", "days", decks),
            cards=connection.execute(f"select card, {', '.join(CARD_COUNTS)} from cards order by card").fetchall(),
        )
    finally:
        connection.close()


def _summed(connection: sqlite3.Connection, table: str, key: str, decks: Collection[str]) -> dict[int, tuple[int, ...]]:
    sums = ", ".join(f"sum({name})" for name in _TABLES[table][1])
    query = f"select {key}, {sums} from {table} where deck in (select value from json_each(?)) group by {key}"
    return {row[0]: row[1:] for row in connection.execute(query, (json.dumps(sorted(decks)),))}


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the file holds no counts of ours. SQLITE_ERROR: its tables are others."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or name == "SQLITE_ERROR"


def _bring_up_to_date(connection: sqlite3.Connection, database: Database) -> None:
    log = database.connection
    with translated(database.path):
        log.execute("begin")  # what is read below is one state of the log
    try:
        with translated(database.path):
            lineage, bounds = _lineage(database), bounds_of(log)
            state = _state(log, lineage, bounds)
        if _saved(connection) == state:
            return
        with transaction(connection):
            _count(connection, database, lineage=lineage, bounds=bounds)
            connection.execute("insert or replace into state (name, value) values ('log', ?)", (json.dumps(state),))
    finally:
        log.execute("rollback")


def _lineage(database: Database) -> list[Any]:
    """Differs wherever facts that were counted could be other ones now, or count otherwise."""
    status = database.path.stat()
    aliases = sorted(database.connection.execute("select alias, card from aliases").fetchall())
    file = [str(database.meta("device_id")), status.st_dev, status.st_ino]
    return [RULES_VERSION, *file, database.rules.day_start_hour, [list(pair) for pair in aliases]]


def _state(log: sqlite3.Connection, lineage: list[Any], bounds: Bounds) -> list[Any]:
    """What the counts are made from; with the last facts' ids, since a restored log may have grown as long again."""
    query = "select id from {} where number = ?"
    pairs = zip(LOG_TABLES, bounds, strict=True)
    last = [(log.execute(query.format(table), (number,)).fetchone() or ("",))[0] for table, number in pairs]
    return [lineage, list(bounds), last]


def _saved(connection: sqlite3.Connection) -> list[Any] | None:
    """What `_state` was when the counts were saved."""
    row = connection.execute("select value from state where name = 'log'").fetchone()
    saved: list[Any] | None = json.loads(row[0]) if row else None
    return saved


def _count(connection: sqlite3.Connection, database: Database, *, lineage: list[Any], bounds: Bounds) -> None:
    """Add what is new since the counts were saved, or count everything anew."""
    log, saved = database.connection, _saved(connection)
    tallies = Tallies.empty(day_start_hour=database.rules.day_start_hour)
    before = None if saved is None else Bounds(*saved[1])
    with translated(database.path):
        same = before is not None and saved == _state(log, lineage, before)
        changed = touched(log, before) if same and before is not None else set()
    # From a quarter of the cards on, reading the whole log once is faster.
    anew = not same or len(changed) * 4 > connection.execute("select count(*) from cards").fetchone()[0]
    if anew or before is None:
        _make_tables(connection)
        parts = [(1, steps(log, bounds))]
    else:
        parts = [(-1, steps(log, before, changed)), (1, steps(log, bounds, changed))]
    with translated(database.path):
        for sign, answers_of in parts:
            for card, answers in answers_of:
                tallies.add(card, answers, sign=sign)
    _add(connection, "days", ((*key, *counts) for key, counts in tallies.days.items()))
    _add(connection, "intervals", ((*key, *counts) for key, counts in tallies.intervals.items()))
    _add(connection, "cards", ((key, *counts) for key, counts in tallies.cards.items()))


def _make_tables(connection: sqlite3.Connection) -> None:
    for table, (key, counts) in _TABLES.items():
        names = ", ".join(column.split()[0] for column in key.split(", "))
        columns = ", ".join(f"{name} integer not null" for name in counts)
        connection.execute(f"drop table if exists {table}")
        connection.execute(f"create table {table} ({key}, {columns}, primary key ({names})) strict, without rowid")


def _add(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    key, counts = _TABLES[table]
    names = [column.split()[0] for column in key.split(", ")]
    marks = ", ".join("?" * (len(names) + len(counts)))
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in counts)
    connection.executemany(
        f"insert into {table} ({', '.join((*names, *counts))}) values ({marks}) "
        f"on conflict ({', '.join(names)}) do update set {sums}",
        rows,
    )
    connection.execute(f"delete from {table} where {' and '.join(f'{name} = 0' for name in counts)}")
