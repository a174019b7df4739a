"""What `quizzer deck check` compares across cards, and by meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from quizzer.cli.bar import progress
from quizzer.cli.deck_files import Located, ReadDeck
from quizzer.decks.checking.alikeness import (
    Acceptance,
    Pair,
    acceptances,
    close_pairs,
    contradicts,
    same_questions,
    same_words,
)
from quizzer.decks.checking.content import gradable, shown
from quizzer.decks.checking.coverage import Coverage, coverages, too_long, uncovered
from quizzer.decks.checking.places import WHOLE_DECK, Finding, Spot
from quizzer.model import Card

if TYPE_CHECKING:
    from quizzer.cli.compose import Meaning

Item = TypeVar("Item")
PlacedFinding = tuple[ReadDeck, Finding]

_AT_ONCE = 16
"""Cards or pairs graded at once: what was graded before an interruption is not graded again."""

_LONG = 160
"""Characters of a question that is shown beside another one."""

_ALIAS_HINT = "remove the alias: a history stays with what has the id now"
_DUPLICATE_HINT = "keep one of the two and name the other's id in its aliases, or ask each for something of its own"


def repeated_questions(decks: Sequence[ReadDeck], cards: Sequence[Located], checked: int) -> Iterator[PlacedFinding]:
    """Questions that stand elsewhere in the same words; of *cards*, the first *checked* are those of *decks*."""
    pairs = same_words([located.card for located in cards], checked=checked)
    for home, other in _homes(pairs, cards, checked):
        message = f"card {home.card.id!r} asks the same as {_name(other, home)}: {shown(other.card.question)}"
        yield from _finding(decks, home, other, "duplicate-question", message, _DUPLICATE_HINT)


def aliases_in_use(decks: Sequence[ReadDeck], cards: Sequence[Located]) -> Iterator[PlacedFinding]:
    """Former ids, of decks and of cards, that another deck or another deck's card has now."""
    by_key = {located.card.key: located for located in reversed(cards)}
    by_deck = {located.card.deck_id: located for located in reversed(cards)}
    for one in decks:
        for index, alias in enumerate(one.deck.aliases):
            if alias != one.deck.id and alias in by_deck:
                message = f"the former id {alias!r} is that of the deck {by_deck[alias].path}"
                yield one, Finding("alias-in-use", message, _ALIAS_HINT, Spot(WHOLE_DECK, "aliases", index))
        for number, card in enumerate(one.deck.cards):
            for index, alias in enumerate(card.aliases):
                if "/" in alias and alias != card.key and alias in by_key:
                    message = (
                        f"the former id {alias!r} of card {card.id!r} is that of the card at {by_key[alias].place}"
                    )
                    yield one, Finding("alias-in-use", message, _ALIAS_HINT, Spot(number, "aliases", index))


def by_meaning(
    decks: Sequence[ReadDeck], cards: Sequence[Located], checked: int, meaning: Meaning
) -> Iterator[PlacedFinding]:
    """Everything that only the model can tell."""
    yield from _alike(decks, cards, checked, meaning)
    for one, number, coverage in _covered(decks, meaning):
        yield from ((one, finding) for finding in uncovered(number, one.deck.cards[number], coverage))
    for one in decks:
        yield from ((one, finding) for finding in too_long(one.deck, meaning.counter))


