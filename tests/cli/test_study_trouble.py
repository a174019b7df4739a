"""Sessions in which something goes wrong half-way: decks that change, disks that fill up, input that stays open."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import Terminal

pytestmark = pytest.mark.model

CARDS = ("one", "two", "three", "four")


def deck_text(*cards: str, title: str = "Numbers") -> str:
    parts = [f"  - id: {card}\n    question: What is {card}?\n    answers: [It is {card}.]\n" for card in cards]
    return f"quizzer: 1\ndeck: {{id: numbers, title: {title}}}\ncards:\n" + "".join(parts)


@pytest.fixture
def deck(ready_home: Path) -> Path:
    """The file of a deck with four cards in the current folder."""
    path = Path("decks/numbers.yaml")
    path.parent.mkdir()
    path.write_text(deck_text(*CARDS))
    return path


@pytest.fixture
def session(deck: Path) -> Iterator[Terminal]:
    """A plain session whose first question is on the screen."""
    with Terminal("study", "numbers", "--plain", columns=200) as terminal:
        terminal.wait_for("What is one?")
        yield terminal


def edited(path: Path) -> None:
    path.write_text(path.read_text().replace("What is two?", "What is two, exactly?"))


def without_two(path: Path) -> None:
    path.write_text(deck_text("one", "three", "four"))


def two_unanswered(path: Path) -> None:
    path.write_text(deck_text(*CARDS).replace("    answers: [It is two.]\n", ""))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edited, "What is two, exactly?"),
        (lambda path: path.rename(path.with_name("renamed.yaml")), "What is two?"),
        (without_two, "What is three?"),
        (two_unanswered, "What is three?"),
    ],
    ids=["edited", "renamed", "card removed", "answer removed"],
)
def test_a_deck_may_change_while_it_is_studied(
    session: Terminal, deck: Path, change: Callable[[Path], None], expected: str
) -> None:
    """The card on the screen stays as it was; the next one is what the file says now."""
    change(deck)
    session.send("It is one.\n\n")
    session.wait_for("Reference:")
    assert "It is one." in session.text
    session.wait_for(expected)
    if expected == "What is three?":
        assert "numbers/two is left out" in session.text


@pytest.mark.parametrize("how", ["broken", "deleted"])
def test_a_deck_broken_or_deleted_while_it_is_studied_ends_the_session_kindly(
    session: Terminal, deck: Path, quizzer: Run, how: str
) -> None:
    """One line for all that is left out, the answer kept, and the summary."""
    if how == "broken":
        deck.write_text("quizzer: 1\ncards: [\n")
    else:
        deck.unlink()
    session.send("It is one.\n\n/grade 5\n")
    session.wait_for("numbers/two, numbers/three, numbers/four are left out")
    assert session.end() == 0
    assert "1 card answered" in session.text
    facts = json.loads(quizzer("card", "history", "numbers/one", "--json").stdout)["data"]
    assert [fact["fact"] for fact in facts][:1] == ["review"]


def test_a_locked_database_gives_the_answer_back(session: Terminal, ready_home: Path) -> None:
    """Another program holds the file; what was typed is on the screen, with what to do."""
    lock = sqlite3.connect(ready_home / "quizzer.db", isolation_level=None)
    lock.execute("begin immediate")
    session.send("It is one, I typed.\n\n")
    session.wait_for("Here it is, so that you can keep it:")
    session.wait_for("It is one, I typed.")
    assert session.end() == 5
    assert "hint:" in session.text
    lock.close()


def test_a_full_disk_gives_the_answer_back(deck: Path, quizzer: Run, ready_home: Path) -> None:
    """No room to write: the answer is shown, the earlier ones are intact, and the next session goes on."""
    quizzer("study", "numbers", stdin="/reveal\n/quit\n")
    limit = 65536  # bytes: enough to open the database, too little for the answer
    result = subprocess.run(
        [sys.executable, "-m", "quizzer", "study", "numbers"], input="my words " * 10_000 + "\n\n", text=True,
        capture_output=True, check=False, env=os.environ, timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert result.returncode == 5, result.stderr
    assert result.stdout.count("my words") >= 10_000
    assert "hint:" in result.stderr
    assert "Reference:" not in result.stdout
    assert json.loads(quizzer("doctor", "--json").stdout)["quizzer"] == 1
    assert len(json.loads(quizzer("card", "history", "numbers/one", "--json").stdout)["data"]) == 1


def test_nothing_waits_after_the_last_answer(deck: Path) -> None:
    """A program that drives quizzer and keeps the pipe open must see it end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "quizzer", "study", "numbers", "--limit", "1"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"It is one.\n\n\n\n")
    process.stdin.flush()
    for line in process.stdout:
        if b"Graded" in line and b"asked again" in line:
            process.stdin.write(b"/grade 5\n")
            process.stdin.flush()
    assert process.wait(timeout=300) == 0
    process.stdin.close()
    process.stdout.close()


def test_a_reader_that_goes_away_is_no_error(deck: Path) -> None:
    """`quizzer study | head -3`"""
    result = subprocess.run(
        f"yes /help | {sys.executable} -m quizzer study numbers | head -3", shell=True, capture_output=True, text=True,
        check=False, env=os.environ, timeout=300,
    )  # fmt: skip
    assert result.returncode == 0
    assert "Traceback" not in result.stderr


def test_closed_standard_input_is_an_end_of_input(deck: Path) -> None:
    """As under cron or a service manager."""
    result = subprocess.run(
        f"{sys.executable} -m quizzer study numbers <&-", shell=True, capture_output=True, text=True, check=False,
        env=os.environ, timeout=300,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_a_broken_model_gives_the_answer_back(deck: Path, quizzer: Run, ready_home: Path) -> None:
    """The session cannot go on, but nothing typed is lost."""
    ready_home.joinpath("config.toml").write_text('model = "no-such-model"\n')
    result = quizzer("study", "numbers", stdin="my long answer\n\n")
    assert result.returncode == 6, result.stderr
    assert "my long answer" in result.stdout
    assert "no-such-model" in result.stderr
