"""Cards that were learned and are in no deck now: how many, of which deck, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.cli import compose
from quizzer.cli.places import shown
from quizzer.errors import DeckNotFound

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library
    from quizzer.storage.agenda import Agenda


@dataclass(frozen=True, slots=True)
class Retired:
    """Numbers of learned cards that are not in the decks found, by deck id."""

    removed: dict[str, int]
    """Their deck was found, without them."""
    missing: dict[str, int]
    """Their deck was not found."""


def retired(library: Library, agenda: Agenda | None = None) -> Retired:
    """The cards that *agenda*'s decks do not have, of which only those count that belong to them; without a log, none.

    Cards of a deck that is found but broken are not counted: they are only out of reach.
    """
    from quizzer.storage.retired import retired as retired_by_deck  # sqlite3

    if agenda is None:
        if not compose.paths().database.exists():
            return Retired({}, {})
        agenda = compose.agenda(library, compose.database())
    return of_decks(library, retired_by_deck(agenda))


def of_decks(library: Library, absent: Mapping[str, int]) -> Retired:
    """Of the learned cards that are *absent* from the decks (deck id -> how many), those that are retired."""
    removed, missing = {}, {}
    for deck_id, count in absent.items():
        decks = _decks(library, deck_id)
        if any(deck.usable for deck in decks):
            removed[deck_id] = count
        elif not decks:
            missing[deck_id] = count
    return Retired(removed, missing)


def _decks(library: Library, deck_id: str) -> list[FoundDeck]:
    """The decks found that have this id, or had it formerly."""
    try:
        return library.selected([deck_id]) if deck_id else []
    except DeckNotFound:
        return []


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a card with a history is not in the decks found. *retired*: not only out of reach for now."""

    retired: bool
    why: str


def absence(library: Library, key: str) -> Absence:
    """Why the card with this key is not there."""
    deck_id = key.partition("/")[0]
    decks = _decks(library, deck_id)
    broken = next((deck for deck in decks if deck.problems), None)
    if any(deck.usable for deck in decks):
        return Absence(True, "retired: no deck has it any more; its history stays, and counts again if one does")
    if broken is not None:
        return Absence(
            False, f"out of reach: its deck is broken (`quizzer deck check {shown(broken.path)}` says where)"
        )
    unreadable = next((deck for deck in library.found if deck.problems and not deck.id), None)
    perhaps = f"; is it {shown(unreadable.path)}, which is broken?" if unreadable else ""
    return Absence(True, f"retired: no deck has it any more (no deck {deck_id!r} is found{perhaps}); its history stays")
