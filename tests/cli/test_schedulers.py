"""The configured scheduler, as the commands use it."""

from __future__ import annotations

from pathlib import Path

from quizzer.storage.store import SqliteStore
from tests.conftest import Run, envelope
from tests.factories import START, review

NOW = "2026-03-02T20:00+00:00"


def answered(home: Path) -> None:
    """One card of the bundled deck, answered well."""
    store = SqliteStore(home / "quizzer.db")
    store.merge([review(1, at=START, card="bert/bert-01", quality=4)])
    store.close()


def configure(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text, encoding="utf-8")


def test_a_scheduler_written_into_the_configuration_holds_at_once(quizzer: Run, home: Path) -> None:
    """No command is needed to switch, and none to switch back."""
    answered(home)
    assert "ease 2.50" in quizzer("card", "show", "bert/bert-01", now=NOW).stdout
    configure(home, '[deck.bert]\nscheduler = "fsrs"\n')
    assert "stability 2.3 days" in quizzer("card", "show", "bert/bert-01", now=NOW).stdout
    assert envelope(quizzer("due", "--json", now=NOW).stdout)["data"]["next_due"] == "2026-03-04"
    configure(home, "")
    assert envelope(quizzer("due", "--json", now=NOW).stdout)["data"]["next_due"] == "2026-03-03"


def test_a_day_begins_when_it_is_said_to(quizzer: Run, home: Path) -> None:
    """Who studies at half past three in the morning may call that today."""
    answered(home)
    at_night = "2026-03-03T03:30+00:00"
    assert envelope(quizzer("due", "--json", now=at_night).stdout)["data"]["day"] == "2026-03-02"
    configure(home, "day_start_hour = 3\n")
    assert envelope(quizzer("due", "--json", now=at_night).stdout)["data"]["day"] == "2026-03-03"
    assert quizzer("stats", now=at_night).returncode == 0


def test_doctor_names_a_deck_table_that_is_for_no_deck(quizzer: Run, home: Path) -> None:
    """A misspelt deck id would otherwise do nothing, in silence."""
    answered(home)
    configure(home, '[deck.brt]\nscheduler = "fsrs"\n[deck.bert]\nscheduler = "fsrs"\n')
    result = quizzer("doctor", now=NOW)
    assert "[deck.brt] is for no deck found" in result.stdout
    assert "[deck.bert] is" not in result.stdout
