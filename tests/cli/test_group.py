"""`quizzer group`: what became of the sessions whose logs are here, and what comes of it in the decks and schedules."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizzer.cli.group_after import closing_lines
from quizzer.decks.schema import card_digest
from quizzer.group import commands
from quizzer.group.events import Opened, Question
from quizzer.group.journal import Journal
from tests.conftest import Run, envelope
from tests.group.factories import Game, mark, opening

DECK = """quizzer: 1
deck: {id: sky}
cards:
  - {id: blue, question: Why is the sky blue?, answers: [Air scatters short waves of light more than long ones.]}
  - {id: red, question: Why are sunsets red?, answers: [The way through the air is long.]}
"""
QUESTIONS = tuple(
    Question(f"sky/{name}", card_digest(text, (answer,)), text, (answer,))
    for name, text, answer in (
        ("blue", "Why is the sky blue?", "Air scatters short waves of light more than long ones."),
        ("red", "Why are sunsets red?", "The way through the air is long."),
    )
)
NAME = "<script>a(1)</script>"
NOW = "2026-03-02T20:00:00+00:00"


def evening(number: int = 1, *, name: str = "Ann") -> Game:
    """Ann misses the second question; the host accepts her answer to the first, which the grader failed."""
    session = f"0195f000-0000-7000-8000-{number:012x}"
    game = Game(_opening(session))
    game.join(name, "Ben")
    game.do(commands.Next())
    game.answer(5_000, p1="blue light is scattered", p2="air scatters")
    game.grade(("p1",), ("p2",), p1=mark(2, made=0, of=0))
    game.do(commands.Judge(0, True), commands.Reveal(), commands.Next())
    game.answer(5_000, p1="-", p2="a long way")
    game.grade(p1=mark(0, made=0, of=0))
    game.do(commands.Reveal())
    return game


def _opening(session: str) -> Opened:
    return replace(opening(session=session, title="The sky"), questions=QUESTIONS)


def keep(home: Path, game: Game) -> Path:
    """The log of *game* in the sessions of *home*."""
    journal = Journal.create(home / "sessions", game.event)
    journal.append(game.log[1:])
    journal.close()
    return journal.path


@pytest.fixture
def sky(ready_home: Path, decks: Path) -> Path:
    """A home with the deck and one session, which goes on."""
    (decks / "sky.yaml").write_text(DECK)
    keep(ready_home, evening())
    return ready_home


def group(quizzer: Run, *words: str) -> Any:
    done = quizzer("group", *words, "--json", now=NOW)
    assert done.returncode == 0, done.stderr
    return envelope(done.stdout)["data"]


def test_sessions_are_listed_and_shown(quizzer: Run, sky: Path) -> None:
    """The earliest is number 1, and keeps it; `last` is the newest."""
    ended = evening(2)
    ended.do(commands.End())
    keep(sky, ended)
    first, second = group(quizzer, "results")["sessions"]
    assert (first["number"], first["players"], first["revealed"], first["ended"]) == (1, 2, 2, False)
    assert (second["number"], second["ended"]) == (2, True)
    last = group(quizzer, "results", "last")
    assert last["session"] == ended.event.session
    assert [(one["player"], one["points"], one["right"]) for one in last["players"]] == [
        ("Ben", 200, 2),
        ("Ann", 76, 1),
    ]
    assert last["failed_most"] == ["sky/red"]
    assert group(quizzer, "results", "1")["session"] == group(quizzer, "results", first["id"])["session"]
    shown = quizzer("group", "results", "1", now=NOW).stdout
    for text in ("The sky, ", "2 players, 2 questions; not ended", "Ann", "1 of 2", "1 accepted", "sky/red"):
        assert text in shown
    assert quizzer("group", "results", "7").returncode == 2


def test_the_list_and_the_results_count_the_same_players(quizzer: Run, sky: Path) -> None:
    """Who was sent away is no player in either, and both say how many were."""
    troubled = evening(2)
    troubled.join("Troll", "Pest")
    troubled.do(commands.Kick("p3"), commands.Kick("p4"))
    keep(sky, troubled)
    _, listed = group(quizzer, "results")["sessions"]
    told = group(quizzer, "results", "2")
    assert (listed["players"], listed["kicked"]) == (len(told["players"]), told["kicked"]) == (2, 2)
    calm, second = quizzer("group", "results", now=NOW).stdout.splitlines()[1:3]
    assert re.search(r"The sky +2 +2 of", calm)
    assert re.search(r"The sky +2 +2 +2 of", second)
    assert "2 players (2 sent away), 2 questions" in quizzer("group", "results", "2", now=NOW).stdout


def test_a_session_that_is_being_written_and_one_that_is_damaged_hide_nothing(quizzer: Run, sky: Path) -> None:
    """Its host goes on writing; another file was cut by a disk."""
    game = evening(2)
    journal = Journal.create(sky / "sessions", game.event)
    journal.append(game.log[1:4])
    with journal.path.open("ab") as file:
        file.write(b'[{"t": "answered", "at": 1')
    (sky / "sessions" / "0195f000-0000-7000-8000-000000000009.jsonl").write_text("nonsense\n")
    done = quizzer("group", "results", "--json")
    assert done.returncode == 1
    found = envelope(done.stdout)
    assert [one["number"] for one in found["data"]["sessions"]] == [1, 2]
    assert "no line of a session's log" in found["errors"][0]["message"]
    assert group(quizzer, "results", "last")["ended"] is False
    journal.close()


def test_nothing_that_was_typed_is_obeyed_anywhere(quizzer: Run, home: Path) -> None:
    """Not by the terminal, nor by a browser or a spreadsheet."""
    game = Game(_opening("0195f000-0000-7000-8000-000000000001"))
    game.join(NAME)
    game.do(commands.Consent("p1", True), commands.Next())
    game.answer(p1="=1+1 [bold]x[/bold] \x1b[31m\u202e<img src=x onerror=alert(1)>")
    game.grade()
    game.do(commands.Reveal())
    keep(home, game)
    shown = quizzer("group", "results", "last")
    assert shown.returncode == 0, shown.stderr
    assert quizzer("group", "results", "last", "--html", "r.html", "--csv", "r.csv").returncode == 0
    html, table = Path("r.html").read_text(encoding="utf-8"), Path("r.csv").read_text(encoding="utf-8")
    for text in (shown.stdout, html, table):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert NAME in shown.stdout
    assert "<script" not in html
    assert "<img" not in html
    assert "'=1+1 [bold]" in table


def test_a_page_without_names_can_be_passed_on(quizzer: Run, sky: Path) -> None:
    """What each said is for the host; the others get what all may see."""
    assert quizzer("group", "results", "last", "--html", "all.html").returncode == 0
    assert quizzer("group", "results", "last", "--html", "some.html", "--anonymous").returncode == 0
    named, nameless = (Path(name).read_text(encoding="utf-8") for name in ("all.html", "some.html"))
    assert "Ann" in named
    assert "Ann" not in nameless
    assert "Ben" not in nameless
    assert "blue light is scattered" in nameless


def test_a_table_replaces_a_table_and_nothing_else(quizzer: Run, sky: Path) -> None:
    """The same command runs every week; a slip of the fingers costs nothing."""
    for name in ("answers", "players", "teams", "questions", "points"):
        assert quizzer("group", "results", "last", "--csv", "r.csv", "--table", name).returncode == 0
    assert quizzer("group", "results", "last", "--csv", "r.csv").returncode == 0
    text = Path("r.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["answer"] for row in rows] == ["air scatters", "a long way", "blue light is scattered", "'-"]
    Path("mine.csv").write_text("mine")
    assert quizzer("group", "results", "last", "--csv", "mine.csv").returncode == 3
    assert quizzer("group", "results", "last", "--csv", "-").stdout == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "words", [("--html", "x.html"), ("last", "--table", "players"), ("last", "--anonymous"), ("nonsense",)]
)
def test_what_does_not_go_together_is_refused(quizzer: Run, sky: Path, words: tuple[str, ...]) -> None:
    """With the command that would."""
    done = quizzer("group", "results", *words)
    assert done.returncode == 2
    assert "hint: " in done.stderr
    assert not Path("x.html").exists()


def test_the_hosts_decision_is_proposed_to_the_deck_and_settled_once(quizzer: Run, sky: Path) -> None:
    """Even where the host was killed, and where the host has played and taken the session home too."""
    (found,) = envelope(quizzer("deck", "proposals", "--json").stdout)["data"]["proposals"]
    assert (found["card"], found["direction"], found["times"]) == ("sky/blue", "right", 1)
    (wording,) = found["wordings"]
    assert (wording["text"], wording["by"], wording["decided"]) == ("blue light is scattered", "host", 4)
    assert "Ann" not in json.dumps(found)
    quizzer("group", "take-home", "last", "ann", now=NOW)
    assert quizzer("import", "session", "quizzer-session.json", now=NOW).returncode == 0
    (found,) = envelope(quizzer("deck", "proposals", "--json").stdout)["data"]["proposals"]
    assert found["times"] == 1
    assert "the host: 4" in quizzer("deck", "proposals").stdout
    assert quizzer("deck", "proposals", "--accept", found["id"], "--as", "answers").returncode == 0
    assert "blue light is scattered" in Path("decks/sky.yaml").read_text()
    assert envelope(quizzer("deck", "proposals", "--json").stdout)["data"]["proposals"] == []


def test_what_a_player_takes_home_comes_back_in_the_own_schedule(quizzer: Run, sky: Path) -> None:
    """From the host's log to a card that is due tomorrow."""
    assert "2 answers of Ann" in quizzer("group", "take-home", "last", "Ann", "--output", "ann.json", now=NOW).stdout
    done = quizzer("import", "session", "ann.json", "--json", now=NOW)
    assert [(one["card"], one["right"], one["by_host"]) for one in envelope(done.stdout)["data"]["answers"]] == [
        ("sky/blue", True, True),
        ("sky/red", False, False),
    ]
    assert envelope(quizzer("due", "--json", now="2026-03-03T20:00:00+00:00").stdout)["data"]["due"] == 2
    assert quizzer("group", "take-home", "last", "Nobody").returncode == 2


