"""Finds deck files and reads them whole: all that the decks know of folders, links, pipes and half-written files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from quizzer.errors import DeckUnreadable

SUFFIXES = (".yaml", ".yml")
MAXIMUM_BYTES = 128 * 1024 * 1024
"""About 200,000 cards."""

_READ_ATTEMPTS = 3


def deck_files(root: Path) -> Iterator[str]:
    """Files that may be decks: *root* itself if it is a file, else those at or below it, in order of name.

    Hidden files and folders are left out; links are followed, a folder reached twice is read once.
    """
    if root.is_dir():
        yield from _walk(str(root), set())
    elif os.path.lexists(root):
        yield str(root)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[str]:
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
            yield entry.path


def read_bytes(path: Path) -> bytes:
    """The file's bytes; read again, three times at most, where it changed meanwhile.

    Raises:
        DeckUnreadable: it is not there, not a regular file, too large, or not ours to read.
    """
    for _ in range(_READ_ATTEMPTS):
        try:
            # Opening a pipe without O_NONBLOCK waits for somebody to write into it.
            with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
                before = os.fstat(file.fileno())
                _check_kind(path, before)
                content = file.read(MAXIMUM_BYTES + 1)
                after = os.fstat(file.fileno())
        except OSError as error:
            _check_kind(path, error)
            reason = (error.strerror or str(error)).lower()
            raise DeckUnreadable(f"{path}: cannot be read: {reason}", hint=_hint(error)) from error
        if len(content) > MAXIMUM_BYTES:
            raise DeckUnreadable(f"{path}: larger than {MAXIMUM_BYTES >> 20} MB", hint="split the deck into several")
        if stamp(before) == stamp(after):
            break
    return content


def stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    """What changes when a file changes: size, time of the content, time of anything, inode."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _check_kind(path: Path, status: os.stat_result | OSError) -> None:
    # Windows refuses to open a folder at all.
    if path.is_dir() if isinstance(status, OSError) else stat.S_ISDIR(status.st_mode):
        raise DeckUnreadable(f"{path}: is a folder, not a deck file", hint="name a YAML file in it")
    if isinstance(status, os.stat_result) and not stat.S_ISREG(status.st_mode):
        raise DeckUnreadable(f"{path}: is not a regular file", hint="name a YAML file")


def _hint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the path; `quizzer deck list` shows the decks found"
    return "check the file and its permissions"
