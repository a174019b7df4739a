"""Finds deck files and reads them whole: all that the decks know of folders, links and half-written files."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quizzer.errors import DeckUnreadable

SUFFIXES = (".yaml", ".yml")

MAX_BYTES = 128 * 1024 * 1024
"""About 200,000 cards; what is larger is no deck that a person keeps."""

_READ_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file changes. *inode* holds device and inode."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: str

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file with this status."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, f"{status.st_dev}:{status.st_ino}")

    @property
    def newest_ns(self) -> int:
        """When the file last changed in any way."""
        return max(self.mtime_ns, self.ctime_ns)


@dataclass(frozen=True, slots=True)
class Contents:
    """A file's bytes, its stamp from before they were read, and when reading began."""

    data: bytes
    stamp: Stamp
    read_ns: int


def deck_files(folder: Path) -> list[Path]:
    """Files that may be decks, in and below *folder*, in order of name; hidden files and folders left out.

    An absent folder has none. A folder reached twice through links is read once.
    """
    return list(_walk(os.fspath(folder), set()))


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = os.stat(folder)  # noqa: PTH116  os.scandir and os.stat halve the time of a large folder
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return  # not there, or not ours to read: there are no decks for us in it
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, seen)
        elif entry.name.lower().endswith(SUFFIXES) and (entry.is_file() or entry.is_symlink()):
            yield Path(entry.path)


def stamp(path: Path) -> Stamp:
    """The stamp of the file now.

    Raises:
        DeckUnreadable: it is not there, or no regular file.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    _check_kind(path, status)
    return Stamp.of(status)


def read(path: Path) -> Contents:
    """The file's bytes, read again (three times at most) where it changed meanwhile.

    Raises:
        DeckUnreadable: it is not there, no regular file, too large, or not ours to read.
    """
    for _ in range(_READ_ATTEMPTS):
        # The file system's clock, not QUIZZER_NOW's: this instant is compared with the times of files.
        began_ns = time.time_ns()
        try:
            # Without O_NONBLOCK, opening a named pipe waits for a writer.
            with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
                before = os.fstat(file.fileno())
                _check_kind(path, before)
                data = file.read(MAX_BYTES + 1)
                after = os.fstat(file.fileno())
        except OSError as error:
            raise _unreadable(path, error) from error
        if len(data) > MAX_BYTES:
            raise DeckUnreadable(f"{path}: larger than {MAX_BYTES >> 20} MB", hint="split it into several decks")
        if Stamp.of(before) == Stamp.of(after):
            break
    # A file that never rests is taken as read, with the older stamp: the next look will read it again.
    return Contents(data, Stamp.of(before), began_ns)


def _check_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise DeckUnreadable(f"{path}: is a folder, not a deck file", hint="name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise DeckUnreadable(f"{path}: is not a regular file", hint="save the deck in a file and name that")


def _unreadable(path: Path, error: OSError) -> DeckUnreadable:
    reason = (error.strerror or str(error)).lower()
    hint = "check the path" if isinstance(error, FileNotFoundError) else "check the file's permissions"
    return DeckUnreadable(f"{path}: cannot be read: {reason}", hint=hint)
