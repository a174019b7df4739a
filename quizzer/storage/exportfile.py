"""Everything that a database holds as one JSON file, a record a line, and back: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from quizzer.errors import ExportInvalid, Problem, RecordRefused
from quizzer.storage import holdings, log
from quizzer.storage.connection import translated
from quizzer.storage.copying import write_whole
from quizzer.storage.records import Record, device_id_of, of_data
from quizzer.storage.store import SqliteStore

VERSION = 1
MOST_PROBLEMS = 100
"""Named one by one."""
_SYNC_HINT = "`quizzer sync FOLDER` takes in the files of a folder; `quizzer export json` writes what can be imported"
OPENING = b'{"quizzer_export"'
"""Begins every such file."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export file says."""

    device_id: str
    """Of the machine that wrote it."""
    records: tuple[Record, ...]


def lines(store: SqliteStore, *, at: datetime) -> Iterator[str]:
    """The text of the file, line by line; but for *at*, now, it depends only on what the store holds."""
    head = {"quizzer_export": VERSION, "exported_at": at.isoformat(), "device_id": store.device_id}
    yield f'{json.dumps(head)[:-1]}, "records": ['
    before = "\n"
    with translated(store.path):
        for data in holdings.objects(store.connection):
            yield before + json.dumps(data)
            before = ",\n"
    yield "\n]}\n"


def write(store: SqliteStore, path: Path, *, at: datetime) -> None:
    """Put the text of `lines` into the file *path*, readable by the user alone; whole, or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    with translated(path):
        write_whole(path, (line.encode("ascii") for line in lines(store, at=at)))


def is_export(path: Path) -> bool:
    """Whether the file at *path* begins as one that `write` has made."""
    with path.open("rb") as file:
        return file.read(len(OPENING)) == OPENING


def read(path: Path, data: Any = None) -> Export:  # any JSON value
    """What the file at *path* says; *data*: what `load` found in it.

    Raises:
        ExportInvalid: it cannot be read or is no export; with everything that is wrong with it.
    """
    data = load(path) if data is None else data
    if not isinstance(data, dict) or "quizzer_export" not in data:
        hint = "`quizzer export json --output FILE` writes one; decks are imported from markdown and csv"
        raise _invalid(path, "not an export of quizzer's", hint=hint)
    if data["quizzer_export"] != VERSION:
        raise _invalid(path, "written by a newer quizzer", hint="install that version here too, then import again")
    if not isinstance(data.get("records"), list):
        raise _invalid(path, "there is no list of 'records' in it", hint="export again")
    problems, found = [], []
    try:
        identity = device_id_of(data.get("device_id"))
    except RecordRefused as error:
        problems.append(Problem(error.code, error.message, str(path)))
    for number, record in enumerate(data["records"], start=1):
        try:
            found.append(of_data(record))
        except RecordRefused as error:
            problems.append(Problem(error.code, f"record {number}: {error.message}", str(path)))
    if problems:
        more = len(problems) - MOST_PROBLEMS
        last = [Problem(ExportInvalid.code, f"{more} more problems", str(path))] if more > 0 else []
        hint = "nothing was imported; export again where the file comes from"
        shown = [*problems[:MOST_PROBLEMS], *last]
        raise ExportInvalid((*shown[:-1], shown[-1]._replace(hint=hint)), hint=hint)
    return Export(identity, tuple(found))


def unknown(store: SqliteStore, found: Export) -> int:
    """How many facts of *found* the store does not hold."""
    ids = {identity for record in found.records if (identity := getattr(record, "id", None))}
    with translated(store.path):
        return sum(log.fact(store.connection, identity) is None for identity in ids)


def load(path: Path) -> Any:  # any JSON value
    """The JSON value in the file at *path*.

    Raises:
        ExportInvalid: it cannot be read, or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _invalid(path, f"cannot be read: {error.strerror}", hint="check the name of the file") from error
    except UnicodeDecodeError as error:
        raise _invalid(path, "not a text in UTF-8", hint="choose a file that quizzer has exported") from error
    except json.JSONDecodeError as error:
        hint = "it may have been cut short while it was copied; export and copy it again"
        if path.suffix == ".jsonl":
            hint = _SYNC_HINT
        raise _invalid(path, f"not JSON: {error.msg}", line=error.lineno, column=error.colno, hint=hint) from error
    except (RecursionError, ValueError) as error:
        raise _invalid(
            path, "not JSON that an export can be", hint="choose a file that quizzer has exported"
        ) from error


def _invalid(path: Path, message: str, *, hint: str, line: int = 0, column: int = 0) -> ExportInvalid:
    return ExportInvalid((Problem(ExportInvalid.code, message, str(path), line, column, hint),), hint=hint)
