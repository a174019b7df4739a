"""Puts a hosted session together: its log, its graders, its server and the host's screen; and leads it to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from quizzer.cli import compose
from quizzer.cli.lines import printer, stdin_lines
from quizzer.cli.sitting import needs_lines
from quizzer.errors import GroupError, ModelUnavailable
from quizzer.group.address import Address, remember, remembered
from quizzer.group.clock import HostClock
from quizzer.group.desk import Desk
from quizzer.group.drawing import drawn_each
from quizzer.group.engine import Engine
from quizzer.group.hosting import Hosting, lan_addresses
from quizzer.group.journal import Journal
from quizzer.group.judging import WorkerJudge
from quizzer.group.state import State
from quizzer.study.pages import Line
from quizzer.text import printable


@dataclass(frozen=True, slots=True)
class Hosted:
    """What is hosted, and how."""

    journal: Journal
    lan: bool
    port: int | None
    names: frozenset[str]
    """Further host names that lead to it."""
    plain: bool
    as_json: bool


def held(hosted: Hosted) -> State:
    """Where the session stands when it has ended, or the host has left it.

    Raises:
        KeyboardInterrupt: the host left it by Ctrl-C.
        GroupError: it cannot be served.
    """
    held = _Held(hosted)
    _prepare_model()
    try:
        asyncio.run(held.run())
    except (KeyboardInterrupt, asyncio.CancelledError):
        _say_resume()
        raise KeyboardInterrupt from None
    if held.state.phase != "ended":
        _say_resume()
    return held.state


def _prepare_model() -> None:
    """Export the model where that was never done: the graders' processes would each do it, under the first answers."""
    compose.before_numpy()
    from quizzer.grading import export  # numpy
    from quizzer.grading.source import find

    def say(message: str) -> None:
        click.echo(printable(f"one moment: {message} ..."), err=True)

    # Without an export the graders say so, and load the model in another way.
    with contextlib.suppress(ModelUnavailable):
        export.ensure(find(compose.config().model), compose.paths().models, progress=say)


def _leave_on_sigterm() -> None:
    """Leave as by Ctrl-C: players are told, and the terminal is given back as it was."""
    task = asyncio.current_task()
    if task is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


def _say_resume() -> None:
    click.echo("Stopped; everything is kept. `quizzer host --resume` goes on from here.", err=True)


class _Held:
    def __init__(self, hosted: Hosted) -> None:
        self._hosted = hosted
        self.state = hosted.journal.state()

    async def run(self) -> None:
        _leave_on_sigterm()
        state, path = self.state, self._hosted.journal.path
        before = remembered(path)
        with contextlib.closing(WorkerJudge(compose.group_grader)) as judge:
            engine = Engine(state, self._hosted.journal, judge, HostClock(not_before=state.at))
            async with contextlib.AsyncExitStack() as stack:
                hosting = await self._served(stack, engine, before)

                def note_address() -> None:
                    remember(path, Address(hosting.port, hosting.lan_addresses))

                desk = Desk(engine, hosting, seed=lambda: secrets.randbits(53), opened=note_address)
                note_address()
                if self._hosted.lan:
                    await hosting.open_lan()
                    note_address()
                first = await _back_at(before, desk, hosting, asked=self._hosted.port is not None) if before else ""
                await self._led(desk, first=first)
            self.state = engine.state

    async def _served(self, stack: contextlib.AsyncExitStack, engine: Engine, before: Address | None) -> Hosting:
        """The session on the port asked for; else on the one where its players look for it, if that is free."""
        wanted, names = self._hosted.port, self._hosted.names
        if wanted is None and before is not None:
            with contextlib.suppress(GroupError):
                return await stack.enter_async_context(Hosting(engine, port=before.port, names=names))
        return await stack.enter_async_context(Hosting(engine, port=wanted, names=names))

    async def _led(self, desk: Desk, *, first: str) -> None:
        """*first*: what there is to say at once."""
        if self._hosted.as_json or needs_lines(plain=self._hosted.plain):
            from quizzer.group.host_lines import HostLines

            lines = HostLines(desk, show=printer(to_stderr=self._hosted.as_json), next_line=stdin_lines())
            lines.say(first)
            with _warnings(lines.say):
                await lines.run()
            return
        from quizzer.group.host_screen import HostScreen  # prompt_toolkit

        colour = not os.environ.get("NO_COLOR")
        screen = HostScreen(desk, draw=lambda blocks, width: drawn_each(blocks, width=width, colour=colour),
                            colour=colour, first=first)  # fmt: skip
        with _warnings(screen.say):
            await screen.run()


async def _back_at(before: Address, desk: Desk, hosting: Hosting, *, asked: bool) -> str:
    """Let those in again who could reach the session *before*; what there is to say of it. *asked*: for this port."""
    said = ""
    if before.lan and not hosting.lan_addresses:
        # A laptop that was carried elsewhere must not open itself to people who were never asked about.
        same = bool({*before.lan} & {*lan_addresses()})
        said = await desk.open_lan() if same else "this is another network than before: `l` opens the quiz to it"
    if hosting.port == before.port or asked:
        return said
    moved = f"port {before.port} is taken: players need the new link, {hosting.link}"
    return f"{said}; {moved}" if said else moved


@contextlib.contextmanager
def _warnings(say: Callable[[str], None]) -> Any:  # a context manager
    """What goes wrong behind the screen is said on it, not printed across it."""

    class Said(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            say(record.getMessage())

    logger, handler = logging.getLogger("quizzer.group"), Said(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = True


def closing(state: State) -> None:
    """Print how it ended, and what can be done with the results."""
    from quizzer.cli.group_after import closing_lines
    from quizzer.group import host_pages, views
    from quizzer.group.reading import read_as
    from quizzer.group.room import Room

    if state.phase == "ended":
        room = read_as(Room, views.room(state, at=state.at))
        printer()([*host_pages.ended(room), *(Line("text", line) for line in closing_lines(state))])


def result_data(state: State) -> dict[str, Any]:  # a JSON object
    """The session for programs."""
    from quizzer.group import views
    from quizzer.group.scoring import table, team_table

    told = views.room(state, at=state.at)
    return {
        "session": state.opened.session,
        "title": told["title"],
        "ended": state.phase == "ended",
        "questions": len(state.rounds),
        "table": [
            {"place": row.place, "name": state.players[row.player].name, "team": state.players[row.player].team,
             "points": row.points, "right": row.right}
            for row in table(state)
        ],
        "teams": [{"place": row.place, "name": row.team, "points": row.points} for row in team_table(state)],
    }  # fmt: skip
