"""What a session asks, within the day's limits, over real decks and a real log."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from quizzer.cli import compose
from quizzer.cli.portion import Portion, Wanted, portion
from quizzer.cli.sitting import desk
from quizzer.model import CardEventKind, Review
from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import START, event, review

TODAY = date(2026, 3, 2)
NOW = "2026-03-02T09:00+00:00"

Write = Callable[[list[Review]], None]


def deck_text(name: str, cards: int) -> str:
    parts = [
        f"- {{id: c{n:03}, question: What is {n}?, answers: [It is {n}.], tags: [t{n % 2}]}}\n" for n in range(cards)
    ]
    return f"quizzer: 1\ndeck: {{id: {name}}}\ncards:\n{''.join(parts)}"


@pytest.fixture
def log(home: Path, decks: Path) -> SqliteStore:
    """The log beside decks `a` and `b` of 100 cards each."""
    for name in ("a", "b"):
        (decks / f"{name}.yaml").write_text(deck_text(name, 100))
    store = SqliteStore(home / "quizzer.db")
    store.close()
    return store


def configure(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text)


def write(home: Path, *facts: object) -> None:
    store = SqliteStore(home / "quizzer.db")
    store.merge(facts)  # type: ignore[arg-type]  # facts
    store.close()


def came_due(deck: str, cards: int, *, days_ago: int, first: int = 0) -> list[Review]:
    """Cards of *deck* answered right for the first time so many days ago: each is due the day after."""
    at = START - timedelta(days=days_ago)
    base = 10_000 * days_ago + (5_000 if deck == "b" else 0)
    return [
        review(base + n, at=at + timedelta(seconds=60 * n), card=f"{deck}/c{n:03}", latency_ms=20_000)
        for n in range(first, first + cards)
    ]


def today(day: date = TODAY, decks: tuple[str, ...] = ("a", "b"), **wanted: object) -> Portion:
    opened = desk(decks, compose.database())
    try:
        return portion(opened.agenda, day, Wanted(**wanted))  # type: ignore[arg-type]  # fields by name
    finally:
        opened.library.close()
        opened.database.close()


def keys(found: Portion) -> list[str]:
    return [row.card for row in found.rows]


def test_without_limits_all_that_is_due_today_is_asked(home: Path, log: SqliteStore) -> None:
    """However many there are: yesterday's new cards are no backlog."""
    write(home, *came_due("a", 80, days_ago=1))
    found = today()
    assert (found.reviews, found.new, found.waiting, found.a_day) == (80, 10, 0, None)


def test_a_backlog_is_spread_over_days_the_weakest_first(home: Path, log: SqliteStore) -> None:
    """Ten days away: a day's work today, no new cards, and what is furthest beyond its interval before the rest."""
    again = [review(90_000 + n, at=START - timedelta(days=11), card=f"a/c{n:03}") for n in range(30)]
    write(home, *came_due("a", 100, days_ago=12), *again)
    found = today()
    assert (found.reviews, found.new) == (found.a_day, 0)
    assert found.reviews + found.waiting == 100
    assert found.back
    # Those answered twice had an interval of six days, the others of one.
    assert min(keys(found)) >= "a/c030"


def test_a_second_session_of_the_day_has_no_second_portion(home: Path, log: SqliteStore) -> None:
    """The day after, the spreading goes on; who wants all of it gets all."""
    write(home, *came_due("a", 60, days_ago=12), *came_due("b", 60, days_ago=11))
    first = today()
    assert first.a_day is not None
    write(home, *[review(99_000 + n, card=row.card) for n, row in enumerate(first.rows)])
    second = today()
    assert (second.reviews, second.new, second.back) == (0, 0, False)
    assert second.waiting == first.waiting
    assert today(everything=True).reviews == first.waiting
    tomorrow = today(TODAY + timedelta(days=1))
    assert tomorrow.reviews + tomorrow.waiting >= first.waiting
    assert not tomorrow.back


def test_schedules_stay_as_they_are_while_a_backlog_is_spread(home: Path, log: SqliteStore) -> None:
    """No due date is moved and no fact is made: the spreading is a choice, not a change."""
    write(home, *came_due("a", 100, days_ago=12))
    store = SqliteStore(home / "quizzer.db")
    before = list(store.connection.execute("select * from schedules"))
    today()
    assert list(store.connection.execute("select * from schedules")) == before
    store.close()


def test_limits_in_cards_hold_over_all_decks_and_for_one(home: Path, log: SqliteStore) -> None:
    """What was done before counts; another deck gets what one may not have."""
    configure(home, "new_per_day = 6\nreviews_per_day = 12\n[deck.a]\nnew_per_day = 1\nreviews_per_day = 4\n")
    found = today()
    assert sorted(key[0] for key in keys(found)) == ["a"] + ["b"] * 5
    write(home, *came_due("a", 20, days_ago=1), *came_due("b", 20, days_ago=1))
    found = today()
    assert sorted(key[0] for key in keys(found)) == ["a"] * 4 + ["b"] * 8
    assert (found.waiting, found.a_day) == (28, None)
    write(home, *[review(99_000 + n, card=row.card) for n, row in enumerate(found.rows[:5])])
    assert today().reviews == 7


def test_a_limit_of_one_deck_holds_back_new_cards_of_that_deck_only(home: Path, log: SqliteStore) -> None:
    """The other deck is not behind."""
    configure(home, "[deck.a]\nreviews_per_day = 4\n")
    write(home, *came_due("a", 20, days_ago=1))
    found = today()
    assert {row.deck for row in found.rows if row.due is None} == {"b"}
    assert today(new=10).new == 10


