"""Numbers of an answer that stand where the card has another one."""

from __future__ import annotations

from quizzer.grading.guards import Facing
from quizzer.grading.quantities import Quantity, comparable, equal, said, unlike

CLOSE = 0.6
"""Clauses that are this alike speak of one thing, so that the only number of each must be the same."""

LONE = 0.9
"""How much a number counts whose unit does not tell that it is the same kind of thing."""

BARE_WORDS = 3
"""A claim of at most this many words beside its number is the number."""


def changed(facing: Facing) -> tuple[float, int, int]:
    """How strongly a number of the answer stands for another one of the card, and the two words."""
    known, given = facing.card.quantities, facing.answer.quantities
    best = (0.0, 0, 0)
    for one in given:
        if facing.answer.name[one.word] >= 0 or said(one, known):
            continue
        for other in known:
            strength = float(facing.alike[facing.answer.clause[one.word], facing.card.clause[other.word]])
            if unlike(one, other) and not _same_digits(one, other):
                continue
            strength *= _replaces(facing, one, other, strength)
            if strength > best[0]:
                best = (strength, one.word, other.word)
    return best


def _same_digits(one: Quantity, other: Quantity) -> bool:
    """Whether two measures have the same number and another unit: 30 months for 30 years."""
    return one.value == other.value


def _replaces(facing: Facing, one: Quantity, other: Quantity, alike: float) -> float:
    """How sure it is that *one* stands for *other*, 0..1."""
    if comparable(one, other) or _same_word_after(facing, one.word, other.word):
        return 1.0
    if one.word > 0 and other.word > 0 and facing.same[one.word - 1, other.word - 1] >= 0.8:
        return LONE
    mine = facing.answer.clause[one.word]
    theirs = facing.card.clause[other.word]
    alone = (
        sum(facing.answer.clause[each.word] == mine for each in facing.answer.quantities) == 1
        and sum(facing.card.clause[each.word] == theirs for each in facing.card.quantities) == 1
    )
    missing = not any(equal(each, other) for each in facing.answer.quantities)
    return LONE if alone and missing and alike >= CLOSE else 0.0


def _same_word_after(facing: Facing, i: int, v: int) -> bool:
    """Whether a content word after the two numbers is the same."""
    return any(
        facing.same[i + a, v + b] >= 0.8 and facing.answer.text.weights[i + a] > 0
        for a in (1, 2)
        for b in (1, 2)
        if i + a < facing.same.shape[0] and v + b < facing.same.shape[1]
    )
