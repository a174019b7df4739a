"""What each fact did, told one after the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Fact
from quizzer.ports import Scheduler
from quizzer.scheduling.explanation import explain
from quizzer.scheduling.fsrs import Fsrs
from quizzer.scheduling.replay import replay
from quizzer.scheduling.sm2 import Sm2
from tests.factories import START, decision, event, review

CARD = "deck/card"
BOTH = pytest.mark.parametrize("scheduler", [Sm2(), Fsrs()], ids=["sm2", "fsrs"])


@BOTH
def test_every_kind_of_fact_is_told_with_what_it_did(scheduler: Scheduler) -> None:
    """Nothing of a card's history is left out, and only what moved the memory is said to have."""
    missed = review(5, at=START + timedelta(days=7), quality=2)
    undone = review(7, at=START + timedelta(days=8))
    facts: list[Fact] = [
        review(1),
        review(2, at=START + timedelta(minutes=5), mode="repeat"),
        review(3, at=START + timedelta(days=1)),
        review(4, at=START + timedelta(days=2), mode="cram"),
        missed,
        undone,
        event(8, "void", at=undone.at + timedelta(minutes=1), value=undone.id),
        review(9, at=START + timedelta(days=9), quality=1),
        event(10, "suspend", at=START + timedelta(days=10)),
        decision(6, missed, 4),
    ]
    steps = explain(facts, scheduler, card=CARD)
    effects = ["first", "same-day", "remembered", "practice", "remembered", "decision", "undone", "event", "forgotten",
               "event"]  # fmt: skip
    assert [step.effect for step in steps] == effects
    assert [step.quality for step in steps if step.moved] == [5, 5, 4, 1]
    assert [step.elapsed_days for step in steps if step.moved] == [None, 1, 6, 2]
    assert steps[4].decision == facts[-1]
    assert all(step.before == step.after for step in steps if step.effect in ("practice", "undone", "decision"))


def test_fsrs_says_how_likely_the_card_was_still_known() -> None:
    """The number that a learner can check against having known it or not; SM-2 has none."""
    facts = [
        review(1, quality=4),
        review(2, at=START + timedelta(days=2)),
        review(3, at=START + timedelta(days=2, hours=1)),
    ]
    known, unknown = explain(facts, Fsrs(), card=CARD), explain(facts, Sm2(), card=CARD)
    assert [step.recall for step in known] == [None, pytest.approx(0.909, abs=0.001), None]
    assert [step.recall for step in unknown] == [None, None, None]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 3 * 24 * 60),
        st.sampled_from(
            ["study", "repeat", "mock", "suspend", "resume", "bury", "reset", "flag", "plan", "void", "decide"]
        ),
        st.integers(0, 5),
    ),
    max_size=14,
)


@given(STEPS, st.booleans())
def test_the_last_step_is_where_the_card_stands(steps: list[tuple[int, str, int]], fsrs: bool) -> None:
    """The explanation explains the schedule that holds, whatever the history."""
    scheduler: Scheduler = Fsrs() if fsrs else Sm2()
    at, facts = START, list[Fact]()
    for number, (minutes, kind, value) in enumerate(steps):
        at += timedelta(minutes=minutes)
        of = facts[value % len(facts)] if facts else None
        if kind == "decide":
            facts.append(decision(number, review(value), value, at=at))
        elif kind in ("study", "repeat", "mock"):
            facts.append(review(number, at=at, quality=value, mode=kind))
        else:
            named = of.id if kind == "void" and of else "2026-03-20" if kind in ("bury", "plan") else ""
            facts.append(event(number, kind, at=at, value=named))
    told = explain(facts, scheduler, card=CARD)
    assert len(told) == len(facts)
    assert (told[-1].after if told else None) == replay(facts, scheduler, card=CARD)
