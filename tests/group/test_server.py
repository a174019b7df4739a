"""A live session over the network: real sockets, the real server, clients that speak the wire format."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from quizzer.group.server import web_files
from tests.group.clients import Client, joined, stranger
from tests.group.serving import RunningHost, running_host


def play(script: Callable[[RunningHost], Coroutine[Any, Any, None]], **options: Any) -> None:
    with running_host(**options) as host:
        asyncio.run(script(host))


def get(host: RunningHost, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=300)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    content = answer.read()
    found = {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return answer.status, found, content


def test_a_question_from_its_asking_to_its_reveal() -> None:
    """What three people see of one question."""

    async def script(host: RunningHost) -> None:
        async with joined(host, role="host") as chair, joined(host, name="Ann") as ann, joined(host, name="Ben") as ben:
            assert (await chair.ask(t="do", what="next"))["t"] == "ack"
            room = await ann.phase("asking")
            assert room["question"]["html"] == "<p>What is the capital of <em>France</em>?</p>\n"
            assert 0 < room["clock"]["left_ms"] <= room["clock"]["total_ms"] == 90_000
            assert (await ann.ask(t="answer", q=0, text="It is Paris"))["t"] == "ack"
            await ben.say(t="draft", q=0, text="Rome")
            assert (await ben.ask(t="answer", q=0, text="Rome, I think"))["t"] == "ack"
            groups = await chair.seen("groups", lambda told: told["groups"])
            assert {text for group in groups["groups"] for text in group["texts"]} == {"It is Paris", "Rome, I think"}
            assert "Ann" not in json.dumps(groups)
            assert (await chair.ask(t="do", what="reveal"))["t"] == "ack"
            room = await ben.phase("revealed")
            assert room["reveal"]["reference_html"] == "<p>Paris</p>\n"
            assert room["table"][0] == {"place": 1, "name": "Ann", "points": 100, "team": ""}
            own = await ben.seen("you", lambda told: told["mark"])
            assert (own["mark"]["right"], own["place"], own["answer"]) == (False, 2, "Rome, I think")

    play(script)


def test_the_room_is_the_same_bytes_for_everybody() -> None:
    """It is made once; what is one player's own never is in it."""

    async def script(host: RunningHost) -> None:
        async with (
            joined(host, role="host") as chair,
            joined(host, name="Ann") as ann,
            joined(host, role="stage") as stage,
        ):
            await chair.ask(t="do", what="next")
            rooms = [await client.phase("asking") for client in (chair, ann, stage)]
            assert rooms[0] == rooms[1] == rooms[2]
            assert "Paris" not in json.dumps(rooms[0])

    play(script)


def test_a_player_who_drops_comes_back_with_answer_and_draft() -> None:
    """A phone that loses the network loses nothing that was typed on it."""

    async def script(host: RunningHost) -> None:
        async with joined(host, role="host") as chair, joined(host, name="Ben"):
            async with joined(host, name="Ann") as ann:
                token, personal = ann.told[0]["token"], ann.told[0]["personal"]
                await chair.ask(t="do", what="next")
                await ann.ask(t="draft", q=0, text="It is Par")
            async with joined(host, token=token) as again:
                assert again.told[-1]["name"] == "Ann"
                assert (await again.until(lambda told: told["t"] == "you"))["draft"] == "It is Par"
            async with joined(host, personal=personal.lower().replace("-", " ")) as elsewhere:
                assert elsewhere.told[-1]["player"] == "p2"
                assert elsewhere.told[-1]["token"] == token
            assert len(host.state.players) == 2

    play(script)


def test_a_second_tab_takes_the_place_of_the_first() -> None:
    """It is the same player, once."""

    async def script(host: RunningHost) -> None:
        async with joined(host, name="Ann") as first:
            async with joined(host, token=first.told[0]["token"]):
                assert (await first.rest())[-1] == {"t": "bye", "why": "replaced"}
                assert host.hosting.engine.present == {"p1"}
            assert len(host.state.players) == 1

    play(script)


