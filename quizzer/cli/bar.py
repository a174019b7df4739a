"""How far a long piece of work is: a bar in a terminal, a line now and then elsewhere, always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

LINE_SECONDS = 20.0
"""Between two lines where there is no terminal."""

FIRST_LINE_SECONDS = 3.0
"""Before the first one: shorter work needs none."""

Tell = Callable[[int, int], None]


@contextmanager
def progress(label: str) -> Iterator[Tell]:
    """A function that takes (done, of how many); nothing is shown before it is first called."""
    shower = _Bar(label) if sys.stderr.isatty() else _Lines(label)
    try:
        yield shower
    finally:
        shower.close()


class _Bar:
    """click's progress bar, made when the work begins."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None  # click's ProgressBar, whose type is private

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr, show_pos=True)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


class _Lines:
    """A line after `FIRST_LINE_SECONDS`, and one after every `LINE_SECONDS`."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._next = time.monotonic() + FIRST_LINE_SECONDS

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + LINE_SECONDS
            click.echo(f"quizzer: {self._label}: {done:,} of {total:,}", err=True)

    def close(self) -> None:
        pass


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Shows *label* in a terminal while something is done whose end cannot be told, and takes it away again."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{label} ...", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("\r" + " " * (len(label) + 4) + "\r", err=True, nl=False)
