"""Sessions that end in the middle: Ctrl-C, a kill, a closed terminal; and what goes on afterwards."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import Terminal

NOW = "2026-03-02T09:00+00:00"


@pytest.fixture
def numbers(home: Path, decks: Path) -> Path:
    """A deck of six cards; `/reveal` and `/skip` need no grader."""
    cards = "".join(f"- {{id: c{n}, question: What is {n}?, answers: [It is {n}.]}}\n" for n in range(1, 7))
    (decks / "numbers.yaml").write_text(f"quizzer: 1\ndeck: {{id: numbers}}\ncards:\n{cards}")
    return home


def interrupted(how: str, *arguments: str) -> str:
    """A session in which 1 is revealed, 2 skipped, 3 and 4 revealed, and that ends while 5 is on the screen."""
    with Terminal(*arguments, TERM="dumb", QUIZZER_NOW=NOW) as terminal:
        for number, word in ((1, "/reveal"), (2, "/skip"), (3, "/reveal"), (4, "/reveal\n/grade 5")):
            terminal.wait_for(f"What is {number}?")
            terminal.send(f"{word}\n")
        terminal.wait_for("What is 5?")
        terminal.wait_for("Graded 5")
        if how == "ctrl-c":
            terminal.process.send_signal(signal.SIGINT)
        elif how == "closed":
            terminal.process.send_signal(signal.SIGHUP)
        elif how == "quit":
            terminal.send("/quit\n")
        else:
            terminal.process.kill()
        terminal.end()
        return terminal.text


@pytest.mark.parametrize("how", ["ctrl-c", "closed", "killed"])
def test_an_interrupted_session_goes_on_where_it_was(numbers: Path, quizzer: Run, how: str) -> None:
    """The same question with the same number, then the rest, then the repeats; what was skipped stays out."""
    interrupted(how, "study", "numbers")
    again = quizzer("study", "numbers", stdin="/reveal\n/grade 5\n" * 4, now=NOW)
    said = (
        "Going on with `quizzer study numbers`: 3 cards answered, 4 left (`quizzer study numbers --fresh` begins anew)."
    )
    assert said in again.stdout
    asked = [line.split("  ")[0:2] for line in again.stdout.split("\n") if "  numbers/c" in line]
    # In lines a grade comes after the next question: that of c6 while c1 is asked once more, and so on.
    assert asked[:4] == [
        ["5 of 6", "numbers/c5"], ["6 of 6", "numbers/c6"],
        ["once more, 3 left", "numbers/c1"], ["once more, 2 left", "numbers/c3"],
    ]  # fmt: skip
    assert "5 cards answered, 3 right the first time." in again.stdout
    assert "Going on" not in quizzer("study", "numbers", now=NOW).stdout


def test_a_session_that_was_quit_does_not_go_on(numbers: Path, quizzer: Run) -> None:
    """Its skipped card comes back, as `/skip` says."""
    interrupted("quit", "study", "numbers")
    assert "Going on" not in (again := quizzer("study", "numbers", now=NOW).stdout)
    assert "What is 2?" in again


def test_ctrl_c_says_how_to_go_on(numbers: Path) -> None:
    """Whoever is interrupted should not have to know."""
    assert "`quizzer` goes on from here today" in interrupted("ctrl-c", "study", "numbers")


@pytest.mark.parametrize(
    ("arguments", "now", "goes_on"),
    [
        ((), NOW, True),
        (("study",), NOW, True),
        (("study", "numbers", "--limit", "3"), NOW, False),
        (("study", "numbers", "--fresh"), NOW, False),
        (("study", "numbers"), "2026-03-03T03:59+00:00", True),
        (("study", "numbers"), "2026-03-03T04:00+00:00", False),
    ],
)
def test_what_goes_on_is_the_same_request_of_the_same_day(
    numbers: Path, quizzer: Run, arguments: tuple[str, ...], now: str, goes_on: bool
) -> None:
    """Or none in particular; whoever asks for something else gets that."""
    interrupted("killed", "study", "numbers")
    assert ("Going on with `quizzer study numbers`" in quizzer(*arguments, now=now).stdout) is goes_on


def test_practice_goes_on_only_where_practice_is_wanted(numbers: Path, quizzer: Run) -> None:
    """A morning's due cards come before last night's cramming."""
    interrupted("killed", "study", "numbers", "--cram")
    assert "Going on" not in quizzer("study", now=NOW).stdout
    interrupted("killed", "study", "numbers", "--cram")
    again = quizzer("study", "numbers", "--cram", stdin="/reveal\n/quit\n", now=NOW).stdout
    assert "Going on with `quizzer study numbers --cram`" in again
    assert "What is 5?" in again


def test_cards_that_were_set_aside_or_answered_meanwhile_are_left_out(numbers: Path, quizzer: Run) -> None:
    """In another terminal, or on another machine."""
    interrupted("killed", "study", "numbers")
    quizzer("card", "suspend", "numbers/c5", now=NOW)
    quizzer("study", "numbers", "--only", "new", "--new", "9", stdin="/skip\n/reveal\n/grade 5\n/quit\n", now=NOW)
    again = quizzer("study", "numbers", "--fresh", now=NOW).stdout
    assert "What is 6?" not in again.split("once more")[0]


def test_a_deck_that_is_gone_does_not_stand_in_the_way(numbers: Path, decks: Path, quizzer: Run) -> None:
    """The day begins as any other."""
    interrupted("killed", "study", "numbers")
    (decks / "numbers.yaml").unlink()
    again = quizzer("study", now=NOW)
    assert again.returncode == 0
    assert "Going on" not in again.stdout


def test_an_interruption_at_the_first_question_is_none(numbers: Path, quizzer: Run) -> None:
    """Nothing was done: the same question comes, and no word about it is needed but that it goes on."""
    with Terminal("study", "numbers", TERM="dumb", QUIZZER_NOW=NOW) as terminal:
        terminal.wait_for("What is 1?")
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.end()
    assert "1 of 6" in quizzer("study", "numbers", now=NOW).stdout
    assert json.loads(quizzer("due", "numbers", "--json", now=NOW).stdout)["data"]["new"] == 6
