"""Clients that send what no client sends, too much of it, too slowly, or nothing: the server goes on for the others."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from quizzer.group.limits import Seats
from quizzer.group.lines import Line, frame
from tests.group.clients import joined
from tests.group.serving import RunningHost, running_host

KINDS = ("hello", "draft", "answer", "team", "consent", "do", "ping", "room", "", "\0")
WORDS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.sampled_from(("next", "judge", "host", "\ud800", "\u202e", "\x1b[31m", "<script>", "=1+1", "p1", "x" * 9000)),
)  # fmt: skip
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
FIELDS = st.dictionaries(
    st.sampled_from(("q", "text", "n", "role", "token", "code", "name", "team", "personal", "what", "seconds", "player",
                     "group", "accept", "yes", "x")), VALUES, max_size=6,
)  # fmt: skip
MESSAGES = st.one_of(
    st.tuples(st.sampled_from(KINDS), FIELDS).map(lambda both: json.dumps({"t": both[0], **both[1]})),
    VALUES.map(json.dumps),
    st.text(max_size=200),
    st.sampled_from(
        ("[" * 30_000, '{"t":' * 5_000, "1" * 10_000, '{"t":"ping","n":1e400}', '{"t":"ping","t":"hello"}')
    ),
)


@pytest.fixture(scope="module")
def host() -> Iterator[RunningHost]:
    """One server for all that is thrown at it."""
    with running_host() as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever comes, no exception is left for the log."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def lives(host: RunningHost) -> bool:
    """Whether somebody else gets through."""
    with connect(host.ws_url, proxy=None) as other:
        other.send('{"t":"ping","n":7}')
        return bool(json.loads(other.recv(timeout=60)) == {"t": "pong", "n": 7})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(role=st.sampled_from(("stranger", "player", "host", "stage")), said=st.lists(MESSAGES, min_size=1, max_size=8))
def test_no_message_breaks_the_conversation(host: RunningHost, role: str, said: list[str]) -> None:
    """Each is answered, refused, or ends the connection; the next client is served."""
    with connect(host.ws_url, proxy=None) as client:
        hello: dict[str, Any] = {"t": "hello", "n": 1, "role": role}
        if role == "player":
            hello |= {"code": host.code, "name": f"{random.random()}"}
        elif role != "stranger":
            hello["token"] = host.host_token if role == "host" else host.stage_token
        try:
            if role != "stranger":
                client.send(json.dumps(hello))
            for message in said:
                client.send(message.encode("utf-8", "replace").decode())
            client.send('{"t":"ping","n":77}')
            while json.loads(client.recv(timeout=60)).get("n") != 77:
                pass
        except ConnectionClosed:
            pass  # that, too, is an answer
    assert lives(host)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    garbage=st.binary(max_size=3000), start=st.sampled_from((b"", b"GET / HTTP/1.1\r\n", b"GET /ws HTTP/1.1\r\nHost: "))
)
def test_no_bytes_break_the_server(host: RunningHost, garbage: bytes, start: bytes) -> None:
    """Anybody in the network can write anything to a port."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=60) as raw:
        raw.sendall(start + garbage)
        raw.shutdown(socket.SHUT_WR)
    assert lives(host)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    garbage=st.binary(min_size=1, max_size=3000), masked=st.booleans(), opcode=st.integers(0, 15), final=st.booleans()
)
def test_no_frames_break_the_server(host: RunningHost, garbage: bytes, masked: bool, opcode: int, final: bool) -> None:
    """Neither after a WebSocket is open."""
    with upgraded(host) as raw:
        head = bytes([0x80 * final | opcode, 0x80 * masked | 126]) + struct.pack("!H", len(garbage))
        raw.sendall(head + b"\0\0\0\0" * masked + garbage + garbage)
    assert lives(host)


def test_a_message_that_is_too_long_ends_the_connection(host: RunningHost) -> None:
    """64 KB are more than any answer; more is not even kept."""
    with connect(host.ws_url, proxy=None, compression=None) as client:
        client.send("x" * 100_000)
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=60)
    assert lives(host)


