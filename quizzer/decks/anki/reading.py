"""A collection of Anki's as lists of questions, one for each of its decks at the top."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from quizzer.decks.anki.model import Collection, NoteCard
from quizzer.decks.anki.notes import Taken, card_id, own_key, taken
from quizzer.decks.fitting import fitted
from quizzer.decks.keys import ID
from quizzer.decks.markdown.entries import Entry, QuestionList, Remark
from quizzer.decks.markdown.topics import slug
from quizzer.model import Deck

_MOST_CHARACTERS = 100_000_000
"""In one deck; its file may have little more."""
_NAMED = 5
_DEFAULT = "Default"


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """A deck of Anki's with those below it. *cards*: Anki's card for each entry of *listed*, in order."""

    listed: QuestionList
    cards: tuple[NoteCard, ...]


@dataclass(slots=True)
class _Gathered:
    title: str
    own: str = ""
    entries: list[Entry] = field(default_factory=list)
    cards: list[NoteCard] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    named: dict[str, list[str]] = field(default_factory=dict)
    with_media: int = 0
    characters: int = 0

    def leave_out(self, reason: str, question: str) -> None:
        self.left_out[reason] += 1
        if question and len(self.named.setdefault(reason, [])) < _NAMED:
            self.named[reason].append(question[:60])


def read(collection: Collection, *, name: str) -> list[AnkiDeck]:
    """The decks of *collection*; *name* is the title of one that has none.

    Raises:
        ValueError: a deck has more text than any deck may have.
    """
    gathered: dict[str, _Gathered] = {}
    seen: set[tuple[int, int]] = set()
    for card in collection.cards:
        note = collection.notes.get(card.note)
        if note is None or (card.note, card.number) in seen:
            continue
        seen.add((card.note, card.number))
        own = own_key(note)
        path = card.deck or (_DEFAULT,)
        title = name if path == (_DEFAULT,) else path[0]
        into = gathered.setdefault(f"own:{own[0]}" if own else title, _Gathered(title, own[0] if own else ""))
        kind = collection.note_types.get(note.note_type)
        if kind is None:
            into.leave_out("has no note type", "")
            continue
        tags = () if own else tuple(tag for part in path[1:] if (tag := slug(part)))
        _add(into, card, taken(note, card, kind, tags=tags))
    return [_deck(found) for found in gathered.values()]


def _add(into: _Gathered, card: NoteCard, made: Taken) -> None:
    fit, reasons = fitted(made.card)
    if fit is None:
        into.leave_out("has no text on its front" if not made.card.question else "is too long", made.card.question)
        return
    for reason in reasons:
        into.leave_out(reason, made.card.question)
    into.with_media += made.media > 0
    into.characters += len(fit.question) + sum(map(len, fit.answers)) + len(fit.explanation)
    if into.characters > _MOST_CHARACTERS:
        raise ValueError(f"deck {into.title[:60]!r} has more than {_MOST_CHARACTERS:,} characters of text")
    into.entries.append(Entry(fit, 0, 0))
    into.cards.append(card)


def _deck(found: _Gathered) -> AnkiDeck:
    remarks = [Remark(0, 0, _remark(reason, number, found.named)) for reason, number in found.left_out.items()]
    if found.with_media:
        what = "card has" if found.with_media == 1 else "cards have"
        remarks.append(Remark(0, 0, f"{found.with_media} {what} pictures or sounds, which are left out"))
    deck = Deck(found.own, found.title) if ID.fullmatch(found.own) else None
    return AnkiDeck(QuestionList(found.title, tuple(found.entries), tuple(remarks), deck), tuple(found.cards))


def _remark(reason: str, number: int, named: dict[str, list[str]]) -> str:
    questions = ", ".join(repr(" ".join(text.split())) for text in named.get(reason, ()))
    if reason.startswith("has no") or reason == "is too long":
        said = f"1 card {reason}, and is left out" if number == 1 else f"{number} cards: each {reason}, and is left out"
    else:
        said = reason if number == 1 else f"{reason} ({number} times)"
    return f"{said}: {questions}" if questions else said


def ids(deck: AnkiDeck, collection: Collection) -> list[str]:
    """The id that each card has on its own, whatever the deck calls it."""
    return [card_id(collection.notes[card.note], card) for card in deck.cards]
