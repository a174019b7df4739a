"""Facts and cards for tests, with every field filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from quizzer.model import CardEvent, Decision, Review

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def review(
    number: int = 1, *, at: datetime = START, quality: int = 5, card: str = "deck/card", **fields: Any
) -> Review:
    """A review whose id sorts by *number*."""
    values: dict[str, Any] = {
        "id": f"{number:08x}-0000-7000-8000-000000000000", "device_id": "device", "card": card, "card_digest": "digest",
        "session_id": "session", "player": "", "at": at, "utc_offset_minutes": 0, "answer": "an answer",
        "score": quality / 5, "verdict": "pass" if quality >= 3 else "fail", "quality": quality,
        "points_made": ("one",), "points_missed": ("two",), "flags": (), "grader": "test", "latency_ms": 1200,
        "mode": "study",
    }  # fmt: skip
    return Review(**(values | fields))


def decision(number: int, on: Review, quality: int, *, at: datetime | None = None) -> Decision:
    """A learner's decision on a review, a second later unless *at* is given."""
    when = at or on.at + timedelta(seconds=1)
    return Decision(f"{number:08x}-0000-7000-8000-000000000001", "device", when, on.id, quality, "learner")


def event(number: int, kind: Any, *, at: datetime = START, card: str = "deck/card", value: str = "") -> CardEvent:
    """A card event whose id sorts by *number*."""
    return CardEvent(f"{number:08x}-0000-7000-8000-000000000002", "device", at, card, kind, value)
