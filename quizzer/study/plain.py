"""Plain mode: lines in, lines out, no cursor control, no colour; for pipes, dumb terminals and screen readers."""

from __future__ import annotations

import os
import select
import shutil
import sys

import click

from quizzer.ports import Grader
from quizzer.study.pages import Line, wrapped
from quizzer.study.screen import SecondsLeft
from quizzer.study.warmup import Warmup
from quizzer.study.words import word_in
from quizzer.text import printable

_CHUNK_BYTES = 1 << 16


class LineReader:
    """Lines from a file descriptor, which can also be asked whether more is there."""

    def __init__(self, descriptor: int | None) -> None:
        """*descriptor*: usually 0, standard input; None where the process has none."""
        self._descriptor = -1 if descriptor is None else descriptor
        self._buffer = bytearray()
        self._ended = descriptor is None

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

    def comes(self, left: SecondsLeft) -> bool:
        """Whether the next line, or the end of input, is there before the time has run out."""
        if sys.platform == "win32":
            return True  # only sockets can be waited for there: the line that is being typed counts
        while b"\n" not in self._buffer and not self._ended:
            if not select.select([self._descriptor], [], [], max(0.0, left()))[0]:
                return False
            self._fill()
        return True

    def begun(self) -> str:
        """What has come of a line without its end, which is taken."""
        line, self._buffer = bytes(self._buffer), bytearray()
        return line.decode("utf-8", "replace")

    def at_hand(self) -> str | None:
        """The next line, left in place, if it can be had without waiting."""
        while b"\n" not in self._buffer and not self._ended:
            if not select.select([self._descriptor], [], [], 0)[0]:
                return None
            self._fill()
        return bytes(self._buffer).partition(b"\n")[0].decode("utf-8", "replace") if self._buffer else None


class PlainScreen:
    """`quizzer.study.conduct.Screen` over lines."""

    waits = False

    def __init__(self, warmup: Warmup, *, eager: bool, to_stderr: bool = False) -> None:
        """*eager*: a person types, so the grader is loaded meanwhile; else it waits for a first answer.

        *to_stderr*: stdout is kept for what a program reads.
        """
        self._warmup = warmup
        self.person = eager
        self._out = sys.stderr if to_stderr else sys.stdout
        # With standard input closed, descriptor 0 belongs to whatever file was opened first.
        self._reader = LineReader(0 if sys.stdin is not None else None)
        self._explained = False

    def show(self, lines: list[Line]) -> None:
        """Print lines, wrapped only for a person's terminal."""
        width = shutil.get_terminal_size().columns - 1 if self._out.isatty() else 10_000
        for line in lines:
            click.echo(wrapped(line, width), self._out)
        self._out.flush()

    def start(self) -> bool:
        """Plain mode begins at once."""
        return True

    def read(self, draft: str = "", *, left: SecondsLeft | None = None) -> str | None:
        """An answer ends at an empty line or at the end of input; a word counts as soon as it is there."""
        if not self._explained and self.person:
            click.echo("(an empty line ends your answer)", self._out)
            self._explained = True
        self._out.flush()
        if self.person:
            self._warmup.start()
        lines = draft.split("\n") if draft else []
        while True:
            if left is not None and not self._reader.comes(left):
                return "\n".join([*lines, self._last_line()])
            line = self._reader.line()
            if line is None:
                break
            self._warmup.start()
            if line.strip():
                word = word_in(line)
                lines.append(line)
                if word is not None and (word.name or len(lines) == 1):
                    break
            elif lines:
                break
        return "\n".join(lines) if lines else None

    def _last_line(self) -> str:
        """The line that was being typed when the time ran out; a terminal keeps it until Enter."""
        if not self.person:
            return self._reader.begun()
        click.echo("Time is up. Enter ends the line that you are typing, and it counts.", self._out)
        self._out.flush()
        return self._reader.line() or ""

    def choose(self, *, unsure: bool) -> str | None:
        """Plain mode waits for nothing after feedback."""
        return ""

    def more(self) -> bool:
        """Whether a word was typed ahead; empty lines before it do not count."""
        while (line := self._reader.at_hand()) is not None:
            if line.strip():
                return word_in(line) is not None
            self._reader.line()
        return False

    def grader(self) -> Grader:
        """The grader; a line on stderr where it is not ready."""
        if not self._warmup.ready(timeout_seconds=0.3):
            click.echo(f"one moment: {printable(self._warmup.message)} ...", err=True)
        return self._warmup.grader()
