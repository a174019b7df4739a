"""The deck format, version 1: from located nodes to a `Deck`, or every problem at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, cast

from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import Card, CardTests, Deck, Difficulty

FORMAT_VERSION = "1"

Kind = Literal["id", "text", "texts", "choice", "aliases", "mapping", "cards"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the format: what may stand under it, and what it means (for editors)."""

    kind: Kind
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


FILE_KEYS = {
    "quizzer": Key("choice", "version of the deck format", required=True, choices=(FORMAT_VERSION,)),
    "deck": Key("mapping", "what the deck is", required=True),
    "cards": Key("cards", "the questions", required=True),
}
DECK_KEYS = {
    "id": Key("id", "identifies the deck; never change it", required=True),
    "title": Key("text", "the deck's name as people read it"),
    "description": Key("text", "one or two sentences"),
    "language": Key("text", "language of questions and answers, such as en"),
    "license": Key("text", "an SPDX licence expression"),
    "authors": Key("texts", "who wrote it"),
    "tags": Key("texts", "tags of every card of the deck"),
    "aliases": Key("aliases", "former ids of the deck"),
}
CARD_KEYS = {
    "id": Key("id", "identifies the card in its deck; never change it", required=True),
    "question": Key("text", "what is asked", required=True),
    "answers": Key("texts", "reference answers, each right by itself; none: the card is unanswered"),
    "points": Key("texts", "what a full answer says, one idea each"),
    "misconceptions": Key("texts", "claims that make an answer wrong"),
    "hints": Key("texts", "shown on /hint, one after another"),
    "explanation": Key("text", "shown after answering"),
    "sources": Key("texts", "where the answer can be checked"),
    "tags": Key("texts", "topics"),
    "difficulty": Key("choice", "how hard the question is", choices=("easy", "medium", "hard")),
    "tests": Key("mapping", "answers with a known outcome, run by `quizzer deck test`"),
    "aliases": Key("aliases", "former ids of the card: `card`, or `deck/card` where it was in another deck"),
}
TEST_KEYS = {
    "pass": Key("texts", "answers that must pass"),
    "partial": Key("texts", "half answers: quality 1 to 3"),
    "fail": Key("texts", "answers that must not pass"),
}

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_ALIAS = re.compile(r"([a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9-]*")
_ID_HINT = "use small letters, digits and hyphens, such as bert-02"

Values = dict[str, tuple[Scalar, Node]]


def card_digest(question: str, answers: tuple[str, ...]) -> str:
    """16 hexadecimal digits that change when the question or an answer does; wrapping and Unicode form do not count."""
    text = "\0".join(" ".join(part.split()) for part in (question, *answers))
    if not text.isascii():
        import unicodedata  # most decks are ASCII

        text = unicodedata.normalize("NFC", text)
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def is_deck(node: Node | None) -> bool:
    """Whether the document claims to be a deck at all; other YAML files in a folder of decks are nobody's error."""
    return isinstance(node, Mapping) and any(key.text == "quizzer" for key, _ in node.pairs)


def parse(node: Node | None, *, path: str) -> Deck:
    """The deck that the document says.

    Raises:
        DeckInvalid: with every problem found, in the order of the file.
    """
    parser = _Parser(path)
    deck = parser.file(node)
    if parser.problems or deck is None:
        raise DeckInvalid(tuple(sorted(parser.problems, key=lambda problem: (problem.line, problem.column))))
    return deck


