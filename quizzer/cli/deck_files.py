"""Decks as `check`, `similar` and `test` take them: read now, with the place of every text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.cli.places import shown
from quizzer.decks import schema, yamlfile
from quizzer.decks.checking.places import Places
from quizzer.decks.files import read_bytes
from quizzer.errors import DeckInvalid
from quizzer.model import Card, CardTests, Deck

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck without problems of the format, and where its texts stand; *path* is as one types it here."""

    path: str
    deck: Deck
    places: Places


@dataclass(frozen=True, slots=True)
class Located:
    """A card and where it stands. *deck* is the number of its deck among those that are looked at; -1: another one."""

    card: Card
    path: str
    deck: int = -1
    number: int = -1
    """The card's number in its deck."""

    @property
    def place(self) -> str:
        """``path:line`` of the card."""
        return f"{self.path}:{self.card.line}"


def read_deck(path: str) -> ReadDeck:
    """The deck in the file *path*.

    Raises:
        DeckInvalid: it breaks the format. DeckUnreadable: it cannot be opened.
    """
    typed = shown(path)
    text = yamlfile.decode(read_bytes(Path(path)), path=typed)
    root = yamlfile.parse(text, path=typed)
    deck = schema.parse(root, path=typed)
    if root is None:  # an empty file has problems, so `parse` has raised
        raise DeckInvalid(schema.examine(root, path=typed).problems)
    return ReadDeck(typed, deck, Places(root, text, path=typed))


def cards_of(decks: Iterable[ReadDeck]) -> list[Located]:
    """Every card of *decks*, in order."""
    return [Located(card, one.path, index, number) for index, one in enumerate(decks)
            for number, card in enumerate(one.deck.cards)]  # fmt: skip


def other_cards(library: Library, decks: Iterable[ReadDeck]) -> Iterator[Located]:
    """The cards of all other usable decks found, without what is not compared.

    A deck with the id of one of *decks* is a copy of it, in which a change is tried.
    """
    chosen = list(decks)
    ids = {name for one in chosen for name in (one.deck.id, *one.deck.aliases)}
    paths = {one.path for one in chosen}
    for found in library.found:
        path = shown(found.path)
        if found.usable and found.id not in ids and path not in paths:
            for card in library.cards(found.file):
                slim = replace(card, tests=CardTests(), explanation="", sources=(), hints=(), tags=())
                yield Located(slim, path)


def sound(found: FoundDeck) -> bool:
    """Whether *found* is a deck that breaks no rule of the format, used or shadowed."""
    return bool(found.id) and not found.problems
