"""`quizzer card`: a card's schedule and history, and what a learner can change."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import decision, review

NOW = "2026-03-05T09:00+00:00"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CARD = "bert/bert-02"


def data(quizzer: Run, *words: str) -> Any:  # what the envelope holds
    done = quizzer(*words, "--json", now=NOW)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["data"]


def two_reviews(home: Path, card: str = CARD) -> None:
    """Two days of answers, the second overruled."""
    store = SqliteStore(home / "quizzer.db")
    second = review(2, id=store.new_id(AT), at=AT + timedelta(days=1), card=card, quality=2, answer="\x1b[31mred")
    store.merge([review(1, at=AT, card=card), second, decision(3, second, 4)])
    store.close()


def test_show_keeps_the_answers_to_itself_unless_asked(quizzer: Run) -> None:
    """Looking up a question must not spoil it."""
    hidden, shown = data(quizzer, "card", "show", CARD), data(quizzer, "card", "show", CARD, "--answer")
    assert "answers" not in hidden
    assert shown["answers"]
    assert hidden["question"] in quizzer("card", "show", CARD, now=NOW).stdout
    assert shown["answers"][0] not in quizzer("card", "show", CARD, now=NOW).stdout


def test_show_says_where_the_card_stands(quizzer: Run, home: Path) -> None:
    """Due, interval and ease, as text and as data."""
    assert "never answered" in quizzer("card", "show", CARD, now=NOW).stdout
    two_reviews(home)
    schedule = data(quizzer, "card", "show", CARD)["schedule"]
    assert (schedule["due"], schedule["reviews"], schedule["memory"]["interval_days"]) == ("2026-03-09", 2, 6)
    assert "due on 2026-03-09" in quizzer("card", "show", CARD, now=NOW).stdout


def test_history_shows_every_fact_and_no_escape_sequence(quizzer: Run, home: Path) -> None:
    """What a learner typed is data, on the way out too."""
    two_reviews(home)
    facts = data(quizzer, "card", "history", CARD)
    assert [fact["fact"] for fact in facts] == ["review", "review", "decision"]
    text = quizzer("card", "history", CARD, now=NOW).stdout
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text


def test_history_of_a_card_that_no_deck_has_any_more(quizzer: Run, home: Path) -> None:
    """A removed card is not forgotten."""
    two_reviews(home, card="gone/card")
    assert len(data(quizzer, "card", "history", "gone/card")) == 3


def test_undo_goes_back_one_answer_at_a_time(quizzer: Run, home: Path) -> None:
    """It says what it undid; the schedule is as it was; at the end there is nothing left to undo."""
    two_reviews(home)
    undone = quizzer("card", "undo", now=NOW)
    assert CARD in undone.stdout
    assert "2026-03-03" in undone.stdout
    assert data(quizzer, "card", "show", CARD)["schedule"]["due"] == "2026-03-03"
    assert data(quizzer, "card", "undo", CARD)["schedule"] is None
    assert quizzer("card", "undo", now=NOW).returncode == 2
    facts = data(quizzer, "card", "history", CARD)
    assert [fact["voided"] for fact in facts if fact["fact"] == "review"] == [True, True]


def test_undo_takes_back_what_the_answer_brought(quizzer: Run, home: Path) -> None:
    """A card that was suspended as a leech by the answer is asked again; one that was suspended by hand is not."""
    store = SqliteStore(home / "quizzer.db")
    (home / "config.toml").write_text("leech_lapses = 1\n")
    qualities = (4, 4, 1, 4, 4)
    store.merge(review(n, at=AT + timedelta(days=n), card=CARD, quality=quality) for n, quality in enumerate(qualities))
    store.close()
    later = "2026-03-13T09:00+00:00"
    said = quizzer("study", "bert", "--new", "0", "--plain", stdin="/reveal\n/quit\n", now=later).stdout
    assert "suspended" in said, said
    undone = json.loads(quizzer("card", "undo", "--json", now=later).stdout)["data"]
    assert undone["suspension"]
    assert (undone["schedule"]["suspended"], undone["schedule"]["lapses"]) == (False, 1)
    quizzer("card", "suspend", CARD, now=later)
    undone = json.loads(quizzer("card", "undo", "--json", now=later).stdout)["data"]
    assert (undone["suspension"], undone["schedule"]["suspended"]) == (None, True)


def test_a_buried_card_is_back_on_its_day(quizzer: Run, home: Path) -> None:
    """Tomorrow, or after the days asked for; or at once when it is resumed."""
    two_reviews(home)
    assert data(quizzer, "card", "bury", CARD)["schedule"]["buried_until"] == "2026-03-06"
    assert "put off until 2026-03-06" in quizzer("card", "show", CARD, now=NOW).stdout
    assert json.loads(quizzer("due", "--json", now="2026-03-05T20:00+00:00").stdout)["data"]["due"] == 0
    assert json.loads(quizzer("due", "--json", now="2026-03-09T09:00+00:00").stdout)["data"]["due"] == 1
    assert data(quizzer, "card", "bury", CARD, "--days", "7")["schedule"]["buried_until"] == "2026-03-12"
    assert data(quizzer, "card", "resume", CARD)["schedule"]["buried_until"] is None


def test_suspend_resume_and_reset(quizzer: Run, home: Path) -> None:
    """Each is a fact in the history, and changes what is due."""
    two_reviews(home)
    assert data(quizzer, "card", "suspend", CARD)["schedule"]["suspended"] is True
    assert data(quizzer, "due")["suspended"] == 1
    assert data(quizzer, "card", "resume", CARD)["schedule"]["suspended"] is False
    assert data(quizzer, "card", "reset", CARD)["schedule"]["reviews"] == 0
    assert data(quizzer, "due")["new_available"] == 50
    kinds = [fact["kind"] for fact in data(quizzer, "card", "history", CARD) if fact["fact"] == "event"]
    assert kinds == ["suspend", "resume", "reset"]


def test_flag_keeps_the_note(quizzer: Run) -> None:
    """The maintainer reads it in the learner's words."""
    data(quizzer, "card", "flag", CARD, "the", "batch size", "is missing")
    (fact,) = data(quizzer, "card", "history", CARD)
    assert (fact["kind"], fact["value"]) == ("flag", "the batch size is missing")


def test_an_unknown_card_is_a_usage_error_with_the_nearest_name(quizzer: Run) -> None:
    """A slip of the finger costs nobody a search, and leaves nothing in the log."""
    for command in ("show", "history", "suspend", "bury", "resume", "reset", "flag", "undo"):
        done = quizzer("card", command, "bert/bert-0002", now=NOW)
        assert done.returncode == 2, command
        assert "bert/bert-0002" in done.stderr, command
