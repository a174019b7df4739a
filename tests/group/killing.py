"""A session whose host is killed again and again: what players were told has happened is still there after each time.

The script of a game is carried out step by step, by people who try again until they are told that it worked; in the
end the log must hold everything that was acknowledged, and the scores must be those of a game that nothing interrupted.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from quizzer.group import commands, game, journal, rules, scoring, tokens
from quizzer.group.events import Opened
from quizzer.group.state import State
from tests.group.sessions import QUESTIONS, mark

PLAYERS = ("Ann", "Ben", "Cem", "Dee", "Eve")
KICKED = "Eve"
ANSWERS = (
    {"Ann": "Paris", "Ben": "Rome", "Cem": "paris it is", "Dee": "Lutetia", "Eve": "Paris"},
    {"Ann": "Amsterdam", "Ben": "Amsterdam is the capital, the government sits in The Hague", "Cem": "no idea",
     "Dee": "The Hague, where the government is"},
    {"Ann": "Bern", "Ben": "Zurich", "Cem": "Bern", "Dee": "Geneva"},
)  # fmt: skip
ACCEPTED = "Lutetia"
"""The host overrules the grader on this answer."""

GONE = (ConnectionClosed, InvalidHandshake, OSError, EOFError, TimeoutError)


class Interrupted(Exception):
    """The host has gone; what was asked for may have happened or not."""


@dataclass
class Killed:
    """A game between kills."""

    folder: Path
    draw: random.Random
    longest_seconds: float
    kills_left: int
    kills: int = 0
    process: Process | None = None
    told: dict[str, Any] = field(default_factory=dict)
    sockets: dict[str, ClientConnection] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    kicked: bool = False
    number: int = 0
    killer: asyncio.Task[None] | None = None

    async def play(self) -> None:
        """The whole script."""
        await self._step(self._all_in)
        for question, answers in enumerate(ANSWERS):
            await self._step(self._asked, question)
            for name, text in answers.items():
                await self._step(self._said, name, question, text)
            await self._step(self._closed, question)
            await self._step(self._judged, question)
            await self._step(self._revealed, question)
            if question == 0:
                await self._step(self._sent_away)
        await self._step(self._ended)

    async def _step(self, carry_out: Callable[..., Awaitable[None]], *arguments: Any) -> None:
        """Do it until it is done, however often the host is killed meanwhile."""
        while True:
            try:
                async with asyncio.timeout(60):
                    await self._back()
                    await carry_out(*arguments)
            except GONE:
                await self._down()
                continue
            return

    async def _back(self) -> None:
        """A host that serves, and everyone who has a token connected to it."""
        if self.process is not None and self.process.returncode is None and self.sockets:
            return
        await self._down()
        words = ["-m", "tests.group.serving", "--folder", str(self.folder)]
        if self.told:
            words += ["--resume", self.told["session"]]
        self.process = await asyncio.create_subprocess_exec(sys.executable, *words, stdin=PIPE, stdout=PIPE)
        if self.told and self.kills_left:  # it may be killed while it starts, too
            self.killer = asyncio.create_task(self._kill(self.process))
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise EOFError
        first = not self.told
        self.told = json.loads(line)
        if first and self.kills_left:
            self.killer = asyncio.create_task(self._kill(self.process))
        self.rooms.clear()
        await self._connect("host", role="host", token=self.told["host_token"])
        while "room" not in self.rooms:
            await self._hear("host")
        for name, token in self.tokens.items():
            if name != KICKED or not self.kicked:
                await self._connect(name, role="player", token=token)

    async def _kill(self, process: Process) -> None:
        await asyncio.sleep(self.draw.uniform(0.0, self.longest_seconds))
        self.kills_left -= 1
        self.kills += 1
        with contextlib.suppress(ProcessLookupError):
            process.kill()

    async def _down(self) -> None:
        if self.killer is not None:
            self.killer.cancel()
            self.killer = None
        for socket in self.sockets.values():
            await socket.close()
        self.sockets.clear()
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.communicate()
            self.process = None

    async def _connect(self, who: str, **hello: Any) -> dict[str, Any]:
        url = self.told["url"].replace("http", "ws") + "ws"
        socket = await connect(url, proxy=None, ping_interval=None)
        self.sockets[who] = socket
        return await self._ask(who, t="hello", **hello)

    async def _ask(self, who: str, **message: Any) -> dict[str, Any]:
        self.number += 1
        await self.sockets[who].send(json.dumps({**message, "n": self.number}))
        while True:
            answer = await self._hear(who)
            if answer.get("n") == self.number:
                return answer

    async def _hear(self, who: str) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await self.sockets[who].recv())
        if who == "host":
            self.rooms[message["t"]] = message
        return message

    async def _until(self, *phases: str) -> None:
        while self.rooms["room"]["phase"] not in phases:
            await self._hear("host")

    async def _all_in(self) -> None:
        for name in PLAYERS:
            if name in self.tokens:
                continue
            answer = await self._connect(name, role="player", code=self.told["code"], name=name)
            if answer["t"] == "welcome":
                self.tokens[name] = answer["token"]
            else:  # it had worked, and the welcome was lost with the host
                assert answer["code"] == "name-taken", answer
                state = self.state()
                player = state.names[name.casefold()]
                self.tokens[name] = tokens.player_token(state.opened.secret, player)
                await self.sockets[name].close()
                await self._connect(name, role="player", token=self.tokens[name])

    async def _asked(self, question: int) -> None:
        while (self.rooms["room"]["question"] or {}).get("number") != question:
            await self._do("next")
            await self._hear("host")

    async def _said(self, name: str, question: int, text: str) -> None:
        # Dee never hands in: what is typed counts when the question closes.
        answer = await self._ask(name, t="draft" if name == "Dee" else "answer", q=question, text=text)
        assert answer["t"] == "ack", answer
        self.acknowledged.append((name, question, text))

    async def _closed(self, question: int) -> None:
        assert self.rooms["room"]["question"]["number"] == question
        await self._do("close")
        await self._until("judging", "revealed")

    async def _judged(self, question: int) -> None:
        await self._until("judging", "revealed")
        if question == 0:
            while not (self.rooms.get("groups") or {}).get("groups"):
                await self._hear("host")
            [group] = [one["group"] for one in self.rooms["groups"]["groups"] if ACCEPTED in one["texts"]]
            answer = await self._ask("host", t="do", what="judge", group=group, accept=True)
            assert answer["t"] == "ack", answer

    async def _revealed(self, question: int) -> None:
        assert self.rooms["room"]["question"]["number"] == question
        await self._do("reveal")
        await self._until("revealed")

    async def _sent_away(self) -> None:
        state = self.state()
        player = state.names[KICKED.casefold()]
        if not state.players[player].kicked:
            await self._do("kick", player=player)
        self.kicked = True

    async def _ended(self) -> None:
        if self.rooms["room"]["phase"] != "ended":
            await self._do("next")
        await self._until("ended")

    async def _do(self, what: str, **fields: Any) -> None:
        """As the host; that it does not fit any more is no trouble where it has happened already."""
        answer = await self._ask("host", t="do", what=what, **fields)
        assert answer["t"] == "ack" or answer["code"] in ("not-now", "question-open", "kicked", "over"), answer

    def log(self) -> Path:
        """The session's file."""
        return self.folder / f"{self.told['session']}{journal.SUFFIX}"

    def state(self) -> State:
        """What the log on disk amounts to."""
        return game.replay(journal.read(self.log()))


