"""Opening SQLite files, and saying in quizzer's words what SQLite could not do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizzer.errors import DatabaseDamaged, DatabaseLocked, DatabaseReadOnly, DiskFull, StorageError

BUSY_TIMEOUT_SECONDS = 5.0


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors on *path* into storage errors that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise storage_error(error, path) from error
    except OSError as error:
        raise DatabaseReadOnly(
            f"{path}: {error.strerror}", hint="make the folder writable, or set QUIZZER_HOME to a folder of yours"
        ) from error


def storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    """The storage error for *error*, by SQLite's result code."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseLocked(
            f"{path}: another program has held the database for {BUSY_TIMEOUT_SECONDS:.0f} seconds",
            hint="close the other program (a database browser, a backup) and try again",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return DatabaseReadOnly(
            f"{path}: cannot be written ({error})",
            hint="make the file and its folder writable, or set QUIZZER_HOME to a folder of yours",
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return DiskFull(
            f"{path}: there is no room to write ({error})",
            hint="free some disk space and try again; all that was saved before is still there",
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return DatabaseDamaged(
            f"{path}: damaged or not a database ({error})",
            hint="keep a copy of the file, then put a backup in its place; `quizzer doctor` shows where it is",
        )
    return StorageError(f"{path}: {error}", hint="run `quizzer doctor`")


def connect(path: Path) -> sqlite3.Connection:
    """A connection in WAL mode with ``synchronous=FULL``; the file and its folder are made private to the user."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: all of it or nothing, on disk when the block ends."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
