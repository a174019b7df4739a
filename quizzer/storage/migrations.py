"""The database's schema, one migration a release that changed it; a released migration is never edited."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from quizzer.errors import DatabaseDamaged, DatabaseTooNew
from quizzer.scheduling.rules import Rules
from quizzer.storage.connection import transaction

APPLICATION_ID = 0x51_5A_5A_52
""""QZZR" in the file's header: tells a quizzer database from any other SQLite file."""

_LOG_TABLES = ("reviews", "decisions", "events")

_VERSION_1 = (
    "create table meta (key text primary key, value any not null) strict, without rowid",
    """create table reviews (
        number integer primary key, id text not null unique, device_id text not null, card text not null,
        card_digest text not null, session_id text not null, player text not null, at_us integer not null,
        utc_offset_minutes integer not null, answer text not null, score real not null, verdict text not null,
        quality integer not null check (quality between 0 and 5), points_made text not null,
        points_missed text not null, flags text not null,
        grader text not null, latency_ms integer not null, mode text not null) strict""",
    "create index reviews_by_card on reviews (card, at_us)",
    "create index reviews_by_time on reviews (at_us)",
    """create table decisions (
        number integer primary key, id text not null unique, device_id text not null, at_us integer not null,
        review_id text not null, quality integer not null check (quality between 0 and 5),
        by text not null, note text not null) strict""",
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
    # Counted, so that a row deleted by any hand but quizzer's own is noticed when the file is opened.
    """create trigger schedules_are_missed after delete on schedules
        begin update meta set value = value + 1 where key = 'schedules_missing'; end""",
    "create index schedules_by_due on schedules (due) where reviews > 0 and suspended = 0",
    "create index schedules_by_last_day on schedules (last_day, last_quality, reviews)",
    "create table aliases (alias text primary key, card text not null) strict, without rowid",
    "create index aliases_by_card on aliases (card)",
    "insert into meta (key, value) values ('device_id', lower(hex(randomblob(16)))), ('facts_applied', 0), "
    f"('schedules_missing', 0), ('rules', '{Rules().stamp}')",
    f"pragma application_id = {APPLICATION_ID}",
)

_VERSION_2 = (
    # What a digest of the log stands for. The text of a card that was never answered or flagged is nobody's history.
    "create table card_texts (digest text not null primary key, question text not null, answers text not null) strict",
    "create table flagged_texts (event_id text primary key, digest text not null) strict, without rowid",
    # A maintainer's notes on proposals, not a history of learning: they may be changed. A wording is the digest of an
    # answer, whoever gave it.
    """create table settled_proposals (
        card text not null, wording text not null, outcome text not null, at_us integer not null,
        primary key (card, wording)) strict, without rowid""",
    "create index events_that_void on events (value) where kind = 'void'",
)

_VERSION_3 = (
    # Replay reads the log in its order from this index alone, without sorting it and without the answers' texts.
    "drop index reviews_by_card",
    "create index reviews_in_order on reviews (card, at_us, id, utc_offset_minutes, mode, quality)",
    # Counts of the log, a cache as the schedules are: with them, progress is shown without reading the log.
    """create table counted_days (
        deck text not null, day integer not null, answers integer not null, practice integer not null,
        milliseconds integer not null, new integer not null, asked integer not null, passed integer not null,
        unsure integer not null, raised integer not null, lowered integer not null, adjusted integer not null,
        primary key (deck, day)) strict, without rowid""",
    """create table counted_intervals (
        deck text not null, days integer not null, asked integer not null, passed integer not null,
        primary key (deck, days)) strict, without rowid""",
    """create table counted_cards (
        card text primary key, turns integer not null, passed integer not null, incomplete integer not null)
        strict, without rowid""",
    "create index counted_cards_by_result on counted_cards (turns, passed)",
    "create index counted_cards_by_incomplete on counted_cards (incomplete)",
    "create table counted_state (counted_from text not null) strict",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2, _VERSION_3)
"""Statements that lead from version n to n + 1."""


def migrate(
    connection: sqlite3.Connection, path: Path, *, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS
) -> None:
    """Bring the database at *path* to the newest schema, after a backup where it holds anything.

    Raises:
        DatabaseTooNew: a later version of quizzer wrote it.
        DatabaseDamaged: it is an SQLite file of another program.
    """
    version = schema_version(connection, path, newest=len(migrations))
    if version == len(migrations):
        return
    with transaction(connection):
        # Another process may have migrated while this one waited for the lock.
        version = schema_version(connection, path, newest=len(migrations))
        if 0 < version < len(migrations):
            from quizzer.storage.copying import copy_database  # tempfile: 5 ms that every start would pay

            # Read beside the lock that is held here: a connection that writes cannot be copied from.
            reader = sqlite3.connect(path)
            try:
                copy_database(reader, path.with_name(f"{path.stem}-before-schema-{len(migrations)}{path.suffix}"))
            finally:
                reader.close()
        for number, statements in enumerate(migrations[version:], start=version + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"pragma user_version = {number}")


def schema_version(connection: sqlite3.Connection, path: Path, *, newest: int = len(MIGRATIONS)) -> int:
    """The schema version of the file, 0 for one that is empty; refuses what is not a database of ours."""
    version: int = connection.execute("pragma user_version").fetchone()[0]
    application: int = connection.execute("pragma application_id").fetchone()[0]
    if application == APPLICATION_ID:
        if version > newest:
            raise DatabaseTooNew(
                f"{path}: written by a newer quizzer (schema {version}; this version knows {newest})",
                hint="install the newer version again; nothing was changed",
            )
        return version
    if application or version or connection.execute("select count(*) from sqlite_schema").fetchone()[0]:
        raise DatabaseDamaged(f"{path}: a database of another program", hint="move the file away, or set QUIZZER_HOME")
    return 0
