"""`quizzer stats`: progress in numbers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import review

NOW = "2026-03-05T09:00+00:00"
AT = datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_an_empty_log_has_no_percentages(quizzer: Run) -> None:
    """Nothing to divide is said in words."""
    done = quizzer("stats", now=NOW)
    assert done.returncode == 0
    assert "no card has come back yet" in done.stdout
    assert json.loads(quizzer("stats", "--json", now=NOW).stdout)["data"]["retention"]["ratio"] is None


def test_numbers_of_a_few_days(quizzer: Run, home: Path) -> None:
    """Due, answered, remembered, streak and topics agree with the log."""
    store = SqliteStore(home / "quizzer.db")
    qualities = [5, 2, 4]
    store.merge([
        review(n, at=AT - timedelta(days=2 - n), card="bert/bert-01", quality=q) for n, q in enumerate(qualities)
    ])  # fmt: skip
    store.close()
    data = json.loads(quizzer("stats", "bert", "--json", now=NOW).stdout)["data"]
    assert (data["streak_days"], data["answers"], data["answered_today"], data["new"]) == (3, 3, 1, 49)
    assert (data["due_today"], data["due_tomorrow"], data["due_this_week"]) == (0, 1, 1)
    assert data["retention"] == {"passed": 1, "total": 2, "ratio": 0.5}
    assert sum(tag["seen"] for tag in data["tags"]) >= 1
    text = quizzer("stats", now=NOW, NO_COLOR="1", TERM="dumb").stdout
    assert "1 of 2" in text
    assert "\x1b" not in text
