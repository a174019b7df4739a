"""The program on a pseudo-terminal, as a person or a script drives it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from types import TracebackType

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

    def resize(self, *, columns: int, rows: int) -> None:
        """Change the terminal's size; the program is told, as by a window manager."""
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "process"):
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
        while (found := self.text.find(text, self._from)) < 0:
            if not self._read(until):
                raise AssertionError(f"waited in vain for {text!r}; since then:\n{self.text[self._from :]}")
        since, self._from = self.text[self._from : found + len(text)], found + len(text)
        return since

    def _read(self, until: float) -> bool:
        if not select.select([self._screen], [], [], max(0.0, until - time.monotonic()))[0]:
            return False
        try:
            chunk = os.read(self._screen, 65536)
        except OSError:
            return False  # the program has closed its side
        self.raw += chunk
        return bool(chunk)

    def end(self) -> int:
        """Read to the end of the program; its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self._read(until):
            pass
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
        os.close(self._screen)
