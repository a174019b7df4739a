"""Many players of a live session in one process; told what to do, and asked what they saw, over standard input.

Each line in is one JSON list: ["join", ws url, code, first number, how many], ["burst", instant in ms, seconds,
texts], ["reset"], ["report"], ["quit"]; each line out is its result.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

JOINING_AT_ONCE = 40


def now_ms() -> float:
    """The instant, by the clock that the host's process reads, too."""
    return time.time_ns() / 1e6


@dataclass(slots=True)
class Player:
    """One connection, and when it was told what."""

    name: str
    socket: ClientConnection
    token: str = ""
    rooms: dict[str, float] = field(default_factory=dict)
    """Phase (or the text of a bare broadcast) -> the instant at which it was first seen."""
    sent: dict[int, float] = field(default_factory=dict)
    acknowledged: dict[int, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    lost: bool = False

    async def listen(self) -> None:
        """Note what comes, until the connection ends."""
        try:
            async for text in self.socket:
                at = now_ms()
                message = json.loads(text)
                kind = message["t"]
                if kind == "room":
                    self.rooms.setdefault(message["phase"], at)
                elif kind == "ack":
                    self.acknowledged[message["n"]] = at
                elif kind == "welcome":
                    self.token = message.get("token", "")
                elif kind == "refused":
                    self.refused.append(message["code"])
        finally:
            self.lost = True

    async def answer(self, at_ms: float, number: int, question: int, text: str) -> None:
        """Hand in *text* at the instant *at_ms*."""
        await asyncio.sleep((at_ms - now_ms()) / 1000)
        self.sent[number] = now_ms()
        await self.socket.send(json.dumps({"t": "answer", "q": question, "text": text, "n": number}))


class Players:
    """All players of this process."""

    def __init__(self) -> None:
        self.all: list[Player] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self, url: str, code: str, first: int, count: int) -> float:
        """Come in, a few at a time; milliseconds that it took."""
        began = now_ms()
        gate = asyncio.Semaphore(JOINING_AT_ONCE)

        async def come(number: int) -> None:
            async with gate:
                socket = await connect(url, compression=None, proxy=None, ping_interval=None, open_timeout=60,
                                       max_queue=None)  # fmt: skip
                player = Player(f"player {number}", socket)
                self._tasks.append(asyncio.create_task(player.listen()))
                self.all.append(player)
                hello = {"t": "hello", "role": "player", "code": code, "name": player.name, "n": 1}
                await socket.send(json.dumps(hello))
                while not player.token and not player.lost:
                    await asyncio.sleep(0.01)

        await asyncio.gather(*(come(number) for number in range(first, first + count)))
        return now_ms() - began

    async def burst(self, question: int, until_ms: float, seconds: float, texts: list[str], seed: int) -> int:
        """Everyone hands in an answer within the last *seconds* before *until_ms*; how many were sent."""
        draw = random.Random(seed)
        await asyncio.gather(
            *(player.answer(until_ms - 1000 * seconds * draw.random(), 100 + question, question, text)
              for player, text in zip(self.all, texts, strict=True))
        )  # fmt: skip
        return len(self.all)

    def reset(self) -> int:
        """Forget what was seen."""
        for player in self.all:
            player.rooms.clear()
        return 0

    def report(self) -> list[dict[str, Any]]:
        """What each player saw."""
        return [
            {"name": p.name, "rooms": p.rooms, "sent": p.sent, "acknowledged": p.acknowledged, "refused": p.refused,
             "lost": p.lost}
            for p in self.all
        ]  # fmt: skip


async def main() -> None:
    """Do what standard input says."""
    players = Players()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        what, *arguments = json.loads(line)
        if what == "quit":
            break
        result = getattr(players, what)(*arguments)
        if asyncio.iscoroutine(result):
            result = await result
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
