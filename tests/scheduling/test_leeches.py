"""When a card is a leech, and what follows."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Fact
from quizzer.scheduling.leeches import lapses_when_resumed, step
from quizzer.scheduling.schedulers import Schedulers
from tests.factories import START, event, review


def forgotten(times: int) -> list[Fact]:
    """A card known and forgotten in turn, a day apart."""
    return [review(n, at=START + timedelta(days=n), quality=1 if n % 2 else 5) for n in range(2 * times)]


def resumed_at(facts: list[Fact]) -> int:
    return lapses_when_resumed(facts, Schedulers(), card="deck/card")


@given(st.integers(1, 20), st.integers(0, 40))
def test_one_warning_comes_before_every_suspension(threshold: int, resumed: int) -> None:
    """Nobody loses a card without having been told, the first time or after it was resumed."""
    steps = [step(lapses, resumed_at=resumed, threshold=threshold) for lapses in range(resumed + 1, 60)]
    told = [found for found in steps if found]
    assert told[0] == "warn"
    assert set(told[1:]) == {"suspend"}


def test_the_threshold_is_the_warning() -> None:
    """As the configuration says; 0 is never."""
    assert [step(lapses, threshold=3) for lapses in range(6)] == ["", "", "", "warn", "suspend", "suspend"]
    assert {step(lapses, threshold=0) for lapses in range(9)} == {""}
    assert [step(lapses, resumed_at=4, threshold=3) for lapses in (5, 6)] == ["warn", "suspend"]


def test_what_was_forgotten_before_a_card_was_resumed_is_known_from_the_log() -> None:
    """The last resume counts; one that was undone does not, and a reset forgives everything."""
    later = START + timedelta(days=30)
    resume = event(90, "resume", at=later)
    assert resumed_at(forgotten(4)) == 0
    assert resumed_at([*forgotten(4), resume, review(99, at=later + timedelta(days=1), quality=1)]) == 4
    assert resumed_at([*forgotten(4), resume, event(91, "void", value=resume.id, at=later)]) == 0
    assert resumed_at([*forgotten(4), resume, event(92, "reset", at=later + timedelta(days=1))]) == 0
    undone = review(7, at=START + timedelta(days=7), quality=1)
    assert resumed_at([*forgotten(4), resume, event(93, "void", value=undone.id, at=later + timedelta(days=1))]) == 3
