"""Puts a session on the network: on this machine alone, until the host opens it to the local network."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import uvicorn

from quizzer.errors import GroupError
from quizzer.group import tokens
from quizzer.group.access import Access
from quizzer.group.conversation import HELLO_SECONDS
from quizzer.group.engine import Engine
from quizzer.group.hub import Hub, Why
from quizzer.group.limits import Seats
from quizzer.group.lines import Doors
from quizzer.group.server import app

PORT = 8765
MESSAGE_BYTES = 64 * 1024
LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"
_SWEEP_SECONDS = 5.0
_FILES = 16384
"""Open files wanted: one for each connection."""


class Hosting:
    """A session that is served while this context is open; the engine is started and stopped with it."""

    def __init__(
        self,
        engine: Engine,
        *,
        port: int | None = None,
        names: frozenset[str] = frozenset(),
        seats: Seats | None = None,
        hello_seconds: float = HELLO_SECONDS,
    ) -> None:
        """*port*: 0 for any, None for the usual one or else any. *names*: further host names that lead here."""
        opened = engine.state.opened
        self.engine = engine
        self.hub = Hub(engine)
        self.code = opened.code
        self.host_token = tokens.host_token(opened.secret)
        self.stage_token = tokens.stage_token(opened.secret)
        self.lan_addresses: tuple[str, ...] = ()
        """Empty while only this machine gets in."""
        self._wanted_port = port
        self._access = Access(code=opened.code, secret=opened.secret, names=names)
        self._doors = Doors(seats)
        self._hello_seconds = hello_seconds
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where this machine finds it."""
        return f"http://{LOCAL}:{self.port}/"

    @property
    def link(self) -> str:
        """What players open; the code is in the part that no request carries."""
        address = self.lan_addresses[0] if self.lan_addresses else LOCAL
        return f"http://{address}:{self.port}/#{self.code}"

    @property
    def stage_link(self) -> str:
        """What the projector's browser, on this machine, opens."""
        return f"{self.url}stage#{self.stage_token}"

    async def __aenter__(self) -> Self:
        _allow_many_files()
        listening = _bound(LOCAL, self._wanted_port)
        self.port = listening.getsockname()[1]
        http, ws = self._doors.protocols()
        config = uvicorn.Config(
            app(self.hub, self._access, self._doors, hello_seconds=self._hello_seconds),
            http=http, ws=ws, ws_max_size=MESSAGE_BYTES,
            # The same bytes go to everybody: compressed, each connection would cost its own pass over them.
            ws_per_message_deflate=False, lifespan="off", log_config=None, access_log=False, server_header=False,
            date_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
        )  # fmt: skip
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # strangers' bad requests are no news
        self._server = _Server(config)
        await self.engine.start()
        self._serving = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._serving.done():
            await asyncio.sleep(0.005)
        self._sweeping = asyncio.create_task(self._sweep())
        self.hub.invite(self.link, self.code)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        why: Why = "over" if self.engine.state.phase == "ended" else "restart"
        self.hub.dismiss(why)
        if self._sweeping:
            self._sweeping.cancel()
        if self._server and self._serving:
            await asyncio.sleep(0.05)  # let the goodbyes out
            self._server.should_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        await self.engine.stop()

    async def open_lan(self) -> tuple[str, ...]:
        """Let the local network in; the addresses under which it finds this machine, the likeliest first.

        Raises:
            GroupError: there is no network, or the port cannot be opened to it.
        """
        if self.lan_addresses:
            return self.lan_addresses
        found = lan_addresses()
        if not found:
            raise GroupError("this machine is in no network", hint="connect it to the Wi-Fi that the players use")
        if self._server is None:
            raise GroupError("the session is not being served")
        await self._server.listen_instead(EVERYWHERE, self.port)
        self._access.names |= {*found, *own_names()}
        self.lan_addresses = found
        self.hub.invite(self.link, self.code)
        return found

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._doors.cut_stalled(at=asyncio.get_running_loop().time())


class _Server(uvicorn.Server):
    """uvicorn within a program that has its own signals and its own loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone: Ctrl-C is the host screen's."""
        yield

    async def listen_instead(self, address: str, port: int) -> None:
        """Listen there, and no longer where it did; who is connected stays so.

        Raises:
            GroupError: that cannot be; it listens where it did.
        """
        [before] = self.servers
        old = before.sockets[0].getsockname()
        # The two cannot be had at once: one of them is a part of the other.
        before.close()
        try:
            listening = _bound(address, port)
        except GroupError:
            await self._listen(_bound(old[0], old[1]))
            raise
        await self._listen(listening)

    async def _listen(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn does
                config=self.config, server_state=self.server_state, app_state={}, _loop=loop
            )
            return made

        self.servers = [await loop.create_server(protocol, sock=listening, backlog=self.config.backlog)]


def _bound(address: str, port: int | None) -> socket.socket:
    """A socket bound there; with *port* None the usual port, or any where that is taken.

    Raises:
        GroupError: the port is taken.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let another program take the port over
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            made.bind((address, PORT if port is None else port))
        except OSError:
            if port is not None:
                raise
            made.bind((address, 0))
        made.setblocking(False)
    except OSError as error:
        made.close()
        reason = (error.strerror or str(error)).lower()
        raise GroupError(f"port {port} cannot be opened: {reason}", hint="choose another with `--port`") from error
    return made


def lan_addresses() -> tuple[str, ...]:
    """This machine's addresses in its local networks, the one that leads outside first."""
    found: dict[str, None] = {}
    # Nothing is sent: connecting a UDP socket asks the system which address it would send from.
    for target in ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
            probe.connect((target, 9))
            found[probe.getsockname()[0]] = None
    with contextlib.suppress(OSError):
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(entry[4][0])] = None
    return tuple(one for one in found if not one.startswith(("127.", "0.", "169.254.")))


def own_names() -> frozenset[str]:
    """What this machine is called in its network."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name}.local", f"{name.partition('.')[0]}.local"} if name else ())


def _allow_many_files() -> None:
    """As many open files as there may be players; a system's usual limit is 256 or 1,024."""
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
