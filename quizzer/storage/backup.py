"""Backups of the database: one a day in a folder beside it, the old ones thinned out."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from quizzer.errors import BackupNotFound, DatabaseDamaged, StorageError
from quizzer.scheduling.days import instant
from quizzer.storage.connection import refuse_cut_short, translated
from quizzer.storage.copying import UNFINISHED, copy_database
from quizzer.storage.database import FACTS
from quizzer.storage.migrations import schema_version

DAYS_KEPT = 7
WEEKS_KEPT = 4
"""Before these days, the last backup of each of so many weeks is kept."""
_STALE_SECONDS = 24 * 3600
_MAGIC = b"SQLite format 3\0"
_NAME = re.compile(r"quizzer-(\d{4}-\d\d-\d\d)(?:-(\d+))?\.db")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database file holds."""

    path: Path
    bytes: int
    facts: int
    answers: int
    last: datetime | None
    """When its last answer was given."""


def back_up(database: Path, folder: Path, day: date) -> Contents:
    """Make the backup of *day*, in place of an earlier one of that day that holds no more; thin out the old ones.

    Raises:
        StorageError: it could not be made; those that are there stay.
    """
    with translated(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _reading(database) as source:
        with translated(database):
            facts: int = source.execute(FACTS).fetchone()[0]
        with translated(folder):
            target = _free_name(folder, day, facts=facts)
            copy_database(source, target)
            _thin_out(folder, after=target)
    return contents(target)


def copy_to(database: Path, target: Path) -> Contents:
    """Copy the *database*, which may be in use, to the file *target*.

    Raises:
        StorageError: it could not be copied; *target* is as it was.
    """
    with _reading(database) as source, translated(target):
        copy_database(source, target)
    return contents(target)


@contextlib.contextmanager
def _reading(database: Path) -> Iterator[sqlite3.Connection]:
    with translated(database):
        source = sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True, isolation_level=None)
    try:
        yield source
    finally:
        source.close()


def contents(path: Path) -> Contents:
    """What the database file at *path* holds, by its own word; nothing is written.

    Raises:
        StorageError: it is no quizzer database, is damaged, or is of a newer version.
    """
    with translated(path), contextlib.closing(open_to_read(path)) as connection:
        if schema_version(connection, path) == 0:
            raise DatabaseDamaged(f"{path}: an empty file", hint="choose another one: `quizzer restore` lists them")
        facts: int = connection.execute(FACTS).fetchone()[0]
        answers, last_us = connection.execute("select count(*), max(at_us) from reviews").fetchone()
        last = None if last_us is None else instant(last_us)
        return Contents(path, path.stat().st_size, facts, answers, last)


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, where the file has no write-ahead log beside it; the caller closes it."""
    if not path.is_file():
        raise BackupNotFound(f"{path}: there is no such file", hint="`quizzer restore` lists the backups")
    refuse_cut_short(path)
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) not in (_MAGIC, b""):
            # SQLite would say so too, and delete a log beside it that it cannot use.
            raise DatabaseDamaged(f"{path}: not a database", hint="`quizzer restore` lists the backups")
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=rw" if log.exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None)


def made_on(folder: Path, day: date) -> bool:
    """Whether there is a backup of *day*."""
    return (folder / f"quizzer-{day.isoformat()}.db").exists()


def backups(folder: Path) -> list[Path]:
    """The backups of days in *folder*, the newest first."""
    found = [(match, file) for file in folder.glob("quizzer-*.db") if (match := _NAME.fullmatch(file.name))]
    return [file for match, file in sorted(found, key=lambda pair: _order(pair[0]), reverse=True)]


def kept(paths: Sequence[Path]) -> set[Path]:
    """Those of *paths*, backups with the newest first, that stay: the last days', then the last of each week."""
    by_day: dict[str, list[Path]] = {}
    for path in paths:
        by_day.setdefault(path.name[8:18], []).append(path)
    days = list(by_day)
    stay = {path for day in days[:DAYS_KEPT] for path in by_day[day]}
    weeks: dict[tuple[int, int], Path] = {}
    for day in days[DAYS_KEPT:]:
        weeks.setdefault(date.fromisoformat(day).isocalendar()[:2], by_day[day][0])
    return stay | set(list(weeks.values())[:WEEKS_KEPT])


def _order(match: re.Match[str]) -> tuple[str, int]:
    return match[1], int(match[2] or 1)


def _free_name(folder: Path, day: date, *, facts: int) -> Path:
    """Where the backup of *day* goes: it must not take the place of one with more facts, made before some were lost."""
    number = 1
    while True:
        target = folder / f"quizzer-{day.isoformat()}{f'-{number}' if number > 1 else ''}.db"
        if not target.exists() or _facts(target) <= facts:
            return target
        number += 1


def _facts(path: Path) -> int:
    """How many facts a backup holds; -1 for one that cannot be read."""
    try:
        return contents(path).facts
    except StorageError:
        return -1


def _thin_out(folder: Path, *, after: Path) -> None:
    """Delete what is too old; never the backup that holds most, whatever has become of the database since.

    Copies that were never finished go too, a day after; *after* was written just now.
    """
    found = backups(folder)
    stay = kept(found)
    gone = [path for path in found if path not in stay]
    if gone:
        fullest = max(found, key=_facts)
        for path in gone:
            if path != fullest:
                path.unlink(missing_ok=True)
    for leftover in folder.glob(f"*{UNFINISHED}"):
        with contextlib.suppress(FileNotFoundError):
            if after.stat().st_mtime - leftover.stat().st_mtime > _STALE_SECONDS:
                leftover.unlink()
