"""`quizzer deck proposals`: from a learner's "I was right" to a line in the deck."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.model import Decision, Review
from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import START, decision, event, review
from tests.terminal import Terminal

DECK = """\
# the sky deck
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: blue   # the first
    question: "Why is the sky blue?"
    answers:
      - Air molecules scatter short wavelengths of sunlight more than long ones.
    tests:
      fail: [The sea is mirrored.]
  - id: red
    question: Why is the sunset red?
"""
SCATTER = "The atmosphere scatters blue light more strongly than red light."
SCATTERED = "Blue light is scattered much more than red by the air."
NOT_SCATTERED = "Blue light is not scattered much more than red by the air."
OZONE = "Ozone colours it."

Overrule = Callable[..., Review]


@pytest.fixture
def sky(ready_home: Path) -> Path:
    """A deck in the current folder; returns its file."""
    file = Path("decks/sky.yaml")
    file.parent.mkdir()
    file.write_text(DECK)
    return file


@pytest.fixture
def overrule(ready_home: Path) -> Overrule:
    """Puts an answer and the word of a person on it into the log."""
    numbers = iter(range(1000, 9000, 2))

    def put(answer: str, quality: int = 1, decided: int = 4, *, card: str = "sky/blue", **fields: Any) -> Review:
        number = next(numbers)
        given = review(
            number, at=START + timedelta(minutes=number), card=card, answer=answer, quality=quality, **fields
        )
        store = SqliteStore(ready_home / "quizzer.db")
        store.merge([given, decision(number + 1, given, decided)])
        store.close()
        return given

    return put


def proposals(quizzer: Run, *words: str) -> list[dict[str, Any]]:  # JSON objects
    done = quizzer("deck", "proposals", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["data"]["proposals"]
    return found


def identity(quizzer: Run, text: str) -> str:
    """The id of the wording *text*, settled or not."""
    every = [one for proposal in proposals(quizzer, "--all") for one in proposal["wordings"]]
    return str(next(one["id"] for one in every if one["text"] == text))


def act(quizzer: Run, *words: str) -> str:
    done = quizzer("deck", "proposals", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_makes_no_database(quizzer: Run, home: Path) -> None:
    """Whoever never studied has nothing to propose."""
    assert "nobody has overruled the grader" in act(quizzer)
    assert not (home / "quizzer.db").exists()


@pytest.mark.model
def test_answers_are_grouped_by_meaning_with_how_often_and_by_whom(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """What five learners said in five ways is read once; a negation stays apart."""
    overrule(SCATTERED, player="cy", points_missed=("short wavelengths",), flags=("number",))
    overrule(SCATTER, player="ann")
    overrule(SCATTER.lower(), player="bob")
    overrule(NOT_SCATTERED)
    overrule("The sea makes it blue.", 4, 1)
    found = proposals(quizzer, "sky")
    assert [[one["text"] for one in proposal["wordings"]] for proposal in found] == [
        [SCATTER, SCATTERED], *sorted([[NOT_SCATTERED], ["The sea makes it blue."]],
                                      key=lambda texts: identity(quizzer, texts[0])),
    ]  # fmt: skip
    first = found[0]
    assert (first["card"], first["direction"], first["times"], first["players"]) == ("sky/blue", "right", 3, 3)
    assert (first["id"], first["wordings"][0]["players"]) == (first["wordings"][0]["id"], ["ann", "bob"])
    text = act(quizzer, "sky")
    assert "graded too low: given 3 times by 3 players" in text
    assert "graded too high: given once" in text
    assert "the grader: fail, score 0.20, quality 1 (flag: number, left out: short wavelengths); cy: 4" in text


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("answers", f"more than long ones.\n      - {OZONE}\n"),
        ("tests.pass", f"pass:\n        - {OZONE}\n"),
        ("tests.fail", f"fail: [The sea is mirrored., {OZONE}]\n"),
    ],
)
def test_accepting_writes_one_line_into_the_deck(
    quizzer: Run, sky: Path, overrule: Overrule, place: str, written: str
) -> None:
    """Comments, quotes and order stay; the proposal is done with, though it is given again."""
    overrule(OZONE)
    name = proposals(quizzer, "sky")[0]["id"]
    assert f"added to {place} in decks/sky.yaml" in act(quizzer, "--accept", name, "--as", place)
    text = sky.read_text()
    assert written in text
    assert all(line in text.splitlines() for line in ("# the sky deck", "  - id: blue   # the first"))
    assert proposals(quizzer) == []
    overrule(OZONE.upper(), player="bob")
    assert proposals(quizzer) == []
    assert "already" in act(quizzer, "--accept", name, "--as", place)
    assert sky.read_text() == text
    assert quizzer("deck", "check", "sky").returncode == 0


@pytest.mark.model
def test_accepting_settles_the_group_and_only_that_wording_where_asked(
    quizzer: Run, sky: Path, overrule: Overrule
) -> None:
    """The other wordings need no second look, unless somebody wants one."""
    overrule(SCATTER)
    overrule(SCATTERED)
    overrule(NOT_SCATTERED)
    before = sky.read_text()
    one = identity(quizzer, SCATTERED)
    act(quizzer, "--accept", one, "--as", "tests.pass", "--only")
    assert [proposal["wordings"][0]["text"] for proposal in proposals(quizzer)] in (
        [SCATTER, NOT_SCATTERED], [NOT_SCATTERED, SCATTER]
    )  # fmt: skip
    sky.write_text(before)
    overrule("Air scatters blue light more strongly than red light.")
    data = json.loads(
        quizzer("deck", "proposals", "--accept", identity(quizzer, SCATTER), "--as", "answers", "--json").stdout
    )["data"]
    assert data["accepted"][0]["settled_with_it"] == 1
    assert [proposal["wordings"][0]["text"] for proposal in proposals(quizzer)] == [NOT_SCATTERED]


def test_rejected_is_rejected(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """The same answer does not come again; --all still shows it, and it can be accepted after all."""
    overrule(OZONE)
    name = identity(quizzer, OZONE)
    assert "rejected" in act(quizzer, "--reject", name)
    overrule(OZONE.lower())
    assert proposals(quizzer) == []
    assert proposals(quizzer, "--all")[0]["wordings"][0]["settled"] == "rejected"
    assert sky.read_text() == DECK
    act(quizzer, "--accept", name, "--as", "answers")
    assert proposals(quizzer, "--all")[0]["wordings"][0]["settled"] == "answers"


def test_what_was_undone_or_agreed_with_is_no_proposal(
    quizzer: Run, sky: Path, overrule: Overrule, ready_home: Path
) -> None:
    """Only disagreement that still stands; "I don't know" proposes nothing."""
    undone = overrule(OZONE)
    overrule("Fine.", 4, 5)
    overrule("", 0, 4)
    changed = overrule("Changed my mind.")
    store = SqliteStore(ready_home / "quizzer.db")
    late = START + timedelta(days=90)
    store.merge([
        event(9001, "void", at=late, card="sky/blue", value=undone.id),
        Decision("ffffff", "device", late, changed.id, 1, "learner"),
    ])  # fmt: skip
    store.close()
    assert proposals(quizzer) == []


def test_unanswered_and_removed_cards(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """An accepted answer answers the card; what belongs to no card is counted, not lost."""
    overrule("Long way through the air.", card="sky/red")
    overrule("Whatever.", card="sky/gone")
    text = act(quizzer)
    assert "1 more to cards that no deck found has" in text
    act(quizzer, "--accept", identity(quizzer, "Long way through the air."), "--as", "answers")
    assert "    question: Why is the sunset red?\n    answers:\n      - Long way" in sky.read_text()
    assert json.loads(quizzer("deck", "todo", "sky", "--json").stdout)["data"]["decks"][0]["counts"]["unanswered"] == 0


def test_an_answer_to_an_earlier_wording_says_so(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """It may not answer the question of today."""
    overrule(OZONE, card_digest="0123456789abcdef")
    assert proposals(quizzer)[0]["wordings"][0]["before_last_change"] is True
    assert "given before the card's last change" in act(quizzer)


def test_hostile_answers_are_shown_and_written_safely(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """Anybody in the room can send an answer; the maintainer's terminal and deck obey none of it."""
    evil = "\x1b[2J\u202e ]0;x\x07 - key: [value\n# comment"
    overrule(evil, player="\x1b[31mmallory")
    overrule("word " * 20_000)
    overrule("x" * 120_000, card="sky/red")
    text = act(quizzer)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "(99,999 characters)" in text
    assert len(text) < 6000
    name = next(one["id"] for one in (p["wordings"][0] for p in proposals(quizzer)) if "key" in one["text"])
    act(quizzer, "--accept", name, "--as", "answers", "--only")
    assert "\x1b" not in sky.read_text()
    assert quizzer("deck", "check", "sky").returncode == 0
    long = next(p["id"] for p in proposals(quizzer) if p["card"] == "sky/red")
    before = sky.read_text()
    refused = quizzer("deck", "proposals", "--accept", long, "--as", "answers", "--only")
    assert refused.returncode == 3
    assert "100,000" in refused.stderr
    assert sky.read_text() == before
    assert long in [p["id"] for p in proposals(quizzer)]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--accept", "ID"), "--accept and --as go together"),
        (("--as", "answers"), "--accept and --as go together"),
        (("--accept", "ID", "--as", "answers", "--reject", "ID"), "both accepted and rejected"),
        (("--accept", "ID", "--accept", "ffffffff", "--as", "answers"), "no proposal 'ffffffff'"),
        (("--accept", "ID", "--as", "points"), "'points' is not one of"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    quizzer: Run, sky: Path, overrule: Overrule, words: tuple[str, ...], message: str
) -> None:
    """Half a command would leave the maintainer guessing which half."""
    overrule(OZONE)
    name = identity(quizzer, OZONE)
    done = quizzer("deck", "proposals", *(name if word == "ID" else word for word in words))
    assert done.returncode == 2
    assert message in done.stderr
    assert sky.read_text() == DECK
    assert len(proposals(quizzer)) == 1


