"""Reads the file of a question list, and says clearly what cannot be one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from quizzer.decks.files import read_bytes
from quizzer.decks.markdown import canonical, reading
from quizzer.decks.markdown.entries import MAXIMUM_BYTES, QuestionList
from quizzer.errors import ListEmpty, ListUnreadable

_MARK = b"\xef\xbb\xbf"


def load(path: Path) -> tuple[str, bytes]:
    """The text of the list in *path*, its line ends as they are, and the byte-order mark before it, if any.

    Raises:
        ListUnreadable: it is not there, no file, too large, or not UTF-8 text.
    """
    try:
        status = path.stat()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ListUnreadable(f"{path}: cannot be read: {reason}", hint="check the path of the list") from error
    if stat.S_ISDIR(status.st_mode):
        raise ListUnreadable(f"{path}: is a folder, not a list", hint=f"name the Markdown files in it: {path}/*.md")
    if not stat.S_ISREG(status.st_mode):
        raise ListUnreadable(f"{path}: is not a regular file", hint="name a Markdown file")
    if status.st_size > MAXIMUM_BYTES:
        raise ListUnreadable(f"{path}: larger than {MAXIMUM_BYTES >> 20} MB", hint="split the list into several")
    if not os.access(path, os.R_OK):
        raise ListUnreadable(f"{path}: cannot be read: permission denied", hint="check the file's permissions")
    content = read_bytes(path)
    mark = _MARK if content.startswith(_MARK) else b""
    content = content.removeprefix(_MARK)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ListUnreadable(f"{path}: is UTF-16, not UTF-8", hint="save it as UTF-8")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: not text: byte 0x{content[error.start]:02x} is not UTF-8"
        raise ListUnreadable(
            message, hint="save it as UTF-8; a PDF or a Word file must be exported as Markdown first"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ListUnreadable(f"{path}:{line}: not text: it holds a zero byte", hint="name a Markdown file")
    return text, mark


def parse(text: str, *, name: str = "") -> QuestionList:
    """The list that *text* is: written by quizzer, or by anybody."""
    return canonical.read(text, name=name) if canonical.is_canonical(text) else reading.read(text, name=name)


def read(path: Path) -> QuestionList:
    """The list in *path*.

    Raises:
        ListUnreadable: it cannot be read. ListEmpty: it has no questions.
    """
    text, _ = load(path)
    listed = parse(text, name=path.stem.replace("-", " ").replace("_", " ").strip())
    if not listed.entries and listed.deck is None:
        raise ListEmpty(f"{path}: {_why_empty(text)}", hint=_WHAT_IS_ONE)
    return listed


_WHAT_IS_ONE = (
    "questions are headings, bold lines or items of a list that ask something, or follow `Q:`; see docs/markdown.md"
)


def _why_empty(text: str) -> str:
    if not text.strip():
        return "the file is empty"
    rows = [row for row in text.splitlines() if row.strip()]
    links = sum("](http" in row for row in rows)
    if links * 3 > len(rows):
        return f"no questions found: it is a list of links ({links} of {len(rows)} lines)"
    return "no questions found"
