"""Objections to an answer that reads like a right one: claims of the card, found in it the other way round.

Every guard compares claim with claim: a word of the answer with the words of the card's claims that it stands for, in
clauses that speak of the same thing. Where nothing speaks of the same thing, there is no objection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.claims import NOBODY, UNCLEAR, Claims, Span
from quizzer.grading.features import Prepared, likenesses
from quizzer.grading.words import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Table = NDArray[np.bool_]

NAME_WEIGHT = 0.3
"""How much a contrasted name counts in whether two clauses speak of the same thing."""

ALIGNED = 0.5
"""Clauses that are this alike, 0..1, speak of the same thing."""

AGREE_MARGIN = 0.03
"""How much more alike a contrary claim must be than one that bears the answer out."""

CONTESTED = 0.65
"""Clauses of the card that are this alike and contrary make each other useless as evidence."""

RETOLD = 0.92
"""Share of the words of two clauses that they have in common if one is the other told again."""

SHARED_WORDS = 2
"""Clauses that contradict each other have this many words in common, at least."""

MIN_WEIGHT = 0.35
"""Lighter words do not carry a claim."""


@dataclass(frozen=True, slots=True)
class Facing:
    """An answer and the card's claims (points and references, one below the other), word by word, clause by clause."""

    answer: Claims
    card: Claims
    same: Array
    """(answer words, card words): 1 for the same word."""
    similar: Array
    """(answer words, card words): cosine, the mean of the layers, lifted to *same*."""
    alike: Array
    """(answer clauses, card clauses): how much each speaks of the same thing as the other, 0..1."""
    opposite: Table
    """(answer words, card words): general opposites."""
    mine: Array
    theirs: Array
    """Weights of the words of both."""


def face(answer: Claims, card: Claims, language: Language) -> Facing:
    """*answer* against all claims of *card*."""
    same, similar = likenesses(answer.text, card.text)
    average, mine, theirs = similar.mean(axis=0), _weights(answer), _weights(card)
    return Facing(
        answer=answer,
        card=card,
        same=same,
        similar=average,
        alike=_alike(average, mine, theirs, answer.clauses, card.clauses),
        opposite=_opposite(answer.text, card.text.stems, language),
        mine=mine,
        theirs=theirs,
    )


def _weights(claims: Claims) -> Array:
    text = claims.text
    plain = np.where(text.negates, 0.0, text.weights)
    named: Array = np.where(claims.name == NOBODY, plain, NAME_WEIGHT * plain).astype(np.float32)
    return named


def _alike(similar: Array, mine: Array, theirs: Array, clauses: Sequence[Span], spans: Sequence[Span]) -> Array:
    """(clauses, spans): harmonic mean of how much of each is found in the other."""
    rows, columns = [first for first, _ in clauses], [first for first, _ in spans]
    reached = np.maximum.reduceat(similar, rows, axis=0) * theirs
    recall = np.add.reduceat(reached, columns, axis=1) / np.maximum(np.add.reduceat(theirs, columns), 1e-6)
    met = np.maximum.reduceat(similar, columns, axis=1) * mine[:, None]
    precision = np.add.reduceat(met, rows, axis=0) / np.maximum(np.add.reduceat(mine, rows), 1e-6)[:, None]
    both: Array = (2 * recall * precision / np.maximum(recall + precision, 1e-6)).astype(np.float32)
    return both


def _opposite(answer: Prepared, stems: Sequence[str], language: Language) -> Table:
    """Opposites; a word that the card itself uses is nobody's opposite: the card says it of something."""
    table = np.zeros((len(answer.stems), len(stems)), np.bool_)
    used = set(stems)
    for row, stem in enumerate(answer.stems):
        far = language.opposites.get(stem)
        if far and stem not in used:
            table[row] = [other in far for other in stems]
    return table


@dataclass(frozen=True, slots=True)
class Contrary:
    """A clause of the answer that says the contrary of a clause of the card."""

    strength: float
    clause: int
    against: int


def denied(facing: Facing, contested: frozenset[int] = frozenset()) -> Contrary:
    """The clause of the answer that most clearly says the contrary of a claim, by negation or by an opposite.

    *contested*: clauses of the card whose contrary the card says as well, of something else.
    """
    worst = Contrary(0.0, 0, 0)
    for j, span in enumerate(facing.answer.clauses):
        clash, agree, against = 0.0, 0.0, 0
        for k in np.argsort(-facing.alike[j])[:8]:
            strength = float(facing.alike[j, k])
            if strength < ALIGNED:
                break
            bears = 1 if int(k) in contested else relation(facing, j, int(k), span)
            if _retold(facing, span, facing.card.clauses[k]):
                # The same words: whatever else is in them counts on both sides; only negators and opposites differ.
                flips = (
                    facing.answer.negators[j]
                    + facing.card.negators[k]
                    + _opposites(facing, span, facing.card.clauses[k])
                )
                bears = -1 if flips % 2 else 1
            if bears > 0:
                agree = max(agree, strength)
            elif bears < 0 and strength > clash:
                clash, against = strength, int(k)
        if clash > agree + AGREE_MARGIN and clash > worst.strength:
            worst = Contrary(clash, j, against)
    return worst


