"""`quizzer` alone: today at a glance, one key, the first question."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import START, review
from tests.terminal import Terminal

NOW = "2026-03-02T09:00+00:00"
KEY = "Enter starts, q leaves >"


@pytest.fixture
def learned(home: Path) -> Path:
    """A home with answers on five days of the bundled deck, one of them three days ago."""
    store = SqliteStore(home / "quizzer.db")
    facts = [review(n, at=START - timedelta(days=n), card=f"bert/bert-0{n}", latency_ms=30_000) for n in range(1, 5)]
    store.merge([*facts, review(9, at=START - timedelta(days=9), card="bert/bert-09")])
    store.close()
    return home


def test_a_pipe_gets_lines_and_the_first_question_without_waiting(quizzer: Run, learned: Path) -> None:
    """What was piped in is for the question; without colour and bars."""
    done = quizzer(now=NOW)
    assert done.returncode == 0
    lines = done.stdout.split("\n")
    assert lines[0] == "Monday 2 March"
    assert lines[1].startswith("5 due, 10 new: about ")
    assert lines[2] == "Last 14 days: 0 0 0 0 1 0 0 0 0 1 1 1 1 0 (5 answers); 4 days in a row, today makes it 5"
    assert "1 of 15" in done.stdout
    assert KEY not in done.stdout


def test_a_first_run_is_welcomed_once(quizzer: Run, home: Path) -> None:
    """And told what today has."""
    done = quizzer(now=NOW)
    assert done.stdout.count("Welcome to quizzer.") == 1
    assert "10 new: about 15 minutes" in done.stdout


def test_nothing_to_do_is_said_with_what_comes_next(quizzer: Run, learned: Path) -> None:
    """The page of an evening."""
    (learned / "config.toml").write_text("new_per_day = 0\n")
    store = SqliteStore(learned / "quizzer.db")
    store.merge([review(50 + n, card=f"bert/bert-0{n}") for n in (1, 2, 3, 4, 9)])
    store.close()
    done = quizzer(now=NOW)
    assert "5 days in a row\n" in done.stdout
    assert "Nothing more is due today." in done.stdout


def test_a_backlog_is_spread_and_said_so(quizzer: Run, home: Path) -> None:
    """Kindly, and with the way to have it all."""
    store = SqliteStore(home / "quizzer.db")
    store.merge([review(n, at=START - timedelta(days=30), card=f"bert/bert-{n:02}", quality=4) for n in range(1, 46)])
    store.merge([review(99, at=START - timedelta(days=40), card="bert/bert-46")])
    store.close()
    (home / "config.toml").write_text("reviews_per_day = 20\n")
    said = quizzer(now=NOW).stdout
    assert "20 due: about " in said
    assert "Your daily limits leave 26 cards for later; `quizzer study --all` asks everything." in said
    assert "1 of 46" in quizzer("study", "--all", "--new", "0", now=NOW).stdout


def test_json_has_what_the_page_has(quizzer: Run, learned: Path) -> None:
    """`quizzer due` is where a script asks."""
    found = json.loads(quizzer("due", "--json", now=NOW).stdout)["data"]
    assert (found["streak_days"], found["studied_today"], found["plan"]) == (4, False, None)
    assert found["answers_by_day"] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0]


def test_one_key_starts(learned: Path) -> None:
    """Other keys do nothing; the page has drawn the last days."""
    with Terminal(QUIZZER_NOW=NOW) as terminal:
        page = terminal.wait_for(KEY)
        assert "····█····████·" in page
        terminal.send("x")
        terminal.send("\r")
        terminal.wait_for("1 of 15")
        terminal.wait_for("Enter submits")
        terminal.send("/quit\r")
        assert terminal.end() == 0


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("\x04", 0), ("\x03", 130)])
def test_leaving_the_page_leaves_nothing_behind(learned: Path, key: str, code: int) -> None:
    """No session, no fact."""
    with Terminal(QUIZZER_NOW=NOW) as terminal:
        terminal.wait_for(KEY)
        terminal.send(key)
        assert terminal.end() == code
        assert "1 of" not in terminal.text


def test_a_terminal_that_cannot_draw_bars_gets_numbers(learned: Path) -> None:
    """An old encoding must not end the morning with an error."""
    with Terminal(QUIZZER_NOW=NOW, PYTHONIOENCODING="ascii") as terminal:
        assert "0 1 1 1 1 0" in terminal.wait_for(KEY)