def test_minutes_are_counted_in_cards_by_the_learners_own_pace(home: Path, log: SqliteStore) -> None:
    """A slow learner gets fewer cards for the same minutes, and what was studied today is taken off."""
    configure(home, "minutes_per_day = 10\n")
    write(home, *came_due("a", 80, days_ago=1))
    unhurried = today()
    assert 8 < unhurried.reviews < 20
    assert unhurried.new == 0
    done = [
        review(99_000 + n, at=START + timedelta(minutes=n), card=row.card, latency_ms=30_000, session_id="today")
        for n, row in enumerate(unhurried.rows[:5])
    ]
    write(home, *done)
    assert today().reviews == pytest.approx(unhurried.reviews - 5, abs=1)


def test_new_and_limit_given_at_the_command_line_come_first(home: Path, log: SqliteStore) -> None:
    """They are what is wanted now."""
    configure(home, "new_per_day = 0\n")
    assert (today().new, today(new=3).new, today(new=8, limit=2).new) == (0, 3, 2)


def chosen(home: Path) -> None:
    """Cards of every kind: c000 missed and due, c001 flagged and new, c002 a leech and suspended, c003 right."""
    lapses = [
        review(100 + n, at=START - timedelta(days=40 - n), card="a/c002", quality=1 if n % 2 else 5) for n in range(10)
    ]
    write(
        home, *lapses, event(200, "suspend", card="a/c002", value="leech", at=START - timedelta(days=2)),
        review(201, at=START - timedelta(days=3), card="a/c000", quality=5),
        review(202, at=START - timedelta(days=2), card="a/c000", quality=1),
        review(203, at=START - timedelta(days=2), card="a/c000", quality=5, mode="repeat"),
        event(204, "flag", card="a/c001"), review(205, at=START - timedelta(days=1), card="a/c003"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("only", "due", "practice"),
    [
        ("missed", ["a/c000"], ["a/c000", "a/c002"]),
        ("flagged", ["a/c001"], ["a/c001"]),
        ("leeches", [], ["a/c002"]),
    ],
)
def test_only_one_kind_of_cards(home: Path, log: SqliteStore, only: str, due: list[str], practice: list[str]) -> None:
    """What is due of them; with --cram all of them, suspended leeches too."""
    chosen(home)
    assert keys(today(only=only)) == due
    assert sorted(keys(today(only=only, cram=True))) == practice


def test_only_due_and_only_new(home: Path, log: SqliteStore) -> None:
    """Each without the other."""
    chosen(home)
    assert sorted(keys(today(only="due"))) == ["a/c000", "a/c003"]
    found = today(only="new")
    assert (found.new, found.reviews, found.repeats) == (len(found.rows), 0, 0)


def test_practice_leaves_suspended_cards_out(home: Path, log: SqliteStore) -> None:
    """Suspended is suspended, unless it is asked for."""
    chosen(home)
    assert "a/c002" not in keys(today(cram=True))
    assert len(today(cram=True).rows) == 199


@pytest.mark.parametrize("kind", ["suspend", "bury"])
def test_cards_set_aside_are_not_asked(home: Path, log: SqliteStore, kind: CardEventKind) -> None:
    """A buried one comes back on its day."""
    value = "2026-03-03" if kind == "bury" else ""
    write(home, *came_due("a", 1, days_ago=5), event(1, kind, card="a/c000", value=value))
    assert today(only="due").rows == ()
    assert len(today(TODAY + timedelta(days=1), only="due").rows) == (kind == "bury")


def test_due_counts_within_the_limits(home: Path, log: SqliteStore, quizzer: Run) -> None:
    """What a status bar shows is what a session asks."""
    write(home, *came_due("a", 100, days_ago=12))
    chosen(home)
    done = json.loads(quizzer("due", "a", "b", "--json", now=NOW).stdout)["data"]
    assert (done["reviews"] + done["waiting"], done["new"], done["leeches"], done["suspended"]) == (
        done["due"],
        0,
        1,
        1,
    )
    assert done["minutes"] > 0
    assert quizzer("due", "a", "b", now=NOW).stdout.endswith(f"0 new; {done['waiting']} can wait\n")


def test_a_list_of_cards_chooses_among_what_is_due_and_new(home: Path, log: SqliteStore, tmp_path: Path) -> None:
    """With a kind, a tag or practice too; a suspended card that is listed is left out of practice."""
    file = tmp_path / "list.txt"
    file.write_text("a/c000\na/c001  # due\nb/c005\nb/c006\nno/such\n")
    write(home, *came_due("a", 3, days_ago=1), event(70_000, "suspend", card="b/c006"))
    assert sorted(keys(today(cards=str(file)))) == ["a/c000", "a/c001", "b/c005"]
    assert keys(today(cards=str(file), only="new")) == ["b/c005"]
    assert keys(today(cards=str(file), tag="t0")) == ["a/c000"]
    assert keys(today(cards=str(file), only="missed")) == []
    assert sorted(keys(today(cards=str(file), cram=True))) == ["a/c000", "a/c001", "b/c005"]
    (home.parent / "work" / "decks" / "a.yaml").write_text(
        deck_text("a", 3).replace("{id: c002,", "{id: new, aliases: [c002],")
    )
    file.write_text("a/c002\n")
    assert keys(today(cards=str(file))) == ["a/new"]
