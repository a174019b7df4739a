"""Proposals grouped by meaning: the same answer in other words is shown once, with all its words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from quizzer.decks.checking.nearness import groups
from quizzer.decks.proposals import Proposal, Wording
from quizzer.grading.text import clean, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Negators = Collection[str]

THRESHOLD = 0.65
"""Mean cosine within a group: short answers to one question are at 0.6 to 0.8 where they mean the same, and mostly
below 0.6 where they do not. Groups only save looking twice; people decide."""
SHORT = 30
"""Words up to which one negator more or less is another claim, which the vectors hardly show."""


def grouped(
    waiting: Sequence[Wording], vectors_of: Callable[[Sequence[str]], Vectors], *, negators: Mapping[str, Negators]
) -> list[Proposal]:
    """The *waiting* wordings, which are in order card by card, in groups; only of one card and one direction each.

    In a group the wording given most often comes first; where several were, the one nearest to all others.
    *vectors_of* is asked once, for what could be grouped at all, or not at all. *negators*: of each card's language.
    """
    buckets: dict[tuple[str, str, int | None], list[Wording]] = {}
    for wording in waiting:
        denies = _denies(wording.text, negators.get(wording.card, frozenset()))
        buckets.setdefault((wording.card, wording.direction, denies), []).append(wording)
    several = [wording for bucket in buckets.values() if len(bucket) > 1 for wording in bucket]
    vectors = vectors_of([wording.text for wording in several]) if several else None
    by_card: dict[str, list[Proposal]] = {}
    first = 0
    for (card, _, _), bucket in buckets.items():
        proposals = by_card.setdefault(card, [])
        if len(bucket) == 1 or vectors is None:
            proposals.append(Proposal(tuple(bucket)))
            continue
        near = vectors[first : first + len(bucket)]
        first += len(bucket)
        for members in groups(near, threshold=THRESHOLD):
            proposals.append(_best_first([bucket[index] for index in members], near[members]))
    return [
        proposal
        for proposals in by_card.values()
        for proposal in sorted(proposals, key=lambda one: (-one.times, -len(one.players), one.best.id))
    ]


def _denies(text: str, negators: Negators) -> int | None:
    """Whether the negators of a short text cancel out (0) or not (1); None for a long one, where they do not tell."""
    found = [word.text.casefold() for word in words(clean(text))]
    return sum(word in negators for word in found) % 2 if len(found) <= SHORT else None


def _best_first(members: list[Wording], vectors: Vectors) -> Proposal:
    central = (vectors @ vectors.sum(axis=0)).tolist()
    order = sorted(range(len(members)), key=lambda n: (-members[n].times, -central[n], members[n].id))
    return Proposal(tuple(members[n] for n in order))
