"""FSRS-6 in our own arithmetic against py-fsrs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest
from fsrs import scheduler as published

from quizzer.model import FsrsMemory
from quizzer.scheduling.fsrs import (
    DEFAULT_PARAMETERS,
    FORGOTTEN,
    GREATEST_PARAMETERS,
    KNOWN,
    LEAST_PARAMETERS,
    LEAST_STABILITY_DAYS,
    RATINGS,
    Fsrs,
    are_parameters,
)

BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
HISTORIES = 10_000


def test_constants_are_those_of_py_fsrs() -> None:
    """Written down here, so that the library need not be loaded to schedule a card; they must not drift apart."""
    assert DEFAULT_PARAMETERS == published.DEFAULT_PARAMETERS
    assert LEAST_PARAMETERS == published.LOWER_BOUNDS_PARAMETERS
    assert GREATEST_PARAMETERS == published.UPPER_BOUNDS_PARAMETERS
    assert LEAST_STABILITY_DAYS == published.STABILITY_MIN


def drawn_parameters(draw: Random) -> tuple[float, ...]:
    """The default ones half of the time, else any within the bounds."""
    if draw.random() < 0.5:
        return DEFAULT_PARAMETERS
    return tuple(draw.uniform(*bounds) for bounds in zip(LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True))


def test_ten_thousand_random_histories_equal_those_of_py_fsrs() -> None:
    """Stability, difficulty, interval and recall to the last bit, early, late and on the same day, whatever is set."""
    draw = Random(6)
    for _ in range(HISTORIES):
        parameters, retention = drawn_parameters(draw), draw.choice([0.9, draw.uniform(0.5, 0.99)])
        longest = draw.choice([36_500, 365])
        ours = Fsrs(parameters, desired_retention=retention, maximum_interval_days=longest)
        theirs = fsrs.Scheduler(parameters, retention, (), (), longest, enable_fuzzing=False)
        memory, card, day, last_day = ours.initial(), fsrs.Card(card_id=1, due=BEGIN), 0, 0
        for _ in range(draw.randrange(1, 12)):
            quality = draw.choice([0, 2, 3, 4, 4, 4, 5])
            at = BEGIN + timedelta(days=day)
            if isinstance(memory, FsrsMemory) and memory.stability_days:
                expected = theirs.get_card_retrievability(card, at)
                assert ours.retrievability(memory.stability_days, day - last_day) == expected
            memory, interval_days = ours.review(memory, quality, elapsed_days=day - last_day)
            card, _ = theirs.review_card(card, fsrs.Rating(RATINGS[quality]), at)
            assert isinstance(memory, FsrsMemory)
            assert memory.state == (FORGOTTEN if quality < 3 else KNOWN)
            seen = (memory.step, memory.stability_days, memory.difficulty, interval_days)
            assert seen == (card.step, card.stability, card.difficulty, (card.due - at).days)
            last_day = day
            day += max(0, round(interval_days * draw.choice([0, 0.5, 1, 1, 1.5])))


@pytest.mark.parametrize(
    ("values", "fit"),
    [
        (DEFAULT_PARAMETERS, True),
        (DEFAULT_PARAMETERS[:-1], False),
        ((*DEFAULT_PARAMETERS[:-1], 0.9), False),
        ((float("nan"), *DEFAULT_PARAMETERS[1:]), False),
    ],
)
def test_parameters_that_cannot_be_are_recognised(values: tuple[float, ...], fit: bool) -> None:
    """py-fsrs would refuse them with an error of its own in the middle of a session."""
    assert are_parameters(values) is fit
