"""Answers that a person graded otherwise than the grader: what learners send back to a deck's maintainer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

from quizzer.model import Card, DecidedBy, Verdict
from quizzer.scale import PASSING_QUALITY

Direction = Literal["right", "wrong"]
"""What the person said of the answer, against the grader."""
Place = Literal["answers", "tests.pass", "tests.fail"]
"""Where in a deck an accepted answer goes."""
Outcome = Literal["answers", "tests.pass", "tests.fail", "rejected", "grouped"]
"""What the maintainer made of a wording; *grouped*: settled together with another one that means the same."""

_LAYOUT = "\n\t\u200c\u200d"
"""Control and format characters that belong to a text: line feeds, tabs, and the joiners of scripts and emoji."""


@dataclass(frozen=True, slots=True)
class Overrule:
    """One answer whose grade a person changed: the review, and the last decision on it."""

    review_id: str
    card: str
    """The card's key now."""
    card_digest: str
    player: str
    at: datetime
    answer: str
    score: float
    verdict: Verdict
    quality: int
    points_missed: tuple[str, ...]
    flags: tuple[str, ...]
    grader: str
    decided: int
    by: DecidedBy
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer to one card as it was worded, and everybody who gave it, in the order of time."""

    id: str
    """Short; the same as long as the card's key and the words are."""
    card: str
    direction: Direction
    text: str
    """As it would stand in a deck."""
    overrules: tuple[Overrule, ...]

    @property
    def times(self) -> int:
        """How often it was given."""
        return len(self.overrules)

    @property
    def players(self) -> frozenset[str]:
        """Who gave it."""
        return frozenset(overrule.player for overrule in self.overrules)

    @property
    def mark(self) -> str:
        """What is recorded when it is settled."""
        return mark(self.direction, self.text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Wordings that mean the same, for one card and in one direction; the best one first."""

    wordings: tuple[Wording, ...]

    @property
    def best(self) -> Wording:
        """The wording to accept, unless the maintainer chooses another one."""
        return self.wordings[0]

    @property
    def times(self) -> int:
        """How often it was given, in whatever words."""
        return sum(wording.times for wording in self.wordings)

    @property
    def players(self) -> frozenset[str]:
        """Who gave it."""
        return frozenset().union(*(wording.players for wording in self.wordings))


def direction_of(overrule: Overrule) -> Direction | None:
    """What the person said against the grader; None where they agree on whether the answer passes."""
    passed = overrule.verdict == "pass" and overrule.quality >= PASSING_QUALITY
    right = overrule.decided >= PASSING_QUALITY
    if right:
        return None if passed else "right"
    return "wrong" if overrule.quality >= PASSING_QUALITY else None


def deck_text(answer: str) -> str:
    """*answer* as it may stand in a deck: without characters that a terminal would obey, nor space around it."""
    text = answer.replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            character if character in _LAYOUT or unicodedata.category(character) not in ("Cc", "Cf", "Cs") else " "
            for character in text
        )
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def same_words(text: str) -> str:
    """What two texts have in common that differ only in capitals, spacing, Unicode form and the stop at the end."""
    words = " ".join(unicodedata.normalize("NFC", deck_text(text)).casefold().split())
    return re.sub(r"[\s.!?\u2026\u3002]+$", "", words)


def mark(direction: Direction, text: str) -> str:
    """16 hexadecimal digits for *text* as an answer that is right, or wrong."""
    return blake2b(f"{direction}\0{same_words(text)}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def wordings(overrules: Iterable[Overrule], cards: Mapping[str, Card]) -> list[Wording]:
    """What was ever proposed for *cards*, word by word, card by card; those first that were given most often.

    Without words to propose ("I don't know") there is nothing.
    """
    found: dict[tuple[str, Direction, str], list[Overrule]] = {}
    for overrule in sorted(overrules, key=lambda one: (one.at, one.review_id)):
        direction = direction_of(overrule)
        if direction and overrule.card in cards and (words := same_words(overrule.answer)):
            found.setdefault((overrule.card, direction, words), []).append(overrule)
    order = {key: position for position, key in enumerate(cards)}
    proposed = [_wording(card, direction, given) for (card, direction, _), given in found.items()]
    return sorted(proposed, key=lambda one: (order[one.card], -one.times, -len(one.players), one.direction, one.id))


def _wording(card: str, direction: Direction, given: list[Overrule]) -> Wording:
    texts = [deck_text(overrule.answer) for overrule in given]
    text = max(texts, key=texts.count)  # the spelling used most often; the first where all are used alike
    identity = blake2b(f"{card}\0{mark(direction, text)}".encode(), digest_size=4).hexdigest()
    return Wording(identity, card, direction, text, tuple(given))


def waiting(
    proposed: Iterable[Wording], cards: Mapping[str, Card], settled: Collection[tuple[str, str]]
) -> list[Wording]:
    """Those of *proposed* on which the maintainer has not decided.

    What stands among a card's answers or tests is decided, and so is what is *settled*: pairs of card key and mark.
    """
    known: dict[str, set[str]] = {}
    found = []
    for wording in proposed:
        if wording.card not in known:
            known[wording.card] = {same_words(text) for text in _texts(cards[wording.card])}
        if same_words(wording.text) not in known[wording.card] and (wording.card, wording.mark) not in settled:
            found.append(wording)
    return found


def _texts(card: Card) -> tuple[str, ...]:
    return (*card.answers, *card.tests.passing, *card.tests.partial, *card.tests.failing)


def change(card: Card, text: str, place: Place) -> dict[str, tuple[str, ...]]:
    """What to change in *card* so that *text* stands at *place*; nothing where its words stand there already."""
    there = {"answers": card.answers, "tests.pass": card.tests.passing, "tests.fail": card.tests.failing}[place]
    if same_words(text) in {same_words(other) for other in there}:
        return {}
    return {place: (*there, text)}


def alone(wordings: Iterable[Wording]) -> list[Proposal]:
    """Each wording a proposal of its own."""
    return [Proposal((wording,)) for wording in wordings]
