"""Between the domain types and the rows of the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from json.encoder import encode_basestring_ascii
from typing import Any

from quizzer.model import CardEvent, Decision, FsrsMemory, Review, Schedule, Sm2Memory
from quizzer.scheduling.days import instant, microseconds

Row = Sequence[Any]  # what sqlite3 gives: str, int, float or None

REVIEW_COLUMNS = (
    "id, device_id, card, card_digest, session_id, player, at_us, utc_offset_minutes, answer, score, verdict, quality, "
    "points_made, points_missed, flags, grader, latency_ms, mode"
)
DECISION_COLUMNS = "id, device_id, at_us, review_id, quality, by, note"
EVENT_COLUMNS = "id, device_id, at_us, card, kind, value, utc_offset_minutes"
SCHEDULE_COLUMNS = (
    "card, scheduler, memory, due, last_reviewed_us, last_day, last_quality, reviews, lapses, suspended, buried_until"
)


def storable(text: str) -> str:
    """*text* with lone surrogates, which SQLite cannot hold, replaced by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def _list(values: Sequence[object]) -> str:
    return json.dumps(values) if values else "[]"


def _texts(values: Sequence[str]) -> str:
    """As `_list`, without an encoder for each of an answer's three lists."""
    return f"[{', '.join(map(encode_basestring_ascii, values))}]"


def review_row(review: Review) -> Row:
    """The values of *review* in the order of ``REVIEW_COLUMNS``."""
    return (
        review.id, review.device_id, review.card, review.card_digest, review.session_id, storable(review.player),
        microseconds(review.at), review.utc_offset_minutes, storable(review.answer), review.score, review.verdict,
        review.quality, _texts(review.points_made), _texts(review.points_missed), _texts(review.flags),
        review.grader, review.latency_ms, review.mode,
    )  # fmt: skip


def review_of(row: Row) -> Review:
    """The review that a row of ``REVIEW_COLUMNS`` holds."""
    values = list(row)
    values[6] = instant(values[6])
    for index in (12, 13, 14):
        values[index] = tuple(json.loads(values[index]))
    return Review(*values)


def decision_row(decision: Decision) -> Row:
    """The values of *decision* in the order of ``DECISION_COLUMNS``."""
    return (decision.id, decision.device_id, microseconds(decision.at), decision.review_id, decision.quality,
            decision.by, storable(decision.note))  # fmt: skip


def decision_of(row: Row) -> Decision:
    """The decision that a row of ``DECISION_COLUMNS`` holds."""
    return Decision(row[0], row[1], instant(row[2]), *row[3:])


def event_row(event: CardEvent) -> Row:
    """The values of *event* in the order of ``EVENT_COLUMNS``."""
    return (event.id, event.device_id, microseconds(event.at), event.card, event.kind, storable(event.value),
            event.utc_offset_minutes)  # fmt: skip


def event_of(row: Row) -> CardEvent:
    """The event that a row of ``EVENT_COLUMNS`` holds."""
    return CardEvent(row[0], row[1], instant(row[2]), *row[3:])


def schedule_row(schedule: Schedule) -> Row:
    """The values of *schedule* in the order of ``SCHEDULE_COLUMNS``."""
    memory = schedule.memory
    if isinstance(memory, Sm2Memory):
        # JSON by hand: a rebuild writes a hundred thousand of them.
        state = f"[{memory.repetitions}, {memory.ease_hundredths}, {memory.interval_days}]"
    else:
        state = _list((memory.state, memory.step, memory.stability_days, memory.difficulty))
    return (
        schedule.card, schedule.scheduler, state, schedule.due.isoformat(),
        None if schedule.last_reviewed is None else microseconds(schedule.last_reviewed),
        None if schedule.last_day is None else schedule.last_day.isoformat(), schedule.last_quality,
        schedule.reviews, schedule.lapses, int(schedule.suspended),
        None if schedule.buried_until is None else schedule.buried_until.isoformat(),
    )  # fmt: skip


def schedule_of(row: Row) -> Schedule:
    """The schedule that a row of ``SCHEDULE_COLUMNS`` holds."""
    card, scheduler, memory, due, reviewed_us, last_day, last_quality, reviews, lapses, suspended, buried = row
    state = json.loads(memory)
    return Schedule(
        card=card,
        scheduler=scheduler,
        memory=Sm2Memory(*state) if scheduler == "sm2" else FsrsMemory(*state),
        due=date.fromisoformat(due),
        last_reviewed=None if reviewed_us is None else instant(reviewed_us),
        last_day=None if last_day is None else date.fromisoformat(last_day),
        last_quality=last_quality,
        reviews=reviews,
        lapses=lapses,
        suspended=bool(suspended),
        buried_until=None if buried is None else date.fromisoformat(buried),
    )
