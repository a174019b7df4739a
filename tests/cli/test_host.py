"""A live quiz through the program: host and players on pseudo-terminals and in plain lines, with the real grader."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.cli.test_party import RIGHT, sky
from tests.conftest import Run, envelope
from tests.group.clients import joined
from tests.group.serving import RunningHost, running_host
from tests.terminal import Terminal

pytestmark = pytest.mark.model

__all__ = ["sky"]

WRONG = "because the sea is blue and the air mirrors it"


def link_on(host: Terminal) -> str:
    """The link that the host's screen shows."""
    found = re.search(r"http://127\.0\.0\.1:\d+/#[A-Z0-9]{6}", host.see("The code is"))
    assert found
    return found[0]


def test_a_quiz_from_lobby_to_schedule_through_a_crash_of_the_host(sky: Path, quizzer: Run) -> None:
    """What a team does, and what goes wrong in between: nothing of it may be lost."""
    with Terminal("host", "sky", "--tag", "light", "--port", "0", "--seconds", "600") as host:
        link = link_on(host)
        with Terminal("join", link, QUIZZER_HOME=str(sky.parent / "player")) as player:
            player.wait_for("Your name in the quiz >")
            player.send("Ann\r")
            player.see("You are Ann.")
            host.see("Ann")
            host.send("\r")
            player.see("Enter hands in")
            player.send(WRONG)
            player.see("mirrors it")
            host.process.send_signal(signal.SIGKILL)
            player.see("The connection is lost")
            with Terminal("host", "--resume") as again:  # on the same port, though that was any
                again.see("p lets it run")
                player.see("counts.")
                again.send("p")
                player.send(", I think\r")
                again.see("I think")
                again.send("a")
                again.see("accepted by you")
                again.send("\r")
                player.see("says the host")
                player.see("Reference:")
                again.see("Table")
                again.send("\r")
                player.see("takes your answers home")
                player.send("\r")
                player.wait_for("1 new in your history")
                assert player.end() == 0
                again.see("Ann wins.")
                again.send("q")
                assert again.end() == 0
    due = envelope(quizzer("card", "history", "sky/blue", "--json", QUIZZER_HOME=str(sky.parent / "player")).stdout)
    assert "host" in str(due["data"])


def test_a_quiz_in_plain_lines_says_everything_without_moving_the_cursor(sky: Path) -> None:
    """For screen readers and pipes: the same quiz, teams and a kick included."""
    with Terminal("host", "sky", "--tag", "light", "--plain", "--port", "0", "--team", "Red", "--team", "Blue") as host:
        link = link_on(host)
        with (
            Terminal("join", link, "--plain", "--name", "Ann", "--team", "Red", "--keep") as ann,
            Terminal("join", link, "--plain", "--name", "Ben", "--no-keep") as ben,
        ):
            host.see("Ann is in, in team Red")
            host.see("Ben is in")
            ben.wait_for("Red:")
            ben.send("/team Blue\n")
            host.wait_for("Ben is in team Blue")
            host.send("kick Zoe\n")
            host.wait_for("nobody here is called 'Zoe'")
            host.send("\n")
            ann.wait_for("Why is the sky blue?")
            ann.send(f"{RIGHT}\n\n")
            ann.wait_for("handed in")
            host.wait_for("1 of 2 have answered")
            host.send("link\n")
            host.wait_for(f'quizzer join "{link}"')
            host.send("projector\n")
            host.wait_for("/stage#")
            host.send("kick ben\n")
            ben.wait_for("taken you out")
            assert ben.end() == 0
            host.wait_for("no more answers: all have answered")
            host.wait_for("1. [+] right")
            host.send("reject 1\n")
            host.wait_for("group 1 rejected")
            host.send("undo 1\n")
            host.wait_for("group 1 left to the grader")
            host.send("\n")
            ann.wait_for("[+] right")
            host.wait_for("1 of 1 had it right")
            host.send("\n")
            host.wait_for("That was The sky. Ann wins.")
            assert host.end() == 0
            ann.wait_for("1 new in your history")
            assert ann.end() == 0
            for terminal in (host, ann, ben):
                assert b"\x1b" not in terminal.raw


