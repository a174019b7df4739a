"""Finds the card of a deck that an answer is about when it is another one than was asked: a learner mixes things up.

An answer shares more words with the card that it answers, weighed by how few cards have them, than with any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log

from quizzer.grading import calibration
from quizzer.grading.words import language
from quizzer.model import Card, Grade
from quizzer.ports import Grader
from quizzer.scale import PASS_MARK

AHEAD = 0.1
"""So much more of the answer's words, by weight, another card has than the one that was asked."""

OWN_WORDS = 4
"""At least so many of the answer's words are the other card's alone: two or three are a coincidence."""

SAME_QUESTION = 0.75
"""Questions that have this share of their words in common ask for the same."""

MOST_CARDS = 500
"""Larger decks are not looked through."""

FLAG = "other-card"

_WORD = re.compile(r"\w+")

CardsOf = Callable[[str], Sequence[Card]]
"""Deck's id -> its cards; none where it is not known."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of each card of a deck, and what a word weighs."""

    cards: tuple[Card, ...]
    words: tuple[frozenset[str], ...]
    questions: tuple[frozenset[str], ...]
    holders: Counter[str]

    def weight(self, word: str) -> float:
        """0 for a word that every card has."""
        return log((1 + len(self.cards)) / max(1, self.holders[word]))


class OtherCards:
    """The other cards of a card's deck; each deck is read once."""

    def __init__(self, cards_of: CardsOf) -> None:
        self._cards_of = cards_of
        self._lexicons: dict[str, _Lexicon] = {}

    def judged(self, card: Card, answer: str, grade: Grade) -> Grade:
        """*grade*, unsure where the answer would pass but is one to another card of the deck."""
        if grade.score < PASS_MARK - calibration.UNSURE_BAND:
            return grade
        other = self.meant(card, answer)
        if other is None:
            return grade
        score = round(min(grade.score, calibration.guarded_score(grade.score)), 4)
        made = all(point.covered for point in grade.points)
        reason = f'it answers another question of the deck: "{other.question}"'
        return replace(
            grade,
            score=score,
            quality=calibration.quality(score, all_points=made),
            verdict=calibration.verdict(score, guarded=True),
            flags=(*grade.flags, FLAG),
            reason="; ".join([grade.reason, reason] if grade.points else [reason]),
        )

    def meant(self, card: Card, answer: str) -> Card | None:
        """The other card that *answer* is plainly about; None where it is about *card*, or that is not plain."""
        deck = self._lexicon(card.deck_id)
        said = _words([answer], card)
        weights = {word: deck.weight(word) for word in said}
        own, asked = _words(_texts(card), card), _words([card.question], card)
        total, mine = sum(weights.values()), sum(weights[word] for word in said & own)
        best, found = mine + AHEAD * total, None
        for other, words, question in zip(deck.cards, deck.words, deck.questions, strict=True):
            theirs = sum(weights[word] for word in said & words)
            told = theirs > best and len(said & words - own) >= OWN_WORDS
            if told and other.id != card.id and other.language == card.language and not _same(asked, question):
                best, found = theirs, other
        return found

    def _lexicon(self, deck_id: str) -> _Lexicon:
        if deck_id not in self._lexicons:
            cards = tuple(self._cards_of(deck_id))
            cards = cards if len(cards) <= MOST_CARDS else ()
            words = tuple(_words(_texts(card), card) for card in cards)
            questions = tuple(_words([card.question], card) for card in cards)
            self._lexicons[deck_id] = _Lexicon(cards, words, questions, Counter(word for own in words for word in own))
        return self._lexicons[deck_id]


class DeckGrader:
    """Grades as the grader behind it, and notices answers to another card of the deck."""

    def __init__(self, grader: Grader, others: OtherCards) -> None:
        self._grader = grader
        self._others = others

    @property
    def name(self) -> str:
        """The name of the grader behind it."""
        return self._grader.name

    def grade(self, card: Card, answer: str) -> Grade:
        """The grade of one answer.

        Raises:
            CardUnanswered: the card has no reference answer.
        """
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        """Grades in order.

        Raises:
            CardUnanswered: a card has no reference answer.
        """
        grades = self._grader.grade_many(pairs)
        return [self._others.judged(card, said, grade) for (card, said), grade in zip(pairs, grades, strict=True)]


def _texts(card: Card) -> list[str]:
    return [card.question, *card.answers, *card.points, *card.misconceptions]


def _words(texts: Sequence[str], card: Card) -> frozenset[str]:
    """The words that say something, as they are written: comparing 50 cards must cost next to nothing."""
    found = {word for text in texts for word in _WORD.findall(text.casefold())}
    return frozenset(found - language(card.language).stop)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two questions ask for the same."""
    return len(one & other) >= SAME_QUESTION * max(len(one | other), 1)
