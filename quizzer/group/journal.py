"""The log of a live session on disk: each append is one line, whole or not there, so that a kill loses nothing."""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cattrs
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from quizzer.errors import DiskFull, GroupError, IllegalEvent, StorageError
from quizzer.group import address, game
from quizzer.group.events import Ended, Event, Opened
from quizzer.group.holding import hold
from quizzer.group.state import State

SUFFIX = ".jsonl"
_SESSION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that is on disk."""

    session: str
    path: Path
    opened: Opened
    ended: bool


class Journal:
    """The open log of one session; nobody else has it open."""

    def __init__(self, path: Path, handle: int, events: tuple[Event, ...]) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.events = events
        """What the log held when it was opened."""
        self._handle = handle
        self._size = os.fstat(handle).st_size

    @classmethod
    def create(cls, folder: Path, opened: Opened) -> Journal:
        """A new log in *folder*, which begins with *opened*.

        Raises:
            StorageError: the file cannot be made, or is there already.
        """
        path = _path(folder, opened.session)
        with _translated(path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _take(path, handle)
            journal = cls(path, handle, (opened,))
            journal.append((opened,))
            with _translated(path):
                _sync_folder(folder)
        except BaseException:
            os.close(handle)
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return journal

    @classmethod
    def open(cls, folder: Path, session: str) -> Journal:
        """The log of *session*, to go on with; what a kill left of a line is removed.

        Raises:
            GroupError: there is no such session, or another host holds it.
            IllegalEvent: the log is damaged.
            StorageError: it cannot be read or written.
        """
        path = _path(folder, session)
        try:
            with _translated(path):
                handle = os.open(path, _FLAGS)
        except StorageError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise GroupError(
                    f"there is no session {session!r}", hint="`quizzer group results` lists them"
                ) from error
            raise
        try:
            _take(path, handle)
            with _translated(path):
                content = _whole(handle)
            events, size = _parsed(path, content)
            with _translated(path):
                os.ftruncate(handle, size)
                os.fsync(handle)
            return cls(path, handle, events)
        except BaseException:
            os.close(handle)
            raise

    def state(self) -> State:
        """Where the session stood when the log was opened.

        Raises:
            IllegalEvent: the log is damaged.
        """
        return game.replay(self.events)

    def append(self, events: Sequence[Event]) -> None:
        """Put *events* on disk, all of them or none; they are there for good on return.

        Raises:
            StorageError: they cannot be written; the log is as it was.
        """
        if not events:
            return
        line = json.dumps([_converter().unstructure(event, unstructure_as=Event) for event in events]).encode() + b"\n"
        with _translated(self.path):
            try:
                # A part of a line that could not be taken back is no part of the log.
                if os.fstat(self._handle).st_size != self._size:
                    os.ftruncate(self._handle, self._size)
                left = memoryview(line)
                while left:
                    left = left[os.write(self._handle, left) :]
                os.fsync(self._handle)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._handle, self._size)
                raise
        self._size += len(line)

    def close(self) -> None:
        """Let another host have it."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def read(path: Path) -> tuple[Event, ...]:
    """The events in the file *path*, which a host may be writing.

    Raises:
        IllegalEvent: the log is damaged.
        StorageError: it cannot be read.
    """
    with _translated(path):
        content = path.read_bytes()
    return _parsed(path, content)[0]


def discard(path: Path) -> None:
    """Remove the log of a session that never took place.

    Raises:
        StorageError: it cannot be removed.
    """
    with _translated(path):
        path.unlink()
        path.with_suffix(address.SUFFIX).unlink(missing_ok=True)


def sessions(folder: Path) -> tuple[list[Kept], list[GroupError]]:
    """The sessions in *folder*, the latest first, and what is wrong with those that cannot be read."""
    kept: list[Kept] = []
    broken: list[GroupError] = []
    for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
        if not _SESSION.fullmatch(path.stem):
            continue
        try:
            with _translated(path):
                first, last = _ends(path)
            opened, *_ = _events(path, 1, first)
            if not isinstance(opened, Opened):
                raise IllegalEvent(f"{path}:1: does not begin a session")
            kept.append(Kept(path.stem, path, opened, b'"t": "ended"' in last))
        except IllegalEvent as error:
            broken.append(error)
        except StorageError as error:
            broken.append(GroupError(error.message, hint=error.hint))
    return kept, broken


def ended(events: Iterable[Event]) -> bool:
    """Whether the session is over."""
    return any(isinstance(event, Ended) for event in events)


def _path(folder: Path, session: str) -> Path:
    if not _SESSION.fullmatch(session):
        raise GroupError(f"{session!r} is no id of a session", hint="`quizzer group results` lists them")
    return folder / f"{session}{SUFFIX}"


def _take(path: Path, handle: int) -> None:
    """Hold the file against other hosts, as long as this process lives."""
    if not hold(handle):
        raise GroupError(f"{path}: another host has this session open", hint="end the other `quizzer host` first")


@functools.cache
def _converter() -> Any:  # cattrs' converters are generic in what they convert
    converter = make_converter(forbid_extra_keys=True)
    configure_tagged_union(Event, converter, tag_name="t", tag_generator=lambda kind: kind.__name__.lower())
    return converter


def _parsed(path: Path, content: bytes) -> tuple[tuple[Event, ...], int]:
    """The events in *content*, and how many bytes of it are whole lines.

    A last line that is cut off, or was never written out by a machine that lost power, is no part of the log: nobody
    was told that it is there.
    """
    lines = content.split(b"\n")
    found: list[Event] = []
    size = 0
    for number, line in enumerate(lines[:-1], start=1):
        try:
            found.extend(_events(path, number, line))
        except IllegalEvent:
            if number == 1 or any(rest.strip(b"\0") for rest in lines[number:]):
                raise
            break
        size += len(line) + 1
    if not found:
        raise IllegalEvent(f"{path}: holds no session")
    return tuple(found), size


def _events(path: Path, number: int, line: bytes) -> tuple[Event, ...]:
    try:
        value = json.loads(line)
        found = tuple(_converter().structure(one, Event) for one in value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, cattrs.BaseValidationError) as error:
        raise IllegalEvent(
            f"{path}:{number}: is no line of a session's log",
            hint="the file is damaged; the lines before this one can be kept in a copy",
        ) from error
    if not found:
        raise IllegalEvent(f"{path}:{number}: is no line of a session's log")
    return found


def _ends(path: Path) -> tuple[bytes, bytes]:
    """The first line, and the last whole one."""
    with path.open("rb") as file:
        first = file.readline()
        end = file.seek(0, os.SEEK_END)
        start = max(0, end - 4096)
        file.seek(start)
        tail = file.read().rstrip(b"\n").split(b"\n")
    return first, tail[-1]


def _whole(handle: int) -> bytes:
    parts = []
    os.lseek(handle, 0, os.SEEK_SET)
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no folders that can be synchronized
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Errors of the operating system as `StorageError`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if error.errno in _FULL:
            raise DiskFull(f"{path}: {reason}", hint="make room on the disk; nothing that was taken is lost") from error
        raise StorageError(f"{path}: {reason}", hint="check the folder, its permissions and the disk") from error