def test_a_script_answers_one_question_after_the_other(sky: Path) -> None:
    """What it has typed ahead waits for its question, and drawn teams are told to those who were drawn."""
    with Terminal("host", "sky", "--order", "deck", "--plain", "--port", "0", "--teams", "draw") as host:
        link = link_on(host)
        shell = f"printf '%s\\n\\n' '{RIGHT}' 'from high to low pressure' | {sys.executable} -m quizzer"
        with Terminal(command=("sh", "-c", f"{shell} join '{link}' --name Bot --no-keep")) as bot:
            host.see("Bot is in")
            host.send("\n")
            host.wait_for("Bot is in team")
            for answer in (RIGHT[:20], "high to low"):
                host.wait_for(answer)
                host.send("\n")
                host.wait_for("1 of 1 had it right")
                host.send("\n")
            assert host.end() == 0
            bot.wait_for("You are in place 1 with")
            assert bot.end() == 0


def player_named(name: str, link: str, host: Terminal) -> Terminal:
    """A player in plain lines, whom the host sees already."""
    player = Terminal("join", link, "--plain", "--name", name, "--no-keep")
    host.see(name)
    return player


def test_the_hosts_keys_do_what_the_help_says(sky: Path) -> None:
    """Each of them once, on the screen that it belongs to."""
    with Terminal("host", "sky", "--order", "deck", "--port", "0", "--teams", "draw", "--seconds", "600") as host:
        link = link_on(host)
        with contextlib.ExitStack() as stack:
            ann, ben = (
                stack.enter_context(player_named(name, link, host)) for name in ("Ann", "Ben")
            )  # one after the other: the host sends the second one away
            for key, shown in (
                ("v", "/stage#"), (" ", "Enter begins"), ("?", "Any key goes back"), (" ", "Enter begins"),
                ("t", "Red: 1 player"), ("\r", "0 of 2 have answered"),
                ("i", "The code is"), (" ", "0 of 2 have answered"), ("p", "p lets the clock run"), ("+", "10:"),
                ("c", "Nobody answered"), ("\r", "0 of 2 had it right"), ("s", "counts for nobody, even"),
                ("n", "0 of 2 had it right"), ("s", "even if"), ("y", "The question was skipped"),
                ("\r", "Question 2 of 2"),
            ):  # fmt: skip
                host.send(key)
                host.see(shown)
            for player in (ann, ben):
                player.wait_for("What makes the wind blow?")
            ann.send("from high to low pressure\n\n")
            host.see("[x] Ann")
            for key, shown in (("k", "Send whom away?"), ("2\r", "[+] right"), ("r", "rejected by you"),
                               ("\r", "0 of 1 had it right"), ("j", "rejected by you"), ("u", "[+] right, score"),
                               ("\r", "1 of 1 had it right"), ("e", "End the quiz for everybody?"),
                               ("y", "Ann wins."), ("\r", "q leaves; players can")):  # fmt: skip
                host.send(key)
                host.see(shown)
            host.send("q")
            host.wait_for("Results: `quizzer group results")
            assert host.end() == 0
            ben.wait_for("taken you out")
            ann.wait_for("You are in place 1 with")


def test_the_network_is_opened_only_after_a_question_that_says_what_it_means(sky: Path) -> None:
    """Nobody serves their network by accident."""
    with Terminal("host", "sky", "--port", "0", columns=100, rows=34) as host:
        host.see("Only this machine can join yet")
        host.send("l")
        host.see("Everybody on the same network")
        host.send("n")
        host.see("Only this machine can join yet")
        host.send("\x03")
        host.wait_for("`quizzer host --resume` goes on from here")
        assert host.end() == 130


def test_what_cannot_be_hosted_is_refused_before_anything_is_served(sky: Path, quizzer: Run) -> None:
    """With what to do instead."""
    assert quizzer("host", "--resume").returncode == 7
    assert quizzer("host", "sky", "--resume").returncode == 2
    assert quizzer("host", "sky", "--teams", "draw", "--team", "Red").returncode == 2
    assert quizzer("host", "sky", "--team", "Red", "--team", "RED").returncode == 2
    assert quizzer("host", "sky", "--tag", "nothing").returncode == 2
    assert not (sky / "sessions").exists()


