"""`quizzer stats`: progress in numbers and charts, as text, JSON and a page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # keyword arguments

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import decision, review
from tests.terminal import Terminal

NOW = "2026-03-05T09:00+00:00"
AT = datetime(2026, 3, 5, 8, tzinfo=UTC)
HOSTILE = """\
quizzer: 1
deck: {id: evil, tags: ["\\e[31mtag\\e]0;title\\a", "<b>tag</b>"]}
cards:
- id: one
  question: "</script><script>alert(1)</script>\\e[2J"
  answers: [Yes.]
  points: ["<img src=x onerror=alert(1)>"]
"""


def answered(home: Path, *qualities: int, card: str = "bert/bert-01", number: int = 0, **fields: object) -> None:
    """Answers on the last days up to today, one a day."""
    store = SqliteStore(home / "quizzer.db")
    first = AT - timedelta(days=len(qualities) - 1)
    facts = [
        review(number + day, at=first + timedelta(days=day), card=card, quality=quality, **fields)
        for day, quality in enumerate(qualities)
    ]
    store.merge([*facts, decision(number + 50, facts[0], 5 if qualities[0] < 3 else 1)])
    store.close()


def test_an_empty_log_has_no_percentages_and_no_empty_charts(quizzer: Run) -> None:
    """The first thing that a newcomer sees says what to do."""
    done = quizzer("stats", now=NOW)
    assert done.returncode == 0
    assert "no card has come back yet" in done.stdout
    assert "`quizzer study` begins" in done.stdout
    assert "%" not in done.stdout
    data = json.loads(quizzer("stats", "--json", now=NOW).stdout)["data"]
    assert data["retention"] == {"passed": 0, "total": 0, "ratio": None, "low": 0.0, "high": 1.0}
    assert data["days"] == data["intervals"] == data["hardest"] == data["missed_points"] == []


def test_numbers_of_a_few_days(quizzer: Run, home: Path) -> None:
    """Due, answered, remembered, streak, time and topics agree with the log; the first answer was overruled."""
    answered(home, 5, 2, 4)
    data = json.loads(quizzer("stats", "bert", "--json", now=NOW).stdout)["data"]
    assert (data["streak_days"], data["answers"], data["answered_today"], data["new"]) == (3, 3, 1, 49)
    assert (data["due_today"], data["due_tomorrow"], data["due_this_week"]) == (0, 1, 1)
    assert (data["retention"]["passed"], data["retention"]["total"], data["retention"]["ratio"]) == (1, 2, 0.5)
    assert sum(tag["seen"] for tag in data["tags"]) >= 1
    assert data["overrules"] == {"answers": 3, "unsure": 0, "raised": 0, "lowered": 1, "adjusted": 0}
    assert data["days"][-1] == {
        "day": "2026-03-05", "answers": 1, "practice": 0, "seconds": 1, "new": 0, "asked": 1, "passed": 1,
    }  # fmt: skip
    assert [day["due"] for day in data["forecast"]] == [0, 1, *[0] * 28]
    text = quizzer("stats", now=NOW).stdout
    assert "1 of 2" in text
    assert "you said wrong, the grader right" in text


def test_a_second_look_counts_what_was_added(quizzer: Run, home: Path) -> None:
    """What was counted before is kept, and not counted again."""
    answered(home, 5, 5)
    assert json.loads(quizzer("stats", "--json", now=NOW).stdout)["data"]["answers"] == 2
    answered(home, 1, card="bert/bert-02", number=100)
    assert json.loads(quizzer("stats", "--json", now=NOW).stdout)["data"]["answers"] == 3


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_that_want_it(home: Path, environment: dict[str, Any], coloured: bool) -> None:
    """The characters say the same without it."""
    answered(home, 5, 5)
    with Terminal("stats", QUIZZER_NOW=NOW, **environment) as terminal:
        assert terminal.end() == 0
        assert (b"\x1b[" in terminal.raw) == coloured
        assert "Answers a day" in terminal.text


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_every_line_fits_the_terminal(home: Path, columns: int) -> None:
    """However wide it is."""
    answered(home, 1, 1, 1, 5)
    with Terminal("stats", columns=columns, QUIZZER_NOW=NOW) as terminal:
        assert terminal.end() == 0
        assert max(len(line) for line in terminal.text.splitlines()) <= columns


def test_an_output_of_ascii_gets_charts_of_ascii(quizzer: Run, home: Path) -> None:
    """A chart must not end in a traceback on an old console."""
    answered(home, 1, 1, 1, 5)
    done = quizzer("stats", now=NOW, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "# 4+" in done.stdout


def test_texts_of_decks_stay_texts(quizzer: Run, home: Path, decks: Path) -> None:
    """In the terminal and in the page."""
    (decks / "evil.yaml").write_text(HOSTILE)
    answered(home, 1, 1, 1, card="evil/one", points_missed=("<img src=x onerror=alert(1)>",))
    text = quizzer("stats", "evil", now=NOW)
    assert "alert(1)" in text.stdout
    assert "\x1b" not in text.stdout + text.stderr
    assert quizzer("stats", "evil", "--html", "page.html", now=NOW).returncode == 0
    html = Path("page.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x" in html
    assert "\x1b" not in html


def test_the_page_has_what_the_terminal_has(quizzer: Run, home: Path) -> None:
    """One page for all of it; an earlier one is replaced, and JSON says where it is."""
    answered(home, 1, 1, 1, 5)
    assert quizzer("stats", "--html", "page.html", now=NOW).stdout == "page.html: written; open it in a browser\n"
    done = quizzer("stats", "bert", "--html", "page.html", "--json", now=NOW)
    assert json.loads(done.stdout)["data"]["html"] == "page.html"
    html = Path("page.html").read_text(encoding="utf-8")
    for title in ("Progress of bert", "Today", "Answers a day", "Cards due in the next 30 days", "Time a day",
                  "Remembered, by days since last answered", "Remembered, by topic", "Forgotten most",
                  "Where you overruled the grader"):  # fmt: skip
        assert title in html


def test_the_page_of_a_first_day_says_so(quizzer: Run) -> None:
    """No empty axes."""
    quizzer("stats", "--html", "page.html", now=NOW)
    html = Path("page.html").read_text(encoding="utf-8")
    assert "Nothing is answered yet" in html
    assert "<svg" not in html


def test_a_file_of_somebody_else_is_not_replaced(quizzer: Run) -> None:
    """It exits with 2 and says so."""
    Path("notes.html").write_text("mine")
    done = quizzer("stats", "--html", "notes.html", now=NOW)
    assert (done.returncode, Path("notes.html").read_text()) == (2, "mine")
    assert "did not write it" in done.stderr
