"""Cards that ask the same in other words, and cards whose answers would be accepted for each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from quizzer.decks.checking.content import gradable, signature, topics
from quizzer.decks.checking.likeness import POSSIBLE, VERY_NEAR, Question, compare, read_question, rests, same_rests
from quizzer.decks.checking.nearness import near_pairs
from quizzer.model import Card
from quizzer.ports import Grader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

CLOSE = 0.7
"""Cosine of two questions, or of two answers, from which it is tried whether the answers would pass for each other."""

MOST_TRIED = 500
"""Pairs that are graded, the nearest first: two long answers take a fifth of a second."""

MOST_COMPARED = 100_000
"""Pairs of questions whose words are compared, the nearest first."""

ACCEPTED_QUALITY = 4
"""Both answers must be right for the other card, not merely pass, for two cards to be taken for one."""

REFUSED_SCORE = 0.3
"""Where both answers score less on the other card, two questions that look alike do not ask the same."""

SHORT_ANSWER = 8
"""Answers with fewer words of content are right for many questions: a year, a name, O(log n)."""


class Pair(NamedTuple):
    """Two cards by their numbers, the first the smaller, and the cosine of their questions."""

    one: int
    other: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How each of two cards grades the other's best answer."""

    there: float
    """Score of the first card's answer on the second card."""
    back: float
    both: bool
    """Whether each is accepted as right on the other card."""


def same_words(cards: Sequence[Card], *, checked: int) -> list[Pair]:
    """For each card whose question stands before in the same words, the first that has it; one of them *checked*."""
    first: dict[tuple[str, ...], int] = {}
    found = []
    for number, card in enumerate(cards):
        known = signature(card.question)
        one = first.setdefault(known, number)
        if known and one < min(number, checked):
            found.append(Pair(one, number, 1.0))
    return found


def same_questions(
    cards: Sequence[Card], vectors: Vectors, *, checked: int, vectors_of: Callable[[Sequence[str]], Vectors]
) -> list[Pair]:
    """Pairs that ask the same in other words, the most alike first, with one of the first *checked* cards in each.

    Those of `same_words` are not among them.

    *vectors* are those of the questions; *vectors_of* gives those of further texts.
    """
    near = near_pairs(vectors, threshold=POSSIBLE, limit=MOST_COMPARED, of_first=checked)
    signatures = [signature(card.question) for card in cards]
    read: dict[int, Question] = {}

    def question(number: int) -> Question:
        if number not in read:
            read[number] = read_question(cards[number].question, cards[number].language)
        return read[number]

    found: list[Pair] = []
    unsure: list[tuple[Pair, tuple[str, str]]] = []
    for one, other, cosine in near:
        if signatures[one] == signatures[other]:
            continue
        same = compare(question(one), question(other), cosine)
        if same:
            found.append(Pair(one, other, cosine))
        elif same is None and all(parts := rests(question(one), question(other))):
            unsure.append((Pair(one, other, cosine), parts))
    if unsure:
        parted = vectors_of([part for _, parts in unsure for part in parts])
        cosines = np.sum(parted[0::2] * parted[1::2], axis=1)
        found += [pair for (pair, _), rest in zip(unsure, cosines, strict=True) if same_rests(pair.cosine, float(rest))]
    return sorted(found, key=lambda pair: (-pair.cosine, pair.one, pair.other))


def close_pairs(
    cards: Sequence[Card], questions: Vectors, answers: Vectors, *, checked: int, limit: int = MOST_TRIED
) -> list[Pair]:
    """Pairs of answered cards whose questions or first answers are close, the closest first, *limit* at most.

    *answers* are the vectors of the first answers; those of unanswered cards do not count.
    """
    pairs: dict[tuple[int, int], float] = {}
    for table in (questions, answers):
        for one, other, cosine in near_pairs(table, threshold=CLOSE, limit=4 * limit, of_first=checked):
            if cards[one].answers and cards[other].answers and _may_be_confused(cards[one], cards[other]):
                pairs[one, other] = max(cosine, pairs.get((one, other), 0.0))
    nearest = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:limit]
    return [Pair(one, other, float(questions[one] @ questions[other])) for one, other in nearest]


def _may_be_confused(one: Card, other: Card) -> bool:
    if signature(one.question) == signature(other.question):
        return False  # the questions are the same already
    return all(gradable(card) and len(topics(card.answers[0], card.language)) >= SHORT_ANSWER for card in (one, other))


def acceptances(pairs: Sequence[tuple[Card, Card]], grader: Grader) -> list[Acceptance]:
    """For each pair of answered cards, whether each would accept the other's best answer."""
    asked = [(card, answer) for one, other in pairs
             for card, answers in ((other, one.answers), (one, other.answers)) for answer in answers]  # fmt: skip
    grades = iter(grader.grade_many(asked))
    found: list[Acceptance] = []
    for one, other in pairs:
        there = max((next(grades) for _ in one.answers), key=lambda grade: grade.score)
        back = max((next(grades) for _ in other.answers), key=lambda grade: grade.score)
        both = all(grade.verdict == "pass" and grade.quality >= ACCEPTED_QUALITY for grade in (there, back))
        found.append(Acceptance(there.score, back.score, both))
    return found


def contradicts(pair: Pair, acceptance: Acceptance) -> bool:
    """Whether the answers show that the two do not ask the same, though their questions look like it."""
    return pair.cosine < VERY_NEAR and max(acceptance.there, acceptance.back) < REFUSED_SCORE
