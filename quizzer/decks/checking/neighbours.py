"""The cards that are most like a card, whose answers must not pass on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from quizzer.decks.checking.alikeness import same_questions, same_words
from quizzer.decks.checking.nearness import nearest
from quizzer.decks.checking.testing import Neighbour
from quizzer.model import Card

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

COUNT = 3
"""Neighbours of each card."""


def neighbours(
    cards: Sequence[Card], vectors_of: Callable[[Sequence[str]], Vectors]
) -> tuple[list[list[Neighbour]], list[tuple[int, int]]]:
    """For each of *cards*, all answered, its nearest others; and the pairs that ask the same.

    Cards are near by the mean of the vectors of question and first answer. The answer of a card that asks the same is
    right here too, so such a card is nobody's neighbour; nor is one in another language.
    """
    if len(cards) < 2:
        return [[] for _ in cards], []
    questions = vectors_of([card.question for card in cards])
    whole = questions + vectors_of([card.answers[0] for card in cards])
    whole /= (whole * whole).sum(axis=1, keepdims=True) ** 0.5 + 1e-9
    pairs = [*same_words(cards, checked=len(cards)),
             *same_questions(cards, questions, checked=len(cards), vectors_of=vectors_of)]  # fmt: skip
    same = {(pair.one, pair.other) for pair in pairs}
    found = []
    for number, near in enumerate(nearest(whole, 2 * COUNT)):
        others = [other for other, _ in near
                  if (min(number, other), max(number, other)) not in same
                  and cards[other].language == cards[number].language
                  and cards[other].answers[0] not in cards[number].answers]  # fmt: skip
        found.append([Neighbour(cards[other].key, cards[other].answers[0]) for other in others[:COUNT]])
    return found, sorted(same)
