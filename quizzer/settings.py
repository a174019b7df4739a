"""The keys of ``config.toml``: what each means, what it may hold, and whether a deck may have its own value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

MOST_NEW_CARDS = 10_000
MOST_REVIEWS = 100_000
MOST_MINUTES = 1_440
MOST_LAPSES = 1000
LONGEST_INTERVAL_DAYS = 36_500
RETENTIONS = (0.5, 0.99)
DECK_TABLE = "deck"
"""``[deck.ID]`` holds the keys that hold for one deck."""


class Key(NamedTuple):
    """A key of ``config.toml``."""

    fits: Callable[[Any], bool]  # any value of TOML
    expected: str
    """What *fits* asks for, in words."""
    meaning: str
    per_deck: bool = False


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_retention(value: object) -> bool:
    return type(value) in (int, float) and RETENTIONS[0] <= value <= RETENTIONS[1]  # type: ignore[operator]  # a number


def _are_parameters(value: object) -> bool:
    from quizzer.scheduling.fsrs import are_parameters  # only where they are set

    return isinstance(value, list) and all(type(item) in (int, float) for item in value) and are_parameters(value)


KEYS: dict[str, Key] = {
    "new_per_day": Key(
        _whole(0, MOST_NEW_CARDS),
        f"a whole number from 0 to {MOST_NEW_CARDS}",
        "new cards a day, over all decks; under a deck, those of that deck",
        per_deck=True,
    ),
    "reviews_per_day": Key(
        _whole(1, MOST_REVIEWS),
        f"a whole number from 1 to {MOST_REVIEWS}",
        "cards that come back a day; none: all that are due, and a backlog spread over days",
        per_deck=True,
    ),
    "minutes_per_day": Key(
        _whole(1, MOST_MINUTES),
        f"a whole number from 1 to {MOST_MINUTES}",
        "minutes a day, counted in cards by how long you took so far; none: no limit",
        per_deck=True,
    ),
    "leech_lapses": Key(
        _whole(0, MOST_LAPSES),
        f"a whole number from 0 to {MOST_LAPSES}",
        "a card forgotten so often is a leech: you are warned, and the next time it is suspended; 0: never",
    ),
    "decks": Key(
        lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
        'a list of paths, like ["~/decks"]',
        "further folders or files to look for decks in",
    ),
    "model": Key(_is_text, "a name or a path in quotes", "embedding model on this machine; none: the bundled one"),
    "player": Key(_is_text, "a name in quotes", "name recorded with your answers"),
    "scheduler": Key(
        lambda value: value in ("sm2", "fsrs"),
        '"sm2" or "fsrs"',
        "what decides when a card comes back; changing it works the whole history through again",
        per_deck=True,
    ),
    "desired_retention": Key(
        _is_retention,
        f"a number from {RETENTIONS[0]} to {RETENTIONS[1]}",
        "fsrs only: a card comes back when the chance that you still know it has fallen to this",
        per_deck=True,
    ),
    "maximum_interval_days": Key(
        _whole(1, LONGEST_INTERVAL_DAYS),
        f"a whole number from 1 to {LONGEST_INTERVAL_DAYS}",
        "no card stays away for longer",
        per_deck=True,
    ),
    "fsrs_parameters": Key(
        _are_parameters,
        "the list of 21 numbers that `quizzer schedule compare` prints",
        "fsrs only: parameters of your own; none: the default ones",
        per_deck=True,
    ),
    "day_start_hour": Key(_whole(0, 23), "a whole number from 0 to 23", "when a new day begins, by your clock"),
}
"""In the order in which they are shown."""


def problems(values: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with *values*, the content of ``config.toml``."""
    found = _problems({key: value for key, value in values.items() if key != DECK_TABLE}, KEYS)
    tables = values.get(DECK_TABLE, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        return [*found, f"{DECK_TABLE!r} must hold one table for each deck, like [{DECK_TABLE}.bert]"]
    own = {name: key for name, key in KEYS.items() if key.per_deck}
    for deck, table in tables.items():
        found += [f"[{DECK_TABLE}.{deck}]: {problem}" for problem in _problems(table, own)]
    return found


def _problems(values: Mapping[str, object], keys: Mapping[str, Key]) -> list[str]:
    found = []
    for name, value in values.items():
        if name in keys:
            if not keys[name].fits(value):
                found.append(f"{name!r} must be {keys[name].expected}")
        elif name in KEYS:
            found.append(f"{name!r} holds for all decks; one deck cannot have its own")
        else:
            found.append(f"unknown key {name!r}")
    return found
