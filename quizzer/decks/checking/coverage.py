"""Whether a card's answers make the card's own points, and whether the model reads them whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizzer.decks.checking.content import GRADED_CHARACTERS, has_words, shown
from quizzer.decks.checking.placeholders import is_placeholder
from quizzer.decks.checking.places import Finding, Spot
from quizzer.model import Card, Deck
from quizzer.ports import Grader, PieceCounter

MADE = 0.65
"""How likely the grader must find it that an answer makes a point: more than for a learner's, whose doubt it is.

On the bundled deck every one of 338 points is above it in an answer of its own card; of 150 points of other cards, four
in five of the nearest cards' and nine in ten of any card's are below.
"""

LEAST_SHARE = 0.5
"""A first answer that makes a smaller share of its points is thin."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which points each answer of a card makes, as the grader sees it."""

    made: tuple[tuple[bool, ...], ...]
    """For each answer, for each point."""


def coverages(cards: Sequence[Card], grader: Grader) -> list[Coverage]:
    """Which points the answers of each of *cards* make; each card has answers and points."""
    grades = iter(grader.grade_many([(card, answer) for card in cards for answer in card.answers]))
    return [Coverage(tuple(tuple(point.similarity >= MADE for point in next(grades).points) for _ in card.answers))
            for card in cards]  # fmt: skip


def uncovered(number: int, card: Card, coverage: Coverage) -> Iterator[Finding]:
    """Points of the card that no answer makes, and a first answer that makes too few of them."""
    unmentioned = [index for index, point in enumerate(card.points)
                   if not any(made[index] for made in coverage.made)
                   and has_words(point) and not is_placeholder(point)]  # fmt: skip
    for index in unmentioned:
        message = f"no answer of card {card.id!r} makes the point {shown(card.points[index])}"
        hint = "say it in an answer or drop the point: nobody can learn from this card that it is asked for"
        yield Finding("point-unmentioned", message, hint, Spot(number, "points", index))
    first = coverage.made[0]
    missed = [index for index, made in enumerate(first) if not made and index not in unmentioned]
    if missed and sum(first) < LEAST_SHARE * len(card.points):
        listed = "; ".join(shown(card.points[index]) for index in missed)
        message = (
            f"the first answer of card {card.id!r} makes {sum(first)} of its {len(first)} points; missed: {listed}"
        )
        hint = "say the missed points too, or put a fuller answer first: it is the one that learners are shown"
        yield Finding("answer-thin", message, hint, Spot(number, "answers", 0))


def too_long(deck: Deck, counter: PieceCounter) -> Iterator[Finding]:
    """Answers that are longer than what the model reads at once."""
    # A word piece has a character at least: short texts need not be counted.
    long = [(number, index, answer) for number, card in enumerate(deck.cards)
            for index, answer in enumerate(card.answers) if len(answer) > counter.window]  # fmt: skip
    counts = counter.count_pieces([answer for _, _, answer in long])
    for (number, index, answer), count in zip(long, counts, strict=True):
        if count > counter.window:
            more = "more than " if len(answer) > GRADED_CHARACTERS else ""
            read = f"the model reads {counter.window + 2} at once, its two marks included"
            message = f"answer {index + 1} of card {deck.cards[number].id!r} has {more}{count:,} word pieces; {read}"
            hint = "shorten it or split the card: quizzer reads it in parts, and compares less exactly"
            yield Finding("answer-too-long", message, hint, Spot(number, "answers", index))
