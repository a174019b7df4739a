"""A file of what was computed once: values by digest, of no worth but the time that they save."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

VERSION = 1
KEPT = 400_000
"""Values; beyond, the older half is forgotten when the file is next opened. Sentence vectors take 1 KB each."""

_AT_ONCE = 900
"""Older SQLite takes no more parameters in a statement."""
_BUSY_SECONDS = 0.5


def digest(*parts: str) -> bytes:
    """16 bytes that tell *parts* from all others."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Remembered:
    """Values by key in the file *path*, which is made when it is first needed and may be deleted at any time.

    Where it cannot be used (read-only, locked, full), nothing is remembered and nothing fails.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._opened = False

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values that are known of *keys*."""
        database = self._connection()
        found: dict[bytes, bytes] = {}
        if database is None:
            return found
        try:
            for some in _chunks(keys):
                marks = ",".join("?" * len(some))
                found.update(database.execute(f"select key, value from remembered where key in ({marks})", some))
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Remember *values*."""
        database = self._connection()
        if database is None:
            return
        try:
            with database:
                database.executemany("insert or replace into remembered (key, value) values (?, ?)", values.items())
        except sqlite3.Error as error:
            self._give_up(error)

    def _connection(self) -> sqlite3.Connection | None:
        """The open database; None where there is none to be had (tried once)."""
        if not self._opened:
            self._opened = True
            try:
                self._database = self._open()
            except (sqlite3.Error, OSError) as error:
                if _is_damage(error):
                    with contextlib.suppress(sqlite3.Error, OSError):
                        self._path.unlink()
                        self._database = self._open()
        return self._database

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            (version,) = database.execute("pragma user_version").fetchone()
            if version != VERSION:
                database.executescript(
                    "drop table if exists remembered;"
                    "create table remembered (id integer primary key, key blob not null unique, value blob not null)"
                    f" strict; pragma user_version = {VERSION};"
                )
            database.execute("pragma synchronous = off")
            (count,) = database.execute("select count(*) from remembered").fetchone()
            if count > KEPT:
                with database:
                    database.execute(
                        "delete from remembered where id <= (select (min(id) + max(id)) / 2 from remembered)"
                    )
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the file from now on; a damaged one is deleted for the next process."""
        if self._database is not None:
            self._database.close()
            self._database = None
        if _is_damage(error):
            with contextlib.suppress(OSError):
                self._path.unlink()


def _is_damage(error: Exception) -> bool:
    """Whether the file is no database of ours, rather than locked, full or read-only."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or name == "SQLITE_ERROR"


def _chunks(keys: Iterable[bytes]) -> Iterator[Sequence[bytes]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
