"""What is to change on a card: values by key, and the card that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from quizzer.decks.keys import CARD_KEYS, TEST_KEYS
from quizzer.decks.schema import card_digest
from quizzer.model import Card, CardTests, Deck

Value = str | tuple[str, ...]
Changes = Mapping[str, Value]
"""Key of a card -> its value, an empty one to remove the key; ``tests.pass``, ``tests.partial``, ``tests.fail``."""

_TESTS = {"tests.pass": "passing", "tests.partial": "partial", "tests.fail": "failing"}

FIELDS: dict[str, bool] = {
    **{name: key.kind in ("texts", "aliases") for name, key in CARD_KEYS.items() if name not in ("id", "tests")},
    **{f"tests.{kind}": True for kind in TEST_KEYS},
}
"""Every key that can change -> whether it holds a list."""


def value_of(card: Card, name: str) -> Value:
    """What *card* has under the key *name*; empty where it has nothing."""
    if name in _TESTS:
        return cast("Value", getattr(card.tests, _TESTS[name]))
    return cast("Value", getattr(card, name)) or ("" if not FIELDS[name] else ())


def real_changes(card: Card, changes: Changes) -> dict[str, Value]:
    """Those of *changes* that change *card*, as they will be read back.

    Raises:
        ValueError: there is no such key, or its value is not of its kind; a mistake of the caller's.
    """
    real = {}
    for name, value in changes.items():
        if name not in FIELDS or isinstance(value, str) == FIELDS[name]:
            raise ValueError(f"{name!r} cannot be changed to {value!r}")
        read = _read(value)
        if read != value_of(card, name):
            real[name] = read
    return real


def changed(card: Card, changes: Changes) -> Card:
    """*card* with *changes*."""
    # Any: the values are those of a Card, by name.
    fields: dict[str, Any] = {name: value for name, value in changes.items() if name not in _TESTS}
    tests: dict[str, Any] = {_TESTS[name]: value for name, value in changes.items() if name in _TESTS}
    if "difficulty" in fields:
        fields["difficulty"] = fields["difficulty"] or None
    new = replace(card, **fields, tests=replace(card.tests, **tests))
    return replace(new, digest=card_digest(new.question, new.answers))


def as_read(card: Card, deck: Deck) -> Card:
    """*card* as it is once it was written into *deck* and read again; its line is left out."""
    # Any: as above.
    fields: dict[str, Any] = {name: _read(value_of(card, name)) for name in FIELDS if name not in _TESTS}
    fields["difficulty"] = fields["difficulty"] or None
    tests = CardTests(*(cast("tuple[str, ...]", _read(value_of(card, name))) for name in _TESTS))
    digest = card_digest(fields["question"], fields["answers"])
    return Card(id=card.id, deck_id=deck.id, **fields, tests=tests, digest=digest, language=deck.language)


def _read(value: Value) -> Value:
    """*value* as the format gives it back: no text ends in line feeds."""
    return value.rstrip("\r\n") if isinstance(value, str) else tuple(text.rstrip("\r\n") for text in value)