def uninterrupted(begin: Opened) -> State:
    """The same script, played in memory and in one go."""
    state, at = game.opened(begin), begin.at

    def do(command: commands.Command) -> None:
        nonlocal state, at
        at += 1000
        for event in rules.decide(state, command, at=at):
            state = game.apply(state, event)

    for name in PLAYERS:
        do(commands.Join(name))
    for number, answers in enumerate(ANSWERS):
        do(commands.Next())
        for name, text in answers.items():
            player = state.names[name.casefold()]
            do(commands.Draft(player, number, text) if name == "Dee" else commands.Answer(player, number, text))
        do(commands.Close())
        given = {player: one.text for player, one in state.rounds[-1].answers.items()}
        marks = tuple((player, mark(QUESTIONS[number], text)) for player, text in given.items())
        do(commands.Marks(number, marks, tuple((player,) for player in given)))
        if number == 0:
            [accepted] = [i for i, group in enumerate(state.rounds[-1].groups) if given[group[0]] == ACCEPTED]
            do(commands.Judge(accepted, accept=True))
        do(commands.Reveal())
        if number == 0:
            do(commands.Kick(state.names[KICKED.casefold()]))
    do(commands.Next())
    return state


def points(state: State) -> dict[str, tuple[int, int]]:
    """Name -> (points, right answers)."""
    return {state.players[line.player].name: (line.points, line.right) for line in scoring.table(state)}


def verify(killed: Killed) -> None:
    """Check the log after a game.

    Raises:
        AssertionError: something that was acknowledged is missing, or the scores are not those of a game in one go.
    """
    state = killed.state()
    for name, question, text in killed.acknowledged:
        player = state.names[name.casefold()]
        if not state.players[player].kicked:
            assert state.rounds[question].answers[player].text == text, (name, question)
    assert points(state) == points(uninterrupted(state.opened)), (points(state), points(uninterrupted(state.opened)))


async def kill(folder: Path, *, kills: int, seed: int, longest_seconds: float) -> int:
    """Play games in *folder* until the host was killed *kills* times; how many games that took."""
    draw, games, left = random.Random(seed), 0, kills
    while left:
        killed = Killed(folder / str(games), draw, longest_seconds, left)
        try:
            await killed.play()
            verify(killed)
        finally:
            await killed._down()
        left = killed.kills_left
        games += 1
    return games
