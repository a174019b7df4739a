"""What the host can see and do, apart from the screen that shows it: the same for keys and for plain lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from quizzer.errors import QuizzerError
from quizzer.group import commands, host_pages, views
from quizzer.group.commands import Command
from quizzer.group.engine import Engine
from quizzer.group.host_pages import Door
from quizzer.group.reading import read_as
from quizzer.group.room import AnswerGroup, Person, Room

MORE_SECONDS = 30


class Network(Protocol):
    """Where the session is served; `quizzer.group.hosting.Hosting` is one."""

    @property
    def link(self) -> str:
        """What players open."""
        ...

    @property
    def stage_link(self) -> str:
        """What the projector's browser opens."""
        ...

    @property
    def lan_addresses(self) -> tuple[str, ...]:
        """Empty while only this machine gets in."""
        ...

    async def open_lan(self) -> tuple[str, ...]:
        """Let the local network in.

        Raises:
            GroupError: that cannot be.
        """
        ...


class Desk:
    """The host's place at one session."""

    def __init__(
        self, engine: Engine, network: Network, *, seed: Callable[[], int], opened: Callable[[], None] = lambda: None
    ) -> None:
        """*seed* draws lots; *opened* is called once the local network is let in."""
        self.engine, self.network, self._seed, self._opened = engine, network, seed, opened
        self._room: tuple[object, Room] | None = None

    @property
    def door(self) -> Door:
        """How people get in."""
        network = self.network
        return Door(network.link, self.engine.state.opened.code, network.stage_link, bool(network.lan_addresses))

    @property
    def room(self) -> Room:
        """The session as everyone sees it; its clock stands where it stood at the last event."""
        key = (self.engine.state.events, frozenset(self.engine.present))
        if self._room is None or self._room[0] != key:
            told = views.room(self.engine.state, at=self.engine.clock.now(), present=self.engine.present)
            self._room = (key, read_as(Room, told))
        return self._room[1]

    @property
    def people(self) -> list[Person]:
        """Who is in."""
        told = views.people(self.engine.state, present=self.engine.present, ids=True)
        return [read_as(Person, one) for one in told["players"]]

    @property
    def groups(self) -> list[AnswerGroup]:
        """The answers to decide on."""
        return [read_as(AnswerGroup, one) for one in views.groups(self.engine.state)["groups"]]

    @property
    def right_answer(self) -> str:
        """The reference of the current question."""
        question = self.engine.state.question
        return question.answers[0] if question and question.answers else ""

    def left_ms(self) -> int:
        """What the open question's clock has left, now."""
        current = self.engine.state.round
        return 0 if current is None else current.clock.left(at=self.engine.clock.now())

    @property
    def clock(self) -> str:
        """The clock in words; empty where none runs."""
        return host_pages.bar_clock(self.room, self.left_ms())

    async def do(self, command: Command) -> str:
        """Carry out *command*; what is to be said of it: empty, or why it is refused."""
        return await _said(self.engine.do(command))

    async def open_lan(self) -> str:
        """Let the local network in; what is to be said of it."""
        if self.network.lan_addresses:
            return f"open already: {self.network.link}"
        refused = await _said(self.network.open_lan())
        self._opened()
        return refused or f"open to the local network: {self.network.link}"

    async def go_on(self) -> str:
        """What Enter does: the next question, the points, the end."""
        return await self.do(commands.Reveal() if self.engine.state.phase == "judging" else commands.Next())

    async def pause(self) -> str:
        """Stop the clock, or let it run on."""
        current = self.engine.state.round
        is_paused = current is not None and current.clock.paused
        return await self.do(commands.Unpause() if is_paused else commands.Pause())

    async def extend(self, seconds: int = MORE_SECONDS) -> str:
        """More time."""
        return await self.do(commands.Extend(seconds))

    async def close(self) -> str:
        """No more answers."""
        return await self.do(commands.Close())

    async def skip(self) -> str:
        """The question counts for nobody."""
        return await self.do(commands.Skip())

    async def judge(self, group: AnswerGroup, accept: bool | None) -> str:
        """Accept or reject a group, or leave it to the grader."""
        return await self.do(commands.Judge(group.group, accept))

    async def kick(self, player: Person) -> str:
        """Send a player away."""
        return await self.do(commands.Kick(player.id))

    async def draw_teams(self) -> str:
        """Draw lots."""
        return await self.do(commands.DrawTeams(self._seed()))

    async def end(self) -> str:
        """End the session."""
        return await self.do(commands.End())


async def _said(work: Awaitable[object]) -> str:
    try:
        await work
    except QuizzerError as error:
        return error.message + (f" ({error.hint})" if error.hint else "")
    return ""
