"""Puts a backup in the place of the database: checked first, and with what was there kept."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from quizzer.errors import DatabaseLocked, StorageError
from quizzer.storage.backup import Contents, contents, open_to_read
from quizzer.storage.connection import translated
from quizzer.storage.copying import copy_database, sync_folder
from quizzer.storage.database import Database

_STAGING = ".restoring-"
LOG, SHARED = "-wal", "-shm"
"""What SQLite keeps beside a database in use: changes not yet in it, and an index to them."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the database's place now, and what was there before."""

    contents: Contents
    kept: Path | None
    """Where the database that was there is now; None where there was none."""
    before: Contents | None
    """What it held; None where that cannot be read."""


def restore(source: Path, database: Path, *, keep: Path) -> Restored:
    """Put a copy of the backup *source* in the place of *database*, which is kept as *keep*.

    Killed at any moment, it leaves the old database or the new one, and the old one's files under *keep*.

    Raises:
        StorageError: *source* is damaged, no quizzer database, or too new, or another program has the database open;
            nothing was changed.
    """
    contents(source)
    with translated(database):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in database.parent.glob(f"{_STAGING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=database.parent))
    staged = staging / database.name
    try:
        with translated(source), contextlib.closing(open_to_read(source)) as connection:
            # Read as SQLite reads it, not as bytes: a file kept earlier may have its log beside it.
            copy_database(connection, staged, thorough=True)
        Database(staged).close()  # an older schema is brought up to date before anything is replaced
        before = _readable(database)
        with translated(database), contextlib.closing(_alone(database, sound=before is not None)) as alone:
            kept = _keep(database, keep)
            for suffix in (LOG, SHARED):
                # A log left behind would be taken for the new file's.
                database.with_name(f"{database.name}{suffix}").unlink(missing_ok=True)
            if os.name == "nt":  # where an open file cannot be replaced
                alone.close()
            staged.replace(database)
            sync_folder(database.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Restored(contents(database), kept, before)


def _readable(database: Path) -> Contents | None:
    try:
        return contents(database)
    except DatabaseLocked:
        raise
    except StorageError:
        return None


def _alone(database: Path, *, sound: bool) -> sqlite3.Connection:
    """A connection until whose end no other program has the database open; one that is not sound cannot be asked."""
    connection = sqlite3.connect(database if sound else ":memory:", timeout=1.0, isolation_level=None)
    try:
        # Moves the log into the file, and fails where anybody else has it open.
        if connection.execute("pragma journal_mode = delete").fetchone()[0] == "wal":
            raise _in_use(database)
        connection.execute("begin exclusive")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            connection.close()
            raise _in_use(database) from error
        # Damaged further in than was looked: it is kept as it is.
    except BaseException:
        connection.close()
        raise
    return connection


def _in_use(database: Path) -> DatabaseLocked:
    return DatabaseLocked(
        f"{database}: quizzer is running in another window", hint="quit it there, then restore; nothing was changed"
    )


def _keep(database: Path, keep: Path) -> Path | None:
    """Give the database's files a second name, *keep* or one like it, under which they stay; None if there are none."""
    files = [file for suffix in ("", LOG) if (file := database.with_name(f"{database.name}{suffix}")).exists()]
    if not files:
        return None
    keep.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = (keep.with_name(f"{keep.stem}{number}{keep.suffix}") for number in ("", *(f"-{n}" for n in range(2, 1000))))
    free = next(name for name in names if not name.exists() and not name.with_name(f"{name.name}{LOG}").exists())
    if database.is_dir():
        return database.rename(free)
    for file in files:
        _link(file, free.with_name(f"{free.name}{file.name.removeprefix(database.name)}"))
    return free


def _link(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except OSError:  # a file system without links
        try:
            shutil.copyfile(file, name)
            name.chmod(0o600)
        except OSError:
            name.unlink(missing_ok=True)
            raise