def test_a_deck_that_cannot_be_written_keeps_the_proposal(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """What is not in the deck is not settled."""
    overrule(OZONE)
    sky.chmod(0o444)
    done = quizzer("deck", "proposals", "--accept", identity(quizzer, OZONE), "--as", "answers")
    assert done.returncode == 3
    assert len(proposals(quizzer)) == 1


def test_killed_between_the_deck_and_the_note_nothing_comes_twice(
    quizzer: Run, sky: Path, overrule: Overrule, ready_home: Path
) -> None:
    """The deck's own text says what was accepted."""
    overrule(OZONE)
    name = identity(quizzer, OZONE)
    holder = sqlite3.connect(ready_home / "quizzer.db", isolation_level=None)
    holder.execute("begin immediate")  # the note has to wait
    words = [sys.executable, "-m", "quizzer", "deck", "proposals", "--accept", name, "--as", "answers"]
    program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 300
    while OZONE not in sky.read_text() and time.monotonic() < until:
        time.sleep(0.01)
    program.send_signal(signal.SIGKILL)
    program.wait()
    holder.execute("rollback")
    assert holder.execute("select count(*) from settled_proposals").fetchone()[0] == 0
    holder.close()
    assert sky.read_text().count(OZONE) == 1
    assert proposals(quizzer) == []
    assert "already" in act(quizzer, "--accept", name, "--as", "answers")
    assert sky.read_text().count(OZONE) == 1


def test_two_maintainers_at_once_lose_nothing(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """Each accepts another answer at the same moment, and the same one."""
    texts = [f"Answer number {number}." for number in range(4)]
    for text in texts:
        overrule(text)
    names = [identity(quizzer, text) for text in texts] * 2
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "quizzer", "deck", "proposals", "--accept", name, "--as", "answers", "--only"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    for program in programs:
        _, complaints = program.communicate()
        assert program.returncode == 0, complaints
    written = sky.read_text()
    assert [written.count(text) for text in texts] == [1, 1, 1, 1]
    assert proposals(quizzer) == []


def test_without_a_model_wordings_stand_alone(quizzer: Run, sky: Path, overrule: Overrule, ready_home: Path) -> None:
    """A maintainer whose model is missing still gets to work, and hears about it."""
    overrule(SCATTER)
    overrule(SCATTERED)
    (ready_home / "config.toml").write_text('model = "nowhere"\n')
    done = quizzer("deck", "proposals", "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["data"]["proposals"]) == 2
    assert "not grouped by meaning" in done.stderr


@pytest.mark.model
def test_walking_through_them_in_a_terminal(quizzer: Run, sky: Path, overrule: Overrule) -> None:
    """One key each: choose a wording, take one out, accept, reject, skip, quit."""
    for text in (SCATTER, SCATTER, SCATTERED, "Blue light is scattered far more than red in the air."):
        overrule(text)
    overrule(OZONE)
    overrule("The sea makes it blue.", 4, 1)
    with Terminal("deck", "proposals", "sky", rows=60, columns=100) as terminal:
        terminal.wait_for("1 of 3")
        terminal.wait_for("x, 2 or 3 >")
        terminal.send("\rz3")
        terminal.wait_for("> 3")
        terminal.wait_for("x, 1 or 2 >")
        terminal.send("x")
        terminal.wait_for("1 of 4")
        terminal.wait_for("x or 2 >")
        terminal.send("2")
        terminal.wait_for("> 2")
        terminal.wait_for("x or 1 >")
        terminal.send("a")
        terminal.wait_for("added to answers")
        for number, key in ((2, "s"), (3, "R"), (4, "q")):
            terminal.wait_for(f"{number} of 4")
            terminal.wait_for("s or q >")
            terminal.send(key)
        terminal.wait_for("2 settled; 2 answers wait")
        assert terminal.end() == 0
    assert sky.read_text().count("scattered") == 1


@pytest.mark.parametrize(("keys", "code"), [("\x04", 0), ("\x03", 130)])
def test_leaving_in_the_middle_changes_nothing(
    quizzer: Run, sky: Path, overrule: Overrule, keys: str, code: int
) -> None:
    """Ctrl-D and Ctrl-C are ordinary ways to stop."""
    overrule(OZONE)
    with Terminal("deck", "proposals", "sky") as terminal:
        terminal.wait_for("or q >")
        terminal.send(keys)
        assert terminal.end() == code
        assert "Traceback" not in terminal.text
    assert sky.read_text() == DECK
    assert len(proposals(quizzer)) == 1


def test_what_an_older_version_saved_comes_back_too(quizzer: Run, ready_home: Path) -> None:
    """Flags and overrules of a log from before this command, with the backup that a migration makes."""
    released = Path(__file__).parents[1] / "storage" / "released" / "schema-1.sql"
    written = sqlite3.connect(ready_home / "quizzer.db")
    written.executescript(released.read_text())
    written.close()
    Path("decks").mkdir()
    Path("decks/deck.yaml").write_text("quizzer: 1\ndeck: {id: deck}\ncards:\n  - {id: card, question: Why?}\n")
    (todo,) = json.loads(quizzer("deck", "todo", "deck", "--json").stdout)["data"]["decks"]
    assert [(flag["note"], flag["before_last_change"]) for flag in todo["cards"][0]["flags"]] == [("a note", True)]
    assert todo["counts"]["proposals"] == 1
    (proposal,) = proposals(quizzer, "deck")
    assert (proposal["wordings"][0]["text"], proposal["wordings"][0]["decided"]) == ("an answer", 4)
    assert "the former wording was not kept" in quizzer("card", "diff", "deck/card").stdout
    assert list(ready_home.glob("quizzer-before-schema-*.db"))


def test_a_terminal_that_moves_no_cursor_gets_the_list(sky: Path, overrule: Overrule) -> None:
    """Screen readers and logs: nothing waits for a key there."""
    overrule(OZONE)
    with Terminal("deck", "proposals", "sky", TERM="dumb") as terminal:
        terminal.wait_for("writes the first into its deck")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.raw
