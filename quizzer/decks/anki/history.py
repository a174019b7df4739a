"""Anki's review log as facts: the same facts whenever it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from quizzer.decks.anki.model import Answered, NoteCard
from quizzer.factids import fact_id
from quizzer.model import CardEvent, Fact, Review
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.days import instant

DEVICE = "anki"
"""The device of the facts: none of quizzer's, and the same on every machine that imports them."""
QUALITY = {1: 1, 2: 3, 3: 4, 4: 5}
"""Anki's ease (again, hard, good, easy) as SM-2's quality."""

_SCORE = {1: 0.2, 3: 0.6, 4: 0.78, 5: 0.95}
_FIRST_MS = 1_136_073_600_000
"""1 January 2006: Anki is younger."""
_FILTERED, _BY_HAND, _RESCHEDULED = 3, 4, 5
_LONGEST_MS = 3_600_000


def facts(
    answered: Sequence[Answered], cards: Mapping[int, str], *, before: datetime,
    utc_offset_minutes: Callable[[datetime], int],
) -> Iterator[Fact]:  # fmt: skip
    """What was answered, as facts; *cards*: Anki's card -> key of the card that it became.

    What lies in the future of *before*, or before Anki, is left out: a clock was wrong. *utc_offset_minutes*: of the
    learner's clock at an instant, which Anki does not record. Nothing else depends on when or where this is asked: a
    fact that two machines import is the same fact.
    """
    last_ms = int(before.timestamp() * 1000)
    for one in answered:
        if one.card not in cards or not _FIRST_MS <= one.id <= last_ms:
            continue
        key = cards[one.card]
        at = instant(one.id * 1000)
        identity = fact_id(one.id, f"{key}\0{one.ease}")
        if one.kind == _BY_HAND and one.ease == 0 and one.factor == 0:
            yield CardEvent(identity, DEVICE, at, key, "reset", "", utc_offset_minutes(at))
        elif one.ease in QUALITY and one.kind not in (_BY_HAND, _RESCHEDULED):
            quality = QUALITY[one.ease]
            # Anki writes no factor where a filtered deck did not reschedule the card.
            cram = one.kind == _FILTERED and one.factor == 0
            yield Review(
                id=identity, device_id=DEVICE, card=key, card_digest="", session_id=DEVICE, player="", at=at,
                utc_offset_minutes=utc_offset_minutes(at), answer="", score=_SCORE[quality],
                verdict="pass" if quality >= PASSING_QUALITY else "fail", quality=quality, points_made=(),
                points_missed=(), flags=(), grader=DEVICE, latency_ms=max(0, min(one.taken_ms, _LONGEST_MS)),
                mode="cram" if cram else "study",
            )  # fmt: skip


def suspensions(
    cards: Sequence[tuple[NoteCard, str]], *, before: datetime, utc_offset_minutes: Callable[[datetime], int]
) -> Iterator[Fact]:
    """An event for each of *cards* (with its key now) that is suspended in Anki."""
    last_s = int(before.timestamp())
    for card, key in cards:
        if card.suspended and 0 < card.changed_s <= last_s:
            at = instant(card.changed_s * 1_000_000)
            identity = fact_id(card.changed_s * 1000, f"{key}\0suspended")
            yield CardEvent(identity, DEVICE, at, key, "suspend", "", utc_offset_minutes(at))
