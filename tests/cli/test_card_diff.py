"""`quizzer card diff`, and cards that are retired: what a deck's changes leave of what was learned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import review
from tests.terminal import Terminal

NOW = "2026-03-02T12:00+00:00"
LATER = "2026-03-09T12:00+00:00"
BLUE = "  - {id: blue, question: Why is the sky blue?, answers: [Air scatters short wavelengths more.]}\n"
NIGHT = "  - {id: night, question: Why is the night dark?, answers: [The sun is behind the earth.]}\n"
HEAD = "quizzer: 1\ndeck: {id: sky}\ncards:\n"


@pytest.fixture
def sky(ready_home: Path, quizzer: Run) -> Path:
    """A deck of two cards, of which the first was answered; returns its file."""
    file = Path("decks/sky.yaml")
    file.parent.mkdir()
    file.write_text(HEAD + BLUE + NIGHT)
    done = quizzer("study", "sky", "--new", "1", stdin="/reveal\n/grade 4\n", now=NOW)
    assert "Graded 4" in done.stdout
    return file


def data(quizzer: Run, *words: str) -> Any:  # what the envelope holds
    done = quizzer(*words, "--json", now=LATER)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["data"]


def log(home: Path) -> list[tuple[object, ...]]:
    """Every fact of the log."""
    store = SqliteStore(home / "quizzer.db")
    found = [
        row
        for table in ("reviews", "decisions", "events")
        for row in store.connection.execute(f"select * from {table}")
    ]
    store.close()
    return found


def test_the_difference_word_by_word(quizzer: Run, sky: Path) -> None:
    """Readable without colour; as JSON with both wordings."""
    sky.write_text(HEAD + BLUE.replace("short wavelengths", "blue light") + NIGHT)
    text = quizzer("card", "diff", "sky/blue", now=LATER).stdout
    assert "sky/blue was reworded since you answered it last, on 2026-03-02" in text
    assert "Air scatters [-short wavelengths-]{+blue light+} more." in text
    found = data(quizzer, "card", "diff", "sky/blue")
    assert (found["reworded"], found["kept"]) == (True, True)
    (difference,) = found["differences"]
    assert (difference["part"], difference["number"], difference["kind"]) == ("answer", 1, "changed")
    assert difference["before"] == "Air scatters short wavelengths more."


def test_study_announces_it_until_it_is_answered(quizzer: Run, sky: Path) -> None:
    """With the question, in plain lines too; afterwards the earlier wording can still be looked up."""
    sky.write_text(HEAD + BLUE.replace("Why is", "Why then is") + NIGHT)
    shown = quizzer("study", "sky", "--new", "0", stdin="/diff\n/reveal\n/grade 4\n", now=LATER).stdout
    assert "reworded since you learned it: /diff shows what changed" in shown
    assert "Why {+then+} is the sky blue?" in shown
    assert "worded as you answered it last; on 2026-03-02" in quizzer("card", "diff", "sky/blue", now=LATER).stdout
    assert data(quizzer, "card", "diff", "sky/blue")["reworded"] is False


def test_what_is_no_rewording(quizzer: Run, sky: Path) -> None:
    """New points, other wrapping, another file: what was learned is the same."""
    card = "  - id: blue\n    question: >-\n      Why is\n      the sky blue?\n"
    card += "    answers: [Air scatters   short wavelengths more.]\n    points: [a new point]\n"
    sky.write_text(HEAD + card + NIGHT)
    sky.rename(sky.with_name("other.yaml"))
    assert "worded as you have always answered it" in quizzer("card", "diff", "sky/blue", now=LATER).stdout
    assert "reworded" not in quizzer("study", "sky", "--new", "0", stdin="/quit\n", now=LATER).stdout
    assert "never answered" in quizzer("card", "diff", "sky/night", now=LATER).stdout


def test_a_history_of_before_says_that_no_wording_was_kept(quizzer: Run, sky: Path, ready_home: Path) -> None:
    """Nothing is invented for answers that an older version saved."""
    store = SqliteStore(ready_home / "quizzer.db")
    store.merge([review(5, card="sky/night", card_digest="0123456789abcdef")])
    store.close()
    assert "the former wording was not kept" in quizzer("card", "diff", "sky/night", now=LATER).stdout
    assert data(quizzer, "card", "diff", "sky/night")["kept"] is False
    assert quizzer("card", "diff", "sky/nihgt", now=LATER).returncode == 2


def test_a_removed_card_is_retired_and_comes_back(quizzer: Run, sky: Path, ready_home: Path) -> None:
    """Not due, not counted as due, and nothing of it is lost."""
    before, schedule = log(ready_home), data(quizzer, "card", "show", "sky/blue")["schedule"]
    assert data(quizzer, "due", "sky")["due"] == 1
    sky.write_text(HEAD + NIGHT)
    assert data(quizzer, "due", "sky")["due"] == 0
    found = data(quizzer, "card", "show", "sky/blue", "--answer")
    assert (found["retired"], found["question"]) == (True, "Why is the sky blue?")
    assert found["answers"] == ["Air scatters short wavelengths more."]
    assert found["schedule"] == schedule
    assert "retired: no deck has it any more" in quizzer("card", "show", "sky/blue", now=LATER).stdout
    assert len(data(quizzer, "card", "history", "sky/blue")) == 2
    assert "1 retired" in quizzer("deck", "list", now=LATER).stdout
    assert "1 of deck 'sky'" in quizzer("doctor", now=LATER).stdout
    assert "nothing to compare" in quizzer("card", "diff", "sky/blue", now=LATER).stdout
    sky.write_text(HEAD + NIGHT + BLUE)
    assert data(quizzer, "due", "sky")["due"] == 1
    assert data(quizzer, "card", "show", "sky/blue")["retired"] is False
    assert log(ready_home) == before


def test_statistics_keep_the_past_of_a_retired_card(quizzer: Run, sky: Path) -> None:
    """A streak does not break because a maintainer removed a question."""
    sky.write_text(HEAD + NIGHT)
    for words in (("stats",), ("stats", "sky")):
        found = data(quizzer, *words)
        assert (found["answers"], found["due_today"], found["retired"]) == (1, 0, 1), words
    assert data(quizzer, "stats", "bert")["answers"] == 0
    assert "retired: in no deck now" in quizzer("stats", now=LATER).stdout


@pytest.mark.parametrize("trouble", ["missing", "broken", "unreadable"])
def test_a_deck_that_is_away_for_a_while_changes_nothing(
    quizzer: Run, sky: Path, ready_home: Path, trouble: str
) -> None:
    """A folder that is not mounted, a slip in the file: the log stays as it is, and the deck comes back whole."""
    before, text = log(ready_home), sky.read_text()
    if trouble == "missing":
        sky.unlink()
    else:
        sky.write_text(text + ("  - id: a\n" if trouble == "broken" else "  - {\n"))
    shown = quizzer("card", "show", "sky/blue", now=LATER).stdout
    listed = quizzer("deck", "list", now=LATER).stdout
    if trouble == "broken":
        assert "its deck is broken (`quizzer deck check decks/sky.yaml`" in shown
        assert "not found" not in listed
    else:
        assert "no deck 'sky' is found" in shown
        assert "sky  not found: 1 card of it was learned" in listed
        assert ("is it decks/sky.yaml, which is broken?" in shown) is (trouble == "unreadable")
    for words in (("due",), ("stats",), ("deck", "todo"), ("doctor",), ("study", "--new", "0")):
        assert quizzer(*words, now=LATER).returncode in (0, 1), words
    sky.write_text(text)
    assert data(quizzer, "due", "sky")["due"] == 1
    assert log(ready_home) == before


def test_a_card_that_never_was_is_still_unknown(quizzer: Run, sky: Path) -> None:
    """Retired is what was learned once."""
    for words in (("show", "sky/nope"), ("diff", "sky/nope"), ("history", "sky/nope"), ("unflag", "sky/nope")):
        assert quizzer("card", *words, now=LATER).returncode == 2, words


def test_hostile_text_of_a_retired_card_is_shown_safely(quizzer: Run, sky: Path) -> None:
    """What a deck once said is still only text."""
    evil = '  - {id: evil, question: "\\e[2JWhy \\u202e?", answers: ["\\e]0;title\\a"]}\n'
    sky.write_text(HEAD + evil)
    quizzer("study", "sky", "--new", "1", stdin="/reveal\n/grade 4\n", now=NOW)
    sky.write_text(HEAD + NIGHT)
    shown = quizzer("card", "show", "sky/evil", "--answer", now=LATER).stdout
    assert "Why" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_in_the_terminal_a_word_and_a_key_show_the_difference(quizzer: Run, sky: Path) -> None:
    """At the question by `/diff`; after feedback one key is enough."""
    sky.write_text(HEAD + BLUE.replace("Why is", "Why then is").replace("more", "less") + NIGHT)
    with Terminal("study", "sky", "--new", "0", QUIZZER_NOW=LATER) as terminal:
        terminal.wait_for("reworded since you learned it: /diff shows what changed")
        terminal.wait_for("Enter submits")
        terminal.send("/diff\r")
        terminal.wait_for("Why {+then+} is the sky blue?")
        terminal.wait_for("Enter submits")
        terminal.send("/reveal\r")
        terminal.wait_for("overrules >")
        terminal.send("d")
        terminal.wait_for("[-more.-]{+less.+}")
        terminal.wait_for("overrules >")
        terminal.send("/flag odd\r")
        terminal.wait_for("sky/blue is flagged")
    flags = json.loads(quizzer("deck", "todo", "sky", "--json").stdout)["data"]["decks"][0]["cards"][0]["flags"]
    assert [(flag["note"], flag["before_last_change"]) for flag in flags] == [("odd", False)]