def test_what_the_group_failed_is_studied(quizzer: Run, sky: Path) -> None:
    """The list goes to somebody who was not there."""
    done = quizzer("group", "study-list", "--output", "weak.txt")
    assert done.stdout == "weak.txt: 1 card; `quizzer study --cards weak.txt` asks about them\n"
    assert "sky/red  # 1 of 2 right" in Path("weak.txt").read_text()
    asked = quizzer("study", "--cards", "weak.txt", "--plain", stdin="/skip\n", now=NOW).stdout
    assert "Why are sunsets red?" in asked
    assert "Why is the sky blue?" not in asked
    Path("weak.txt").write_text("nonsense here\n")
    refused = quizzer("study", "--cards", "weak.txt", "--plain")
    assert (refused.returncode, "weak.txt:1: 'nonsense here'" in refused.stderr) == (2, True)
    Path("weak.txt").write_text("no/such\n")
    assert "No deck found has a card of the list" in quizzer("study", "--cards", "weak.txt", "--plain").stdout


def test_the_end_of_a_session_names_what_to_do_next() -> None:
    """The host has an evening's answers, and has read no manual."""
    results, proposals, weak = closing_lines(evening().state)
    assert "quizzer group results 0195f000" in results
    assert proposals == "1 answer that you decided on, for the deck: `quizzer deck proposals sky`"
    assert "quizzer group study-list" in weak
    assert len(closing_lines(Game().state)) == 1
