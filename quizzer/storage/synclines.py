"""The lines of a sync file: each a JSON object that carries a check of itself, so that half of one is never believed.

A file is only ever appended to by its device, and copied about by tools that may stop in the middle.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

from quizzer.errors import RecordRefused

VERSION = 1
MAXIMUM_BYTES = 64 * 1024 * 1024
"""Of a line: more than any record has."""

_OPENING, _MIDDLE = b'{"check":"', b'",'
_DIGEST_BYTES = 16
_BODY = len(_OPENING) + 2 * _DIGEST_BYTES + len(_MIDDLE)
_GIT_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_encode = json.JSONEncoder(separators=(",", ":")).encode
_BLOCK = 64 * 1024


class Line(NamedTuple):
    """One line of a file, whole or not."""

    number: int
    state: Literal["whole", "unfinished", "refused"]
    check: bytes = b""
    """Of a whole line: the same for the same record, on every machine."""
    body: bytes = b""
    """Of a whole line: the JSON object."""
    reason: str = ""
    """Of a refused one."""


def encoded(data: dict[str, Any]) -> tuple[bytes, bytes]:
    """(check, whole line) of a JSON object."""
    # ASCII: no line end inside, nothing that a tool could convert.
    body = _encode(data).encode("ascii")
    check = _check(body)
    return check, _OPENING + check + _MIDDLE + body[1:] + b"\n"


def decoded(body: bytes) -> Any:  # any JSON value
    """The JSON value of a line's body.

    Raises:
        RecordRefused: it is not JSON.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RecordRefused("not JSON") from error


def _check(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES).hexdigest().encode("ascii")


def read(path: Path) -> Iterator[Line]:
    """Every line of the file that is not blank, in order."""
    number = 0
    with path.open("rb") as file:
        while text := file.readline(MAXIMUM_BYTES):
            number += 1
            ended = text.endswith(b"\n")
            if len(text) == MAXIMUM_BYTES and not ended:
                while not ended and (more := file.readline(_BLOCK)):
                    ended = more.endswith(b"\n")
                yield Line(number, "refused", reason="longer than any record")
            elif text.strip():
                yield _line(number, text, ended=ended)


def _line(number: int, text: bytes, *, ended: bool) -> Line:
    # A tool that reserves the whole file first leaves zeros where it has not written yet.
    if not ended or b"\0" in text:
        return Line(number, "unfinished")
    if text.startswith(_GIT_MARKS):
        return Line(number, "refused", reason="a mark that git leaves in a conflict; remove it, and keep both sides")
    text = text.rstrip(b"\r\n")
    check, body = text[len(_OPENING) : _BODY - len(_MIDDLE)], b"{" + text[_BODY:]
    if not text.startswith(_OPENING) or text[_BODY - len(_MIDDLE) : _BODY] != _MIDDLE:
        return Line(number, "refused", reason="not a line of quizzer's")
    if _check(body) != check:
        return Line(number, "refused", reason="damaged or changed by hand: its check does not fit")
    return Line(number, "whole", check, body)


def append(path: Path, lines: Iterable[bytes], *, header: bytes) -> None:
    """Append *lines* to the file, behind *header* where it is new; all of them or none.

    What a killed process left of a line is removed first: it was never part of the file.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        size = _end_of_last_line(handle)
        os.ftruncate(handle, size)
        try:
            _write(handle, lines, header=b"" if size else header)
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _write(handle: int, lines: Iterable[bytes], *, header: bytes) -> None:
    waiting, size = [header], len(header)
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size > 2**20:
            _write_all(handle, b"".join(waiting))
            waiting, size = [], 0
    _write_all(handle, b"".join(waiting))


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _end_of_last_line(handle: int) -> int:
    """Where the last line that has an end ends."""
    end = os.fstat(handle).st_size
    while end:
        start = max(0, end - _BLOCK)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


if sys.platform == "win32":

    @contextmanager
    def locked(path: Path) -> Iterator[None]:
        """Nothing: two at once write the same lines twice, which is harmless."""
        yield

else:
    import fcntl

    @contextmanager
    def locked(path: Path) -> Iterator[None]:
        """Meanwhile no other process that asks for the lock file *path* has it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
