"""Everything that is worth keeping, as plain JSON values for other machines, and back: checked as hostile input is."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from quizzer.decks.keys import ID
from quizzer.decks.proposals import Outcome
from quizzer.decks.schema import card_digest
from quizzer.errors import RecordRefused
from quizzer.fields import one_of, score, whole
from quizzer.model import CardEvent, CardEventKind, DecidedBy, Decision, Fact, Mode, Review, Verdict
from quizzer.scheduling.goal import goal_of

FIRST_YEAR, LAST_YEAR = 1970, 9000
"""An instant outside of these is no clock's, and its intervals would leave the calendar."""
MAXIMUM_TEXT = 1_000_000
"""Characters of one text."""
MAXIMUM_TEXTS = 10_000


@dataclass(frozen=True, slots=True)
class KeptWording:
    """What a digest of a card's question and answers stands for."""

    digest: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlaggedWording:
    """The wording that a flag is about."""

    event_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class SettledProposal:
    """What a deck's maintainer made of a proposal, last."""

    card: str
    wording: str
    outcome: Outcome
    at: datetime


Record = Fact | KeptWording | FlaggedWording | SettledProposal

_TYPES: dict[str, type[Any]] = {
    "review": Review, "decision": Decision, "event": CardEvent, "wording": KeptWording, "flagged": FlaggedWording,
    "settled": SettledProposal,
}  # fmt: skip
"""Name of a record's type -> its class; a record's other keys are the fields of that class."""
_NAMES = {kind: name for name, kind in _TYPES.items()}
_FIELDS = {kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in _NAMES}


def as_data(record: Record) -> dict[str, Any]:  # a JSON object
    """*record* as a JSON object, its keys always in the same order."""
    kind = type(record)
    data: dict[str, Any] = {"type": _NAMES[kind]}
    for name in _FIELDS[kind]:
        value = getattr(record, name)
        if isinstance(value, tuple):
            value = list(value)
        data[name] = value.isoformat() if name == "at" else value
    return data


def is_fact(data: Mapping[str, Any]) -> bool:
    """Whether the JSON object is of a fact of the log, not of a text or a note beside it."""
    return data["type"] in ("review", "decision", "event")


def of_data(data: object) -> Record:
    """The record that a JSON value says.

    Raises:
        RecordRefused: it is none; says which field is wrong, and how.
    """
    if not isinstance(data, Mapping):
        raise RecordRefused("not a record: no JSON object")
    kind = _TYPES.get(data["type"]) if isinstance(data.get("type"), str) else None
    if kind is None:
        raise RecordRefused(f"not a record of this version: its type is {_shown(data.get('type'))}")
    wrong = [name for name in _FIELDS[kind] if name not in data]
    if wrong:
        raise RecordRefused(f"{wrong[0]!r} is missing")
    wrong = [name for name in data if name != "type" and name not in _FIELDS[kind]]
    if wrong:
        raise RecordRefused(f"{_shown(wrong[0])} is not known to this version")
    values = {}
    for name in _FIELDS[kind]:
        try:
            values[name] = _CHECKS[name](data[name])
        except ValueError as error:
            raise RecordRefused(f"{name!r} is {_shown(data[name])}: {error}") from error
    record: Record = kind(**values)
    _refuse_contradictions(record)
    return record


def device_id_of(value: object) -> str:
    """The device id that a JSON value is.

    Raises:
        RecordRefused: it is none.
    """
    try:
        return str(_CHECKS["device_id"](value))
    except ValueError as error:
        raise RecordRefused(f"'device_id' is {_shown(value)}: {error}") from error


def _refuse_contradictions(record: Record) -> None:
    """Nothing, if the fields of *record* go together; a replay relies on it."""
    if getattr(record, "card", None) == "" and not (isinstance(record, CardEvent) and record.kind in ("plan", "void")):
        raise RecordRefused("'card' is '': not the key of a card")
    if isinstance(record, CardEvent):
        if record.kind == "plan" and not record.card:
            try:
                goal_of(record.value)
            except ValueError as error:
                raise RecordRefused(f"'value' is {_shown(record.value)}: no day to be ready by") from error
        elif record.kind in ("bury", "plan"):
            try:
                _day(record.value)
            except ValueError as error:
                raise RecordRefused(f"'value' is {_shown(record.value)}: {error}") from error
        elif record.kind == "void" and not _ID.fullmatch(record.value):
            raise RecordRefused(f"'value' is {_shown(record.value)}: not the id of a fact")
    elif isinstance(record, KeptWording) and card_digest(record.question, record.answers) != record.digest:
        raise RecordRefused("'digest' is not that of this question and these answers")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DEVICE = re.compile(r"[0-9A-Za-z._-]{1,100}")
_KEY = re.compile(f"({ID.pattern}/{ID.pattern})?")
"""Empty: the fact is about no single card."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    if len(value) > MAXIMUM_TEXT:
        raise ValueError(f"longer than {MAXIMUM_TEXT:,} characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("half a character in it") from error
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAXIMUM_TEXTS:
        raise ValueError("not a list of texts")
    return tuple(map(_text, value))


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(f"not {what}")
        return value

    return check


def _instant(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("not an instant")
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise ValueError(value)
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"not an instant with its offset from UTC, of the years {FIRST_YEAR} to {LAST_YEAR}"
        ) from error


def _day(value: str) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError("not a day such as 2026-11-23")
    return date.fromisoformat(value)


_CHECKS: dict[str, Callable[[object], Any]] = {
    "id": _matching(_ID, "an id"),
    "review_id": _matching(_ID, "an id"),
    "event_id": _matching(_ID, "an id"),
    "device_id": _matching(_DEVICE, "the id of a device"),
    "card": _matching(_KEY, "the key of a card"),
    "at": _instant,
    "utc_offset_minutes": whole(-1440, 1440),
    "latency_ms": whole(0, 2**62),
    "quality": whole(0, 5),
    "score": score,
    "verdict": one_of(Verdict),
    "mode": one_of(Mode),
    "kind": one_of(CardEventKind),
    "by": one_of(DecidedBy),
    "outcome": one_of(Outcome),
    "points_made": _texts, "points_missed": _texts, "flags": _texts, "answers": _texts,
    **dict.fromkeys(
        ("card_digest", "session_id", "player", "answer", "grader", "note", "value", "digest", "question", "wording"),
        _text,
    ),
}  # fmt: skip
"""Field -> what turns its JSON value into ours; a field of one name means the same in every record."""
