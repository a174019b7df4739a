"""Opening SQLite files, and saying in quizzer's words what SQLite could not do."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from quizzer.errors import DatabaseDamaged, DatabaseLocked, DatabaseReadOnly, DiskFull, StorageError

BUSY_TIMEOUT_SECONDS = 5.0

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE")
"""A file-size limit shows as a failed write (EFBIG), a full disk also as one of the others."""
_RESTORE = "`quizzer restore` lists the backups, and puts one in its place; the damaged file is kept"
_MAKE_WRITABLE = "make the file and its folder writable, or set QUIZZER_HOME to a folder of yours"
_MAKE_ROOM = "free some disk space and try again; all that was saved before is still there"


class translated:  # noqa: N801  used as a function; a generator would cost every answer twice as much
    """Turn SQLite's and the system's errors on *path* into storage errors that say what to do."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise storage_error(error, self.path) from error
        if isinstance(error, OSError):
            raise _system_error(error, self.path) from error


def storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    """The storage error for *error*, by SQLite's result code."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseLocked(
            f"{path}: another program is holding the database",
            hint="close the other program (a database browser, a backup) and try again",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DatabaseReadOnly(f"{path}: cannot be written ({error})", hint=_MAKE_WRITABLE)
    if name.startswith(_FULL):
        return DiskFull(f"{path}: there is no room to write ({error})", hint=_MAKE_ROOM)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ")):
        return DatabaseDamaged(f"{path}: damaged or not a database ({error})", hint=_RESTORE)
    if name.startswith("SQLITE_IOERR"):
        return StorageError(f"{path}: the disk cannot be read or written ({name})", hint="check the disk")
    return StorageError(f"{path}: {error}", hint="run `quizzer doctor`")


def _system_error(error: OSError, path: Path) -> StorageError:
    message = f"{path}: {error.strerror or error}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(message, hint=_MAKE_ROOM)
    return DatabaseReadOnly(message, hint=_MAKE_WRITABLE)


def connect(path: Path, *, busy_seconds: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """A connection with ``synchronous=FULL``; the file and its folder are made private to the user.

    Raises:
        DatabaseDamaged: the file is cut short, or empty beside a write-ahead log that is not.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_cut_short(path)
    _make_private(path)
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        connection.execute("pragma synchronous = full")
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_cut_short(path: Path) -> None:
    """Nothing, if the file is as long as it says, or is not there; to be asked before SQLite opens it.

    Raises:
        DatabaseDamaged: it is cut short, or empty beside a write-ahead log that is not.
    """
    if _is_cut_short(path):
        # Another process may just be moving its log into the file, which begins with the header.
        time.sleep(0.1)
        if _is_cut_short(path):
            raise DatabaseDamaged(f"{path}: cut short: a part of the file is missing", hint=_RESTORE)


def _is_cut_short(path: Path) -> bool:
    """Whether the file is shorter than its header says; SQLite itself notices only at the first missing page.

    Source: sqlite.org/fileformat.html, section 1.3: page size at 16, change counter at 24, size in pages at 28,
    change counter at which that size was valid at 92.
    """
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return False
    except IsADirectoryError as error:
        raise DatabaseDamaged(f"{path}: a folder, not a database", hint="move the folder away") from error
    if not header and logged:
        # SQLite would delete the log, and with it what may still be saved.
        raise DatabaseDamaged(f"{path}: empty, though the log beside it ({log.name}) is not", hint=_RESTORE)
    if len(header) < 100 or logged or header[24:28] != header[92:96]:
        return 0 < len(header) < 100
    page_bytes = int.from_bytes(header[16:18], "big")
    return size < (65_536 if page_bytes == 1 else page_bytes) * int.from_bytes(header[28:32], "big")


def _make_private(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return
    if mode & 0o077:
        with suppress(OSError):  # another user's file, or a file system without modes
            path.chmod(0o600)


def use_write_ahead_log(connection: sqlite3.Connection, *, busy_seconds: float = BUSY_TIMEOUT_SECONDS) -> None:
    """Switch to WAL mode where the file is not in it; SQLite does not wait for a lock here, so this does."""
    deadline = time.monotonic() + busy_seconds
    while connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


class transaction:  # noqa: N801  as above
    """A write transaction: all of it or nothing, on disk when the block ends."""

    __slots__ = ("connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("begin immediate")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                self.connection.execute("commit")
        finally:
            if self.connection.in_transaction:
                self.connection.execute("rollback")
