"""`quizzer plan`: be ready by a date, and study that follows it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quizzer.storage.store import SqliteStore
from tests.conftest import Run, envelope
from tests.factories import START, review

NOW = "2026-03-02T09:00+00:00"
DECK = """\
quizzer: 1
deck: {id: small, tags: [topic]}
cards:
- {id: known, question: First?, answers: [Yes.], tags: [old]}
- {id: late, question: Second?, answers: [Yes.], tags: [old]}
- {id: fresh, question: Third?, answers: [Yes.]}
"""


@pytest.fixture
def small(home: Path, decks: Path) -> None:
    """A deck of three cards; one is well known and due in months, one was forgotten a week ago."""
    (decks / "small.yaml").write_text(DECK, encoding="utf-8")
    store = SqliteStore(home / "quizzer.db")
    store.merge(
        [review(number, at=START - timedelta(days=days), card="small/known")
         for number, days in enumerate((60, 59, 53, 36), start=1)]
        + [review(9, at=START - timedelta(days=7), card="small/late", quality=1)]
    )  # fmt: skip
    store.close()


def due(quizzer: Run, now: str = NOW) -> tuple[int, int]:
    data = envelope(quizzer("due", "small", "--json", now=now).stdout)["data"]
    return data["due"], data["new"]


@pytest.mark.usefixtures("small")
def test_a_plan_leads_study_until_its_day(quizzer: Run) -> None:
    """What is due follows the plan on every day before the date, and the schedule again from then on."""
    assert due(quizzer, "2026-03-11T09:00+00:00") == (1, 1)
    made = envelope(quizzer("plan", "small", "--by", "2026-03-12", "--json", now=NOW).stdout)["data"]["plan"]
    assert [card["card"] for card in made["cards"]] == ["small/known", "small/late", "small/fresh"]
    for day in range(10):
        at = (date(2026, 3, 2) + timedelta(days=day)).isoformat()
        plan = envelope(quizzer("plan", "--json", now=f"{at}T09:00+00:00").stdout)["data"]["plan"]
        of_today = set(plan["today_cards"])
        assert due(quizzer, f"{at}T09:00+00:00") == (len(of_today - {"small/fresh"}), len(of_today & {"small/fresh"}))
    assert due(quizzer, "2026-03-12T09:00+00:00") == (1, 1)


@pytest.mark.usefixtures("small")
def test_an_answer_says_when_the_card_comes_back_by_the_plan(quizzer: Run) -> None:
    """SM-2 alone would ask the new card tomorrow whatever the date."""
    quizzer("plan", "small", "--by", "2026-03-04", now=NOW)
    said = quizzer("study", "small", "--plain", stdin="/reveal\n/grade 5\n/reveal\n/grade 5\n/quit\n", now=NOW)
    assert "by your plan" in said.stdout, said.stdout + said.stderr


@pytest.mark.usefixtures("small")
def test_a_cleared_plan_leaves_study_as_it_was(quizzer: Run) -> None:
    """And another date replaces the one before."""
    before = due(quizzer)
    quizzer("plan", "--by", "2026-03-20", now=NOW)
    assert "20 April" in quizzer("plan", "--by", "2026-04-20", now=NOW).stdout
    assert "is ended" in quizzer("plan", "--clear", now=NOW).stdout
    assert due(quizzer) == before
    assert "there was no plan" in quizzer("plan", "--clear", now=NOW).stdout
    assert "no plan" in quizzer("plan", now=NOW).stdout


@pytest.mark.usefixtures("small")
def test_the_page_says_what_to_expect(quizzer: Run) -> None:
    """The date, the load, and the recall by topic, with every card on request."""
    page = quizzer("plan", "small", "--by", "2026-03-12", "--cards", now=NOW).stdout
    assert "Be ready in 10 days, on Thursday 12 March, with 3 cards of small." in page
    assert "Expected recall that day" in page
    assert "topic" in page
    assert "small/fresh" in page


@pytest.mark.usefixtures("small")
def test_what_has_no_room_is_named(quizzer: Run, home: Path) -> None:
    """Whoever learns no new cards learns which ones the interview will miss."""
    (home / "config.toml").write_text("new_per_day = 0\n", encoding="utf-8")
    page = quizzer("plan", "small", "--by", "2026-03-12", now=NOW).stdout
    assert "1 new card cannot be learned by then within your daily limits: small/fresh." in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--by", "2026-03-02"], "not after today"),
        (["--by", "2020-01-01"], "not after today"),
        (["--by", "2029-01-01"], "too far away"),
        (["--by", "in a week"], "not a date"),
        (["--clear", "--by", "2026-03-09"], "--clear"),
        (["bert"], "go with its date"),
    ],
)
def test_a_date_that_cannot_be_planned_for_is_refused(
    quizzer: Run, home: Path, arguments: list[str], message: str
) -> None:
    """Nothing is noted, and the message says what to write."""
    result = quizzer("plan", *arguments, now=NOW)
    assert result.returncode == 2
    assert message in result.stderr
    assert "no plan" in quizzer("plan", now=NOW).stdout
    assert home.exists()


def test_an_empty_log_can_be_planned(quizzer: Run) -> None:
    """Somebody's first command may be this one."""
    made = envelope(quizzer("plan", "--by", "2026-03-12", "bert", "--json", now=NOW).stdout)["data"]["plan"]
    assert made["load"][0] == {"day": "2026-03-02", "new": 10, "reviews": 0}
    assert made["expected_recall"] > 0.9


@pytest.mark.usefixtures("small")
def test_a_days_plan_stays_while_its_cards_are_answered(quizzer: Run) -> None:
    """What is left of today gets less with every answer; no other card takes its place."""
    quizzer("plan", "small", "--by", "2026-03-12", now=NOW)
    cards = envelope(quizzer("plan", "--json", now=NOW).stdout)["data"]["plan"]["today_cards"]
    left = sum(due(quizzer))
    quizzer("study", "small", "--plain", stdin="/reveal\n/quit\n", now=NOW)
    assert envelope(quizzer("plan", "--json", now=NOW).stdout)["data"]["plan"]["today_cards"] == cards
    assert sum(due(quizzer)) == left - 1