class _Parser:
    """Collects problems while it reads."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, self.path, node.line, node.column, hint))

    def file(self, node: Node | None) -> Deck | None:
        if not isinstance(node, Mapping):
            what = "the file is empty" if node is None else "a deck is a mapping with the keys quizzer, deck and cards"
            place = node or Scalar("", 1, 1, 0, 0, True)
            self.report(
                place, "deck-shape", what, "start from `quizzer: 1`, `deck:` and `cards:`; see `quizzer deck schema`"
            )
            return None
        values = self.keys(node, FILE_KEYS, "the file")
        version = values.get("quizzer")
        if version and isinstance(version[1], Scalar) and version[1].text != FORMAT_VERSION:
            self.report(
                version[1], "format-version", f"format version {version[1].text!r} is not known", "write `quizzer: 1`"
            )
        header = values["deck"][1] if "deck" in values else None
        if header is not None and not isinstance(header, Mapping):
            self.report(
                header, "wrong-kind", "'deck' must be a mapping", "write `deck:` and below it, indented, `id: ...`"
            )
            header = None
        fields = self.keys(header, DECK_KEYS, "the deck") if isinstance(header, Mapping) else {}
        deck_id = self.identifier(fields, "the deck")
        language = self.text(fields, "language") or "en"
        tags = self.texts(fields, "tags")
        cards = self.cards(values, deck_id, language)
        return Deck(
            id=deck_id, title=self.text(fields, "title") or deck_id, description=self.text(fields, "description"),
            language=language, license=self.text(fields, "license"), authors=self.texts(fields, "authors"), tags=tags,
            aliases=self.aliases(fields), cards=cards, path=self.path,
        )  # fmt: skip

    def cards(self, values: Values, deck_id: str, language: str) -> tuple[Card, ...]:
        if "cards" not in values:
            return ()
        node = values["cards"][1]
        if isinstance(node, Scalar) and node.plain and not node.text:
            return ()
        if not isinstance(node, Sequence):
            self.report(node, "wrong-kind", "'cards' must be a list", "begin each card with `- id: ...`")
            return ()
        first_line: dict[str, int] = {}
        cards = []
        for item in node.items:
            if not isinstance(item, Mapping):
                self.report(
                    item, "wrong-kind", "a card must be a mapping", "write `- id: ...` and `question: ...` below it"
                )
                continue
            card = self.card(item, deck_id, language)
            if card.id and first_line.setdefault(card.id, item.line) != item.line:
                message = f"card id {card.id!r} stands twice; the first is on line {first_line[card.id]}"
                self.report(item, "duplicate-id", message, "give one of the two another id")
            cards.append(card)
        return tuple(cards)

    def card(self, node: Mapping, deck_id: str, language: str) -> Card:
        name = next(
            (f"card {value.text!r}" for key, value in node.pairs if key.text == "id" and isinstance(value, Scalar)),
            "the card",
        )
        values = self.keys(node, CARD_KEYS, name)
        question, answers = self.text(values, "question"), self.texts(values, "answers")
        tests = values["tests"][1] if "tests" in values else None
        cases = CardTests()
        if isinstance(tests, Mapping):
            parts = self.keys(tests, TEST_KEYS, "tests")
            cases = CardTests(self.texts(parts, "pass"), self.texts(parts, "partial"), self.texts(parts, "fail"))
        elif tests is not None and not _empty(tests):
            self.report(
                tests, "wrong-kind", "'tests' must be a mapping", "write `pass:`, `partial:` and `fail:` below it"
            )
        return Card(
            id=self.identifier(values, name), deck_id=deck_id, question=question, answers=answers,
            points=self.texts(values, "points"), misconceptions=self.texts(values, "misconceptions"),
            hints=self.texts(values, "hints"), explanation=self.text(values, "explanation"),
            sources=self.texts(values, "sources"), tags=self.texts(values, "tags"),
            difficulty=self.difficulty(values), tests=cases, aliases=self.aliases(values), line=node.line,
            digest=card_digest(question, answers), language=language,
        )  # fmt: skip

    def keys(self, node: Mapping, known: dict[str, Key], owner: str) -> Values:
        """The known keys that stand in *node*; unknown, doubled and missing ones are reported."""
        values: Values = {}
        for key, value in node.pairs:
            if key.text not in known:
                self.unknown_key(key, known)
            elif key.text in values:
                first = values[key.text][0]
                self.report(
                    key,
                    "duplicate-key",
                    f"key {key.text!r} stands twice; the first is on line {first.line}",
                    "remove one of the two",
                )
            else:
                values[key.text] = (key, value)
        for name, key_of in known.items():
            if key_of.required and name not in values:
                self.report(node, "missing-key", f"{owner} has no {name}", f"add `{name}: ...`: {key_of.meaning}")
        return values

    def unknown_key(self, key: Scalar, known: dict[str, Key]) -> None:
        import difflib  # only where there is something to suggest

        close = difflib.get_close_matches(key.text, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known keys here: {', '.join(known)}"
        self.report(key, "unknown-key", f"unknown key {_short(key.text)!r}", hint)

    def identifier(self, values: Values, owner: str) -> str:
        text = self.text(values, "id")
        if text and not _ID.fullmatch(text):
            self.report(values["id"][1], "bad-id", f"{_short(text)!r} is not an id", _ID_HINT)
        return text

    def text(self, values: Values, name: str) -> str:
        """The text under *name*, without trailing line feeds; empty where the key is missing."""
        if name not in values:
            return ""
        key, node = values[name]
        if not isinstance(node, Scalar):
            self.report(
                node,
                "wrong-kind",
                f"{name!r} must be a text",
                "quote the text if brackets, braces or a colon belong to it",
            )
            return ""
        text = node.text.rstrip("\r\n")
        if not text.strip() and name in ("id", "question"):
            self.report(key, "empty", f"{name!r} is empty", f"write the {name} after the colon")
        return text

    def texts(self, values: Values, name: str) -> tuple[str, ...]:
        """The list of texts under *name*; a key without a value is an empty list."""
        if name not in values:
            return ()
        node = values[name][1]
        if _empty(node):
            return ()
        if not isinstance(node, Sequence):
            self.report(
                node, "wrong-kind", f"{name!r} must be a list", "begin each entry with `- ` on a line of its own"
            )
            return ()
        texts = []
        for item in node.items:
            if not isinstance(item, Scalar):
                self.report(
                    item,
                    "wrong-kind",
                    f"an entry of {name!r} must be a text",
                    'quote it: a text with ": " or brackets reads as something else',
                )
            elif not item.text.strip():
                # An empty answer is a test that the grader must fail.
                if name in ("fail",) and not item.plain:
                    texts.append("")
                else:
                    self.report(item, "empty", f"an entry of {name!r} is empty", "write the text or remove the entry")
            else:
                texts.append(item.text.rstrip("\r\n"))
        return tuple(texts)

    def aliases(self, values: Values) -> tuple[str, ...]:
        aliases = self.texts(values, "aliases")
        for alias in aliases:
            if not _ALIAS.fullmatch(alias):
                self.report(values["aliases"][1], "bad-id", f"{_short(alias)!r} is not a former id", _ID_HINT)
        return aliases

    def difficulty(self, values: Values) -> Difficulty | None:
        text = self.text(values, "difficulty")
        choices = CARD_KEYS["difficulty"].choices
        if text and text not in choices:
            self.report(
                values["difficulty"][1],
                "wrong-choice",
                f"difficulty {_short(text)!r} is not known",
                f"write {', '.join(choices[:-1])} or {choices[-1]}",
            )
            return None
        return cast("Difficulty", text) if text else None


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and not node.text


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "..."
