"""The schedulers of all cards, asked for the next step of one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizzer.scheduling.replay import advance
from quizzer.scheduling.rules import Rules
from quizzer.scheduling.schedulers import Schedulers
from tests.factories import START, review


@pytest.mark.parametrize("name", ["sm2", "fsrs"])
def test_a_step_asked_for_twice_is_computed_once(name: str) -> None:
    """A sitting computes the schedule that it saves, and the store checks it: no answer waits for that twice."""
    schedulers = Schedulers(Rules(scheduler=name))  # type: ignore[arg-type]  # one of the two names
    fact = review(1)
    assert schedulers.advance(None, fact) is schedulers.advance(None, fact)


def test_a_step_from_another_schedule_is_computed_anew() -> None:
    """The same answer counts differently where another session was quicker."""
    schedulers = Schedulers()
    earlier, fact = review(1, at=START), review(2, at=START + timedelta(days=1))
    alone = schedulers.advance(None, fact)
    before = schedulers.advance(None, earlier)
    assert schedulers.advance(None, fact) == alone
    after = schedulers.advance(before, fact)
    assert after == advance(before, fact, schedulers.of(fact.card))
    assert after != alone


def test_a_step_by_another_answer_is_computed_anew() -> None:
    """Cards that nobody has answered yet start from the same nothing."""
    schedulers = Schedulers()
    steps = [schedulers.advance(None, review(1, card=card, quality=5)) for card in ("deck/one", "deck/two")]
    assert [step.card for step in steps if step] == ["deck/one", "deck/two"]
