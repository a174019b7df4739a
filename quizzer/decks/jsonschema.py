"""The deck format as a JSON Schema, from the same tables that the parser reads."""

from __future__ import annotations

from typing import Any

from quizzer.decks.keys import CARD_KEYS, DECK_KEYS, FILE_KEYS, FORMAT_VERSION, MAXIMUM_TEXT, TEST_KEYS, Key

# An editor's YAML parser turns `no` and `007` into other types, and nothing into null; the format takes all of them.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"], "maxLength": MAXIMUM_TEXT}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a deck file, for editors."""
    tests = _object(TEST_KEYS, {})
    card = _object(CARD_KEYS, {"tests": {**tests, "type": ["object", "null"]}})
    cards = {"type": ["array", "null"], "items": card}
    version = {"enum": [int(FORMAT_VERSION), FORMAT_VERSION]}
    body = _object(FILE_KEYS, {"quizzer": version, "deck": _object(DECK_KEYS, {}), "cards": cards})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizzer deck, version 1", **body}


def _object(keys: dict[str, Key], special: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in keys.items() if key.required],
        "properties": {name: {"description": key.meaning, **_shape(name, key, special)} for name, key in keys.items()},
    }


def _shape(name: str, key: Key, special: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if name in special:
        return special[name]
    if key.choices:
        return {"enum": [*key.choices, None]}
    text = {**_TEXT, "pattern": f"^{key.pattern.pattern}$"} if key.pattern else _TEXT
    if key.kind in ("texts", "aliases"):
        return {"type": ["array", "null"], "items": text}
    return text if key.required else {**text, "type": [*_TEXT["type"], "null"]}
