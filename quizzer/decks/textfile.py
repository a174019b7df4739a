"""Reads a text file that people hand over to be imported, and says clearly what is none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from quizzer.decks.files import read_bytes
from quizzer.errors import ListUnreadable

MARK = b"\xef\xbb\xbf"
"""The byte-order mark that spreadsheets and some editors write."""
MAXIMUM_BYTES = 32 * 1024 * 1024
"""More than a hundred thousand questions; a larger file is something else."""


def load(path: Path, *, kind: str, others: str) -> tuple[str, bytes]:
    """The text in *path*, its line ends as they are, and the byte-order mark before it, if any.

    *kind*: what the file should be (``Markdown``). *others*: what people try instead (``a PDF or a Word file``).

    Raises:
        ListUnreadable: it is not there, no file, too large, or not UTF-8 text.
    """
    try:
        status = path.stat()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ListUnreadable(f"{path}: cannot be read: {reason}", hint="check the path of the list") from error
    if stat.S_ISDIR(status.st_mode):
        raise ListUnreadable(f"{path}: is a folder, not a list", hint=f"name the {kind} files in it")
    if not stat.S_ISREG(status.st_mode):
        raise ListUnreadable(f"{path}: is not a regular file", hint=f"name a {kind} file")
    if status.st_size > MAXIMUM_BYTES:
        raise ListUnreadable(f"{path}: larger than {MAXIMUM_BYTES >> 20} MB", hint="split the list into several")
    if not os.access(path, os.R_OK):
        raise ListUnreadable(f"{path}: cannot be read: permission denied", hint="check the file's permissions")
    content = read_bytes(path)
    mark = MARK if content.startswith(MARK) else b""
    content = content.removeprefix(MARK)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ListUnreadable(f"{path}: is UTF-16, not UTF-8", hint="save it as UTF-8")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: not text: byte 0x{content[error.start]:02x} is not UTF-8"
        raise ListUnreadable(message, hint=f"save it as UTF-8; {others} must be exported as {kind} first") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ListUnreadable(f"{path}:{line}: not text: it holds a zero byte", hint=f"name a {kind} file")
    return text, mark
