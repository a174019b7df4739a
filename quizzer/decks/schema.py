"""From located nodes to a `Deck`, or every problem at once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from typing import cast

from quizzer.decks.jsonschema import json_schema
from quizzer.decks.keys import CARD_KEYS, DECK_KEYS, FILE_KEYS, FORMAT_VERSION, TEST_KEYS
from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence, is_empty
from quizzer.decks.values import ValueReader, Values, shortened
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import Card, CardTests, Deck, Difficulty

__all__ = ["Examined", "card_digest", "examine", "is_deck", "json_schema", "parse"]

_BEGIN = "a deck begins with `quizzer: 1`, then `deck:` and `cards:`; see `quizzer deck schema`"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a document says of itself. *deck* is whole only where there are no problems."""

    deck: Deck
    problems: tuple[Problem, ...]


def card_digest(question: str, answers: tuple[str, ...]) -> str:
    """16 hexadecimal digits that change when the question or an answer does; wrapping and Unicode form do not count."""
    text = "\0".join(" ".join(part.split()) for part in (question, *answers))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def is_deck(node: Node | None) -> bool:
    """Whether the document claims to be a deck at all; other YAML files in a folder of decks are nobody's error."""
    return isinstance(node, Mapping) and any(isinstance(key, Scalar) and key.text == "quizzer" for key, _ in node.pairs)


def parse(node: Node | None, *, path: str) -> Deck:
    """The deck that the document says.

    Raises:
        DeckInvalid: with every problem found, in the order of the file.
    """
    examined = examine(node, path=path)
    if examined.problems:
        raise DeckInvalid(examined.problems)
    return examined.deck


def examine(node: Node | None, *, path: str) -> Examined:
    """The deck as far as it can be understood, and every problem in the order of the file."""
    parser = _DeckParser(path)
    deck = parser.file(node)
    return Examined(deck, tuple(sorted(parser.problems, key=lambda problem: (problem.line, problem.column))))


