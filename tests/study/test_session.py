"""The session as a state machine."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Card, Grade
from quizzer.scheduling.queue import Row
from quizzer.study.session import Learner, Moment, Session
from tests.factories import START

DAY = date(2026, 3, 2)


def session(*cards: str, mode: str = "study", **row: object) -> Session:
    rows = [Row(f"d/{card}", "d", **row) for card in cards]  # type: ignore[arg-type]  # fields by name
    return Session(rows, Learner("device", "session"), day=DAY, mode=mode)  # type: ignore[arg-type]  # a mode by name


def moment(number: int = 1) -> Moment:
    return Moment(f"id-{number}", START, 0)


def answer(asked: Session, quality: int, number: int = 1) -> str:
    """Answer the current card with *quality*; the mode of the review."""
    assert asked.current is not None
    card = Card(asked.current.card.split("/")[1], "d", "What?")
    verdict = "pass" if quality >= 3 else "fail"
    grade = Grade(score=quality / 5, quality=quality, verdict=verdict)  # type: ignore[arg-type]  # a verdict by name
    return asked.answer(card, "text", grade, moment=moment(number), latency_ms=5).mode


def test_cards_below_four_come_again_until_they_reach_four() -> None:
    """SM-2's step 7."""
    asked = session("one", "two")
    assert answer(asked, 3) == "study"
    assert answer(asked, 5) == "study"
    assert asked.current == Row("d/one", "d")
    assert answer(asked, 2) == "repeat"
    assert answer(asked, 4) == "repeat"
    assert asked.current is None


def test_a_card_before_its_day_is_ahead_and_cram_is_cram() -> None:
    """The log says why a card was asked."""
    assert answer(session("one", due=DAY + timedelta(days=2)), 5) == "ahead"
    assert answer(session("one", mode="cram"), 5) == "cram"
    assert answer(session("one", due=DAY), 5) == "study"


def test_a_decision_settles_whether_the_card_comes_again() -> None:
    """The learner's word counts as much as the grade did."""
    asked = session("one")
    answer(asked, 2)
    decision = asked.decide(4, moment=moment(2))
    assert (decision.review_id, decision.quality, decision.by) == ("id-1", 4, "learner")
    assert asked.current is None
    asked.decide(1, moment=moment(3))
    assert asked.current == Row("d/one", "d")


def test_undo_asks_the_card_again_at_once() -> None:
    """And leaves a void of exactly that review."""
    asked = session("one", "two")
    answer(asked, 1)
    event = asked.undo(moment=moment(2))
    assert (event.kind, event.value, event.card) == ("void", "id-1", "d/one")
    assert asked.current == Row("d/one", "d")
    assert asked.remaining == 2


def test_cards_added_later_count_in_the_progress() -> None:
    """Whoever gets through 500 due cards is not at card 0 of 500."""
    asked = session("one", "two")
    for number in range(2):
        answer(asked, 5, number)
    assert asked.add([Row("d/one", "d"), Row("d/three", "d"), Row("d/four", "d")])
    assert asked.position == (3, 4)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_a_session_never_loses_a_card(qualities: list[int]) -> None:
    """Every card is waiting, repeated, or answered with 4 or 5."""
    asked = session("one", "two", "three")
    done: set[str] = set()
    for number, quality in enumerate(qualities):
        if asked.current is None:
            break
        card = asked.current.card
        answer(asked, quality, number)
        if quality >= 4:
            done.add(card)
    assert asked.remaining == 3 - len(done)
