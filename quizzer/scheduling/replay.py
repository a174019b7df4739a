"""From facts to schedules: one fact at a time while studying, the whole history of a card when in doubt."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, timedelta

from quizzer.model import (
    MOVING_MODES,
    PASSING_QUALITY,
    CardEvent,
    Decision,
    Fact,
    Review,
    Schedule,
    Sm2Memory,
)
from quizzer.ports import Scheduler
from quizzer.scheduling.days import DAY_START_HOUR, learning_day

UNTOUCHED_BY = frozenset({"cram", "mock"})


def advance(
    schedule: Schedule | None, review: Review, scheduler: Scheduler, *, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule after *review*, which is later than all that *schedule* knows.

    Only the first moving review of a learning day moves the memory; later ones that day, and repeats, note their
    quality; cram and mock leave the schedule as it is (None stays None).
    """
    if review.mode in UNTOUCHED_BY:
        return schedule
    day = learning_day(review.at, review.utc_offset_minutes, day_start_hour=day_start_hour)
    # Travelling west can bring an earlier learning day after a later one: that is no new day.
    first_of_day = schedule is None or schedule.last_day is None or day > schedule.last_day
    if review.mode in MOVING_MODES and first_of_day:
        return _moved(schedule, review, scheduler, day)
    if schedule is None:
        return None
    return dataclasses.replace(schedule, last_reviewed=review.at, last_quality=review.quality)


def _moved(schedule: Schedule | None, review: Review, scheduler: Scheduler, day: date) -> Schedule:
    before = schedule or _untouched(review.card, scheduler, day)
    elapsed_days = (day - before.last_day).days if before.last_day else 0
    memory, interval_days = scheduler.review(before.memory, review.quality, elapsed_days=elapsed_days)
    lapsed = review.quality < PASSING_QUALITY and _was_remembered(before)
    return Schedule(
        card=review.card,
        scheduler=scheduler.name,
        memory=memory,
        due=day + timedelta(days=interval_days),
        last_reviewed=review.at,
        last_day=day,
        last_quality=review.quality,
        reviews=before.reviews + 1,
        lapses=before.lapses + lapsed,
        suspended=before.suspended,
        buried_until=before.buried_until,
    )


def _was_remembered(schedule: Schedule) -> bool:
    memory = schedule.memory
    return memory.repetitions > 0 if isinstance(memory, Sm2Memory) else schedule.reviews > 0


def _untouched(card: str, scheduler: Scheduler, day: date) -> Schedule:
    return Schedule(card=card, scheduler=scheduler.name, memory=scheduler.initial(), due=day)


def apply_event(
    schedule: Schedule | None, event: CardEvent, scheduler: Scheduler, *, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule after *event*; a void has no effect of its own (see `replay`)."""
    day = learning_day(event.at, event.utc_offset_minutes, day_start_hour=day_start_hour)
    before = schedule or _untouched(event.card, scheduler, day)
    match event.kind:
        case "suspend":
            return dataclasses.replace(before, suspended=True)
        case "resume":
            return dataclasses.replace(before, suspended=False, buried_until=None)
        case "bury":
            return dataclasses.replace(before, buried_until=date.fromisoformat(event.value))
        case "reset":
            return _untouched(event.card, scheduler, day)
        case "plan" if before.reviews:
            return dataclasses.replace(before, due=date.fromisoformat(event.value))
        case _:
            return schedule


def replay(
    facts: Iterable[Fact], scheduler: Scheduler, *, card: str | None = None, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule that one card's *facts*, in any order, amount to; None where nothing was ever reviewed or set.

    Facts count in the order (at, id). A fact named by a void does not count; a review's quality is that of the
    latest decision on it. *card* is the card's key now, where some facts were made under a former one.
    """
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.id))
    voided = {fact.value for fact in ordered if isinstance(fact, CardEvent) and fact.kind == "void"}
    decided = {fact.review_id: fact.quality for fact in ordered if isinstance(fact, Decision) and fact.id not in voided}
    schedule: Schedule | None = None
    for fact in ordered:
        if fact.id in voided or isinstance(fact, Decision):
            continue
        if isinstance(fact, Review):
            quality = decided.get(fact.id, fact.quality)
            counted = dataclasses.replace(fact, quality=quality, card=card or fact.card)
            schedule = advance(schedule, counted, scheduler, day_start_hour=day_start_hour)
        else:
            event = dataclasses.replace(fact, card=card or fact.card)
            schedule = apply_event(schedule, event, scheduler, day_start_hour=day_start_hour)
    return schedule
