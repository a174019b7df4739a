"""The program on a pseudo-terminal, as a person or a script drives it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Sequence
from types import TracebackType

import pyte

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[()][A-Z0-9]|\x1b[=>78]")
QUIZZER = (sys.executable, "-m", "quizzer")
PATIENCE_SECONDS = 300.0
"""How long something may take before the test gives up on it; nothing waits so long unless the machine is choked."""


class Terminal:
    """``python -m quizzer ARGUMENTS``, or another *command*, on a terminal of its own that answers no queries."""

    def __init__(
        self, *arguments: str, command: Sequence[str] = QUIZZER, columns: int = 80, rows: int = 24, **environment: str
    ) -> None:
        """*environment* is laid over this process's own; ``TERM`` is xterm unless it is given."""
        self._screen, program = pty.openpty()
        self.resize(columns=columns, rows=rows)
        self.process = subprocess.Popen(
            [*command, *arguments], stdin=program, stdout=program, stderr=program,
            env={**os.environ, "TERM": "xterm", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(program)
        self.raw = b""
        self._from = 0
        self._display = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._display)
        self._news = threading.Condition()
        self._closed = False
        # Always read, also while the test waits for another program: a full screen blocks whoever writes to it.
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def resize(self, *, columns: int, rows: int) -> None:
        """Change the terminal's size; the program is told, as by a window manager."""
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "process"):
            self._display.resize(rows, columns)
            self.process.send_signal(signal.SIGWINCH)

    @property
    def text(self) -> str:
        """Everything printed so far, without escape sequences and carriage returns."""
        return ESCAPES.sub("", self.raw.decode("utf-8", "replace")).replace("\r", "")

    def send(self, keys: str | bytes) -> None:
        """Type *keys*."""
        os.write(self._screen, keys.encode() if isinstance(keys, str) else keys)

    def wait_for(self, text: str) -> str:
        """Read until *text* is printed after what was waited for last; what was printed since then.

        Raises:
            AssertionError: the program ended, or took too long.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        with self._news:
            while (found := self.text.find(text, self._from)) < 0:
                if self._closed or not self._news.wait(max(0.0, until - time.monotonic())):
                    raise AssertionError(f"waited in vain for {text!r}; since then:\n{self.text[self._from :]}")
            since, self._from = self.text[self._from : found + len(text)], found + len(text)
        return since

    def see(self, text: str) -> str:
        """Wait until *text* stands on the screen; the whole screen then.

        For programs that draw a full screen: they print only what changes from one moment to the next.

        Raises:
            AssertionError: the program ended, or took too long.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        with self._news:
            while text not in (shown := self.shown):
                if self._closed or not self._news.wait(max(0.0, until - time.monotonic())):
                    raise AssertionError(f"waited in vain to see {text!r}; the screen:\n{shown}")
        return shown

    @property
    def shown(self) -> str:
        """The screen as a person sees it, each line without its trailing blanks."""
        return "\n".join(line.rstrip() for line in self._display.display)

    def _read(self) -> None:
        while True:
            try:
                chunk = os.read(self._screen, 65536)
            except OSError:
                chunk = b""  # the program has closed its side
            with self._news:
                self.raw += chunk
                self._stream.feed(chunk)
                self._closed = not chunk
                self._news.notify_all()
            if not chunk:
                return

    def end(self) -> int:
        """Read to the end of the program; its exit code, negative for a signal."""
        self._reader.join(PATIENCE_SECONDS)
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def __enter__(self) -> Terminal:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE_SECONDS)
        os.close(self._screen)
