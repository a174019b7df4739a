"""What statistics count, over real decks and a real log, and that counting only what is new comes to the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.library import Library
from quizzer.errors import StorageError
from quizzer.model import Fact, Review
from quizzer.stats.summary import Share, Statistics
from quizzer.stats.tally import ALL_DECKS
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import transaction
from quizzer.storage.copying import copy_database
from quizzer.storage.database import Database
from quizzer.storage.progress import statistics
from quizzer.storage.store import SqliteStore
from quizzer.storage.survey import standing
from quizzer.storage.tallies import Counted, counted
from tests.factories import START, decision, event, review

TODAY = date(2026, 3, 9)
DECK = """\
quizzer: 1
deck: {{id: {name}, tags: [{name}-tag]}}
cards:
- {{id: one, question: First?, answers: [Yes.], points: [two, three], tags: [odd]}}
- {{id: two, question: Second?, answers: [Yes.], tags: [even]}}
- {{id: open, question: Unanswered?}}
"""


@dataclass
class Home:
    """A log, and decks `a` and `b`."""

    folder: Path
    store: SqliteStore
    library: Library

    @property
    def agenda(self) -> Agenda:
        return Agenda(self.store.database, self.library.index_path, self.library.active)

    def statistics(self, decks: set[str] | None = None) -> Statistics:
        return statistics(
            self.agenda, day=TODAY, decks=decks, card_of=self.library.card,
            retired=lambda absent: sum(absent.values()),
        )  # fmt: skip

    def counted(self, *decks: str) -> Counted:
        return counted(self.store.database, decks or (ALL_DECKS,))

    def counted_anew(self, *decks: str) -> Counted:
        with tempfile.TemporaryDirectory() as folder:
            copy_database(self.store.connection, Path(folder) / "copy.db")
            with closing(Database(Path(folder) / "copy.db")) as copy:
                for table in ("days", "intervals", "cards", "state"):
                    copy.connection.execute(f"delete from counted_{table}")
                return counted(copy, decks or (ALL_DECKS,))

    def turns(self) -> dict[str, int]:
        return dict(self.store.connection.execute("select card, turns from counted_cards").fetchall())


@contextmanager
def a_home(folder: Path) -> Iterator[Home]:
    decks = folder / "decks"
    decks.mkdir()
    for name in ("a", "b"):
        (decks / f"{name}.yaml").write_text(DECK.format(name=name))
    library = Library(folder / "index.db", [("user", decks)])
    library.refresh()
    store = SqliteStore(folder / "quizzer.db")
    try:
        yield Home(folder, store, library)
    finally:
        store.close()
        library.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with a_home(tmp_path) as opened:
        yield opened


def answers(*qualities: int, card: str = "a/one", number: int = 0, **fields: Any) -> list[Review]:
    """One answer a day from START on."""
    return [
        review(number + day, at=START + timedelta(days=day), card=card, quality=quality, **fields)
        for day, quality in enumerate(qualities)
    ]


def test_retention_counts_what_came_back(home: Home) -> None:
    """First answers show what was known before; only those on a later day show what was remembered."""
    facts = answers(1, 5, 2, 4, card="old/one")
    again = review(20, at=START + timedelta(days=1, hours=1), card="old/one", quality=0)
    cram = review(21, at=START + timedelta(days=5), card="a/two", quality=0, mode="cram")
    undone = review(40, at=START + timedelta(days=4), card="old/one", quality=0)
    void = event(41, "void", at=START + timedelta(days=6), card="old/one", value=undone.id)
    home.store.merge([*facts, again, cram, decision(30, facts[2], 3), undone, void])
    home.store.set_aliases({"old/one": "a/one"})
    found = home.statistics()
    assert found.total.retention == Share(3, 3)
    assert (found.total.answers, found.total.practice, found.total.new) == (5, 1, 1)
    assert found.days[date(2026, 3, 7)].practice == 1
    assert date(2026, 3, 6) not in found.days
    tags = {tag.tag: (tag.cards, tag.seen, tag.retention) for tag in found.tags}
    assert tags == {
        "odd": (2, 1, Share(3, 3)), "even": (2, 0, Share(0, 0)), "a-tag": (3, 1, Share(3, 3)),
        "b-tag": (3, 0, Share(0, 0)),
    }  # fmt: skip


def test_retention_goes_by_the_days_since_the_answer_before(home: Home) -> None:
    """What was asked after a month says nothing of what is remembered after a day."""
    days = {0: 5, 1: 5, 3: 1, 10: 5}
    home.store.merge(
        [review(n, at=START + timedelta(days=n), card="a/one", quality=quality) for n, quality in days.items()]
    )
    assert [(interval.label, interval.retention) for interval in home.statistics().intervals] == [
        ("1 day", Share(1, 1)), ("2-3 days", Share(0, 1)), ("4-7 days", Share(1, 1)),
    ]  # fmt: skip


def test_decisions_against_the_grader_are_told_apart(home: Home) -> None:
    """Too strict, too mild, and only otherwise; where the grader was not sure it asked, and was not overruled."""
    low, high, same = answers(1, 5, 4)
    (unsure,) = answers(2, card="a/two", number=10, verdict="unsure")
    facts = (low, high, same, unsure)
    home.store.merge(
        [*facts, *(decision(30 + n, fact, q) for n, (fact, q) in enumerate(zip(facts, (4, 2, 3, 5), strict=True)))]
    )
    total = home.statistics().total
    assert (total.raised, total.lowered, total.adjusted, total.unsure) == (1, 1, 1, 1)


def test_time_is_counted_by_the_day_and_a_telephone_call_is_not_study(home: Home) -> None:
    """An answer left open over lunch counts for ten minutes."""
    home.store.merge([*answers(5, 5, latency_ms=30_000), review(9, at=START, card="a/two", latency_ms=7_200_000)])
    assert home.statistics().days[date(2026, 3, 2)].milliseconds == 630_000


def test_hard_cards_are_those_that_are_surely_hard(home: Home) -> None:
    """A card forgotten three times in four stands above one forgotten twice in six; one forgotten once is not named."""
    home.store.merge([
        *answers(5, 1, 1, 1, 5), *answers(5, 5, 5, 1, 5, 1, 5, card="a/two", number=20),
        *answers(5, 1, card="b/one", number=40),
    ])  # fmt: skip
    assert [(hard.card, hard.question, hard.retention) for hard in home.statistics().hardest] == [
        ("a/one", "First?", Share(1, 4)), ("a/two", "Second?", Share(4, 6)),
    ]  # fmt: skip


def test_points_are_missed_by_first_answers_that_nobody_overruled(home: Home) -> None:
    """Points that the card does not have any more are not worth studying."""
    three = answers(1, 1, 1, 5, points_made=("two",), points_missed=("three", "gone"))
    repeat = review(30, at=START + timedelta(hours=1), card="a/one", mode="repeat", points_missed=("three",))
    home.store.merge([*three, repeat, decision(40, three[0], 5), *answers(1, card="b/one", number=50)])
    assert [(p.card, p.point, p.missed, p.answers) for p in home.statistics().missed_points] == [
        ("a/one", "three", 3, 3), ("b/one", "two", 1, 1),
    ]  # fmt: skip


def test_one_deck_counts_its_own(home: Home) -> None:
    """Under the id that its cards have now."""
    home.store.merge([*answers(5, 5), *answers(5, 1, 1, card="b/one", number=10)])
    assert home.statistics({"a"}).total.retention == Share(1, 1)
    assert home.statistics({"a", "b"}).total == home.statistics().total
    assert home.statistics({"none"}).total.all_answers == 0


CARDS = ("a/one", "a/two", "b/one", "old/one")
MODES = ("study", "study", "ahead", "group", "repeat", "cram", "mock")


@st.composite
def logs(draw: st.DrawFn) -> list[list[Fact]]:
    """Facts in the chunks and the order in which they arrive; decisions and voids may come before what they name."""
    reviews = [
        review(
            number, at=START + timedelta(days=draw(st.integers(0, 6)), hours=draw(st.integers(-8, 15))),
            card=draw(st.sampled_from(CARDS)), quality=draw(st.integers(0, 5)), mode=draw(st.sampled_from(MODES)),
            utc_offset_minutes=draw(st.sampled_from((-600, 0, 60, 720))),
            verdict=draw(st.sampled_from(("pass", "unsure"))),
            points_missed=draw(st.sampled_from(((), ("two",), ("three", "two")))),
        )
        for number in range(draw(st.integers(0, 14)))
    ]  # fmt: skip
    facts: list[Fact] = [*reviews]
    for number, named in enumerate(draw(st.lists(st.sampled_from(reviews), max_size=5)) if reviews else []):
        facts.append(decision(100 + number, named, draw(st.integers(0, 5))))
    for number, fact in enumerate(draw(st.lists(st.sampled_from(facts), max_size=4)) if facts else []):
        card = fact.card if isinstance(fact, Review) else draw(st.sampled_from(CARDS))
        facts.append(event(200 + number, "void", at=START + timedelta(days=8), card=card, value=fact.id))
    facts = draw(st.permutations(facts))
    cuts = sorted(draw(st.lists(st.integers(0, len(facts)), max_size=4)))
    return [facts[start:end] for start, end in zip([0, *cuts], [*cuts, len(facts)], strict=True)]


@settings(deadline=None, max_examples=25)
@given(chunks=logs(), renamed=st.integers(0, 5))
def test_counting_what_is_new_comes_to_the_same_as_counting_all(chunks: list[list[Fact]], renamed: int) -> None:
    """In whatever order facts arrive, and whenever a card is renamed."""
    with tempfile.TemporaryDirectory() as folder, a_home(Path(folder)) as home:
        # Many cards, so that a few new facts are not a quarter of all.
        home.store.merge(fact for n in range(25) for fact in answers(5, 3, card=f"b/many-{n}", number=1000 + 10 * n))
        for number, chunk in enumerate(chunks):
            if number == renamed:
                home.store.set_aliases({"old/one": "a/one"})
            home.store.merge(chunk)
            home.counted()
        for decks in ((), ("a",), ("b", "old")):
            assert home.counted(*decks) == home.counted_anew(*decks)
        turns = home.turns()
        rows = home.store.connection.execute("select card, reviews from schedules where reviews > 0")
        assert turns == dict(rows), "what moves a memory is counted as a turn, and nothing else"


@settings(deadline=None, max_examples=25)
@given(chunks=logs(), kinds=st.lists(st.tuples(
    st.sampled_from(("suspend", "resume", "bury", "reset")), st.sampled_from(CARDS), st.integers(0, 9)
), max_size=4))  # fmt: skip
def test_the_standing_of_the_cards_is_what_the_agenda_counts(
    chunks: list[list[Fact]], kinds: list[tuple[Any, str, int]]
) -> None:
    """`stats` and `due` never contradict each other, on any day."""
    with tempfile.TemporaryDirectory() as folder, a_home(Path(folder)) as home:
        home.store.merge(fact for chunk in chunks for fact in chunk)
        home.store.merge(
            event(
                300 + n,
                kind,
                at=START + timedelta(days=days),
                card=card,
                value=(TODAY + timedelta(days=days - 8)).isoformat(),
            )
            for n, (kind, card, days) in enumerate(kinds)
        )
        for day in (TODAY - timedelta(days=4), TODAY):
            agenda = home.agenda
            found, counts = standing(agenda, day), agenda.counts(day)
            assert (found.due, found.repeat, found.new) == (counts.due, counts.repeat, counts.new_available)
            assert (found.suspended, found.answered_today) == (counts.suspended, counts.answered_today)
            buried = home.store.connection.execute(
                "select count(*) from schedules where buried_until > ?", (day.isoformat(),)
            )
            if not buried.fetchone()[0]:
                assert (found.forecast[1], sum(found.forecast[1:8])) == (counts.tomorrow, counts.week)


def test_answers_are_counted_when_the_program_that_saved_them_is_done(home: Home) -> None:
    """So that `stats` reads no log, however long, not even the first time."""
    home.store.merge(answers(5, 1, 5))
    home.store.close()
    with closing(Database(home.store.path)) as reader:
        before = reader.connection.total_changes
        assert counted(reader, (ALL_DECKS,)).days
        assert reader.connection.total_changes == before


def test_counts_made_by_another_version_are_made_anew(home: Home) -> None:
    """What this version counts otherwise must not stay as it was."""
    home.store.merge(answers(5, 1, 5))
    right = home.counted()
    home.store.connection.execute("update counted_days set answers = 99")
    home.store.connection.execute("update counted_state set counted_from = '[[0], [3, 0, 0]]'")
    assert home.counted() == right


def test_a_log_that_is_being_written_is_counted_all_the_same(home: Home) -> None:
    """For this one question; what another program holds is not waited for longer than usual, nor changed."""
    home.store.merge(answers(5, 1, 5))
    home.counted()
    home.store.merge(answers(5, 1, card="a/two", number=10))
    saved = home.counted_anew()
    with closing(Database(home.store.path, busy_seconds=0)) as reader, transaction(home.store.connection):
        assert counted(reader, (ALL_DECKS,)) == saved
        home.store.connection.execute("select 1")
    assert home.counted() == saved


def test_a_log_that_cannot_be_read_is_an_error_of_the_log(home: Home) -> None:
    """It is not taken for a harmed cache."""
    home.store.merge(answers(5))
    home.store.connection.execute("drop table decisions")
    with pytest.raises(StorageError):
        home.counted()