class _DeckParser(ValueReader):
    """Builds a deck and collects problems meanwhile."""

    def file(self, node: Node | None) -> Deck:
        nothing = Deck(id="", title="", path=self.path)
        if node is None or is_empty(node):
            self.report(Scalar("", 1, 1, 0, 0, True), "deck-shape", "the file is empty", _BEGIN)
            return nothing
        if not isinstance(node, Mapping):
            self.report(node, "deck-shape", "a deck is a mapping with the keys quizzer, deck and cards", _BEGIN)
            return nothing
        if not any(isinstance(key, Scalar) and key.text in FILE_KEYS for key, _ in node.pairs):
            self.report(node, "deck-shape", "this is no deck: the key 'quizzer' is missing", _BEGIN)
            return nothing
        values = self.keys(node, FILE_KEYS, "the file")
        if not self._version_is_known(values):
            return nothing
        header = None
        if "deck" in values:
            header = self.mapping(values["deck"][1], "'deck'", "write `deck:` and below it, indented, `id: ...`")
        fields = self.keys(header, DECK_KEYS, "the deck") if header else {}
        deck_id = self.text(fields, "id", DECK_KEYS)
        language = self.text(fields, "language", DECK_KEYS) or "en"
        return Deck(
            id=deck_id, title=self.text(fields, "title", DECK_KEYS) or deck_id,
            description=self.text(fields, "description", DECK_KEYS), language=language,
            license=self.text(fields, "license", DECK_KEYS), authors=self.texts(fields, "authors", DECK_KEYS),
            tags=self.texts(fields, "tags", DECK_KEYS), aliases=self.texts(fields, "aliases", DECK_KEYS),
            cards=self.cards(values, deck_id, language), path=self.path,
        )  # fmt: skip

    def _version_is_known(self, values: Values) -> bool:
        """False where reading on would only heap up problems: a later version's deck."""
        if "quizzer" not in values:
            return True
        node = values["quizzer"][1]
        version = node.text if isinstance(node, Scalar) else ""
        if version == FORMAT_VERSION:
            return True
        later = version.isdecimal() and version.lstrip("0") > FORMAT_VERSION
        if later:
            # A later version's keys would only heap up problems that are none.
            self.problems.clear()
        hint = "install a newer quizzer" if later else "write `quizzer: 1`"
        self.report(node, "format-version", f"format version {shortened(version)!r} is not known", hint)
        return not later

    def cards(self, values: Values, deck_id: str, language: str) -> tuple[Card, ...]:
        first: dict[str, int] = {}
        cards: list[tuple[Card, Mapping]] = []
        for item in self.entries(values, "cards", "card"):
            node = self.mapping(item, "a card", "write `- id: ...` and `question: ...` below it")
            if node is None:
                continue
            card, place = self.card(node, deck_id, language)
            if card.id in first:
                message = f"duplicate card id {card.id!r}; the first is on line {first[card.id]}"
                self.report(place, "duplicate-id", message, "give one of the two another id")
            elif card.id:
                first[card.id] = card.line
            cards.append((card, node))
        self._check_aliases(cards, deck_id)
        return tuple(card for card, _ in cards)

    def _check_aliases(self, cards: list[tuple[Card, Mapping]], deck_id: str) -> None:
        """Report former ids that two cards claim, or that another card still has: a history can go to one card only."""
        holders = {card.key: card for card, _ in cards}
        for card, node in cards:
            for alias in card.aliases:
                holder = holders.setdefault(alias if "/" in alias else f"{deck_id}/{alias}", card)
                if holder is not card:
                    message = f"alias {alias!r} of card {card.id!r} belongs to card {holder.id!r} on line {holder.line}"
                    place = _entry(node, "aliases", alias)
                    self.report(place, "duplicate-id", message, "keep it with the card that had this id")

    def card(self, node: Mapping, deck_id: str, language: str) -> tuple[Card, Node]:
        """The card, and the node of its id (its own where it has none)."""
        place = next((value for key, value in node.pairs if isinstance(key, Scalar) and key.text == "id"), node)
        named = isinstance(place, Scalar) and not is_empty(place)
        owner = f"card {shortened(place.text)!r}" if named else "the card"  # type: ignore[union-attr]  # named: a scalar
        values = self.keys(node, CARD_KEYS, owner)
        question, answers = self.text(values, "question", CARD_KEYS), self.texts(values, "answers", CARD_KEYS)
        card = Card(
            id=self.text(values, "id", CARD_KEYS), deck_id=deck_id, question=question, answers=answers,
            points=self.texts(values, "points", CARD_KEYS),
            misconceptions=self.texts(values, "misconceptions", CARD_KEYS),
            hints=self.texts(values, "hints", CARD_KEYS), explanation=self.text(values, "explanation", CARD_KEYS),
            sources=self.texts(values, "sources", CARD_KEYS), tags=self.texts(values, "tags", CARD_KEYS),
            difficulty=cast("Difficulty | None", self.text(values, "difficulty", CARD_KEYS) or None),
            tests=self.tests(values), aliases=self.texts(values, "aliases", CARD_KEYS), line=node.line,
            digest=card_digest(question, answers), language=language,
        )  # fmt: skip
        return card, place

    def tests(self, values: Values) -> CardTests:
        if "tests" not in values or is_empty(values["tests"][1]):
            return CardTests()
        node = self.mapping(values["tests"][1], "'tests'", "write `pass:`, `partial:` and `fail:` below it, indented")
        cases = self.keys(node, TEST_KEYS, "'tests'") if node else {}
        # An empty answer is a test: the grader must fail it.
        failing = self.texts(cases, "fail", TEST_KEYS, blank=True)
        return CardTests(self.texts(cases, "pass", TEST_KEYS), self.texts(cases, "partial", TEST_KEYS), failing)


def _entry(card: Mapping, name: str, text: str) -> Node:
    """The entry *text* of the list under *name*; the card where it cannot be told."""
    lists = [value for key, value in card.pairs if isinstance(key, Scalar) and key.text == name]
    items = [item for value in lists if isinstance(value, Sequence) for item in value.items]
    return next((item for item in items if isinstance(item, Scalar) and item.text.rstrip("\r\n") == text), card)
