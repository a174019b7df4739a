"""Replay of the log: which reviews move the memory, and that replay equals the incremental result."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardEvent, CardEventKind, Fact, Mode, Review, Schedule, Sm2Memory
from quizzer.ports import Scheduler
from quizzer.scheduling.days import learning_day
from quizzer.scheduling.fsrs import Fsrs
from quizzer.scheduling.replay import advance, apply_event, replay
from quizzer.scheduling.sm2 import Sm2
from tests.factories import START, decision, event, review

SM2 = Sm2()


def test_the_first_review_of_a_day_moves_the_memory() -> None:
    """A new card that passes comes back tomorrow."""
    schedule = advance(None, review(), SM2)
    assert schedule is not None
    assert schedule.due == date(2026, 3, 3)
    assert schedule.memory == Sm2Memory(1, 260, 1)


@pytest.mark.parametrize("mode", ["study", "repeat"])
def test_later_reviews_that_day_only_note_their_quality(mode: Mode) -> None:
    """SM-2's step 7 repeats a card without touching its interval."""
    first = advance(None, review(quality=2), SM2)
    again = advance(first, review(2, at=START + timedelta(minutes=5), quality=5, mode=mode), SM2)
    assert first is not None
    assert again is not None
    assert again.memory == first.memory
    assert again.due == first.due
    assert again.last_quality == 5
    assert again.reviews == 1


@pytest.mark.parametrize("mode", ["cram", "mock"])
def test_cram_and_mock_change_nothing(mode: Mode) -> None:
    """Practice before an interview must not upset the schedule."""
    first = advance(None, review(), SM2)
    assert advance(first, review(2, at=START + timedelta(days=1), quality=0, mode=mode), SM2) == first
    assert advance(None, review(mode=mode), SM2) is None


@pytest.mark.parametrize(
    ("at", "offset_minutes", "day"),
    [
        (datetime(2026, 3, 2, 3, 59, tzinfo=UTC), 0, date(2026, 3, 1)),
        (datetime(2026, 3, 2, 4, 0, tzinfo=UTC), 0, date(2026, 3, 2)),
        (datetime(2026, 3, 1, 22, 0, tzinfo=UTC), 330, date(2026, 3, 1)),
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), 330, date(2026, 3, 2)),
        (datetime(2026, 3, 2, 11, 0, tzinfo=UTC), -480, date(2026, 3, 1)),
    ],
)
def test_a_learning_day_begins_at_four_by_the_reviews_own_clock(at: datetime, offset_minutes: int, day: date) -> None:
    """A review after midnight still belongs to the evening; a traveller's review to the place it was made in."""
    assert learning_day(at, offset_minutes, day_start_hour=4) == day


