"""A deck file open for editing: each edit leaves every other byte as it was, and is proved before it is saved."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import cast

from quizzer.decks import schema, yamlfile
from quizzer.decks.editing import saving
from quizzer.decks.editing.changes import Changes, Value, as_read, changed, real_changes
from quizzer.decks.editing.edits import CannotEdit, Care
from quizzer.decks.editing.fresh import deck_text
from quizzer.decks.editing.splice import Splicer
from quizzer.decks.files import read_bytes
from quizzer.decks.nodes import Mapping
from quizzer.errors import DeckInvalid, DeckUnwritable, EditRefused, UnknownCard
from quizzer.model import Card, Deck

__all__ = ["Changes", "DeckFile", "Value"]

_BY_HAND = "edit the file by hand, then run `quizzer deck check` on it"
_MAXIMUM_ID = 100

_Edit = Callable[[Splicer, Care], str]


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file's text and the deck that it says; every edit is a new value, and only `save` writes."""

    path: Path
    text: str
    """Without a byte-order mark; its line ends as they are."""
    deck: Deck
    _root: Mapping = field(repr=False, compare=False)
    _mark: bytes = field(default=b"", repr=False)
    """The byte-order mark, if the file has one."""
    _known: frozenset[bytes] = field(default=frozenset(), repr=False)
    """Digests of what the file held when it was opened and of every edit since: over these, `save` loses nothing."""
    _is_new: bool = field(default=False, repr=False)
    _reserved: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """Card ids that `new_ids` leaves out."""

    @classmethod
    def open(cls, path: Path) -> DeckFile:
        """The file *path* as it is now.

        Raises:
            DeckUnreadable: it cannot be read. DeckInvalid: it is no deck, or a broken one.
        """
        content = read_bytes(path)
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        text = yamlfile.decode(content, path=str(path))
        root, deck = _parsed(text, path)
        return cls(path, text, deck, root, mark, frozenset({_digest(content)}))

    @classmethod
    def new(cls, path: Path, deck: Deck) -> DeckFile:
        """A new file for *deck*, not yet on disk; `save` refuses to overwrite one.

        Raises:
            DeckInvalid: *deck* breaks the format. EditRefused: a text in it cannot be written.
        """
        meant = replace(deck, cards=tuple(as_read(card, deck) for card in deck.cards), path=str(path))
        beside = path.parent / "deck.schema.json"
        text = _encodable(deck_text(meant, schema=beside.name if beside.is_file() else ""), path)
        root, written = _parsed(text, path)
        if _without_lines(written) != replace(meant, title=meant.title or meant.id):
            raise EditRefused("a text of the deck cannot be written as YAML", path=str(path), hint=_BY_HAND)
        return cls(path, text, written, root, b"", frozenset({_digest(text.encode())}), True)

    def card(self, card_id: str) -> Card:
        """The card with this id.

        Raises:
            UnknownCard: there is none.
        """
        return self.deck.cards[self._position(card_id)]

    def change_card(self, card_id: str, changes: Changes) -> DeckFile:
        """The file with *changes* to one card; an empty value removes the key.

        Raises:
            UnknownCard: the deck has no such card.
            EditRefused: the new values break the format, or the text is laid out so that it is not edited here.
        """
        return self.change_cards({card_id: changes})

    def change_cards(self, changes: dict[str, Changes]) -> DeckFile:
        """As `change_card`, for many cards at once: the file is read again only once."""
        cards = list(self.deck.cards)
        wanted: dict[int, Changes] = {}
        places = {card.id: position for position, card in enumerate(cards)}
        for card_id, asked in changes.items():
            position = places.get(card_id, -1)
            card = cards[position] if position >= 0 else self.card(card_id)
            if real := real_changes(card, asked):
                wanted[position] = real
                cards[position] = changed(card, real)
        if not wanted:
            return self
        meant = replace(self.deck, cards=tuple(cards))
        return self._edited(lambda splicer, care: splicer.changed(wanted, care=care), meant, wanted)

    def add_cards(self, cards: Sequence[Card]) -> DeckFile:
        """The file with *cards* after those that it has.

        Raises:
            EditRefused: a card breaks the format, or the text is laid out so that it is not edited here.
        """
        if not cards:
            return self
        added = tuple(as_read(card, self.deck) for card in cards)
        meant = replace(self.deck, cards=(*self.deck.cards, *added))
        return self._edited(lambda splicer, care: splicer.with_cards(added, care=care), meant, ())

    def reserving(self, ids: Iterable[str]) -> DeckFile:
        """The file, in which `new_ids` gives none of *ids*: those of removed cards that have a history."""
        return replace(self, _reserved=frozenset(ids))

    def new_ids(self, count: int) -> list[str]:
        """The next *count* free ids, numbered on in the style of the deck: never an id or a former or reserved one."""
        used = {card.id for card in self.deck.cards} | self._reserved
        used.update(alias.rpartition("/")[2] for card in self.deck.cards for alias in card.aliases)
        prefix, width = _numbering(self.deck)
        pattern = re.compile(re.escape(prefix) + r"(\d{1,9})")
        number = max((int(found[1]) for name in used if (found := pattern.fullmatch(name))), default=0)
        return [f"{prefix}{number + place:0{width}}" for place in range(1, count + 1)]

    def save(self) -> None:
        """Write the file: whole or not at all, with the mode it had, through a link.

        Raises:
            DeckChanged: somebody else changed the file since it was opened.
            DeckUnwritable: it cannot be written, or was to be new and is there already.
        """
        content = self._mark + self.text.encode()
        if self._is_new:
            if saving.create(self.path, content):
                return
            if not self._is_known(read_bytes(self.path)):
                raise DeckUnwritable(f"{self.path}: is there already", hint="choose another name, or edit that deck")
        saving.replace(self.path, content, expected=self._is_known)

    def _is_known(self, content: bytes) -> bool:
        return _digest(content) in self._known

    def _position(self, card_id: str) -> int:
        for position, card in enumerate(self.deck.cards):
            if card.id == card_id:
                return position
        raise UnknownCard(f"no card {card_id!r} in {self.path}", hint="the cards of a deck: `quizzer deck todo`")

    def _edited(self, edit: _Edit, meant: Deck, touched: Collection[int]) -> DeckFile:
        """The file after *edit*, if it says what is *meant* and no card but those *touched* has another byte."""
        splicer = Splicer(self.text, self._root)
        place = splicer.start_of(min(touched, default=-1))
        for care in (Care.NONE, Care.NO_BLOCKS):
            with contextlib.suppress(CannotEdit, DeckInvalid):
                return self._proved(splicer, edit(splicer, care), meant, touched)
        try:
            return self._proved(splicer, edit(splicer, Care.MOVE_COMMENTS), meant, touched)
        except CannotEdit as error:
            position = place if error.position is None else error.position
            raise self._refused(splicer, position, f"cannot edit this: {error.reason}") from error
        except DeckInvalid as error:
            problem = error.problems[0]
            # A text that never stood in the file has no column in it; the line is the card's.
            line, _column = splicer.source.place(place)
            raise EditRefused(problem.message, path=str(self.path), line=line, hint=problem.hint or _BY_HAND) from error

    def _proved(self, before: Splicer, text: str, meant: Deck, touched: Collection[int]) -> DeckFile:
        root, deck = _parsed(_encodable(text, self.path), self.path)
        if _without_lines(deck) != _without_lines(meant):
            raise CannotEdit(None, "something else would change with it")
        after = Splicer(text, root)
        if any(before.card_text(n) != after.card_text(n) for n in range(len(self.deck.cards)) if n not in touched):
            raise CannotEdit(None, "another card would change with it")
        known = self._known | {_digest(self._mark + text.encode())}
        return replace(self, text=text, deck=deck, _root=root, _known=known)

    def _refused(self, splicer: Splicer, position: int, message: str) -> EditRefused:
        line, column = splicer.source.place(position)
        return EditRefused(message, path=str(self.path), line=line, column=column, hint=_BY_HAND)