def _alike(
    decks: Sequence[ReadDeck], cards: Sequence[Located], checked: int, meaning: Meaning
) -> Iterator[PlacedFinding]:
    """Questions asked twice in other words, and cards whose answers would be accepted for each other."""
    plain = [located.card for located in cards]
    with progress("reading questions") as tell:
        questions = meaning.vectors.of([card.question for card in plain], progress=tell)
    answered = [number for number, card in enumerate(plain) if card.answers]
    with progress("reading answers") as tell:
        answers = np.zeros_like(questions)
        if answered:
            answers[answered] = meaning.vectors.of([plain[number].answers[0] for number in answered], progress=tell)
    same = _apart(same_questions(plain, questions, checked=checked, vectors_of=meaning.vectors.of), cards)
    close = _apart(close_pairs(plain, questions, answers, checked=checked), cards)
    accepted = _accepted([*dict.fromkeys([*(pair for pair in same if _answered(pair, plain)), *close])], plain, meaning)
    same = [pair for pair in same if pair not in accepted or not contradicts(pair, accepted[pair])]
    for home, other in _homes(same, cards, checked):
        message = f"card {home.card.id!r} asks the same as {_name(other, home)} in other words"
        message += f": {shown(home.card.question, _LONG)} and {shown(other.card.question, _LONG)}"
        yield from _finding(decks, home, other, "duplicate-question", message, _DUPLICATE_HINT)
    known = {pair[:2] for pair in same}
    confused = [pair for pair in close if accepted[pair].both and pair[:2] not in known]
    for home, other in _homes(confused, cards, checked):
        message = f"the answers of card {home.card.id!r} and {_name(other, home)} would be accepted for each other"
        hint = "make two cards of one, or name in each question and its points what only this card asks for"
        yield from _finding(decks, home, other, "interchangeable-answers", message, hint)


def _answered(pair: Pair, cards: Sequence[Card]) -> bool:
    return all(card.answers and gradable(card) for card in (cards[pair.one], cards[pair.other]))


def _apart(pairs: Sequence[Pair], cards: Sequence[Located]) -> list[Pair]:
    """*pairs* without those of a deck and a copy of it."""
    return [pair for pair in pairs
            if cards[pair.one].path == cards[pair.other].path
            or cards[pair.one].card.deck_id != cards[pair.other].card.deck_id]  # fmt: skip


def _homes(pairs: Sequence[Pair], cards: Sequence[Located], checked: int) -> Iterator[tuple[Located, Located]]:
    """For each card that has a twin, the card at which that is reported and its nearest twin."""
    reported = set()
    for pair in _apart(pairs, cards):
        at, twin = (pair.other, pair.one) if pair.other < checked else (pair.one, pair.other)
        if at not in reported:
            reported.add(at)
            yield cards[at], cards[twin]


def _name(card: Located, beside: Located) -> str:
    if card.path == beside.path:
        return f"card {card.card.id!r} on line {card.card.line}"
    return f"card {card.card.key!r} ({card.place})"


def _finding(
    decks: Sequence[ReadDeck], home: Located, other: Located, code: str, message: str, hint: str
) -> Iterator[PlacedFinding]:
    """The finding at *home*, unless the other card allows it."""
    if other.deck < 0 or not decks[other.deck].places.allows(code, other.number):
        yield decks[home.deck], Finding(code, message, hint, Spot(home.number, "question"))


def _accepted(pairs: Sequence[Pair], cards: Sequence[Card], meaning: Meaning) -> dict[Pair, Acceptance]:
    """How the answers of each pair are graded on each other's card."""
    found: dict[Pair, Acceptance] = {}
    with progress("grading answers on similar cards") as tell:
        for some in _batches(pairs):
            tell(len(found), len(pairs))
            twins = [(cards[pair.one], cards[pair.other]) for pair in some]
            found.update(zip(some, acceptances(twins, meaning.grader), strict=True))
            tell(len(found), len(pairs))
    return found


def _covered(decks: Sequence[ReadDeck], meaning: Meaning) -> Iterator[tuple[ReadDeck, int, Coverage]]:
    """Which points the answers of each card make."""
    wanted = [(one, number, card) for one in decks for number, card in enumerate(one.deck.cards)
              if card.answers and card.points and gradable(card)]  # fmt: skip
    with progress("grading answers on their own points") as tell:
        done = 0
        for some in _batches(wanted):
            tell(done, len(wanted))
            found = coverages([card for _, _, card in some], meaning.grader)
            yield from ((one, number, coverage) for (one, number, _), coverage in zip(some, found, strict=True))
            done += len(some)
            tell(done, len(wanted))


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), _AT_ONCE):
        yield items[first : first + _AT_ONCE]
