"""The host's side of the load test: a session that says when it broadcasts, and a bare loop to compare it with.

python -m benchmarks.group_serve session|bare FOLDER; prints a line of JSON when it serves, and one when it is told
(standard input) to show what it has noted.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from quizzer.cli.compose import group_grader
from quizzer.group.clock import HostClock
from quizzer.group.engine import Engine
from quizzer.group.events import Event
from quizzer.group.hosting import Hosting
from quizzer.group.journal import Journal
from quizzer.group.judging import WorkerJudge
from quizzer.group.state import State
from tests.group.serving import bert, fresh

QUESTIONS = 20


async def session(folder: Path, seconds: int) -> None:
    """Serve a session with the real grader."""
    log = Journal.create(folder, fresh(bert(QUESTIONS), seconds=seconds))
    published: list[tuple[str, float]] = []

    def note(happened: Sequence[Event], state: State) -> None:
        at = time.time_ns() / 1e6
        published.extend((type(event).__name__, at) for event in happened if type(event).__name__ != "Answered")
        del state

    with closing(WorkerJudge(group_grader)) as judge:
        engine = Engine(log.state(), log, judge, HostClock())
        engine.subscribe(note)  # before the hub, so that it is called before it
        async with Hosting(engine, port=0) as hosting:
            tell({"url": hosting.url.replace("http", "ws") + "ws", "code": hosting.code, "token": hosting.host_token,
                  "log": str(log.path)})  # fmt: skip
            while (await line()).strip():
                tell(published)


async def bare(folder: Path) -> None:
    """Serve what a first version would be: everyone in a set, and a loop that sends to each in turn."""
    sockets: set[WebSocket] = set()
    began: list[float] = []

    async def endpoint(connected: WebSocket) -> None:
        await connected.accept()
        await connected.receive_text()
        await connected.send_text(json.dumps({"t": "welcome", "token": "x"}))
        sockets.add(connected)
        try:
            while True:
                await connected.receive_text()
        except WebSocketDisconnect:
            sockets.discard(connected)

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Starlette(routes=[WebSocketRoute("/ws", endpoint)]), ws="websockets-sansio", ws_per_message_deflate=False,
        log_config=None, access_log=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    tell({"url": f"ws://127.0.0.1:{listening.getsockname()[1]}/ws", "code": "", "token": ""})
    message = (folder / "room.json").read_text() if (folder / "room.json").exists() else "{}"
    while (await line()).strip():
        began.append(time.time_ns() / 1e6)
        for connected in list(sockets):
            await connected.send_text(message)
        tell(began)
    server.should_exit = True
    await serving


async def line() -> str:
    """The next line of standard input."""
    return await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def tell(value: Any) -> None:  # JSON
    """Print *value* on a line."""
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        asyncio.run(bare(Path(sys.argv[2])))
    else:
        asyncio.run(session(Path(sys.argv[2]), int(sys.argv[3])))
