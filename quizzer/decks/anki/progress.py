"""What was learned of a card, as Anki writes it down."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.model import CardEvent, Decision, Fact, Review, Schedule, Sm2Memory
from quizzer.scheduling.days import microseconds
from quizzer.scheduling.replay import advance, apply_event
from quizzer.scheduling.sm2 import Sm2

EASE = (1, 1, 1, 2, 3, 4)
"""SM-2's quality 0 to 5 as Anki's ease: again, hard, good, easy."""
STARTING_FACTOR = 2500


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of Anki's review log; the factor is the ease factor in thousandths."""

    at_ms: int
    ease: int
    interval_days: int
    last_interval_days: int
    factor: int
    taken_ms: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a card stands, and the reviews that brought it there."""

    schedule: Schedule
    sent: tuple[Sent, ...]

    @property
    def interval_days(self) -> int:
        """From the last review to the next one."""
        last = self.schedule.last_day
        return (self.schedule.due - last).days if last else 0

    @property
    def factor(self) -> int:
        """The ease factor in thousandths."""
        return _factor(self.schedule)


def progress(schedule: Schedule, facts: Sequence[Fact]) -> Progress:
    """*schedule* with those of a card's *facts*, in the order of the log, that moved its memory.

    A review counts with the quality that was decided for it; one that was undone does not count.
    """
    voided = {fact.value for fact in facts if isinstance(fact, CardEvent) and fact.kind == "void"}
    decided = {fact.review_id: fact.quality for fact in facts if isinstance(fact, Decision) and fact.id not in voided}
    sent: list[Sent] = []
    before: Schedule | None = None
    for fact in facts:
        if fact.id in voided or isinstance(fact, Decision):
            continue
        if isinstance(fact, CardEvent):
            before = apply_event(before, fact, Sm2())
            sent = [] if fact.kind == "reset" else sent
            continue
        quality = decided.get(fact.id, fact.quality)
        after = advance(before, dataclasses.replace(fact, quality=quality), Sm2())
        if after is not None and after.reviews > (before.reviews if before else 0):
            sent.append(_sent(fact, quality, before, after))
        before = after
    return Progress(schedule, tuple(sent))


def _sent(review: Review, quality: int, before: Schedule | None, after: Schedule) -> Sent:
    return Sent(
        at_ms=microseconds(review.at) // 1000, ease=EASE[quality], interval_days=_interval(after),
        last_interval_days=_interval(before) if before and before.reviews else 0, factor=_factor(after),
        taken_ms=review.latency_ms,
    )  # fmt: skip


def _interval(schedule: Schedule) -> int:
    return schedule.memory.interval_days if isinstance(schedule.memory, Sm2Memory) else 0


def _factor(schedule: Schedule) -> int:
    memory = schedule.memory
    return memory.ease_hundredths * 10 if isinstance(memory, Sm2Memory) else STARTING_FACTOR
