"""A terminal player's seat against a real host, over real sockets: in, dropped, back, and home."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from quizzer.errors import GroupError, GroupRefused, UsageError
from quizzer.group import commands
from quizzer.group.hosting import Hosting
from quizzer.group.joining import invitation
from quizzer.group.player import Seat
from quizzer.group.seats import Seats
from tests.group.serving import fresh, hosted

PATIENCE_SECONDS = 300.0


async def until(condition: Callable[[], object]) -> None:
    """Wait until *condition* holds."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def seated(hosting: Hosting, **hello: str) -> AsyncIterator[Seat]:
    """A seat that is taken and kept."""
    seat = Seat(invitation(hosting.link))
    await seat.sit(**hello)
    staying = asyncio.create_task(seat.stay())
    try:
        await until(lambda: seat.room is not None and seat.you is not None)
        yield seat
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)


def test_a_player_answers_and_takes_the_session_home(tmp_path: Path) -> None:
    """From the first hello to the file, as a terminal does it."""

    async def quiz() -> None:
        async with hosted(tmp_path, fresh()) as hosting, seated(hosting, name="Ann") as seat:
            await hosting.engine.do(commands.Next())
            await until(lambda: seat.question == 0)
            seat.answer(0, "Paris")
            await until(lambda: not seat.sending)
            assert hosting.engine.state.rounds[0].answers["p1"].text == "Paris"
            await until(lambda: hosting.engine.state.phase == "judging")
            await hosting.engine.do(commands.Reveal())
            await until(lambda: seat.you is not None and seat.you.mark is not None)
            assert seat.you is not None
            assert seat.you.mark is not None
            assert seat.you.mark.right
            await until(lambda: seat.taken)
            assert json.loads(seat.taken or b"")["answers"][0]["text"] == "Paris"

    asyncio.run(quiz())


def test_a_draft_counts_when_the_host_closes_the_question(tmp_path: Path) -> None:
    """What is typed when the clock ends must not be lost."""

    async def quiz() -> None:
        async with hosted(tmp_path, fresh()) as hosting, seated(hosting, name="Ann") as seat:
            await hosting.engine.do(commands.Next())
            await until(lambda: seat.question == 0)
            seat.draft(0, "Par")
            seat.draft(0, "Paris, I think")
            await until(lambda: hosting.engine.pending_draft("p1") or hosting.engine.state.rounds[0].drafts)
            await hosting.engine.do(commands.Close())
            assert hosting.engine.state.rounds[0].answers["p1"].text == "Paris, I think"

    asyncio.run(quiz())


def test_a_player_comes_back_after_the_host_was_away(tmp_path: Path) -> None:
    """With what was handed in meanwhile: it is sent again until the host has it."""

    async def quiz() -> None:
        session = fresh()
        async with hosted(tmp_path, session) as hosting:
            port = hosting.port
            seat = Seat(invitation(hosting.link))
            await seat.sit(name="Ann")
            staying = asyncio.create_task(seat.stay())
            await hosting.engine.do(commands.Next())
            await until(lambda: seat.question == 0)
        await until(lambda: not seat.connected)
        seat.answer(0, "Paris")
        async with hosted(tmp_path, session.session, port=port) as hosting:
            await until(lambda: seat.connected and not seat.sending)
            assert hosting.engine.state.rounds[0].answers["p1"].text == "Paris"
            assert list(hosting.engine.state.players) == ["p1"]
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)

    asyncio.run(quiz())


def test_a_refused_name_can_be_tried_again_on_the_same_connection(tmp_path: Path) -> None:
    """Two Anns meet; the second types another name."""

    async def quiz() -> None:
        async with hosted(tmp_path, fresh()) as hosting, seated(hosting, name="Ann"):
            seat = Seat(invitation(hosting.link))
            with pytest.raises(GroupRefused) as refused:
                await seat.sit(name="ANN")
            assert refused.value.why == "name-taken"
            await seat.sit(name="Ben")
            assert seat.keys is not None
            async with seated(hosting, token=seat.keys.token) as again:
                assert again.you is not None
                assert again.you.name == "Ben"

    asyncio.run(quiz())


def test_a_kicked_player_stays_away(tmp_path: Path) -> None:
    """No attempt to come back, and a word about why."""

    async def quiz() -> None:
        async with hosted(tmp_path, fresh()) as hosting, seated(hosting, name="Ann") as seat:
            await hosting.engine.do(commands.Kick("p1"))
            await until(lambda: seat.over)
            assert "taken you out" in seat.over

    asyncio.run(quiz())


def test_a_host_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before anybody has typed a name."""
    with pytest.raises(GroupError, match=r"no quiz can be reached at http://127\.0\.0\.1:1/"):
        asyncio.run(Seat(invitation("127.0.0.1:1/#K7M2QD")).reach())


@pytest.mark.parametrize(
    ("link", "url", "code"),
    [
        ("http://192.168.1.5:8765/#K7M2QD", "http://192.168.1.5:8765/", "K7M2QD"),
        ("192.168.1.5:9000/#k7m-2qd", "http://192.168.1.5:9000/", "K7M2QD"),
        ("192.168.1.5", "http://192.168.1.5:8765/", ""),
        ("https://quiz.example/team/#K7M2QD", "https://quiz.example/team/", "K7M2QD"),
        ("http://[fe80::1]:8765/#K7M2QD", "http://[fe80::1]:8765/", "K7M2QD"),
    ],
)
def test_a_link_is_understood_as_people_shorten_it(link: str, url: str, code: str) -> None:
    """Typed from a projector, it loses its scheme and its capitals."""
    found = invitation(link)
    assert (found.url, found.code) == (url, code)
    assert found.socket_url == url.replace("http", "ws", 1) + "ws"


@pytest.mark.parametrize(
    "link", ["", "ftp://host/#K7M2QD", "http://", "http://me@host/", "http://host:port/", "http://h/?x"]
)
def test_what_is_no_link_is_refused(link: str) -> None:
    """With an example of one."""
    with pytest.raises(UsageError):
        invitation(link)


def test_a_seat_that_another_process_sits_on_is_not_taken(tmp_path: Path) -> None:
    """Two terminals on one machine are two players."""

    async def keys(name: str) -> Seat:
        async with hosted(tmp_path / "sessions", fresh()) as hosting:
            seat = Seat(invitation(hosting.link))
            await seat.sit(name=name)
            return seat

    ann = asyncio.run(keys("Ann")).keys
    assert ann is not None
    seats = Seats(tmp_path / "seats")
    kept = seats.keep("K7M2QD", ann)
    assert kept is not None
    assert seats.free("K7M2QD") is None
    kept.close()
    free = seats.free("K7M2QD")
    assert free is not None
    assert free.keys == ann
    free.close()
    assert seats.free("K7M2QD", "Ben") is None
    assert seats.free("../K7M2QD") is None
    assert kept.path.stat().st_mode & 0o077 == 0
