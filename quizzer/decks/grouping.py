"""Proposals grouped by meaning: the same answer in other words is shown once, with all its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from quizzer.decks.nearness import groups
from quizzer.decks.proposals import Proposal, Wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

THRESHOLD = 0.75
"""Mean cosine within a group. A negated sentence may be as near: groups only save looking twice, people decide."""


def grouped(waiting: Sequence[Wording], vectors_of: Callable[[Sequence[str]], Vectors]) -> list[Proposal]:
    """The *waiting* wordings, which are in order card by card, in groups; only of one card and one direction each.

    In a group the wording given most often comes first; where several were, the one nearest to all others.
    """
    found: list[Proposal] = []
    for _, of_card in groupby(waiting, lambda wording: wording.card):
        members = list(of_card)
        proposals: list[Proposal] = []
        for direction in ("right", "wrong"):
            alike = [wording for wording in members if wording.direction == direction]
            if len(alike) < 2:
                proposals += [Proposal((wording,)) for wording in alike]
                continue
            vectors = vectors_of([wording.text for wording in alike])
            for indices in groups(vectors, threshold=THRESHOLD):
                proposals.append(_best_first([alike[index] for index in indices], vectors[indices]))
        found += sorted(proposals, key=lambda proposal: (-proposal.times, -len(proposal.players), proposal.best.id))
    return found


def _best_first(members: list[Wording], vectors: Vectors) -> Proposal:
    central = (vectors @ vectors.sum(axis=0)).tolist()
    order = sorted(range(len(members)), key=lambda n: (-members[n].times, -central[n], members[n].id))
    return Proposal(tuple(members[n] for n in order))
