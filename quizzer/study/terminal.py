"""A session in a terminal: coloured lines, a multi-line editor, single keys after feedback."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from quizzer.ports import Grader
from quizzer.study.pages import Line, Role, wrapped
from quizzer.study.screen import SecondsLeft
from quizzer.study.warmup import Warmup
from quizzer.text import printable

STYLES: dict[Role, dict[str, object]] = {
    "text": {},
    "quiet": {"dim": True},
    "strong": {"bold": True},
    "good": {"fg": "green"},
    "bad": {"fg": "red"},
    "open": {"fg": "yellow"},
}
"""Colour only underlines what signs and words already say."""

START_KEYS = ("\r", "\n", " ")
LEAVE_KEYS = ("q", "Q", "\x04", "")

SPINNER = "|/-\\"


@contextmanager
def _single_keys() -> Iterator[Callable[[], str]]:
    """Gives a function that waits for a key; unlike with `click.getchar`, a key typed a moment too early counts.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    if sys.platform == "win32":
        yield click.getchar
        return
    import termios  # not on Windows
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor, termios.TCSADRAIN)
    # Ctrl-C as a key, as in the editor: a terminal without a controlling process sends no signal.
    mode = termios.tcgetattr(descriptor)
    mode[3] &= ~termios.ISIG
    termios.tcsetattr(descriptor, termios.TCSADRAIN, mode)

    def next_key() -> str:
        key = os.read(descriptor, 1).decode("latin-1")
        if key == "\x03":
            raise KeyboardInterrupt
        return key

    try:
        yield next_key
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


class TerminalScreen:
    """`quizzer.study.conduct.Screen` on a terminal."""

    waits = True
    person = True

    def __init__(self, warmup: Warmup, *, colour: bool) -> None:
        """*colour*: False under ``NO_COLOR``."""
        self._warmup = warmup
        self._colour = colour

    def show(self, lines: list[Line]) -> None:
        """Print lines, wrapped to the terminal as wide as it is now."""
        width = min(shutil.get_terminal_size().columns - 1, 100)
        for line in lines:
            text = wrapped(line, width)
            style = STYLES[line.role] if self._colour else {}
            click.echo(click.style(text, **style) if style else text)  # type: ignore[arg-type]  # keyword names of click.style

    def start(self) -> bool:
        """True for Enter or the space bar, False for q or Ctrl-D; other keys mean nothing."""
        with _single_keys() as next_key:
            click.echo("Enter starts, q leaves > ", nl=False)
            sys.stdout.flush()
            key = next_key()
            while key not in START_KEYS and key not in LEAVE_KEYS:
                key = next_key()
        click.echo("")
        return key in START_KEYS

    def read(self, draft: str = "", *, left: SecondsLeft | None = None) -> str | None:
        """The answer from the editor; None for Ctrl-D on an empty line."""
        sys.stdout.flush()
        # The question is on the screen: from here on the learner reads, and we load.
        self._warmup.start()
        from quizzer.study.editor import read_answer  # prompt_toolkit, 80 ms

        return read_answer(draft, colour=self._colour, left=left)

    def choose(self, *, unsure: bool) -> str | None:
        """A key after feedback, or a word."""
        from quizzer.study.editor import read_choice  # already loaded by the first answer

        return read_choice(unsure=unsure, colour=self._colour)

    def more(self) -> bool:
        """A terminal waits for its keys, so nothing is ever typed ahead."""
        return False

    def grader(self) -> Grader:
        """The grader; a spinner that says what is going on where it is not ready."""
        turn = 0
        shown = 0
        while not self._warmup.ready(timeout_seconds=0.1):
            text = f"{SPINNER[turn % 4]} your answer waits: {printable(self._warmup.message)}"[
                : shutil.get_terminal_size().columns - 1
            ]
            click.echo("\r" + text.ljust(shown), nl=False, err=True)
            shown, turn = len(text), turn + 1
        if shown:
            click.echo("\r" + " " * shown + "\r", nl=False, err=True)
        return self._warmup.grader()
