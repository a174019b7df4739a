"""Replaces a deck file as a whole or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from quizzer.decks.files import read_bytes
from quizzer.errors import DeckChanged, DeckUnwritable

_SUFFIX = ".new"
_ATTEMPTS = 1000
"""To lock a file that others replace at the same time; each of them has saved an edit."""


def replace(path: Path, content: bytes, *, expected: Callable[[bytes], bool]) -> None:
    """Put *content* into the file *path* (a link's target), its mode kept, if *expected* says so of what is there.

    Raises:
        DeckChanged: what is there is not expected. DeckUnreadable: it cannot be read.
        DeckUnwritable: the file or the folder is read-only, or there is no room.
    """
    target = Path(os.path.realpath(path))
    with _locked(target) as alone:
        found = read_bytes(target)
        if found == content:
            return
        if not expected(found):
            message = f"{path}: changed on disk since it was read; nothing was written"
            raise DeckChanged(message, hint="run the command again: it starts from the file as it is now")
        check_writable(path)
        status = target.stat()
        if alone:
            _remove_leftovers(target)
        with _translated(path), _written_beside(target, content, status) as temporary:
            temporary.replace(target)
            _sync_folder(target.parent)


def check_writable(path: Path) -> None:
    """Nothing, if the file *path* may be replaced; to be asked before somebody types for an hour.

    Raises:
        DeckUnwritable: the file or its folder is read-only.
    """
    target = Path(os.path.realpath(path))
    with _translated(path):
        # The superuser may write every file; whoever made one read-only meant it all the same.
        if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
            raise DeckUnwritable(f"{path}: is read-only", hint="make the file writable, or edit a copy")
        if not os.access(target.parent, os.W_OK | os.X_OK):
            hint = "make the folder writable: an edit is a new file that takes the place of the old one"
            raise DeckUnwritable(f"{path}: its folder is read-only", hint=hint)


def create(path: Path, content: bytes) -> bool:
    """Make the file *path* with *content*, and the folders above it; False if it is there already.

    Raises:
        DeckUnwritable: it cannot be made.
    """
    with _translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _written_beside(path, content, None) as temporary:
            try:
                # Unlike a rename, a link never takes the place of what is there.
                os.link(temporary, path)
            except FileExistsError:
                return False
            except OSError:  # a file system without links
                if os.path.lexists(path):
                    return False
                temporary.replace(path)
            _sync_folder(path.parent)
    return True


def _remove_leftovers(target: Path) -> None:
    """Delete what processes left that were killed while they wrote *target*; none writes it now."""
    for file in target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            file.unlink()


@contextlib.contextmanager
def _written_beside(target: Path, content: bytes, status: os.stat_result | None) -> Iterator[Path]:
    """A file with *content* beside *target*, safely on disk, with the mode and owner of *status*; gone at the end."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if sys.platform != "win32":
                _take_over(handle, status)
            file.flush()
            os.fsync(handle)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _locked(target: Path) -> Iterator[bool]:
        """Nothing: Windows has no lock that goes with a file which is replaced; the comparison of bytes remains."""
        yield False

    def _sync_folder(folder: Path) -> None:
        """Nothing: Windows has no folders that can be synchronized."""

else:
    import fcntl

    @contextlib.contextmanager
    def _locked(target: Path) -> Iterator[bool]:
        """Meanwhile no other process of quizzer replaces *target*, if that can be had: then it is True.

        The lock is on the file itself: it leaves no trace.
        """
        handle, held = -1, False
        try:
            for _ in range(_ATTEMPTS):
                try:
                    handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK)
                    fcntl.flock(handle, fcntl.LOCK_EX)
                    # Whoever had the lock may have put another file there.
                    held = os.path.samestat(os.fstat(handle), target.stat())
                    if held:
                        break
                except OSError:
                    break  # not there, or a network drive without locks: reading and comparing says the rest
                os.close(handle)
                handle = -1
            yield held
        finally:
            if handle >= 0:
                os.close(handle)

    def _take_over(handle: int, status: os.stat_result | None) -> None:
        """Give the open file the owner and mode of *status*; those of any new file where there is none."""
        if status is None:
            umask = os.umask(0o077)
            os.umask(umask)
            os.fchmod(handle, 0o666 & ~umask)
            return
        if (status.st_uid, status.st_gid) != (os.fstat(handle).st_uid, os.fstat(handle).st_gid):
            with contextlib.suppress(PermissionError):
                os.fchown(handle, status.st_uid, status.st_gid)
        os.fchmod(handle, stat.S_IMODE(status.st_mode))

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Errors of the operating system as `DeckUnwritable`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "check the folder, its permissions and the room on the disk; the deck is as it was"
        raise DeckUnwritable(f"{path}: cannot be written: {reason}", hint=hint) from error
