"""A session in a terminal: coloured lines, a multi-line editor, single keys after feedback."""

from __future__ import annotations

import shutil
import sys

import click

from quizzer.ports import Grader
from quizzer.study.pages import Line, Role, wrapped
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

SPINNER = "|/-\\"


class TerminalScreen:
    """`quizzer.study.conduct.Screen` on a terminal."""

    waits = True

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

    def read(self, draft: str = "") -> str | None:
        """The answer from the editor; None for Ctrl-D on an empty line."""
        sys.stdout.flush()
        # The question is on the screen: from here on the learner reads, and we load.
        self._warmup.start()
        from quizzer.study.editor import read_answer  # prompt_toolkit, 80 ms

        return read_answer(draft, colour=self._colour)

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
