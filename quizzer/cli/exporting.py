"""Where exports go: to stdout, or into a file that is not somebody else's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from quizzer.cli.output import printable
from quizzer.errors import ListUnwritable, UsageError


def to_stdout(text: str) -> None:
    """*text* to a file or a pipe byte for byte, to a terminal without what it would obey."""
    if sys.stdout.isatty():
        # A terminal would show the carriage returns of a table as signs of their own.
        click.echo(printable(text.replace("\r\n", "\n")), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def write(path: Path, content: bytes, *, is_ours: Callable[[Path], bool], example: str, hint: str) -> None:
    """Put *content* into the file *path*; one that is there is replaced only where *is_ours* says so.

    Raises:
        UsageError: *path* is a folder. ListUnwritable: it is there and not ours, or cannot be written.
    """
    from quizzer.decks.markdown import saving

    if path.is_dir():
        raise UsageError(f"{path}: is a folder", hint=f"name a file in it: --output {path / example}")
    if path.exists() and path.stat().st_size and not is_ours(path):
        raise ListUnwritable(f"{path}: is there already, and quizzer did not write it", hint=hint)
    saving.save(path, content)
