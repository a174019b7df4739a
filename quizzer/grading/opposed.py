"""Finds words of an answer that mean the opposite of what a claim says in their place.

No hit is sure: an answer may speak of the other side of a contrast. So a hit weighs the more, the more of the claim
stands around it, and less where the answer or the card has both words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizzer.grading.contrary import KNOWN_DISCOUNT, Passage, Span, meeting
from quizzer.grading.features import Prepared

AROUND = 8
"""The rest of a claim is looked for this many words before and after its opposite."""

FROM, TO = 0.2, 0.6
"""The share of the rest of the claim from which a hit counts, and from which it counts in full."""

NEGATED_WITHIN = 4
"""A negator at most this many words before takes a word's meaning back: not long is no opposite of short."""

MARKS = frozenset(",;:.!?()")
"""A negator before one of these denies something else."""

BOTH_SAID, BOTH_CLAIMED = 0.5, 0.5
"""What a hit counts where the answer has the claim's words as well, and where the card has the answer's."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """One word or phrase of an answer, and its opposite in a claim."""

    weight: float
    """0..1."""
    place: int
    """The first word of the answer's phrase."""
    said: str
    claimed: str
    claim: str


def opposed(answer: Passage, span: Span, claim: Passage, *, used: frozenset[str]) -> Iterator[Opposed]:
    """The opposites of *claim*'s words in the words *span* of the answer; *used*: stems of all of the card's claims."""
    mine, theirs = answer.text, claim.text
    for said in answer.notions:
        first, last = said.span
        if first < span[0] or last > span[1] or _all_in(mine.stems[first:last], theirs.stems):
            continue
        for claimed in claim.notions:
            there = slice(*claimed.span)
            across = not said.across.isdisjoint(claimed.sides)
            if not across or _denied(mine, first) != _denied(theirs, there.start):
                continue
            share = min(1.0, max(0.0, (_around(answer, said.span, claim, claimed.span) - FROM) / (TO - FROM)))
            weight = share * float(mine.weights[first:last].max())
            weight *= BOTH_SAID if _all_in(theirs.stems[there], mine.stems) else 1.0
            weight *= BOTH_CLAIMED if _all_in(mine.stems[first:last], used) else 1.0
            if weight > 0:
                yield Opposed(weight, first, _written(answer, said.span), _written(claim, claimed.span), claim.said)


def _all_in(stems: tuple[str, ...], others: tuple[str, ...] | frozenset[str]) -> bool:
    return all(stem in others for stem in stems)


def _denied(text: Prepared, place: int) -> bool:
    """Whether an odd number of negators stands shortly before the word in its clause."""
    denied = False
    for index in range(place - 1, max(-1, place - 1 - NEGATED_WITHIN), -1):
        if not MARKS.isdisjoint(text.text[text.words[index].end : text.words[index + 1].start]):
            break
        denied ^= bool(text.negates[index])
    return denied


def _around(answer: Passage, said: Span, claim: Passage, claimed: Span) -> float:
    """How much of the rest of the claim stands around the answer's phrase, 0..1."""
    weights = claim.text.weights * (1 - KNOWN_DISCOUNT * claim.known)
    weights[slice(*claimed)] = 0
    similar = meeting(answer, claim)[1][:, max(0, said[0] - AROUND) : said[1] + AROUND].mean(axis=0)
    return float(similar.max(axis=0) @ weights) / max(float(weights.sum()), 1e-6)


def _written(passage: Passage, span: Span) -> str:
    words = passage.text.words
    return passage.text.text[words[span[0]].start : words[span[1] - 1].end]
