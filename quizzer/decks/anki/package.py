"""Opens a package of Anki's: a zip with a database in it, neither of which is trusted."""

from __future__ import annotations

import contextlib
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from quizzer.errors import PackageUnreadable

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: a new package has the older ones too, with a note in them that asks for a newer Anki."""

MOST_BYTES = 512 * 1024 * 1024
"""Unpacked: about a million notes. Pictures and sounds are never unpacked."""
MOST_RATIO = 200
"""A database of text is packed to a fifth, an empty one to a hundredth."""
ALWAYS_BYTES = 16 * 1024 * 1024
MOST_FILES = 500_000

_CHUNK = 1024 * 1024
_CLIMBS = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
_HINT = "export it from Anki again: File, Export, Anki Deck Package"
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What zipfile raises for a damaged, truncated or encrypted file."""


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The package's database as a file of its own, gone at the end.

    Raises:
        PackageUnreadable: there is no such file, or it is damaged, hostile or no package.
    """
    _check_file(path)
    with tempfile.TemporaryDirectory(prefix="quizzer-anki-") as folder:
        target = Path(folder) / "collection.db"
        try:
            with zipfile.ZipFile(path) as archive:
                entry = _collection(path, archive)
                with archive.open(entry) as packed, target.open("wb") as file:
                    _copy(path, packed, file, entry)
        except PackageUnreadable:
            raise
        except _BAD as error:
            raise PackageUnreadable(f"{path}: damaged, or no package of Anki's: {error}", hint=_HINT) from error
        _check_whole(path, target)
        yield target


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PackageUnreadable(f"{path}: cannot be read: {reason}", hint="check the path of the package") from error
    if not stat.S_ISREG(status.st_mode):
        raise PackageUnreadable(f"{path}: is not a regular file", hint="name a file that ends in .apkg")


def _collection(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The entry of the newest database; refuses what no program of Anki's has packed."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise PackageUnreadable(f"{path}: holds {len(entries):,} files", hint="import a part of it")
    for entry in entries:
        if _CLIMBS.search(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> 16):
            name = entry.orig_filename[:100]
            raise PackageUnreadable(f"{path}: a file in it would climb out of its folder: {name!r}", hint=_HINT)
    for name in COLLECTIONS:
        found = [entry for entry in entries if entry.filename == name]
        if len(found) > 1:
            raise PackageUnreadable(f"{path}: holds {name!r} {len(found)} times", hint=_HINT)
        if found:
            return found[0]
    raise PackageUnreadable(f"{path}: a zip file, but no package of Anki's: it has no collection", hint=_HINT)


def _copy(path: Path, packed: IO[bytes], file: IO[bytes], entry: zipfile.ZipInfo) -> None:
    """Unpack *packed* into *file*, as long as the whole stays within the limits."""
    limit = min(MOST_BYTES, max(ALWAYS_BYTES, MOST_RATIO * entry.compress_size))
    size = 0
    for chunk in _chunks(packed, compressed=entry.filename.endswith("b")):
        size += len(chunk)
        if size > limit:
            hint = "it is larger than any collection of that size; if it is real, export its decks one by one"
            raise PackageUnreadable(f"{path}: unpacks to more than {limit >> 20} MB", hint=hint)
        file.write(chunk)


def _chunks(packed: IO[bytes], *, compressed: bool) -> Iterator[bytes]:
    if not compressed:
        while chunk := packed.read(_CHUNK):
            yield chunk
        return
    import zstandard  # only for packages of Anki 2.1.50 and later

    try:
        # Anki's own packages need 8 MB of window; more would let a file ask for gigabytes of memory.
        reader = zstandard.ZstdDecompressor(max_window_size=128 * 1024 * 1024).stream_reader(packed)
        while chunk := reader.read(_CHUNK):
            yield chunk
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


def _check_whole(path: Path, database: Path) -> None:
    """Refuse a file that is no database, or only the beginning of one."""
    with database.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0"):
        raise PackageUnreadable(f"{path}: its collection is no database", hint=_HINT)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if database.stat().st_size < (65536 if page == 1 else page) * pages:
        raise PackageUnreadable(f"{path}: its collection is cut off", hint=_HINT)
