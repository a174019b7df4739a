"""Finds the card's misconceptions in an answer: clauses that come nearer to one than to anything the card claims."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from quizzer.grading.claims import Claims, Span
from quizzer.grading.guards import Contrary, Facing, content_words, relation
from quizzer.grading.words import Language

ASSERTED_LEAD = 0.03
"""How much more alike it must be to the misconception than to any claim of the card."""


def asserted(facing: Facing, misconceptions: Facing, language: Language) -> Contrary:
    """The clause of the answer that most clearly asserts a misconception, each of which is one clause there."""
    best = Contrary(0.0, 0, 0)
    for j, span in enumerate(facing.answer.clauses):
        if content_words(facing.mine, span) < 2 or _disclaimed(facing.answer, span, language):
            continue
        borne_out = float(facing.alike[j].max(initial=0.0))
        for m, strength in enumerate(misconceptions.alike[j]):
            leads = strength >= borne_out + ASSERTED_LEAD
            if leads and strength > best.strength and relation(misconceptions, j, m, span) > 0:
                same = misconceptions.card.polarity[m] == facing.answer.polarity[j]
                if same:
                    best = Contrary(float(strength), j, m)
    return best


def _disclaimed(answer: Claims, span: Span, language: Language) -> bool:
    """Whether the sentence of the clause, or the one before, says that something is not so."""
    begin, end = answer.text.words[span[0]].start, answer.text.words[span[1] - 1].end
    text = answer.text.text
    around = text[max(0, begin - DENIAL_REACH) : end + DENIAL_REACH].lower()
    return any(re.search(pattern, around) for pattern in language.denials)


DENIAL_REACH = 60
"""How many characters a phrase like "it is not true that" may be away from what it denies."""


BELIEVED, BELIEVED_SCALE = 0.4, 2.0
"""Clauses less alike to a misconception than this do not speak of it; beyond, each is a sign of up to 1.2."""

HEARD = 0.45
"""The same before it counts at all."""

NEARER, NEARER_SCALE = 0.03, 20.0
"""An answer's clause that is as near to a claim as to a misconception counts half, and more the nearer it comes."""


@dataclass(frozen=True, slots=True)
class Belief:
    """How much of an answer sounds like misconceptions, and the clause and the misconception that do most."""

    weight: float = 0.0
    clause: int = 0
    against: int = 0


def believed(facing: Facing, misconceptions: Facing, language: Language) -> Belief:
    """What sounds like the misconceptions, over all clauses; a clause that denies one does not count.

    No clause needs to be sure: somebody who holds several of the beliefs hints at each.
    """
    total, most, clause, against = 0.0, 0.0, 0, 0
    negators = np.array(misconceptions.card.negators) % 2
    for j, span in enumerate(facing.answer.clauses):
        if content_words(facing.mine, span) < 2 or _disclaimed(facing.answer, span, language):
            continue
        alike = misconceptions.alike[j]
        ahead = NEARER_SCALE * (alike - float(facing.alike[j].max(initial=0.0)) + NEARER)
        strength = BELIEVED_SCALE * (alike - BELIEVED) / (1 + np.exp(-ahead))
        strength = np.where((alike >= HEARD) & (negators == facing.answer.negators[j] % 2), strength, 0.0)
        nearest = int(strength.argmax())
        total += float(strength[nearest])
        if strength[nearest] > most:
            most, clause, against = float(strength[nearest]), j, nearest
    return Belief(total, clause, against)
