"""The connections themselves: how much each may send, and that one which does not read never holds up another.

Frames to players are written to the transport as they are, made once for everybody: a state that a slow client has not
taken is replaced by the next one, so that there is never more than one of each kind to catch up with.
"""

from __future__ import annotations

import asyncio
from asyncio.transports import BaseTransport
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import get_local_addr, get_remote_addr
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from quizzer.group.limits import Bucket, Seats

HTTP_SECONDS = 30.0
"""The life of a connection that does not become a WebSocket; a page loads in less, and may open another."""

UNREAD_BYTES = 256 * 1024
"""What waits for a client that does not read; beyond, it is cut off."""

BURST_BYTES, BYTES_A_SECOND = 256 * 1024, 32 * 1024

STALLED_SECONDS = 20.0

_WAITING = 64
"""Acknowledgements that a client has not taken; no honest one has more."""

Ends = tuple[Any, Any]  # (server, client), as the ASGI scope has them
"""Both ends' addresses: what the same connection is known by on either side of the ASGI interface."""


def frame(text: str) -> bytes:
    """*text* as a WebSocket message on its way to a client."""
    return Frame(Opcode.TEXT, text.encode("utf-8", "replace")).serialize(mask=False)


class Line:
    """The way out to one client."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._waiting: dict[str, bytes] = {}
        self._answers = 0
        self.full_since: float | None = None
        """When it last stopped taking anything; None while it takes."""
        self.open = True

    def send(self, kind: str, message: bytes) -> None:
        """Send *message*; if the client is behind, instead of the one of the same *kind* that it has not got yet."""
        if not self.open or self._transport.is_closing():
            return
        if self.full_since is None:
            self._transport.write(message)
            return
        self._waiting.pop(kind, None)
        self._waiting[kind] = message

    def answer(self, message: bytes) -> None:
        """Send *message*, in any case."""
        self._answers += 1
        if len(self._waiting) > _WAITING:
            self.cut()
        self.send(f"answer {self._answers}", message)

    def full(self, *, at: float) -> None:
        """The client does not keep up."""
        self.full_since = at

    def free(self) -> None:
        """The client takes messages again."""
        self.full_since = None
        waiting, self._waiting = self._waiting, {}
        for kind, message in waiting.items():
            self.send(kind, message)

    def cut(self) -> None:
        """End the connection at once."""
        self.open = False
        self._waiting.clear()
        self._transport.abort()


class Doors:
    """The connections of one server."""

    def __init__(self, seats: Seats | None = None) -> None:
        self.seats = seats or Seats()
        self._lines: dict[Ends, Line] = {}

    def line(self, scope: Any) -> Line | None:  # an ASGI scope
        """The way out of the connection that *scope* is about; None where it has ended meanwhile."""
        return self._lines.get((scope["server"], scope["client"]))

    def protocols(self) -> tuple[type[H11Protocol], type[WebSocketsSansIOProtocol]]:
        """What uvicorn is to speak HTTP and WebSocket with."""
        doors = self

        class Http(_Http):
            seats = doors.seats

        class Socket(_Socket):
            seats = doors.seats
            lines = doors._lines

        return Http, Socket

    def cut_stalled(self, *, at: float) -> None:
        """Cut off whoever has taken nothing for long."""
        for line in list(self._lines.values()):
            if line.full_since is not None and at - line.full_since > STALLED_SECONDS:
                line.cut()


def _address(transport: BaseTransport) -> str:
    ends = get_remote_addr(transport)  # type: ignore[arg-type]  # uvicorn asks for less than it says
    return ends[0] if ends else ""


class _Http(H11Protocol):
    seats: Seats
    _seat: str | None = None
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = _address(transport)
        if not self.seats.take(address):
            transport.abort()
            return
        self._seat = address
        self._end = self.loop.call_later(HTTP_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: Any) -> None:
        self._leave()
        super().handle_websocket_upgrade(event)

    def _leave(self) -> None:
        if self._seat is not None:
            self.seats.leave(self._seat)
            self._seat = None
        if self._end is not None:
            self._end.cancel()
            self._end = None


class _Socket(WebSocketsSansIOProtocol):
    seats: Seats
    lines: dict[Ends, Line]
    _seat: str | None = None
    _line: Line
    _ends: Ends

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self._bytes = Bucket(BURST_BYTES, BYTES_A_SECOND)
        self._line = Line(self.transport)
        self._ends = (get_local_addr(self.transport), get_remote_addr(self.transport))
        self.lines[self._ends] = self._line
        address = _address(transport)
        if self.seats.take(address):
            self._seat = address
        else:
            self._line.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        self._line.open = False
        self.lines.pop(self._ends, None)
        if self._seat is not None:
            self.seats.leave(self._seat)
            self._seat = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        flooding = not self._bytes.take(len(data), at=self.loop.time())
        # Pings are answered before anybody reads a message: the answers must not pile up either.
        if flooding or self.transport.get_write_buffer_size() > UNREAD_BYTES:
            self._line.cut()
            return
        super().data_received(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._line.full(at=self.loop.time())

    def resume_writing(self) -> None:
        super().resume_writing()
        self._line.free()
