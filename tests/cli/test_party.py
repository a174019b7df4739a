"""Parties through the program, by pipe and on a pseudo-terminal, with the real grader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run, envelope
from tests.terminal import Terminal

pytestmark = pytest.mark.model

DECK = """
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: blue
    question: Why is the sky blue?
    answers: [Air molecules scatter short wavelengths of sunlight more than long ones.]
    points: [short wavelengths are scattered more]
    tags: [light]
  - id: wind
    question: What makes the wind blow?
    answers: [Air flows from high pressure to low pressure.]
  - id: open
    question: A question that nobody has answered yet?
"""
RIGHT = "Short wavelengths of sunlight are scattered more by air molecules"


@pytest.fixture
def sky(ready_home: Path) -> Path:
    """A home with one small deck in the current folder."""
    Path("decks").mkdir()
    (Path("decks") / "sky.yaml").write_text(DECK)
    return ready_home


def test_a_party_by_pipe_ends_with_a_table_and_is_nobodys_review(quizzer: Run, sky: Path) -> None:
    """The one who knows wins, and no schedule moves."""
    result = quizzer(
        "party", "sky", "-p", "Ann", "-p", "Ben", "--order", "deck", "--json", stdin=f"{RIGHT}\n\n/skip\n/skip\n/skip\n"
    )
    assert result.returncode == 0, result.stderr
    told = envelope(result.stdout)["data"]
    assert [(row["place"], row["name"], row["right"]) for row in told["table"]] == [(1, "Ann", 1), (2, "Ben", 0)]
    assert told["ended"]
    assert "There are no more than 2 to ask." in result.stderr
    assert [path.stem for path in (sky / "sessions").iterdir()] == [told["session"]]
    assert not (sky / "quizzer.db").exists()


def test_a_party_that_ran_out_of_input_is_gone_on_with(quizzer: Run, sky: Path) -> None:
    """A closed lid costs nothing that was handed in."""
    left = quizzer("party", "sky", "-p", "Ann", "-p", "Ben", "--order", "deck", stdin=f"{RIGHT}\n\n")
    assert left.returncode == 0, left.stderr
    assert "`quizzer party --resume` goes on from here" in left.stderr
    gone_on = quizzer("party", "--resume", "--json", stdin="/skip\n/skip\n/skip\n")
    told = envelope(gone_on.stdout)["data"]
    assert told["ended"]
    assert told["table"][0]["name"] == "Ann"
    assert quizzer("party", "--resume").returncode == 7


def test_one_player_may_keep_the_answers(quizzer: Run, sky: Path) -> None:
    """Whose machine it is wants the missed card back; the others' answers go nowhere."""
    stdin = f"/skip\n{RIGHT}\n\n"
    result = quizzer("party", "sky", "-p", "Ann", "-p", "Ben", "--tag", "light", "--keep", "ann", stdin=stdin)
    assert result.returncode == 0, result.stderr
    assert "1 answer of Ann" in result.stdout
    assert "missed: 1 of 1" in result.stdout
    history = envelope(quizzer("card", "history", "sky/blue", "--json").stdout)["data"]
    assert RIGHT not in str(history)
    refused = quizzer("party", "sky", "-p", "Ann", "--keep", "Zoe")
    assert refused.returncode == 2
    assert "the players are Ann" in refused.stderr


def test_names_that_cannot_be_told_apart_are_refused(quizzer: Run, sky: Path) -> None:
    """Before anything is asked."""
    result = quizzer("party", "sky", "-p", "Ann", "-p", "ANN")
    assert result.returncode == 2
    assert "taken" in result.stderr
    assert quizzer("party", "sky").returncode == 2
    assert quizzer("party", "sky", "-p", "a\x1b[31mb").returncode == 2
    assert not (sky / "sessions").exists()


def test_a_tag_that_no_answered_card_has_is_refused_with_those_there_are(quizzer: Run, sky: Path) -> None:
    """A typo in a tag must not end in an empty party."""
    result = quizzer("party", "sky", "-p", "Ann", "--tag", "lihgt")
    assert result.returncode == 2
    assert "light" in result.stderr


def test_what_a_player_types_stays_on_the_second_screen_until_the_reveal(sky: Path) -> None:
    """Nothing to scroll back to for the one who types next."""
    with Terminal("party", "sky", "--tag", "light") as terminal:
        terminal.wait_for("First name >")
        terminal.send("Ann\n")
        terminal.wait_for("Next name")
        terminal.send("Ben\n")
        terminal.wait_for("Next name")
        terminal.send("\n")
        for name, answer in (("Ann", RIGHT), ("Ben", "no idea")):
            terminal.wait_for(f"{name}, the keyboard is yours")
            terminal.send("\r")
            terminal.wait_for("Enter submits")
            terminal.send(answer)
            terminal.wait_for(answer[-5:])
            terminal.send("\r")
        terminal.wait_for("[+] Ann: right")
        terminal.wait_for("Enter: the end")
        everybody = "".join(part.partition("\x1b[?1049l")[2] or part for part in _screens(terminal.raw))
        assert everybody.count(RIGHT[:20]) == 1
        terminal.send("\r")
        terminal.wait_for("Ann wins")
        assert terminal.end() == 0


def _screens(raw: bytes) -> list[str]:
    """What was printed, cut where the second screen begins; the first part was printed before it ever did."""
    first, *others = raw.decode("utf-8", "replace").split("\x1b[?1049h")
    return ["\x1b[?1049l" + first, *others]
