"""The database's schema, one migration a release that changed it; a released migration is never edited."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from quizzer.errors import DatabaseDamaged, DatabaseTooNew

APPLICATION_ID = 0x51_5A_5A_52
""""QZZR" in the file's header: tells a quizzer database from any other SQLite file."""

_LOG_TABLES = ("reviews", "decisions", "events")

_VERSION_1 = (
    "create table meta (key text primary key, value any not null) strict, without rowid",
    """create table reviews (
        number integer primary key, id text not null unique, device_id text not null, card text not null,
        card_digest text not null, session_id text not null, player text not null, at_us integer not null,
        utc_offset_minutes integer not null, answer text not null, score real not null, verdict text not null,
        quality integer not null, points_made text not null, points_missed text not null, flags text not null,
        grader text not null, latency_ms integer not null, mode text not null) strict""",
    "create index reviews_by_card on reviews (card, at_us)",
    "create index reviews_by_time on reviews (at_us)",
    """create table decisions (
        number integer primary key, id text not null unique, device_id text not null, at_us integer not null,
        review_id text not null, quality integer not null, by text not null, note text not null) strict""",
    "create index decisions_by_review on decisions (review_id)",
    """create table events (
        number integer primary key, id text not null unique, device_id text not null, at_us integer not null,
        card text not null, kind text not null, value text not null, utc_offset_minutes integer not null) strict""",
    "create index events_by_card on events (card)",
    *(
        f"create trigger {table}_are_never_{word} before {verb} on {table} "
        f"begin select raise(abort, 'the log is append-only'); end"
        for table in _LOG_TABLES
        for verb, word in (("update", "changed"), ("delete", "deleted"))
    ),
    """create table schedules (
        card text primary key, scheduler text not null, memory text not null, due text not null,
        last_reviewed_us integer, last_day text, last_quality integer, reviews integer not null,
        lapses integer not null, suspended integer not null, buried_until text) strict, without rowid""",
    "create index schedules_by_due on schedules (due) where reviews > 0 and suspended = 0",
    "create index schedules_by_last_day on schedules (last_day, last_quality, reviews)",
    "create table aliases (alias text primary key, card text not null) strict, without rowid",
    "create index aliases_by_card on aliases (card)",
    f"pragma application_id = {APPLICATION_ID}",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1,)
"""Statements that lead from version n to n + 1."""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the database at *path* to the newest schema, after a backup where it holds anything.

    Raises:
        DatabaseTooNew: a later version of quizzer wrote it.
        DatabaseDamaged: it is an SQLite file of another program.
    """
    version: int = connection.execute("pragma user_version").fetchone()[0]
    if version == len(MIGRATIONS):
        return
    if version > len(MIGRATIONS):
        raise DatabaseTooNew(
            f"{path}: written by a newer quizzer (schema {version}; this version knows {len(MIGRATIONS)})",
            hint="install the newer version again; nothing was changed",
        )
    if version == 0 and connection.execute("select count(*) from sqlite_master").fetchone()[0]:
        raise DatabaseDamaged(f"{path}: not a quizzer database", hint="move the file away, or set QUIZZER_HOME")
    if version:
        back_up(connection, path.with_name(f"{path.stem}-before-schema-{len(MIGRATIONS)}{path.suffix}"))
    connection.execute("begin immediate")
    try:
        # Another process may have migrated while this one waited for the lock.
        version = connection.execute("pragma user_version").fetchone()[0]
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"pragma user_version = {number}")
        if version == 0:
            connection.execute("insert into meta (key, value) values ('device_id', ?)", (os.urandom(16).hex(),))
            connection.execute("insert into meta (key, value) values ('facts_applied', 0)")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database to *target*, replacing it only when the copy is complete."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
    copy = sqlite3.connect(unfinished)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    unfinished.replace(target)
