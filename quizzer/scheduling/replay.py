"""From facts to schedules: one fact at a time while studying, the whole history of a card when in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from quizzer.model import MOVING_MODES, CardEvent, Decision, Fact, Memory, Review, Schedule, Sm2Memory
from quizzer.ports import Scheduler
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.days import day_ordinal, instant, microseconds
from quizzer.scheduling.fsrs import KNOWN
from quizzer.scheduling.rules import DAY_START_HOUR

_LAST_DAY_OF_THE_CALENDAR = date.max.toordinal()


class Course:
    """A card on its way through its facts, in plain numbers: the only place that says what a fact does.

    Mutable and free of datetimes so that a log of a million reviews is replayed in seconds. Days are ordinals
    (``date.toordinal``), 0 for none; instants are microseconds since 1970.
    """

    __slots__ = (
        "buried_until", "due", "lapses", "last_day", "last_quality", "memory", "reviewed_us", "reviews", "scheduler",
        "suspended", "touched",
    )  # fmt: skip

    def __init__(self, scheduler: Scheduler, schedule: Schedule | None = None) -> None:
        """Start from *schedule*, or from a card that nothing has touched."""
        self.scheduler = scheduler
        self.touched = schedule is not None
        if schedule is None:
            self._begin_anew()
        else:
            self._resume_from(schedule)

    def _begin_anew(self) -> None:
        self.suspended = False
        self.buried_until = 0
        self.memory: Memory = self.scheduler.initial()
        self.due = 0
        self.reviewed_us: int | None = None
        self.last_day = 0
        self.last_quality: int | None = None
        self.reviews = 0
        self.lapses = 0

    def _resume_from(self, schedule: Schedule) -> None:
        self.memory = schedule.memory
        self.due = schedule.due.toordinal()
        self.reviewed_us = None if schedule.last_reviewed is None else microseconds(schedule.last_reviewed)
        self.last_day = schedule.last_day.toordinal() if schedule.last_day else 0
        self.last_quality = schedule.last_quality
        self.reviews = schedule.reviews
        self.lapses = schedule.lapses
        self.suspended = schedule.suspended
        self.buried_until = schedule.buried_until.toordinal() if schedule.buried_until else 0

    def review(self, at_us: int, day: int, mode: str, quality: int) -> None:
        """Take in a review, which is later than all before.

        Only the first moving review of a learning day moves the memory; later ones that day, and repeats, note their
        quality; cram and mock leave everything as it is.
        """
        if mode in MOVING_MODES:
            # Travelling west can bring an earlier learning day after a later one: that is no new day.
            if day > self.last_day:
                self._move(day, quality)
        elif mode != "repeat" or not self.touched:
            return
        self.reviewed_us = at_us
        if day <= self.last_day:
            self.last_quality = quality

    def _move(self, day: int, quality: int) -> None:
        memory = self.memory
        if quality < PASSING_QUALITY and self.reviews:
            # The memory says whether the card was known; a card failed day after day has lapsed once.
            self.lapses += memory.repetitions > 0 if isinstance(memory, Sm2Memory) else memory.state == KNOWN
        elapsed_days = day - self.last_day if self.last_day else 0
        self.memory, interval_days = self.scheduler.review(memory, quality, elapsed_days=elapsed_days)
        due = day + interval_days
        self.due = due if due < _LAST_DAY_OF_THE_CALENDAR else _LAST_DAY_OF_THE_CALENDAR  # `min` is a call
        self.last_day = day
        self.reviews += 1
        self.touched = True

    def event(self, day: int, kind: str, value: str) -> None:
        """Take in an event of this kind; a flag changes nothing, and a void is `replay`'s to obey."""
        if kind == "plan":
            if self.reviews:
                self.due = date.fromisoformat(value).toordinal()
            return
        if kind == "suspend":
            self.suspended = True
        elif kind == "resume":
            self.suspended, self.buried_until = False, 0
        elif kind == "bury":
            self.buried_until = date.fromisoformat(value).toordinal()
        elif kind == "reset":
            self._begin_anew()
        else:
            return
        if not self.reviews:
            self.due = day
        self.touched = True

    def schedule(self, card: str) -> Schedule | None:
        """Where the card with this key stands now; None if nothing has touched it."""
        if not self.touched:
            return None
        return Schedule(
            card=card,
            scheduler=self.scheduler.name,
            memory=self.memory,
            due=date.fromordinal(self.due),
            last_reviewed=None if self.reviewed_us is None else instant(self.reviewed_us),
            last_day=date.fromordinal(self.last_day) if self.last_day else None,
            last_quality=self.last_quality,
            reviews=self.reviews,
            lapses=self.lapses,
            suspended=self.suspended,
            buried_until=date.fromordinal(self.buried_until) if self.buried_until else None,
        )


def advance(
    schedule: Schedule | None, review: Review, scheduler: Scheduler, *, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule after *review*, which is later than all that *schedule* knows.

    None stays None for a review that moves no memory (cram, mock, repeat).
    """
    course = Course(scheduler, schedule)
    _take_review(course, review, review.quality, day_start_hour)
    return course.schedule(review.card)


def apply_event(
    schedule: Schedule | None, event: CardEvent, scheduler: Scheduler, *, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule after *event*; a void has no effect of its own (see `replay`)."""
    course = Course(scheduler, schedule)
    _take_event(course, event, day_start_hour)
    return course.schedule(event.card)


def replay(
    facts: Iterable[Fact], scheduler: Scheduler, *, card: str | None = None, day_start_hour: int = DAY_START_HOUR
) -> Schedule | None:
    """The schedule that one card's *facts*, in any order, amount to; None where nothing was ever reviewed or set.

    Facts count in the order (at, id). A fact named by a void does not count, and a void cannot be voided; a review's
    quality is that of the latest decision on it. *card* is the card's key now, where some facts were made under a
    former one.
    """
    told = ordered(facts)
    course = Course(scheduler)
    for fact in told.facts:
        if isinstance(fact, Decision):
            continue
        card = card or fact.card
        if fact.id in told.voided:
            continue
        if isinstance(fact, Review):
            decision = told.decided.get(fact.id)
            _take_review(course, fact, decision.quality if decision else fact.quality, day_start_hour)
        else:
            _take_event(course, fact, day_start_hour)
    return course.schedule(card or "")


class Told(NamedTuple):
    """A card's facts in the order in which they count, and which of them count."""

    facts: list[Fact]
    voided: set[str]
    """Ids of facts that do not count."""
    decided: dict[str, Decision]
    """Review id -> the decision whose quality counts."""


def ordered(facts: Iterable[Fact]) -> Told:
    """*facts* in the order (at, id), with what undoes and overrules them; see `replay`."""
    in_order = sorted(facts, key=lambda fact: (fact.at, fact.id))
    voided = {fact.value for fact in in_order if isinstance(fact, CardEvent) and fact.kind == "void"}
    decided = {fact.review_id: fact for fact in in_order if isinstance(fact, Decision) and fact.id not in voided}
    return Told(in_order, voided, decided)


def _take_review(course: Course, review: Review, quality: int, day_start_hour: int) -> None:
    at_us = microseconds(review.at)
    day = day_ordinal(at_us, review.utc_offset_minutes, day_start_hour=day_start_hour)
    course.review(at_us, day, review.mode, quality)


def _take_event(course: Course, event: CardEvent, day_start_hour: int) -> None:
    day = day_ordinal(microseconds(event.at), event.utc_offset_minutes, day_start_hour=day_start_hour)
    course.event(day, event.kind, event.value)