def test_a_player_who_is_kicked_is_out_and_stays_out() -> None:
    """The token that he has does not bring him back."""

    async def script(host: RunningHost) -> None:
        async with joined(host, role="host") as chair, joined(host, name="Ann") as ann:
            await chair.ask(t="do", what="kick", player="p1")
            assert (await ann.rest())[-1] == {"t": "bye", "why": "kicked"}
            async with stranger(host) as again:
                answer = await again.ask(t="hello", role="player", token=ann.told[0]["token"])
                assert answer["code"] == "kicked"

    play(script)


def test_a_refused_hello_may_be_said_better() -> None:
    """A mistyped code or a name that is taken is no reason to open another connection."""

    async def script(host: RunningHost) -> None:
        async with joined(host, name="Ann"), stranger(host) as client:
            assert (await client.ask(t="answer", q=0, text="Paris"))["code"] == "hello-first"
            for code, name, why in (("AAAAAA", "Ben", "bad-code"), (host.code, "ANN", "name-taken"),
                                    (host.code, "A\u200bnn", "bad-name"), (host.code, " ", "bad-name")):  # fmt: skip
                answer = await client.ask(t="hello", role="player", code=code, name=name)
                assert (answer["t"], answer["code"]) == ("refused", why)
            answer = await client.ask(t="hello", role="player", code=f" {host.code.lower()} ", name="Ben")
            assert answer["t"] == "welcome"

    play(script)


def test_a_player_whose_welcome_was_lost_joins_again_by_the_same_name() -> None:
    """The network may go just then: the name is taken by the one who asks for it; not once the player was heard of."""

    async def script(host: RunningHost) -> None:
        async with stranger(host) as ann:
            await ann.say(t="hello", role="player", code=host.code, name="Ann")
        while not host.state.players or host.hosting.hub.connected("p1"):
            await asyncio.sleep(0.01)
        async with joined(host, name="Ann") as again:
            assert again.told[0]["player"] == "p1"
            await again.ask(t="ping")
        while host.hosting.hub.connected("p1"):
            await asyncio.sleep(0.01)
        async with stranger(host) as other:
            assert (await other.ask(t="hello", role="player", code=host.code, name="Ann"))["code"] == "name-taken"

    play(script)


def test_nobody_guesses_codes_fast_and_who_has_a_token_still_comes_back() -> None:
    """While too many wrong codes came from an address, even the right one is not looked at."""

    async def script(host: RunningHost) -> None:
        async with joined(host, name="Ann") as ann:
            token = ann.told[0]["token"]
        tried = 0
        why = ""
        while why != "too-fast":
            assert tried < 100
            async with stranger(host) as guesser:
                for _ in range(8):
                    why = (await guesser.ask(t="hello", role="player", code="ABCDEF", name="Eve"))["code"]
                    tried += 1
        async with stranger(host) as guesser:
            assert (await guesser.ask(t="hello", role="player", code=host.code, name="Eve"))["code"] == "too-fast"
        async with joined(host, token=token):
            pass

    play(script)


def test_players_cannot_do_what_the_host_does() -> None:
    """The host's token is apart from the players', and so is what it allows."""

    async def script(host: RunningHost) -> None:
        async with joined(host, name="Ann") as ann, stranger(host) as eve, joined(host, role="stage") as stage:
            assert (await ann.ask(t="do", what="next"))["code"] == "not-yours"
            assert (await stage.ask(t="do", what="next"))["code"] == "not-yours"
            assert (await stage.ask(t="answer", q=0, text="x"))["code"] == "not-yours"
            for token in (ann.told[0]["token"], host.stage_token, host.code, " "):
                assert (await eve.ask(t="hello", role="host", token=token))["code"] == "bad-token"
            assert (await eve.ask(t="hello", role="player", token="p1." + "0" * 64))["code"] == "bad-token"

    play(script)


