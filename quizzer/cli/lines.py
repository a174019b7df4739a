"""Plain lines of a live session: blocks to print, and standard input beside everything else that goes on."""

from __future__ import annotations

import asyncio
import shutil
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence

import click

from quizzer.group.drawing import plain
from quizzer.group.room_pages import Block


def printer(*, to_stderr: bool = False) -> Callable[[Sequence[Block]], None]:
    """Prints blocks, wrapped only for a person's terminal."""
    out = sys.stderr if to_stderr else sys.stdout

    def show(blocks: Sequence[Block]) -> None:
        width = shutil.get_terminal_size().columns - 1 if out.isatty() else 10_000
        click.echo(plain(blocks, width=width), out)
        out.flush()

    return show


def stdin_lines() -> Callable[[], Awaitable[str | None]]:
    """Gives the next line of standard input, None at its end; a thread reads, so that the session goes on meanwhile."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin or ():
            loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\r\n"))
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, name="input", daemon=True).start()
    return queue.get
