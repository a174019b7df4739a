"""What is still open in a deck before its maintainer can trust it: unanswered, flagged, thin, untested, unsourced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzer.model import Card, Deck

ANSWERS = 2
POINTS = 4
MISCONCEPTIONS = 1
PASSING, PARTIAL, FAILING = 2, 1, 2
"""How many of each a complete card has at least; the bundled deck keeps to it."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A learner's mark on a card. *digest*: of the wording that was flagged, empty where it is not known."""

    id: str
    card: str
    at: datetime
    note: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card with something to do. An unanswered card is only that: the rest follows from its answers."""

    card: Card
    unanswered: bool = False
    thin: tuple[str, ...] = ()
    """What there is too little of, such as ``1 answer of 2``."""
    untested: tuple[str, ...] = ()
    """Which tests are missing, such as ``1 failing test of 2``."""
    unsourced: bool = False
    flags: tuple[Flag, ...] = ()
    proposals: int = 0
    """Answers that were graded otherwise by a person, and wait for the maintainer's word."""

    def outdated(self, flag: Flag) -> bool:
        """Whether the card was reworded since it was flagged."""
        return bool(flag.digest) and flag.digest != self.card.digest


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the cards under *tag* is done; an empty tag stands for the cards that have none."""

    tag: str
    cards: int
    answered: int
    tested: int
    sourced: int


@dataclass(frozen=True, slots=True)
class Todo:
    """What is open in one deck. *cards*: those with something to do, in the order of the deck."""

    total: Coverage
    tags: tuple[Coverage, ...]
    cards: tuple[OpenCard, ...]


def todo(deck: Deck, *, flags: Iterable[Flag] = (), proposals: Mapping[str, int] | None = None, tag: str = "") -> Todo:
    """What is open in *deck*, or in its cards with *tag*. *proposals*: how many wait, by card key."""
    by_card: dict[str, list[Flag]] = {}
    for flag in flags:
        by_card.setdefault(flag.card, []).append(flag)
    tags_of = {card.key: tuple(dict.fromkeys((*deck.tags, *card.tags))) for card in deck.cards}
    cards = [card for card in deck.cards if not tag or tag in tags_of[card.key]]
    under: dict[str, list[Card]] = {}
    for card in cards:
        for name in tags_of[card.key] or ("",):
            under.setdefault(name, []).append(card)
    opened = [_open(card, tuple(by_card.get(card.key, ())), (proposals or {}).get(card.key, 0)) for card in cards]
    return Todo(
        total=_coverage("", cards),
        tags=tuple(_coverage(name, under[name]) for name in sorted(under, key=lambda name: (not name, name))),
        cards=tuple(card for card in opened if card != OpenCard(card.card)),
    )


def _open(card: Card, flags: tuple[Flag, ...], proposals: int) -> OpenCard:
    if not card.answers:
        return OpenCard(card, unanswered=True, flags=flags, proposals=proposals)
    return OpenCard(card, thin=_thin(card), untested=_untested(card), unsourced=not card.sources, flags=flags,
                    proposals=proposals)  # fmt: skip


def _thin(card: Card) -> tuple[str, ...]:
    wanted = ((card.answers, ANSWERS, "answer"), (card.points, POINTS, "point"),
              (card.misconceptions, MISCONCEPTIONS, "misconception"))  # fmt: skip
    return tuple(short for texts, least, noun in wanted if (short := _short(texts, least, noun)))


def _untested(card: Card) -> tuple[str, ...]:
    tests = card.tests
    wanted = ((tests.passing, PASSING, "passing test"), (tests.partial, PARTIAL, "partial test"),
              (tests.failing, FAILING, "failing test"))  # fmt: skip
    return tuple(short for texts, least, noun in wanted if (short := _short(texts, least, noun)))


def _short(texts: Sequence[str], least: int, noun: str) -> str:
    """``1 answer of 2``, or nothing where there are enough."""
    if len(texts) >= least:
        return ""
    if not texts:
        return f"no {noun}s"
    return f"{len(texts)} {noun}{'' if len(texts) == 1 else 's'} of {least}"


def _coverage(tag: str, cards: Sequence[Card]) -> Coverage:
    answered = sum(bool(card.answers) for card in cards)
    tested = sum(bool(card.answers) and not _untested(card) for card in cards)
    return Coverage(tag, len(cards), answered, tested, sum(bool(card.sources) for card in cards))
