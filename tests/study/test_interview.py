"""Mock interviews told from the facts of the log."""

from __future__ import annotations

import json
import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardEvent, Fact, Review
from quizzer.study.interview import Ending, Plan, interviews, told
from tests.factories import START, decision, event, review

CARDS = ("deck/a", "deck/b", "deck/c")
PLAN = Plan("session-1", CARDS, 60_000, 7, ("deck",), "nlp")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["session", "cards", "allowed_ms", "end", "used_ms", "seed", "decks", "tag"]), inner
        )
    ),
)


def begun(plan: Plan = PLAN, *, number: int = 1, after_seconds: int = 0) -> CardEvent:
    return event(number, "mock", at=START + timedelta(seconds=after_seconds), card=plan.cards[0], value=plan.value)


def ended(how: str, used_ms: int, *, number: int, after_seconds: int, session: str = "session-1") -> CardEvent:
    value = json.dumps({"session": session, "end": how, "used_ms": used_ms})
    return event(number, "mock", at=START + timedelta(seconds=after_seconds), card=CARDS[0], value=value)


def answered(number: int, card: str, *, quality: int = 5, session: str = "session-1", **fields: object) -> Review:
    return review(number, at=START + timedelta(seconds=number), quality=quality, card=card, session_id=session,
                  mode="mock", latency_ms=10_000, **fields)  # fmt: skip


def test_a_plan_and_an_end_come_back_from_their_events() -> None:
    """The log is the only place that they are kept."""
    assert told(PLAN.value) == PLAN
    assert told(Ending("session-1", "time", 99).value) == Ending("session-1", "time", 99)


@given(st.text(max_size=30) | JSON.map(json.dumps))
def test_a_value_that_is_none_is_no_interview(value: str) -> None:
    """Facts come from other machines, of other versions."""
    told(value)
    assert all(one.plan.session_id is not None for one in interviews([event(1, "mock", value=value)], keys={}))


def test_an_interview_is_its_answers() -> None:
    """In the order given, with the time they took, and what was not reached."""
    end = ended("time", 60_000, number=4, after_seconds=9)
    facts: list[Fact] = [begun(), answered(2, "deck/b"), answered(3, "deck/a", quality=1), end]
    (one,) = interviews(facts, keys={})
    assert [answer.review.card for answer in one.answers] == ["deck/b", "deck/a"]
    assert [answer.right for answer in one.answers] == [True, False]
    assert (one.used_ms, one.end, one.open_cards, one.unfinished) == (60_000, "time", ("deck/c",), False)


def test_one_that_was_cut_off_can_be_gone_on_with() -> None:
    """A kill leaves no end, only answers."""
    (one,) = interviews([begun(), answered(2, "deck/a")], keys={})
    assert one.end is None
    assert one.unfinished
    assert (one.left_ms, one.open_cards) == (50_000, ("deck/b", "deck/c"))


def test_time_spent_on_a_question_without_an_answer_counts_when_it_is_gone_on_with() -> None:
    """Stopping at a hard question is no way to more time."""
    facts: list[Fact] = [
        begun(),
        answered(2, "deck/a"),
        ended("quit", 30_000, number=3, after_seconds=3),
        answered(4, "deck/b"),
    ]
    (one,) = interviews(facts, keys={})
    assert (one.used_ms, one.unfinished) == (40_000, True)


def test_an_answer_that_was_undone_took_its_time_and_counts_no_more() -> None:
    """The clock ran meanwhile."""
    first = answered(2, "deck/a", quality=1)
    void = event(3, "void", at=START + timedelta(seconds=3), card="deck/a", value=first.id)
    (one,) = interviews([begun(), first, void, answered(4, "deck/a", quality=4)], keys={})
    assert [answer.quality for answer in one.answers] == [4]
    assert one.used_ms == 20_000


def test_the_last_decision_counts_and_one_that_was_undone_does_not() -> None:
    """As everywhere else."""
    unsure = answered(2, "deck/a", quality=2, verdict="unsure")
    first, second = decision(3, unsure, 4), decision(4, unsure, 1, at=START + timedelta(seconds=9))
    void = event(5, "void", at=START + timedelta(seconds=10), card="deck/a", value=second.id)
    (open_one,) = interviews([begun(), unsure], keys={})
    (decided,) = interviews([begun(), unsure, first, second, void], keys={})
    assert open_one.answers[0].unsettled
    assert (decided.answers[0].quality, decided.answers[0].unsettled) == (4, False)


def test_a_card_that_moved_keeps_its_answer() -> None:
    """Facts carry the key that the card had."""
    (one,) = interviews([begun(), answered(2, "deck/a"), answered(3, "other/b")], keys={"deck/b": "other/b"})
    assert [answer.review.card for answer in one.answers] == ["deck/a", "other/b"]
    assert one.open_cards == ("deck/c",)


def test_the_order_in_which_facts_arrive_changes_nothing() -> None:
    """Machines unite their logs in any order; two interviews at once do not mix."""
    other = Plan("session-2", CARDS, 90_000)
    facts: list[Fact] = [
        begun(), answered(3, "deck/a"), answered(4, "deck/b", quality=0),
        ended("done", 20_000, number=9, after_seconds=9),
        begun(other, number=2, after_seconds=1), answered(5, "deck/a", session="session-2", quality=2),
    ]  # fmt: skip
    expected = interviews(facts, keys={})
    assert [(one.number, len(one.answers)) for one in expected] == [(1, 2), (2, 1)]
    for seed in range(10):
        assert interviews(random.Random(seed).sample(facts, len(facts)), keys={}) == expected
