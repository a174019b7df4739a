"""Records as JSON: the same after a round trip, and refused with the reason where they are no records."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.schema import card_digest
from quizzer.errors import RecordRefused
from quizzer.storage.records import FlaggedWording, KeptWording, Record, SettledProposal, as_data, of_data
from tests.factories import START, decision, event, review

ONE = review(1, answer="naïve\n\x00 \u202e end", flags=("echo",), utc_offset_minutes=-480)
RECORDS: list[Record] = [
    ONE,
    decision(2, ONE, 3),
    event(3, "flag", value="a note"),
    event(4, "bury", value="2026-03-09"),
    event(5, "void", value=ONE.id),
    KeptWording(card_digest("Why?", ("So.",)), "Why?", ("So.",)),
    FlaggedWording(event(3, "flag").id, "digest"),
    SettledProposal("deck/card", "mark", "tests.pass", START),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_survives_as_json(record: Record) -> None:
    """Every field, or another machine would replay something else."""
    assert of_data(json.loads(json.dumps(as_data(record)))) == record


@given(st.datetimes(datetime(1970, 1, 2), datetime(8999, 1, 1), timezones=st.just(UTC)), st.floats(0, 1), st.text())
def test_instants_and_numbers_survive_exactly(at: datetime, score: float, answer: str) -> None:
    """The order of replay is that of microseconds."""
    fact = review(1, at=at, score=score, answer=answer.encode("utf-8", "replace").decode())
    assert of_data(json.loads(json.dumps(as_data(fact)))) == fact


def test_an_instant_with_another_offset_is_the_same_instant() -> None:
    """Other programs may write their local time."""
    data = as_data(ONE) | {"at": START.astimezone(timezone(timedelta(hours=5))).isoformat()}
    assert of_data(data) == ONE


BAD_FIELDS: list[tuple[str, Any]] = [
    ("id", "../../etc/passwd"), ("id", 7), ("device_id", ""), ("device_id", "a/b"), ("card", "no slash"),
    ("card", "deck/card\n"), ("card", "DECK/card"), ("at", "yesterday"), ("at", "2026-03-02T09:00"), ("at", 0),
    ("at", "1969-12-31T23:59:59+00:00"), ("at", "9999-12-31T23:59:59-12:00"), ("utc_offset_minutes", 100_000),
    ("utc_offset_minutes", True), ("quality", 6), ("quality", "5"), ("quality", True), ("score", float("nan")),
    ("score", float("inf")), ("score", 1.5), ("score", None), ("score", True), ("answer", None), ("answer", "\udce9"),
    ("answer", "x" * 1_000_001), ("points_made", "text"), ("points_made", [1]), ("points_made", ["x"] * 10_001),
    ("mode", "telepathy"), ("verdict", []), ("latency_ms", -1), ("latency_ms", 2**70),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD_FIELDS, ids=lambda value: repr(value)[:30])
def test_a_field_that_cannot_be_is_refused_by_name(name: str, value: object) -> None:
    """A replay that met it would fail on every start from then on."""
    with pytest.raises(RecordRefused, match=f"'{name}'"):
        of_data(as_data(ONE) | {name: value})


@pytest.mark.parametrize(
    ("kind", "value"),
    [("bury", "soon"), ("bury", "20260309"), ("bury", "2026-02-30"), ("plan", ""), ("void", "everything")],
)
def test_an_event_whose_value_means_nothing_is_refused(kind: str, value: str) -> None:
    """The day on which a card comes back must be a day."""
    with pytest.raises(RecordRefused, match="'value'"):
        of_data(as_data(event(1, kind, value=value)))


@pytest.mark.parametrize(
    "data",
    [None, 1, [], "review", {}, {"type": "review"}, {"type": []}, {"type": "sermon"}, as_data(ONE) | {"more": 1}],
    ids=lambda data: repr(data)[:30],
)
def test_what_is_no_record_is_refused(data: object) -> None:
    """Nothing is guessed, and nothing that this version does not know is dropped in silence."""
    with pytest.raises(RecordRefused):
        of_data(data)


def test_a_wording_must_be_what_its_digest_says() -> None:
    """Else anybody could put words into the history of a card."""
    with pytest.raises(RecordRefused, match="digest"):
        of_data(as_data(KeptWording("0123456789abcdef", "Why?", ("So.",))))