def relation(facing: Facing, j: int, k: int, span: Span) -> int:
    """1 where clause *k* of the card bears clause *j* of the answer out or may do so, -1 contrary, 0 neither."""
    mine, theirs = slice(*span), slice(*facing.card.clauses[k])
    if _differ(facing.answer.owner[mine], facing.card.owner[theirs]):
        return 0
    said, claimed = facing.answer.polarity[j], facing.card.polarity[k]
    if (
        UNCLEAR in (said, claimed)
        or min(content_words(facing.mine, span), content_words(facing.theirs, facing.card.clauses[k])) < 2
    ):
        return 1
    shared = (facing.same[mine, theirs] >= 0.8).any(axis=1) & (facing.mine[mine] > 0)
    if shared.sum() < SHARED_WORDS:
        return 1
    flipped = bool(facing.opposite[mine, theirs].any())
    if said != claimed:
        if not _reached(facing, j, k):
            return 0
        flipped = not flipped
    return -1 if flipped else 1


def _retold(facing: Facing, span: Span, claim: Span) -> bool:
    """Whether the two clauses are the same words but for negators and opposites."""
    mine, theirs = facing.mine[slice(*span)], facing.theirs[slice(*claim)]
    identical = facing.same[slice(*span), slice(*claim)] >= 0.8
    same = identical | facing.opposite[slice(*span), slice(*claim)]
    met, reached = float(mine @ same.any(axis=1)), float(theirs @ same.any(axis=0))
    enough = (identical.any(axis=1) & (mine >= MIN_WEIGHT)).sum() >= SHARED_WORDS
    return bool(enough) and met >= RETOLD * float(mine.sum()) and reached >= RETOLD * float(theirs.sum())


def _opposites(facing: Facing, span: Span, claim: Span) -> int:
    """How many words of the clause have their opposite in the claim."""
    return int(facing.opposite[slice(*span), slice(*claim)].any(axis=1).sum())


def content_words(weights: Array, span: Span) -> int:
    """How many words of the clause carry a claim."""
    return int((weights[slice(*span)] >= MIN_WEIGHT).sum())


def contested(card: Claims, language: Language) -> frozenset[int]:
    """Clauses of the card that another clause of the card contradicts."""
    facing = face(card, card, language)
    rows, columns = np.nonzero(facing.alike >= CONTESTED)
    pairs = [(int(j), int(k)) for j, k in zip(rows, columns, strict=True)]
    return frozenset(k for pair in pairs if relation(facing, *pair, card.clauses[pair[0]]) < 0 for k in pair)


def _differ(mine: NDArray[np.int64], theirs: NDArray[np.int64]) -> bool:
    """Whether the two clauses are said of different names."""
    left, right = {int(one) for one in mine if one >= 0}, {int(one) for one in theirs if one >= 0}
    return bool(left and right and not left & right)


def _reached(facing: Facing, j: int, k: int) -> bool:
    """Whether what one clause denies is something that the other one says."""
    rows, columns = sorted(facing.answer.scope[j]), sorted(facing.card.scope[k])
    return bool(rows and columns) and bool((facing.same[np.ix_(rows, columns)] >= 0.8).any())


def swapped(facing: Facing) -> tuple[float, float, int]:
    """Weight of words that the answer says of another name than the card does, of the right one, and the worst word."""
    answer = facing.answer
    names = sorted({int(one) for one in facing.card.owner if one >= 0})
    content = (answer.text.weights >= MIN_WEIGHT) & (answer.name == NOBODY) & (answer.owner >= 0)
    if len(names) < 2 or not content.any():
        return 0.0, 0.0, 0
    alike = facing.alike[answer.clause][:, facing.card.clause]
    near = np.where(facing.similar >= 0.6, facing.similar, 0) * np.clip(alike / ALIGNED, 0, 1)
    unowned = near[:, facing.card.owner < 0].max(axis=1, initial=0.0)
    by_name = np.stack([near[:, facing.card.owner == one].max(axis=1, initial=0.0) for one in names], axis=1)
    own = np.array([by_name[i, names.index(one)] if one in names else 0.0 for i, one in enumerate(answer.owner)])
    others = np.array([
        max((by_name[i, k] for k, one in enumerate(names) if one != mine), default=0.0)
        for i, mine in enumerate(answer.owner)
    ])  # fmt: skip
    lead = np.where(content, (np.maximum(others, 0) - np.maximum(own, unowned)) * answer.text.weights, 0.0)
    wrong = np.where(lead > 0.15, lead, 0.0)
    right = np.where(content & (own - others > 0.15), (own - others) * answer.text.weights, 0.0)
    return float(wrong.sum()), float(right.sum()), int(wrong.argmax())