def test_joining_what_is_not_there_says_so(quizzer: Run) -> None:
    """A wrong link, a host that has gone, and no name where nobody can be asked."""
    gone = quizzer("join", "http://127.0.0.1:1/#K7M2QD", "--name", "Ann")
    assert gone.returncode == 7
    assert "no quiz can be reached" in gone.stderr
    assert quizzer("join", "nonsense://x").returncode == 2
    assert quizzer("join", "127.0.0.1:1").returncode == 2


def test_a_host_at_the_end_of_its_input_leaves_the_quiz_to_be_gone_on_with(sky: Path, quizzer: Run) -> None:
    """A script that ends early loses nothing."""
    result = quizzer("host", "sky", "--port", "0", "--json", stdin="who\n")
    assert result.returncode == 0, result.stderr
    assert envelope(result.stdout)["data"]["ended"] is False
    assert "nobody" in result.stderr
    assert "`quizzer host --resume` goes on" in result.stderr


def test_a_quiz_that_could_not_be_served_leaves_nothing_to_resume(sky: Path, quizzer: Run) -> None:
    """Somebody else has the port: with another one the quiz begins, and no leftover is listed or offered."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = quizzer("host", "sky", "--plain", "--port", str(taken.getsockname()[1]))
    assert run.returncode == 7
    assert "cannot be opened" in run.stderr
    assert list((sky / "sessions").iterdir()) == []


def test_a_host_that_is_told_to_terminate_gives_the_terminal_back(sky: Path) -> None:
    """As by Ctrl-C: a terminal left in raw mode, on its other screen, has to be thrown away."""
    with Terminal("host", "sky", "--port", "0") as host:
        link_on(host)
        host.process.send_signal(signal.SIGTERM)
        host.wait_for("`quizzer host --resume` goes on from here")
        assert host.end() == 130
        assert b"\x1b[?1049l" in host.raw


def test_a_question_can_be_read_where_it_is_answered_on_a_terminal_of_twelve_lines(sky: Path) -> None:
    """Half of a split window is as small: the editor may not push the question out of it."""

    async def begin(host: RunningHost) -> None:
        async with joined(host, role="host") as client:
            await client.ask(t="do", what="next")

    with running_host() as host, Terminal("join", host.link, "--name", "Zoe", columns=40, rows=12) as player:
        player.see("You are Zoe.")
        asyncio.run(begin(host))
        player.see("What is the capital of France?")


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["screen", "lines"])
def test_the_lobby_says_once_what_the_quiz_is_about(sky: Path, plain: tuple[str, ...]) -> None:
    """The screen has its title at the top already; plain lines have no other place for it."""
    with running_host() as host, Terminal("join", host.link, "--name", "Zoe", "--no-keep", *plain) as player:
        assert player.see("The host starts the quiz").count("Capitals") == 1


def test_a_player_may_say_that_the_answer_is_not_known(sky: Path) -> None:
    """The words are those of every other prompt; a slash is not handed in as an answer."""

    async def begin(host: RunningHost) -> None:
        async with joined(host, role="host") as client:
            await client.ask(t="do", what="next")

    with running_host() as host, Terminal("join", host.link, "--name", "Zoe", columns=100, rows=30) as player:
        player.see("You are Zoe.")
        asyncio.run(begin(host))
        player.see("What is the capital of France?")
        player.send("/hint\r")
        player.see("anything else is an answer")
        player.send("/reveal\r")
        player.see("No more answers.")
        assert host.state.rounds[0].answers["p1"].text == ""


def test_a_quiz_that_comes_back_elsewhere_says_so_and_opens_itself_to_nobody(sky: Path, quizzer: Run) -> None:
    """The laptop may be in another network by then, and another program on the port that the players know."""
    quizzer("host", "sky", "--plain", "--port", "0")
    [kept] = sky.rglob("*.address")
    port = json.loads(kept.read_text())["port"]
    kept.write_text(json.dumps({"port": port, "lan": ["203.0.113.9"]}))
    with socket.create_server(("127.0.0.1", port)):
        run = quizzer("host", "--resume", "--plain")
    assert f"port {port} is taken: players need the new link, http://127.0.0.1:" in run.stdout
    assert "this is another network than before: `l` opens the quiz to it" in run.stdout
