"""One player's seat in a live session: the connection, kept up; what the host said last; what is still to be sent."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException

from quizzer.errors import GroupError, GroupRefused, MessageRefused
from quizzer.group.fetching import session_file
from quizzer.group.joining import Invitation
from quizzer.group.reading import read_as
from quizzer.group.room import Room, You

DRAFT_SECONDS = 1.0
"""How often what is being typed is sent."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 8.0
"""Between two attempts to come back."""
RETRY_SECONDS = 1.0
TRIED_AGAIN = ("not-saved", "too-fast")
"""Refusals of an answer that pass by themselves: the host's disk is full, or too much came at once."""
HELLO_SECONDS = 10.0
MESSAGE_BYTES = 4_000_000
LAST_WORDS = {
    "kicked": "The host has taken you out of this quiz.",
    "replaced": "You have joined from somewhere else: the quiz goes on there.",
    "over": "The host has closed the quiz.",
}
"""What ends a seat for good, in words."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What lets the player come back."""

    player: str
    name: str
    token: str
    personal: str


class Seat:
    """A player's seat. `sit` takes it, `stay` keeps it; both in one event loop."""

    def __init__(self, invitation: Invitation, *, changed: Callable[[], None] = lambda: None) -> None:
        """*changed* is called whenever there is something new to show."""
        self.invitation = invitation
        self.changed = changed
        self.keys: Keys | None = None
        self.room: Room | None = None
        self.you: You | None = None
        self.connected = False
        self.note = ""
        """What was refused last."""
        self.over = ""
        """Why the seat is gone for good; empty as long as it is not."""
        self.taken: bytes | None = None
        """The player's session file, as the host gave it last."""
        self._socket: ClientConnection | None = None
        self._heard_at = 0.0
        self._number = 0
        self._given: tuple[int, str] | None = None
        """The answer that was handed in, until the host has acknowledged it."""
        self._given_number = -1
        self._draft: tuple[int, str] | None = None
        self._draft_sent: tuple[int, str] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def reach(self) -> None:
        """Look whether the host is there at all, before anybody is asked for a name.

        Raises:
            GroupError: the host cannot be reached.
        """
        socket = await self._connected()
        await socket.close()

    async def sit(self, **hello: str) -> None:
        """Take the seat: with name (and team), token, or personal code.

        Raises:
            GroupRefused: the host does not let this player in; another hello may.
            GroupError: the host cannot be reached.
        """
        if self._socket is None:
            self._socket = await self._connected()
        try:
            await self._say_hello(self._socket, hello)
        except (OSError, WebSocketException, TimeoutError) as error:
            self._socket = None
            raise _unreachable(self.invitation) from error

    async def _connected(self) -> ClientConnection:
        try:
            return await connect(self.invitation.socket_url, max_size=MESSAGE_BYTES, ping_interval=5, ping_timeout=10,
                                 open_timeout=HELLO_SECONDS, proxy=None, compression=None)  # fmt: skip
        except (OSError, InvalidHandshake, InvalidURI, WebSocketException, TimeoutError) as error:
            raise _unreachable(self.invitation) from error

    async def _say_hello(self, socket: ClientConnection, hello: dict[str, str]) -> None:
        said = {key: value for key, value in hello.items() if value}
        if "token" not in said:
            said["code"] = self.invitation.code
        self._number += 1
        await socket.send(json.dumps({"t": "hello", "role": "player", "n": self._number, **said}))
        async with asyncio.timeout(HELLO_SECONDS):
            while True:
                message = _message(await socket.recv())
                if message.get("t") == "refused":
                    raise GroupRefused(str(message.get("code")), str(message.get("message")))
                if message.get("t") == "welcome":
                    self.keys = read_as(Keys, message)
                    self.connected = True
                    return

    async def stay(self) -> None:
        """Listen, and come back whenever the connection drops, until the seat is gone for good."""
        drafts = asyncio.create_task(self._send_drafts())
        try:
            while not self.over:
                if self._socket is not None:
                    await self._listen(self._socket)
                self._socket, self.connected = None, False
                self.changed()
                if not self.over:
                    await self._come_back()
        finally:
            drafts.cancel()
            if self._socket is not None:
                await self._socket.close()

    async def _listen(self, socket: ClientConnection) -> None:
        self._draft_sent = None
        await self._resend(socket)
        with contextlib.suppress(WebSocketException, OSError):
            async for frame in socket:
                try:
                    self._hear(_message(frame))
                except MessageRefused as error:
                    self.note = error.message
                self.changed()
                if self.over:
                    return

    async def _come_back(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self.over:
            await asyncio.sleep(wait * (0.5 + random.random() / 2))
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)
            try:
                await self.sit(token=self.keys.token if self.keys else "")
            except GroupRefused as error:
                if error.why in ("kicked", "bad-token"):
                    self.over = error.message
            except GroupError:
                continue  # the host is away; it may come back
            else:
                return

    def _hear(self, message: dict[str, Any]) -> None:
        kind = message.get("t")
        if kind == "room":
            before, self.room = self.room, read_as(Room, message)
            self._heard_at = time.monotonic()
            if self.room.phase in ("revealed", "ended") and (before is None or before.phase != self.room.phase):
                self._start(self._fetch())
        elif kind == "you":
            self.you = read_as(You, message)
        elif kind in ("ack", "refused"):
            again = kind == "refused" and message.get("code") in TRIED_AGAIN
            if message.get("n") == self._given_number:
                if again:
                    self._start(self._resend(self._socket, after_seconds=RETRY_SECONDS))
                else:
                    self._given = None
            if kind == "refused" and not (again and self._given is not None):
                self.note = str(message.get("message", ""))
        elif kind == "bye":
            why = str(message.get("why"))
            if why != "restart":  # the host comes back
                self.over = LAST_WORDS.get(why, "The host has ended the connection.")

    # What the player does

    @property
    def question(self) -> int | None:
        """The number of the question that can be answered now."""
        room, you = self.room, self.you
        if room is None or you is None or room.phase != "asking" or room.question is None:
            return None
        return room.question.number if you.question == room.question.number else None

    def left_ms(self) -> float:
        """What the clock has left, now."""
        if self.room is None or self.room.clock is None:
            return 0.0
        clock = self.room.clock
        return max(0.0, clock.left_ms - (0 if clock.paused else (time.monotonic() - self._heard_at) * 1000))

    @property
    def sending(self) -> bool:
        """Whether an answer is on its way."""
        return self._given is not None

    def answer(self, question: int, text: str) -> None:
        """Hand in *text*; it is sent again after a drop, until the host has it on disk."""
        self.note = ""
        self._given, self._draft = (question, text), None
        self._start(self._resend(self._socket))

    def draft(self, question: int, text: str) -> None:
        """What is typed so far."""
        self._draft = (question, text)

    def choose_team(self, team: str) -> None:
        """Be in that team."""
        self.note = ""
        self._say({"t": "team", "team": team})

    def consent(self, yes: bool) -> None:
        """Whether answers may be shown with the name on them."""
        self._say({"t": "consent", "yes": yes})

    def _say(self, message: dict[str, Any]) -> None:
        self._number += 1
        self._start(_send(self._socket, {**message, "n": self._number}))

    async def _resend(self, socket: ClientConnection | None, *, after_seconds: float = 0.0) -> None:
        if after_seconds:
            await asyncio.sleep(after_seconds)
        if self._given is not None:
            self._number += 1
            self._given_number = self._number
            question, text = self._given
            await _send(socket, {"t": "answer", "q": question, "text": text, "n": self._number})

    async def _send_drafts(self) -> None:
        """Once a second, and a last time when the clock ends: what is typed then counts."""
        while True:
            await asyncio.sleep(min(DRAFT_SECONDS, max(0.05, self.left_ms() / 1000 - 0.05)) if self.question is not None
                                else DRAFT_SECONDS)  # fmt: skip
            draft = self._draft
            if draft is not None and self.connected and draft != self._draft_sent and draft[0] == self.question:
                self._draft_sent = draft
                await _send(self._socket, {"t": "draft", "q": draft[0], "text": draft[1]})

    async def _fetch(self) -> None:
        """Get the session file: a host that is closed later does not take it along."""
        if self.keys is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self.taken = await asyncio.to_thread(session_file, self.invitation.url, self.keys.token)
            self.changed()

    async def fetched(self) -> bytes | None:
        """The session file, waited for where it is on its way."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return self.taken

    def _start(self, work: Any) -> None:  # a coroutine of whatever result
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _send(socket: ClientConnection | None, message: dict[str, Any]) -> None:
    """Send *message*; a connection that is gone is noticed by whoever listens to it."""
    if socket is not None:
        with contextlib.suppress(WebSocketException, OSError):
            await socket.send(json.dumps(message))


def _message(frame: str | bytes) -> dict[str, Any]:
    """What the host sent; an empty message where it is none."""
    try:
        value = json.loads(frame)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _unreachable(invitation: Invitation) -> GroupError:
    return GroupError(
        f"no quiz can be reached at {invitation.url}",
        hint="is the link right, are you in the same network, and has the host opened the quiz to it (key l)?",
    )
