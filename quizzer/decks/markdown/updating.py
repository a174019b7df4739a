"""Puts a list's questions into a deck: a new one, or one that is there, edited in place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzer.decks.editing.deckfile import DeckFile
from quizzer.decks.keys import ID
from quizzer.decks.markdown.entries import Entry, QuestionList
from quizzer.decks.markdown.matching import Match, Plan, plan
from quizzer.decks.markdown.topics import topic
from quizzer.model import Card, Deck


@dataclass(frozen=True, slots=True)
class Updated:
    """A deck file with a list's questions in it, not saved yet. *ids*: the card of each question, in order."""

    file: DeckFile
    plan: Plan
    ids: tuple[str, ...]


def deck_id(title: str, *, otherwise: str = "") -> str:
    """An id for a new deck from its title, else from *otherwise* (the name of the file)."""
    for text in (topic(title), title, otherwise):
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
        words = re.findall(r"[a-z0-9]+", ascii_text)
        while len(words) > 1 and len("-".join(words)) > 40:
            words.pop()
        if words and ID.fullmatch("-".join(words)[:40]):
            return "-".join(words)[:40]
    return "questions"


def as_deck(listed: QuestionList, *, name: str) -> Deck:
    """The new deck *name* that holds the questions of *listed*."""
    head = listed.deck or Deck(id=name, title=listed.title or name)
    ids = _ids(
        listed.entries, (), [f"{name}-{number:0{_width(listed.entries)}}" for number in _numbers(listed.entries)]
    )
    cards = tuple(
        replace(entry.card, id=card_id, deck_id=name) for entry, card_id in zip(listed.entries, ids, strict=True)
    )
    return replace(head, id=name, cards=cards)


def update(file: DeckFile, listed: QuestionList) -> Updated:
    """*file* with what *listed* adds to it and changes in it.

    Raises:
        EditRefused: the file is laid out so that it is not edited by a program.
    """
    planned = plan(listed.entries, file.deck.cards)
    changes = {match.card.id: match.changes for match in planned.changed if match.card is not None}
    changed = file.change_cards(dict(changes))
    added = [match.entry for match in planned.added]
    ids = _ids(added, file.deck.cards, changed.new_ids(2 * len(added)))
    cards = [replace(entry.card, id=card_id, deck_id=file.deck.id) for entry, card_id in zip(added, ids, strict=True)]
    fresh = iter(ids)
    named = tuple(match.card.id if match.card is not None else next(fresh) for match in planned.matches)
    return Updated(changed.add_cards(cards), planned, named)


def first(file: DeckFile, listed: QuestionList) -> Updated:
    """The new deck *file* of the list that it was made from."""
    matches = tuple(Match(entry) for entry in listed.entries)
    return Updated(file, Plan(matches), tuple(card.id for card in file.deck.cards))


def _ids(entries: Sequence[Entry], cards: Sequence[Card], free: Sequence[str]) -> list[str]:
    """An id for each of *entries*: its own where it has one that no card has, else the next of *free*."""
    used = {name for card in cards for name in (card.id, *card.aliases)}
    own: list[str] = []
    for entry in entries:
        own.append("" if entry.card.id in used else entry.card.id)
        used.add(entry.card.id)
    rest = (name for name in free if name not in used)
    return [name or next(rest) for name in own]


def _numbers(entries: Sequence[Entry]) -> range:
    # Twice as many as are needed: some may be the ids of other questions.
    return range(1, 2 * len(entries) + 2)


def _width(entries: Sequence[Entry]) -> int:
    return max(2, len(str(len(entries))))
