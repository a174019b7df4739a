"""Unites this machine's log with those of others through a folder that some other tool keeps the same on all of them.

Each device appends to one file of its own, and reads all. What a device holds and finds in no file, it writes into its
own: so nothing depends on who made a fact, which files were deleted, or what was read before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from quizzer.errors import RecordRefused, SyncFolderUnusable
from quizzer.model import CardEvent, Review
from quizzer.storage import holdings, synclines
from quizzer.storage.connection import storage_error
from quizzer.storage.records import Record, as_data, is_fact, of_data
from quizzer.storage.store import SqliteStore

CLOCK_TOLERANCE = timedelta(days=1)
"""A fact further ahead than this was made by a clock that is wrong, here or there."""
_PATTERN = "quizzer-*.jsonl"
# What iCloud leaves in the place of a file that it has not fetched.
_NOT_FETCHED = ".quizzer-*.jsonl.icloud"


@dataclass(frozen=True, slots=True)
class Refused:
    """A line, or a whole file where *line* is 0, that was not taken in."""

    line: int
    reason: str


@dataclass(slots=True)
class FileReport:
    """What was found in one file."""

    path: Path
    device: str
    new: int = 0
    """Facts that only this file had."""
    unfinished: bool = False
    """Whether a part is still on its way."""
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Synced:
    """What one synchronization did."""

    file: Path
    """This machine's own."""
    files: tuple[FileReport, ...]
    new: int
    """Facts that were not here yet."""
    answers: int
    """How many of them are answers."""
    written: int
    """Facts of this machine that were in no file yet."""
    new_identity: bool
    """Whether another machine was found to go by this one's name, so that this one took a new one."""
    ahead: tuple[Review | CardEvent, ...]
    """New facts that a clock far ahead has made."""


def sync(store: SqliteStore, folder: Path, *, at: datetime) -> Synced:
    """Take in what the files in *folder* have, and write what none of them has into this machine's own.

    In whatever order machines do this, and however often, all come to hold the same. *at* is now.

    Raises:
        SyncFolderUnusable: the folder is not there, or cannot be read or written; StorageError: the database cannot.
            What was taken in before stays, the files are as they were.
    """
    if not folder.is_dir():
        raise SyncFolderUnusable(f"{folder}: there is no such folder", hint="make it, or connect the disk, then sync")
    try:
        with synclines.locked(store.path.with_name("sync.lock")):
            return _synced(store, folder, at)
    except sqlite3.Error as error:
        raise storage_error(error, store.path) from error
    except OSError as error:
        raise SyncFolderUnusable(
            f"{error.filename or folder}: {error.strerror or error}",
            hint="check the folder, its permissions and the room on the disk, then sync again; nothing is lost",
        ) from error


def _synced(store: SqliteStore, folder: Path, at: datetime) -> Synced:
    held = {synclines.encoded(data)[0] for data in holdings.objects(store.connection)}
    seen: set[bytes] = set()
    found: list[tuple[Record, FileReport, int]] = []
    reports = [_read(path, held, seen, found) for path in sorted(folder.glob(_PATTERN))]
    reports += [FileReport(path, "", unfinished=True) for path in sorted(folder.glob(_NOT_FETCHED))]
    taken = holdings.take_in(store, (record for record, _, _ in found))
    for number in taken.contrary:
        _, report, line = found[number]
        report.refused.append(Refused(line, "another fact has the same id; the one that is here stays"))
    facts: dict[str, Record] = {}
    for record, report, _ in found:
        identity = getattr(record, "id", "")
        if identity in taken.added and identity not in facts:
            facts[identity] = record
            report.new += 1
    # Whatever this machine wrote, it holds; unless it was restored from a backup, when a new name does no harm either.
    shared = any(report.new for report in reports if report.device == store.device_id)
    if shared:
        store.take_identity()
    own = folder / f"quizzer-{store.device_id}.jsonl"
    # What was taken in is written as this version writes it; the file may have had it in other words.
    held.update(synclines.encoded(as_data(record))[0] for record, _, _ in found)
    return Synced(
        file=own,
        files=tuple(reports),
        new=len(taken.added),
        answers=sum(isinstance(fact, Review) for fact in facts.values()),
        written=0 if held <= seen else _write(store, own, seen),
        new_identity=shared,
        ahead=tuple(
            fact for fact in facts.values() if isinstance(fact, Review | CardEvent) and fact.at > at + CLOCK_TOLERANCE
        ),
    )


def _read(path: Path, held: set[bytes], seen: set[bytes], found: list[tuple[Record, FileReport, int]]) -> FileReport:
    """Read one file: checks of its lines go into *seen*, records that are not *held* into *found*."""
    report = FileReport(path, path.stem.removeprefix("quizzer-"))
    if not path.is_file():
        report.refused.append(Refused(0, "not a file"))
        return report
    try:
        for line in synclines.read(path):
            if line.state == "unfinished":
                report.unfinished = True
            elif line.state == "refused":
                report.refused.append(Refused(line.number, line.reason))
            elif line.check in held or line.check in seen:
                seen.add(line.check)
            else:
                _take(line, report, seen, found)
    except OSError as error:
        report.refused.append(Refused(0, f"cannot be read: {error.strerror}"))
    except _NewerFile as error:
        report.refused.append(Refused(0, str(error)))
    return report


class _NewerFile(Exception):
    """The file is of a version that this one does not know."""


def _take(
    line: synclines.Line, report: FileReport, seen: set[bytes], found: list[tuple[Record, FileReport, int]]
) -> None:
    try:
        data = synclines.decoded(line.body)
        if "quizzer_sync" in data:
            if data["quizzer_sync"] != synclines.VERSION:
                raise _NewerFile("written by a newer quizzer; install that version here too")
            # The name may be that of a copy, made by a tool that found two versions of the file.
            report.device = str(data.get("device"))
            return
        found.append((of_data(data), report, line.number))
        seen.add(line.check)
    except RecordRefused as error:
        report.refused.append(Refused(line.number, error.message))


def _write(store: SqliteStore, own: Path, seen: set[bytes]) -> int:
    """Append what is in no file to this machine's *own*; how many facts."""
    facts = 0

    def missing() -> Iterator[bytes]:
        nonlocal facts
        for data in holdings.objects(store.connection):
            check, line = synclines.encoded(data)
            if check not in seen:
                facts += is_fact(data)
                yield line

    header = synclines.encoded({"quizzer_sync": synclines.VERSION, "device": store.device_id})[1]
    synclines.append(own, missing(), header=header)
    return facts
