"""Clients of a live session for tests: what a page or a terminal player sends and gets, as JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.group.serving import RunningHost

Message = dict[str, Any]


class Client:
    """One connection; keeps everything that it was told."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.told: list[Message] = []
        self.latest: dict[str, Message] = {}
        self._number = 0

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def ask(self, **message: Any) -> Message:
        """Say it, and wait for the answer with the same number."""
        self._number += 1
        number = self._number
        await self.say(**message, n=number)
        return await self.until(lambda told: told.get("n") == number)

    async def hear(self) -> Message:
        async with asyncio.timeout(300):
            message: Message = json.loads(await self.socket.recv())
        self.told.append(message)
        self.latest[message["t"]] = message
        return message

    async def until(self, found: Callable[[Message], object]) -> Message:
        """The next message of which *found* is true."""
        while not found(message := await self.hear()):
            pass
        return message

    async def seen(self, kind: str, found: Callable[[Message], object]) -> Message:
        """The latest message of *kind* if *found* is true of it, else the next one of which it is."""
        latest = self.latest.get(kind)
        if latest and found(latest):
            return latest
        return await self.until(lambda told: told["t"] == kind and found(told))

    async def phase(self, phase: str) -> Message:
        """The next room that is in *phase*, or the latest one."""
        return await self.seen("room", lambda room: room["phase"] == phase)

    async def rest(self) -> list[Message]:
        """All that comes until the server closes."""
        async for text in self.socket:
            message = json.loads(text)
            self.told.append(message)
            self.latest[message["t"]] = message
        return self.told


@asynccontextmanager
async def joined(host: RunningHost, **hello: Any) -> AsyncIterator[Client]:
    """A connection that has said hello: a player with ``name=...`` or ``token=...``, or another ``role=...``."""
    async with connect(host.ws_url, proxy=None) as socket:
        client = Client(socket)
        known = {"role": "player", **hello}
        if known["role"] == "host":
            known["token"] = host.host_token
        elif known["role"] == "stage":
            known["token"] = host.stage_token
        elif "token" not in known:
            known.setdefault("code", host.code)
        answer = await client.ask(t="hello", **known)
        assert answer["t"] == "welcome", answer
        yield client


@asynccontextmanager
async def stranger(host: RunningHost) -> AsyncIterator[Client]:
    """A connection that has not said who it is."""
    async with connect(host.ws_url, proxy=None) as socket:
        yield Client(socket)
