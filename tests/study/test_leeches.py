"""Leeches, and cards set aside by the learner, in a session."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quizzer.model import CardEvent
from tests.factories import START, event, review
from tests.study.fakes import DAY, MemoryStore, Sitting, row

GOOD = "4 a good answer"
BAD = "1 a bad answer"


def log(lapses: int, card: str = "deck/a") -> MemoryStore:
    """A log in which the card was forgotten so often, and known the day before yesterday."""
    store = MemoryStore()
    days = 2 * lapses + 1
    store.log += [
        review(n, at=START + timedelta(days=n - days - 1), quality=1 if n % 2 else 5, card=card) for n in range(days)
    ]
    return store


def events(sitting: Sitting, *kinds: str) -> list[tuple[str, str]]:
    found = [fact for fact in sitting.store.log if isinstance(fact, CardEvent)]
    return [(fact.kind, fact.value) for fact in found if not kinds or fact.kind in kinds]


def leech(script: list[str], lapses: int, *, waits: bool = True, store: MemoryStore | None = None) -> Sitting:
    return Sitting([row("a", due=DAY), row("b")], script, waits=waits, store=store or log(lapses)).run()


def test_a_warning_comes_first_and_asks_the_card_again() -> None:
    """The fifth time; the card goes on."""
    sitting = leech([BAD, "", GOOD, "", GOOD, ""], 4)
    assert "A leech: forgotten 5 times. Once more" in sitting.screen.text
    assert events(sitting) == []
    assert [review.card for review in sitting.reviews][-1] == "deck/a"


@pytest.mark.parametrize("waits", [True, False])
def test_the_next_lapse_suspends_it_and_says_how_to_resume(waits: bool) -> None:
    """It is a fact of the log; the card is not asked again in this session."""
    sitting = leech([BAD, "", GOOD, ""] if waits else [BAD, GOOD], 5, waits=waits)
    assert events(sitting) == [("suspend", "leech")]
    assert "A leech: forgotten 6 times" in sitting.screen.text
    assert "quizzer card resume deck/a" in sitting.screen.text
    assert "asked again in this session" not in sitting.screen.text
    assert sitting.session.current is None


def test_whoever_overrules_the_lapse_keeps_the_card() -> None:
    """The grader's mistake must not cost a card; grading it down again does."""
    sitting = leech([BAD, "y", "1", "3", "", GOOD, "", GOOD, ""], 5)
    suspensions = [fact for fact in sitting.store.log if isinstance(fact, CardEvent) and fact.kind == "suspend"]
    assert events(sitting, "void") == [("void", fact.id) for fact in suspensions]
    assert len(suspensions) == 2
    schedule = sitting.store.schedule("deck/a")
    assert schedule is not None
    assert (schedule.suspended, schedule.lapses) == (False, 5)
    assert [review.card for review in sitting.reviews][-3:] == ["deck/a", "deck/b", "deck/a"]


def test_undo_takes_the_suspension_back_with_the_answer() -> None:
    """And asks the card again."""
    sitting = leech([BAD, "/undo", GOOD, "", "/quit"], 5)
    schedule = sitting.store.schedule("deck/a")
    assert schedule is not None
    assert (schedule.suspended, schedule.lapses) == (False, 5)


def test_a_leech_that_was_resumed_is_warned_of_once_more() -> None:
    """Whoever reworded it gives it a new chance, not an endless one."""
    store = log(6)
    store.log.append(event(50, "resume", at=START - timedelta(hours=9), card="deck/a"))
    sitting = leech([BAD, "/quit"], 6, store=store)
    assert "forgotten 7 times. Once more" in sitting.screen.text
    assert events(sitting, "suspend") == []


def test_practice_makes_no_leech() -> None:
    """A cram moves no memory, so nothing was forgotten."""
    sitting = Sitting([row("a")], [BAD, "", GOOD, ""], mode="cram", store=log(5)).run()
    assert events(sitting) == []


@pytest.mark.parametrize(("word", "expected"), [("/suspend", ("suspend", "")), ("/bury", ("bury", "2026-03-03"))])
def test_a_card_is_set_aside_at_its_question(word: str, expected: tuple[str, str]) -> None:
    """Without an answer; the next card comes."""
    sitting = Sitting([row("a"), row("b")], [word, GOOD, ""]).run()
    assert events(sitting) == [expected]
    assert [review.card for review in sitting.reviews] == ["deck/b"]


@pytest.mark.parametrize("word", ["/suspend", "/bury"])
def test_a_card_set_aside_after_its_feedback_is_not_repeated(word: str) -> None:
    """Whatever grade it gets then."""
    sitting = Sitting([row("a"), row("b")], [BAD, word, "2", "", GOOD, ""]).run()
    assert [review.card for review in sitting.reviews] == ["deck/a", "deck/b"]
    assert sitting.session.current is None


def test_a_session_that_lasts_past_four_in_the_morning_counts_from_the_new_day() -> None:
    """Its cards stay; "tomorrow" is the tomorrow of whoever reads it."""
    sitting = Sitting([row("a"), row("b")], [GOOD, "", GOOD, ""], starts=START.replace(hour=3, minute=59, second=58))
    sitting.run()
    assert [(r.at.hour, r.mode) for r in sitting.reviews] == [(4, "study"), (4, "study")]
    schedule = sitting.store.schedule("deck/b")
    assert schedule is not None
    assert schedule.due == date(2026, 3, 3)
    assert "Comes back tomorrow" in sitting.screen.text
