"""Reads one line for ``quizzer grade -``: a card of a deck, or a question of the caller's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from rapidfuzz.distance import OSA

from quizzer.errors import InvalidRequest, QuizzerError
from quizzer.model import Card

LISTS = ("references", "points", "misconceptions")
KEYS = ("id", "card", "question", "answer", "language", *LISTS)


@dataclass(frozen=True, slots=True)
class CardRequest:
    """An answer to a card of a deck."""

    card: str
    answer: str
    id: tuple[Any, ...]  # any JSON value
    """The caller's own id, if the line has one: it is copied to the result."""


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """An answer to a question that the line brings along."""

    card: Card
    answer: str
    id: tuple[Any, ...]  # any JSON value


Request = CardRequest | OwnRequest


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no request, and why."""

    error: QuizzerError
    id: tuple[Any, ...] = ()  # any JSON value


def parse(line: bytes) -> Request | BadLine:
    """The request on *line*, or what is wrong with it. Keys that quizzer does not know are left to the caller."""
    found: tuple[Any, ...] = ()
    try:
        fields = _object(line)
        found = (fields["id"],) if "id" in fields else ()
        return _request(fields, found)
    except InvalidRequest as error:
        return BadLine(error, found)


def _refuse(message: str, hint: str | None = None) -> NoReturn:
    raise InvalidRequest(message, hint=hint)


def _object(line: bytes) -> dict[str, Any]:  # any JSON object
    try:
        text = line.decode("utf-8-sig")  # a file that was saved with a byte-order mark
    except UnicodeDecodeError as error:
        _refuse(f"not UTF-8 (byte {error.start + 1})")
    if not text.strip():
        _refuse("the line is empty", "write one JSON object a line")
    try:
        fields = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        _refuse(f"not JSON: {error.msg.lower()} at column {error.colno}")
    except (RecursionError, ValueError):
        _refuse("not JSON that can be read: nested too deep, or a number too long")
    if not isinstance(fields, dict):
        _refuse(f"not a JSON object but {_kind(fields)}", 'write {"card": "...", "answer": "..."}')
    return fields


def _no_constant(name: str) -> NoReturn:
    _refuse(f"not JSON: {name} is no JSON value")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # any JSON values
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                _refuse(f"{key!r} stands twice in one object")
            seen.add(key)
    return fields


def _request(fields: dict[str, Any], found: tuple[Any, ...]) -> Request:  # any JSON values
    for key in fields:
        near = next((known for known in KEYS if key not in KEYS and OSA.distance(key.lower(), known) <= 1), None)
        if near:
            _refuse(f"unknown key {key!r}", f"did you mean {near!r}?")
    answer = _text(fields, "answer")
    if "card" in fields:
        own = [key for key in ("question", *LISTS) if key in fields]
        if own:
            _refuse(f"'card' and {own[0]!r} exclude each other", "name a card, or bring your own question")
        return CardRequest(_text(fields, "card", filled=True), answer, found)
    if "question" not in fields:
        _refuse("neither 'card' nor 'question' is there", "name a card, or bring your own question and references")
    references, points, misconceptions = (_texts(fields, key) for key in LISTS)
    if not references:
        _refuse("'references' is missing or empty", "give at least one reference answer")
    card = Card(
        id="",
        deck_id="",
        question=_text(fields, "question", filled=True),
        answers=references,
        points=points,
        misconceptions=misconceptions,
        language=_text(fields, "language") if "language" in fields else "en",
    )
    return OwnRequest(card, answer, found)


def _text(fields: dict[str, Any], key: str, *, filled: bool = False) -> str:
    if key not in fields:
        _refuse(f"{key!r} is missing")
    value = fields[key]
    if not isinstance(value, str):
        _refuse(f"{key!r} must be a string, not {_kind(value)}")
    if filled and not value.strip():
        _refuse(f"{key!r} is empty")
    return value


def _texts(fields: dict[str, Any], key: str) -> tuple[str, ...]:
    values = fields.get(key, [])
    if not isinstance(values, list):
        _refuse(f"{key!r} must be a list of strings, not {_kind(values)}")
    for number, value in enumerate(values, 1):
        if not isinstance(value, str):
            _refuse(f"{key!r} must hold strings; item {number} is {_kind(value)}")
        if not value.strip():
            _refuse(f"item {number} of {key!r} is empty")
    return tuple(values)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return names[type(value)]