@pytest.mark.parametrize("month", [3, 10])
def test_daylight_saving_neither_doubles_nor_drops_a_learning_day(month: int) -> None:
    """On the days the clocks change, 03:59 and 04:00 on the wall still part two learning days."""
    zone = ZoneInfo("Europe/Berlin")
    change = date(2026, month, 29 if month == 3 else 25)
    for day in (change - timedelta(days=1), change, change + timedelta(days=1)):
        for hour, minute, expected in ((3, 59, day - timedelta(days=1)), (4, 0, day), (23, 59, day)):
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
            offset = at.utcoffset()
            assert offset is not None
            assert learning_day(at, int(offset.total_seconds() // 60), day_start_hour=4) == expected


def test_flying_west_does_not_make_the_same_day_count_twice() -> None:
    """An earlier date after a later one is the traveller's clock, not a second day of study."""
    in_tokyo = review(1, at=datetime(2026, 3, 1, 20, 0, tzinfo=UTC), utc_offset_minutes=540)
    in_los_angeles = review(2, at=datetime(2026, 3, 2, 6, 0, tzinfo=UTC), utc_offset_minutes=-480, quality=3)
    first = advance(None, in_tokyo, SM2)
    again = advance(first, in_los_angeles, SM2)
    assert first is not None
    assert again is not None
    assert (first.last_day, again.last_day) == (date(2026, 3, 2), date(2026, 3, 2))
    assert (again.memory, again.last_quality) == (first.memory, 3)


def test_a_repeat_after_four_in_the_morning_belongs_to_no_earlier_day() -> None:
    """What was missed last night and got right after 04:00 is still seen to have been missed that night."""
    missed = review(1, at=datetime(2026, 3, 2, 3, 50, tzinfo=UTC), quality=1)
    first = advance(None, missed, SM2)
    later = advance(first, review(2, at=datetime(2026, 3, 2, 4, 10, tzinfo=UTC), mode="repeat"), SM2)
    assert later is not None
    assert (later.last_day, later.last_quality) == (date(2026, 3, 1), 1)
    assert later.last_reviewed == datetime(2026, 3, 2, 4, 10, tzinfo=UTC)


def test_a_due_day_beyond_the_calendar_is_its_last_day() -> None:
    """Answering ahead every day for months must not end in an error."""
    schedule = replay([review(n, at=START + timedelta(days=n), mode="ahead") for n in range(1, 80)], SM2)
    assert schedule is not None
    assert schedule.due == date.max


def test_a_decision_replaces_the_quality_and_a_void_undoes() -> None:
    """The learner's word counts, and undo leaves no trace in the schedule."""
    one = review(quality=2)
    assert replay([one, decision(2, one, 4)], SM2) == advance(None, dataclasses.replace(one, quality=4), SM2)
    assert replay([one, decision(2, one, 4), event(3, "void", value=one.id)], SM2) is None


def test_events_suspend_bury_and_reset() -> None:
    """Each does what its name says, on a card with or without reviews."""
    studied = advance(None, review(), SM2)
    suspended = apply_event(studied, event(2, "suspend"), SM2)
    assert suspended is not None
    assert suspended.suspended
    assert apply_event(suspended, event(3, "resume"), SM2) == studied
    buried = apply_event(studied, event(4, "bury", value="2026-03-05"), SM2)
    assert buried is not None
    assert buried.buried_until == date(2026, 3, 5)
    reset = apply_event(studied, event(5, "reset"), SM2)
    assert reset is not None
    assert reset.reviews == 0


@pytest.mark.parametrize("scheduler", [SM2, Fsrs()], ids=["sm2", "fsrs"])
def test_a_lapse_is_counted_once_for_a_card_that_was_known(scheduler: Scheduler) -> None:
    """Failing a card that was never known is no lapse."""
    facts = [review(1, quality=1), review(2, at=START + timedelta(days=1)),
             review(3, at=START + timedelta(days=2), quality=1),
             review(4, at=START + timedelta(days=3), quality=0)]  # fmt: skip
    schedule = replay(facts, scheduler)
    assert schedule is not None
    assert schedule.lapses == 1


STEPS = st.lists(
    st.tuples(
        st.integers(0, 4 * 24 * 60), st.integers(0, 5), st.sampled_from(["study", "ahead", "group", "repeat", "cram"]),
        st.one_of(st.none(), st.integers(0, 5)), st.sampled_from([-480, 0, 330]),
    ),
    max_size=15,
)  # fmt: skip


@given(STEPS, st.randoms())
def test_replay_equals_the_incremental_result(
    steps: list[tuple[int, int, Mode, int | None, int]], draw: object
) -> None:
    """Whatever order the facts arrive in, the log alone decides; a decision is applied from before its review."""
    at, facts, schedule = START, [], None
    for number, (minutes, quality, mode, decided, offset_minutes) in enumerate(steps):
        at += timedelta(minutes=minutes)
        fact = review(2 * number, at=at, quality=quality, mode=mode, utc_offset_minutes=offset_minutes)
        before: Schedule | None = schedule
        schedule = advance(before, fact, SM2)
        facts.append(fact)
        if decided is not None:
            choice = decision(2 * number + 1, fact, decided, at=at)
            schedule = advance(before, dataclasses.replace(fact, quality=decided), SM2)
            facts.append(choice)  # type: ignore[arg-type]  # a list of facts of both kinds
    mixed: list[Fact] = list(facts)
    draw.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert replay(mixed, SM2) == schedule


EVENTS = st.tuples(st.just("event"), st.sampled_from(["suspend", "resume", "bury", "reset", "flag", "plan"]))
ANSWERS = st.tuples(st.sampled_from(["study", "repeat", "mock"]), st.integers(0, 5))


@given(st.lists(st.tuples(st.integers(0, 2 * 24 * 60), ANSWERS | EVENTS), max_size=15), st.integers(0, 20))
def test_events_and_answers_one_by_one_equal_the_replay(
    steps: list[tuple[int, tuple[str, int | CardEventKind]]], undone: int
) -> None:
    """A schedule holds all that the next fact needs to know, and an undone fact leaves no trace."""
    at, facts = START, list[Review | CardEvent]()
    for number, (minutes, (kind, value)) in enumerate(steps):
        at += timedelta(minutes=minutes)
        if kind == "event":
            facts.append(event(number, value, at=at, value="2026-03-20" if value in ("bury", "plan") else ""))
        else:
            facts.append(review(number, at=at, quality=value, mode=kind))  # type: ignore[arg-type]  # an integer here
    void = [event(99, "void", at=START - timedelta(days=1), value=facts[undone].id)] if undone < len(facts) else []
    schedule = None
    for number, fact in enumerate(facts):
        if not (void and number == undone):
            schedule = (advance if isinstance(fact, Review) else apply_event)(schedule, fact, SM2)  # type: ignore[arg-type]  # chosen by the fact's kind
    assert replay([*void, *facts], SM2) == schedule
