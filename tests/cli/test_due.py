"""`quizzer due`: one line for a prompt, an envelope for a script."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import review

NOW = "2026-03-02T09:00+00:00"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answered(home: Path, card: str, *, days_ago: int, number: int = 1, quality: int = 5) -> None:
    """A review in the database, as a study session would have left it."""
    store = SqliteStore(home / "quizzer.db")
    store.merge([review(number, at=AT - timedelta(days=days_ago), card=card, quality=quality)])
    store.close()


def test_a_first_run_has_new_cards_only(quizzer: Run) -> None:
    """It needs no set-up, and a second call says the same."""
    for _ in range(2):
        done = quizzer("due", now=NOW)
        assert (done.returncode, done.stdout, done.stderr) == (0, "0 due, 0 to repeat, 10 new\n", "")


def test_counts_as_text_and_json(quizzer: Run, home: Path) -> None:
    """The new cards of the day are what its limit leaves."""
    answered(home, "bert/bert-01", days_ago=5)
    answered(home, "bert/bert-02", days_ago=0, number=2, quality=1)
    assert quizzer("due", now=NOW).stdout == "1 due, 1 to repeat, 9 new\n"
    envelope = json.loads(quizzer("due", "bert", "--json", now=NOW).stdout)
    data = envelope["data"]
    assert (envelope["command"], envelope["status"]) == ("due", "ok")
    assert (data["due"], data["repeat"], data["new"], data["new_available"]) == (1, 1, 9, 48)
    assert (data["day"], data["next_due"], data["tomorrow"]) == ("2026-03-02", "2026-03-03", 1)


def test_nothing_due_says_when_the_next_card_is(quizzer: Run, home: Path) -> None:
    """An empty day is not a dead end."""
    (home).mkdir()
    (home / "config.toml").write_text("new_per_day = 0\n")
    answered(home, "bert/bert-01", days_ago=0)
    assert quizzer("due", now=NOW).stdout == "nothing due; next on 2026-03-03\n"


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-03-03T03:59+00:00", 0), ("2026-03-03T04:00+00:00", 1), ("2026-03-02T22:30-05:00", 0),
     ("2026-03-01T09:00+00:00", 0)],
)  # fmt: skip
def test_the_day_begins_at_four_where_the_learner_is(quizzer: Run, home: Path, now: str, due: int) -> None:
    """Also in a new time zone, and after a clock has jumped back."""
    answered(home, "bert/bert-01", days_ago=0)
    assert json.loads(quizzer("due", "--json", now=now).stdout)["data"]["due"] == due


def test_schedules_that_somebody_deleted_come_back(quizzer: Run, home: Path) -> None:
    """The cache is rebuilt by whatever command comes first."""
    answered(home, "bert/bert-01", days_ago=5)
    store = SqliteStore(home / "quizzer.db")
    store.connection.execute("delete from schedules")
    store.close()
    assert quizzer("due", now=NOW).stdout.startswith("1 due")


def test_a_damaged_database_exits_with_five_and_says_what_to_do(quizzer: Run, home: Path) -> None:
    """A status bar can tell trouble from nothing due."""
    home.mkdir()
    (home / "quizzer.db").write_bytes(b"noise" * 1000)
    done = quizzer("due", "--json", now=NOW)
    (error,) = json.loads(done.stdout)["errors"]
    assert (done.returncode, error["code"]) == (5, "storage-damaged")
    assert error["hint"]


def test_an_unknown_deck_exits_with_three(quizzer: Run) -> None:
    """Counting nothing would look like a day off."""
    done = quizzer("due", "bret", now=NOW)
    assert done.returncode == 3
    assert "bert" in done.stderr