def test_who_floods_is_cut_off_and_the_others_are_heard(host: RunningHost) -> None:
    """However many messages, pings or bytes one sends, another's answer is acknowledged."""

    async def script() -> None:
        async with joined(host, name="Honest") as honest, joined(host, name="Flood") as flood:
            text = json.dumps({"t": "draft", "q": 0, "text": "x" * 1000})
            sent = 0
            with suppress(ConnectionClosed):
                while sent < 100_000:
                    await flood.socket.send(text)
                    sent += 1
                    if sent % 100 == 0:
                        assert (await honest.ask(t="ping"))["t"] in ("pong", "refused")
            assert sent < 2_000
            assert (await honest.ask(t="ping"))["t"] in ("pong", "refused")

    asyncio.run(script())
    with upgraded(host) as raw, suppress(BrokenPipeError, ConnectionResetError):
        while True:
            raw.sendall(b"\x89\x80\0\0\0\0" * 1000)  # pings, whose answers are not read
    assert lives(host)


def test_who_opens_connections_without_end_leaves_room_for_others() -> None:
    """They are counted by address; what is open stays open."""
    with running_host(limits={"seats": Seats(an_address=20, all_addresses=30)}) as host, ExitStack() as stack:
        honest = stack.enter_context(connect(host.ws_url, proxy=None))
        for _ in range(100):
            raw = stack.enter_context(socket.create_connection(("127.0.0.1", host.port), timeout=60))
            raw.sendall(b"GET /ws HTTP/1.1\r\n")
        honest.send('{"t":"ping","n":1}')
        assert json.loads(honest.recv(timeout=60)) == {"t": "pong", "n": 1}


def test_who_does_not_read_holds_nobody_up(host: RunningHost) -> None:
    """What waits for one client is the latest state of each kind; the others are told at once."""

    async def script() -> None:
        async with joined(host, role="host") as chair, joined(host, name="Awake") as awake:
            with socket.socket() as deaf:
                deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                deaf.connect(("127.0.0.1", host.port))
                shake_hands(deaf, host)
                deaf.sendall(masked(json.dumps({"t": "hello", "role": "stage", "token": host.stage_token})))
                await chair.ask(t="do", what="next")
                for _ in range(40):
                    await chair.ask(t="do", what="pause")
                    await chair.ask(t="do", what="unpause")
                await awake.ask(t="answer", q=0, text="Paris")
                await chair.ask(t="do", what="skip")
            assert await awake.phase("revealed")

    asyncio.run(script())
    assert lives(host)


def test_a_client_that_is_behind_gets_the_latest_state_of_each_kind_and_every_answer() -> None:
    """It does not have to catch up with what is no longer true."""

    async def script() -> None:
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        line: list[Line] = []

        class Ours(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                assert isinstance(transport, asyncio.Transport)
                transport.set_write_buffer_limits(high=1000)
                line.append(Line(transport))

            def pause_writing(self) -> None:
                line[0].full(at=0.0)

            def resume_writing(self) -> None:
                line[0].free()

        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(Ours, sock=ours)
        theirs.setblocking(False)
        for number in range(2000):
            line[0].send("room", frame(f"room {number} {'x' * 100}"))
        line[0].answer(frame("answered 1"))
        line[0].answer(frame("answered 2"))
        found = b""
        while b"answered 2" not in found:
            found += await loop.sock_recv(theirs, 65536)
        assert b"room 1999" in found
        assert b"answered 1" in found
        assert found.count(b"room") < 1000
        transport.close()
        theirs.close()
        await asyncio.sleep(0)

    asyncio.run(script())


def shake_hands(raw: socket.socket, host: RunningHost) -> None:
    raw.sendall(
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{host.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += raw.recv(1)
    assert b" 101 " in answer


@contextmanager
def upgraded(host: RunningHost) -> Iterator[socket.socket]:
    """A raw socket on which a WebSocket is open."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=60) as raw:
        shake_hands(raw, host)
        yield raw


def masked(text: str) -> bytes:
    content = text.encode()
    return bytes([0x81, 0x80 | 126]) + struct.pack("!H", len(content)) + b"\0\0\0\0" + content
