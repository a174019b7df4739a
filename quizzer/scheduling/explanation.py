"""What every fact about a card did to its schedule: for whoever asks why it comes back when it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quizzer.model import CardEvent, Decision, Fact, FsrsMemory, Review, Schedule
from quizzer.ports import Scheduler
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.days import day_ordinal, microseconds
from quizzer.scheduling.fsrs import NEW, Fsrs
from quizzer.scheduling.replay import Course, ordered
from quizzer.scheduling.rules import DAY_START_HOUR

Effect = Literal["first", "remembered", "forgotten", "same-day", "practice", "undone", "decision", "event"]
"""What a fact amounts to: a review that moved the memory (the first three), one that did not, or something else."""


@dataclass(frozen=True, slots=True)
class Step:
    """One fact and the schedule before and after it."""

    fact: Fact
    day: date
    effect: Effect
    before: Schedule | None
    after: Schedule | None
    quality: int | None = None
    """The quality that counts, of a review."""
    decision: Decision | None = None
    """What made that quality count instead of the grader's."""
    elapsed_days: int | None = None
    """Learning days since the last review that moved the memory."""
    recall: float | None = None
    """FSRS's probability that the card was still known, of a review that moved the memory."""

    @property
    def moved(self) -> bool:
        """Whether the fact is a review that moved the memory."""
        return self.effect in ("first", "remembered", "forgotten")

    @property
    def interval_days(self) -> int | None:
        """Days from this review to the day for which it set the card due."""
        return (self.after.due - self.day).days if self.moved and self.after else None


def explain(
    facts: Iterable[Fact], scheduler: Scheduler, *, card: str, day_start_hour: int = DAY_START_HOUR
) -> list[Step]:
    """The facts of the card with the key *card* in the order in which they count, each with what it did.

    The last step's ``after`` is what `replay` gives.
    """
    told = ordered(facts)
    course, steps = Course(scheduler), []
    offset_minutes = 0
    for fact in told.facts:
        before = course.schedule(card)
        if not isinstance(fact, Decision):
            offset_minutes = fact.utc_offset_minutes
        ordinal = day_ordinal(microseconds(fact.at), offset_minutes, day_start_hour=day_start_hour)
        day = date.fromordinal(ordinal)
        is_void = isinstance(fact, CardEvent) and fact.kind == "void"  # which cannot be undone itself
        if fact.id in told.voided and not is_void:
            steps.append(Step(fact, day, "undone", before, before))
        elif isinstance(fact, Decision):
            steps.append(Step(fact, day, "decision", before, before))
        elif isinstance(fact, CardEvent):
            course.event(ordinal, fact.kind, fact.value)
            steps.append(Step(fact, day, "event", before, course.schedule(card)))
        else:
            steps.append(_reviewed(course, fact, ordinal, told.decided.get(fact.id), card))
    return steps


def _reviewed(course: Course, review: Review, day: int, decision: Decision | None, card: str) -> Step:
    """The step of a review that was not undone."""
    quality = decision.quality if decision else review.quality
    before, elapsed_days, recall = course.schedule(card), None, None
    if course.last_day:
        elapsed_days = day - course.last_day
        memory, scheduler = course.memory, course.scheduler
        if isinstance(memory, FsrsMemory) and memory.state != NEW and isinstance(scheduler, Fsrs):
            recall = scheduler.retrievability(memory.stability_days, elapsed_days)
    reviews = course.reviews
    course.review(microseconds(review.at), day, review.mode, quality)
    effect: Effect
    if course.reviews == reviews:
        effect, recall = ("practice" if review.mode in ("cram", "mock") else "same-day"), None
    elif not reviews:
        effect = "first"
    else:
        effect = "remembered" if quality >= PASSING_QUALITY else "forgotten"
    at = date.fromordinal(day)
    return Step(review, at, effect, before, course.schedule(card), quality, decision, elapsed_days, recall)
