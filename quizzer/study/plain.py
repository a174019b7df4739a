"""Plain mode: lines in, lines out, no cursor control, no colour; for pipes, dumb terminals and screen readers."""

from __future__ import annotations

import os
import select
import shutil
import sys

import click

from quizzer.ports import Grader
from quizzer.study.pages import Line, wrapped
from quizzer.study.warmup import Warmup
from quizzer.study.words import word_in

_CHUNK_BYTES = 1 << 16


class LineReader:
    """Lines from a file descriptor, which can also be asked whether more is there."""

    def __init__(self, descriptor: int) -> None:
        """*descriptor*: usually 0, standard input."""
        self._descriptor = descriptor
        self._buffer = bytearray()
        self._ended = False

    def line(self) -> str | None:
        """The next line without its end; None at the end of input."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0 and not self._ended:
            searched = len(self._buffer)
            self._fill()
        if end < 0:
            if not self._buffer:
                return None
            end = len(self._buffer)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.decode("utf-8", "replace").removesuffix("\r")

    def _fill(self) -> None:
        chunk = os.read(self._descriptor, _CHUNK_BYTES)
        self._buffer += chunk
        self._ended = not chunk

    def pending(self) -> bool:
        """Whether something can be read without waiting."""
        if self._buffer:
            return True
        if not self._ended and select.select([self._descriptor], [], [], 0)[0]:
            self._fill()
        return bool(self._buffer)


class PlainScreen:
    """`quizzer.study.conduct.Screen` over lines."""

    waits = False

    def __init__(self, warmup: Warmup, *, eager: bool) -> None:
        """*eager*: a person types, so the grader is loaded meanwhile; else it waits for a first answer."""
        self._warmup = warmup
        self._eager = eager
        self._reader = LineReader(0)
        self._explained = False

    def show(self, lines: list[Line]) -> None:
        """Print lines, wrapped only for a person's terminal."""
        width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 10_000
        for line in lines:
            click.echo(wrapped(line, width))
        sys.stdout.flush()

    def read(self) -> str | None:
        """An answer ends at an empty line or at the end of input; a word stands alone on its line."""
        if not self._explained and self._eager:
            click.echo("(an empty line ends your answer)")
            self._explained = True
        sys.stdout.flush()
        if self._eager:
            self._warmup.start()
        lines: list[str] = []
        while (line := self._reader.line()) is not None:
            self._warmup.start()
            if not lines and word_in(line) is not None:
                return line
            if line.strip():
                lines.append(line)
            elif lines:
                break
        return "\n".join(lines) if lines else None

    def choose(self, *, unsure: bool) -> str | None:
        """Plain mode waits for nothing after feedback."""
        return ""

    def more(self) -> bool:
        """Whether something was typed ahead."""
        return self._reader.pending()

    def grader(self) -> Grader:
        """The grader; a line on stderr where it is not ready."""
        if not self._warmup.ready(timeout_seconds=0.3):
            click.echo(f"one moment: {self._warmup.message} ...", err=True)
        return self._warmup.grader()