def test_the_projector_is_told_no_ids_and_no_answers() -> None:
    """It shows what the room sees."""

    async def script(host: RunningHost) -> None:
        async with (
            joined(host, name="Ann") as ann,
            joined(host, role="host") as chair,
            joined(host, role="stage") as stage,
        ):
            await chair.ask(t="do", what="next")
            await ann.ask(t="answer", q=0, text="a secret answer")
            await stage.phase("judging")
            people = await stage.seen("people", lambda told: told["players"][0]["answered"])
            assert people["players"] == [{"name": "Ann", "team": "", "here": True, "answered": True}]
            assert "a secret answer" not in json.dumps(stage.told)
            assert stage.latest["invite"]["link"] == host.link

    play(script)


def test_the_host_opens_the_session_to_the_local_network() -> None:
    """Until then only this machine gets in; who is connected stays so."""

    async def script(host: RunningHost) -> None:
        async with joined(host, role="stage") as stage, joined(host, name="Ann") as ann:
            before = stage.latest.get("invite") or await stage.until(lambda told: told["t"] == "invite")
            assert before["link"].startswith("http://127.0.0.1:")
            [address, *_] = await asyncio.to_thread(host.open_lan)
            after = await stage.until(lambda told: told["t"] == "invite")
            assert after["link"] == f"http://{address}:{host.port}/#{host.code}"
            assert after["qr"] != before["qr"]
            async with connect(f"ws://{address}:{host.port}/ws", proxy=None) as socket:
                answer = await Client(socket).ask(t="hello", role="player", code=host.code, name="Ben")
                assert answer["t"] == "welcome"
            assert (await ann.ask(t="ping"))["t"] == "pong"
            async with joined(host, name="Cem"):
                pass

    play(script)


def test_a_request_for_another_name_is_not_answered() -> None:
    """A page elsewhere whose name is made to lead to this machine (DNS rebinding) gets nothing."""
    with running_host(names=frozenset({"quiz.example"})) as host:
        other = ("evil.example", f"evil.example:{host.port}", "", "127.0.0.1.evil.example", "user@127.0.0.1", "[::1",
                 "127.0.0.1:99999999")  # fmt: skip
        for name in other:
            assert get(host, "/", Host=name)[0] == 421, name
        for name in (f"127.0.0.1:{host.port}", "LOCALHOST", "quiz.example", "quiz.example:81", "[::1]:80"):
            assert get(host, "/session.json", Host=name)[0] == 401, name


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://", "http://[", ""])
def test_a_socket_from_another_page_is_refused(origin: str) -> None:
    """A page that somebody in the room has open elsewhere must not talk to the session."""

    async def script(host: RunningHost) -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with connect(host.ws_url, additional_headers={"Origin": origin}, proxy=None):
                pass
        assert refused.value.response.status_code == 403

    play(script)


def test_a_socket_from_our_own_page_is_taken() -> None:
    """A browser sends the page's address along."""

    async def script(host: RunningHost) -> None:
        async with connect(host.ws_url, origin=host.url.rstrip("/"), proxy=None) as socket:  # type: ignore[arg-type]  # a str subtype
            assert (await Client(socket).ask(t="ping"))["t"] == "pong"

    play(script)


def test_every_answer_keeps_the_page_to_itself() -> None:
    """The policy lets nothing in from elsewhere; nothing is cached, framed, or guessed at."""
    with running_host() as host:
        for path in ("/", "/nothing", "/session.json"):
            _, headers, _ = get(host, path)
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self'" in policy
            assert f"ws://127.0.0.1:{host.port}" in policy
            assert not any(word in policy for word in ("unsafe", "*", "http:", "https:"))
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
            assert "server" not in headers


def test_only_the_pages_own_files_are_served() -> None:
    """Paths are looked up in a table; nothing leads out of it."""
    with running_host() as host:
        for path, (content, kind) in web_files().items():
            status, headers, found = get(host, path)
            assert (status, found, headers["content-type"]) == (200, content, kind)
        for path in ("/web/../server.py", "/web/%2e%2e/server.py", "/server.py", "/web/", "//etc/passwd", "/ws"):
            assert get(host, path)[0] in (400, 404), path