def _parsed(text: str, path: Path) -> tuple[Mapping, Deck]:
    root = yamlfile.parse(text, path=str(path))
    deck = schema.parse(root, path=str(path))
    return cast("Mapping", root), deck  # of anything else the schema makes no deck


def _encodable(text: str, path: Path) -> str:
    """*text*, if it can be written as UTF-8.

    Raises:
        EditRefused: it has half a character, which no file can hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        raise EditRefused(f"half a character ({half}) is no text", path=str(path), hint="remove it") from error
    return text


def _without_lines(deck: Deck) -> Deck:
    return replace(deck, cards=tuple(replace(card, line=0) for card in deck.cards))


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


def _numbering(deck: Deck) -> tuple[str, int]:
    """What the cards' numbered ids begin with, and how many digits their numbers have at least."""
    numbered = [found for card in deck.cards if (found := re.fullmatch(r"(.*?)(\d{1,9})", card.id))]
    prefixes = Counter(found[1] for found in numbered)
    own = f"{deck.id}-"
    prefix = own
    if own not in prefixes and len(prefixes) == 1 and len(numbered) == len(deck.cards) > 1:
        (prefix,) = prefixes
    digits = [found[2] for found in numbered if found[1] == prefix]
    if not digits:
        return prefix[: _MAXIMUM_ID - 4].rstrip("-") + "-", 2
    padded = [len(number) for number in digits if number.startswith("0")]
    return prefix, min(padded) if padded else min(len(number) for number in digits)
