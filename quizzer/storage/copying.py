"""Copies of a database while it is in use: whole or not at all, each a single file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from quizzer.errors import DatabaseDamaged

UNFINISHED = ".unfinished"
"""Ends the name of a copy that is being written, or whose writer was killed."""


def copy_database(source: sqlite3.Connection, target: Path, *, thorough: bool = False) -> None:
    """Copy the whole database to *target*, replacing what is there only when the copy is complete and sound.

    *source* must not be in a transaction. *thorough* compares the indexes with the tables too.

    Raises:
        DatabaseDamaged: what was copied is not sound; *target* is as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=UNFINISHED, dir=target.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        # No journal and no waiting for the disk: until it is renamed, nobody misses the copy.
        copy = sqlite3.connect(unfinished, isolation_level=None)
        try:
            copy.execute("pragma journal_mode = off")
            copy.execute("pragma synchronous = off")
            source.backup(copy)
            # Out of WAL mode: a copy is one file, which can be read where nothing can be written.
            copy.execute("pragma journal_mode = delete")
            refuse_damage(copy, target, thorough=thorough)
        finally:
            copy.close()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            leftover.unlink(missing_ok=True)


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Put *chunks* into the file *path*, for the user alone to read; what is there is replaced when all is written."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(handle)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def refuse_damage(connection: sqlite3.Connection, path: Path, *, thorough: bool) -> None:
    """Nothing, if the database is sound.

    Raises:
        DatabaseDamaged: it is not; says what is wrong, as what *path* was to hold.
    """
    question = "pragma integrity_check(3)" if thorough else "pragma quick_check(3)"
    damage = [str(row[0]) for row in connection.execute(question) if row[0] != "ok"]
    if damage:
        raise DatabaseDamaged(
            f"{path}: what it was to hold is damaged: {'; '.join(damage)}", hint="run `quizzer restore` for the backups"
        )


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network drives cannot
            os.fsync(handle)
    finally:
        os.close(handle)