def test_a_player_takes_the_session_home_and_nobody_else_does() -> None:
    """The file holds one player's answers: only that player's token gives it."""

    async def script(host: RunningHost) -> None:
        async with joined(host, role="host") as chair, joined(host, name="Ann") as ann:
            await chair.ask(t="do", what="next")
            await ann.ask(t="answer", q=0, text="Paris")
            await chair.phase("judging")
            await chair.ask(t="do", what="reveal")
            await chair.ask(t="do", what="end")
            token = ann.told[0]["token"]
        status, headers, content = await asyncio.to_thread(get, host, "/session.json", Authorization=f"Bearer {token}")
        assert (status, headers["content-type"]) == (200, "application/json")
        assert [answer["text"] for answer in json.loads(content)["answers"]] == ["Paris"]
        assert "secret" not in content.decode()
        for wrong in ("", "Bearer", f"Basic {token}", f"Bearer {token}0", f"Bearer {host.host_token}", "Bearer \xff"):
            assert (await asyncio.to_thread(get, host, "/session.json", Authorization=wrong))[0] == 401
        async with joined(host, token=token) as again:
            assert (await again.phase("ended"))["table"][0]["name"] == "Ann"

    play(script)


def test_a_host_that_is_resumed_knows_its_players(tmp_path: Any) -> None:
    """The same codes, tokens and scores, in another process."""
    with running_host(folder=tmp_path) as host:

        async def begin() -> Client:
            async with joined(host, role="host") as chair, joined(host, name="Ann") as ann:
                await chair.ask(t="do", what="next")
                await ann.ask(t="draft", q=0, text="Par")
                return ann

        ann = asyncio.run(begin())
        session, code = host.state.opened.session, host.code
    with running_host(folder=tmp_path, resume=session) as host:

        async def go_on() -> None:
            async with joined(host, token=ann.told[0]["token"]) as again:
                room = await again.phase("asking")
                assert room["clock"]["paused"]
                assert (await again.until(lambda told: told["t"] == "you"))["draft"] == "Par"

        assert host.code == code
        asyncio.run(go_on())


def test_goodbye_says_whether_to_come_back() -> None:
    """A host that stops in the middle is restarted; one whose session is over is not."""
    ends: list[Client] = []

    async def leave(host: RunningHost, *, over: bool) -> None:
        async with joined(host, role="host") as chair, joined(host, name="Ann") as ann:
            if over:
                await chair.ask(t="do", what="end")
            ends.append(ann)
            host.loop.call_soon_threadsafe(host.stop)
            await ann.rest()

    for over in (False, True):
        with running_host() as host:
            asyncio.run(leave(host, over=over))
    assert [client.latest["bye"]["why"] for client in ends] == ["restart", "over"]


def test_hello_is_waited_for_only_so_long() -> None:
    """Connections that say nothing do not pile up."""

    async def script(host: RunningHost) -> None:
        async with stranger(host) as silent:
            with pytest.raises(ConnectionClosed):
                await silent.hear()

    play(script, limits={"hello_seconds": 0.1})


def test_teams_are_chosen_in_the_lobby() -> None:
    """And nobody is in two."""

    async def script(host: RunningHost) -> None:
        async with joined(host, name="Ann", team="Blue") as ann:
            assert (await ann.ask(t="team", team="Red"))["t"] == "ack"
            await ann.seen("you", lambda told: told["team"] == "Red")
            assert (await ann.ask(t="consent", yes=True))["t"] == "ack"
            await ann.seen("you", lambda told: told["consents"])
            await ann.seen("room", lambda told: told["teams"][1] == {"name": "Red", "players": 1})

    play(script, teams="choose", team_names=("Blue", "Red"))
