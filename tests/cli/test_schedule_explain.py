"""`quizzer schedule explain`: why a card comes back when it does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run, envelope
from tests.factories import START, decision, event, review

NOW = "2026-03-20T09:00+00:00"
CARD = "bert/bert-02"


@pytest.fixture
def told(home: Path) -> None:
    """A card that was known, overruled, put off and flagged."""
    store = SqliteStore(home / "quizzer.db")
    missed = review(3, at=START + timedelta(days=9), quality=2, card=CARD)
    store.merge([
        review(1, quality=4, card=CARD), review(2, at=START + timedelta(days=1), card=CARD), missed,
        decision(4, missed, 4), event(5, "flag", at=START + timedelta(days=10), card=CARD, value="typo \x1b[31m"),
        event(6, "bury", at=START + timedelta(days=10), card=CARD, value="2026-04-01"),
    ])  # fmt: skip
    store.close()


@pytest.mark.usefixtures("told")
def test_sm2_says_what_the_interval_is_the_product_of(quizzer: Run) -> None:
    """A learner can do the sum again by hand."""
    said = quizzer("schedule", "explain", CARD, now=NOW).stdout
    assert "bert/bert-02, scheduled by SM-2\nWhat are" in said
    assert "2026-03-03  answered: 5 (perfect)" in said
    assert "comes back on 2026-03-09, after 6 days: known 2 times in a row; ease 2.50 -> 2.60" in said
    assert "2026-03-11  answered 2 days late: 2 (partly), decided by you: 4 (right)" in said
    assert "after 16 days: known 3 times in a row, so 6 days x 2.60, rounded up" in " ".join(said.split())
    assert "now: due on 2026-03-27, put off until 2026-04-01" in said
    assert "flagged: typo \ufffd[31m" in said


@pytest.mark.usefixtures("told")
def test_fsrs_says_how_likely_the_card_was_still_known(quizzer: Run, home: Path) -> None:
    """The same answers, as the configured scheduler sees them or as if it were configured."""
    said = quizzer("schedule", "explain", CARD, "--scheduler", "fsrs", now=NOW).stdout
    assert "as if scheduled by FSRS" in said
    assert "known after 8 days, when the chance was" in said
    (home / "config.toml").write_text('[deck.bert]\nscheduler = "fsrs"\n', encoding="utf-8")
    assert quizzer("schedule", "explain", CARD, now=NOW).stdout == said.replace("as if scheduled", "scheduled")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
def test_json_has_every_fact_and_number(quizzer: Run, scheduler: str) -> None:
    """For whoever draws the history of a card."""
    data = envelope(quizzer("schedule", "explain", CARD, "--scheduler", scheduler, "--json", now=NOW).stdout)["data"]
    assert [step["effect"] for step in data["steps"]] == ["first", "remembered", "remembered", "decision", "event",
                                                          "event"]  # fmt: skip
    third = data["steps"][2]
    assert (third["graded"], third["quality"], third["decided_by"], third["elapsed_days"]) == (2, 4, "learner", 8)
    assert set(third["memory"]) == (
        {"repetitions", "ease", "interval_days"} if scheduler == "sm2" else {"stability_days", "difficulty"}
    )
    assert third["due"] == data["due"]
    assert data["scheduler"] == scheduler
    assert 0 < data["recall_today"] < 1


def test_a_new_card_and_an_unknown_one(quizzer: Run) -> None:
    """Nothing to explain is not an error; a card that nobody has is."""
    assert "never answered" in quizzer("schedule", "explain", CARD, now=NOW).stdout
    unknown = quizzer("schedule", "explain", "bert/bert-99", now=NOW)
    assert unknown.returncode == 2
    assert "no card 'bert/bert-99' found" in unknown.stderr
