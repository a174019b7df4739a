"""Which key points an answer makes, and with which of the learner's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Framed, Prepared, join, likenesses, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

KNOWN_DISCOUNT = 0.7
"""How much less a point's word counts when the question has it already."""

WINDOW_CLAUSES = 3
"""A point may be spread over this many neighbouring clauses, not over the whole answer."""

SLACK = 0.02
"""A longer run of clauses must bring more than this, or the learner is shown the shorter one."""

Span = tuple[int, int]
"""First and past-the-last index."""


@dataclass(frozen=True, slots=True)
class Points:
    """The key points of a card, their words laid end to end so that one product compares all of them."""

    joined: Prepared
    spans: tuple[Span, ...]
    """The words of each point."""
    weights: Array
    """(words,): how much each word says of its point; less where the question or other points have it."""
    faint: Array
    """(words,): the word's weight with the question softly taken out."""
    pooled: Array
    """(points, d): weighted mean of each point's last states, unit length."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an answer comes nearest to a point, and how near."""

    features: dict[str, float]
    span: Span
    """The words of the answer."""


def gather(points: Sequence[Framed]) -> Points:
    """The points of one card, ready for `sight`."""
    parts = [point.text for point in points]
    stems = Counter(stem for part in parts for stem in set(part.stems))
    rarity = np.array([stems[stem] ** -0.5 for part in parts for stem in part.stems], np.float32)
    joined = join(parts)
    known = np.concatenate([point.known for point in points])
    weights: Array = joined.weights * (1 - KNOWN_DISCOUNT * known).astype(np.float32) * rarity
    ends = np.cumsum([len(part.words) for part in parts])
    spans = tuple((int(end) - len(part.words), int(end)) for end, part in zip(ends, parts, strict=True))
    pooled = [weights[first:last] @ joined.states[-1, first:last] for first, last in spans]
    faint = np.concatenate([point.faint for point in points])
    return Points(joined, spans, weights, faint, unit(np.stack(pooled)))


def sight(
    points: Points, answer: Prepared, clauses: Sequence[Span], similar: Array | None = None
) -> list[Sighting | None]:
    """For each point, where *answer* comes nearest to it; None where there is nothing to compare.

    *clauses* are spans of the answer's words; *similar*: its words against those of the points, where that is known.
    """
    if not clauses or not points.joined.words:
        return [None] * len(points.spans)
    if similar is None:
        _, similar = likenesses(answer, points.joined)
    deepest, mixed = similar[-1], similar.mean(axis=0)
    runs = _runs(len(clauses))
    by_clause = np.maximum.reduceat(mixed, [first for first, _ in clauses], axis=0)
    # The nearest that a word of each run of clauses comes to each word of the points.
    by_run = np.stack([by_clause[first:last].max(axis=0) for first, last in runs])
    anywhere = deepest.max(axis=0)
    return [_sighting(points, index, answer, clauses, runs, by_run, anywhere) for index in range(len(points.spans))]


def _sighting(
    points: Points,
    index: int,
    answer: Prepared,
    clauses: Sequence[Span],
    runs: list[Span],
    by_run: Array,
    anywhere: Array,
) -> Sighting | None:
    first, last = points.spans[index]
    weights, faint = points.weights[first:last], points.faint[first:last]
    total, total_faint = float(weights.sum()), float(faint.sum())
    if total < 1e-6:
        return None
    mixed = by_run[:, first:last]
    recall = mixed @ weights / total
    best = int(np.flatnonzero(recall >= recall.max() - SLACK)[0])
    peak = int(recall.argmax())
    span = (clauses[runs[best][0]][0], clauses[runs[best][1] - 1][1])
    widest = slice(clauses[runs[peak][0]][0], clauses[runs[peak][1] - 1][1])
    pooled = unit(answer.weights[widest] @ answer.states[-1, widest])
    features = {
        "faint_recall": float((mixed @ faint).max()) / max(total_faint, 1e-6),
        "pooled": float(pooled @ points.pooled[index]),
        "anywhere": float(anywhere[first:last] @ weights) / total,
    }
    return Sighting(features, span)


def _runs(clauses: int) -> list[Span]:
    """Runs of neighbouring clauses, short ones first."""
    return [
        (first, first + length)
        for length in range(1, min(WINDOW_CLAUSES, clauses) + 1)
        for first in range(clauses - length + 1)
    ]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A logistic head over the features of a sighting: how likely the point is made."""

    weights: Mapping[str, float]
    bias: float

    def odds(self, sighting: Sighting | None) -> float:
        """Log-odds that the point is made; far below zero where there was nothing to compare."""
        if sighting is None:
            return -20.0
        return self.bias + sum(weight * sighting.features[name] for name, weight in self.weights.items())


def excerpt(answer: Prepared, span: Span) -> str:
    """The answer's own text from the span's first word to its last."""
    return answer.text[answer.words[span[0]].start : answer.words[span[1] - 1].end]


def parts(reference: Framed, spans: Sequence[Span]) -> list[Framed]:
    """The pieces of *reference* in *spans*, so that a long reference can be looked for piece by piece."""
    return [_part(reference, slice(*span)) for span in spans]


def _part(whole: Framed, words: slice) -> Framed:
    text = whole.text
    piece = Prepared(
        text=text.text,
        words=text.words[words],
        stems=text.stems[words],
        weights=text.weights[words],
        negates=text.negates[words],
        states=text.states[:, words],
        vector=text.vector,
    )
    return Framed(
        text=piece,
        known=whole.known[words],
        soft=whole.soft[words],
        middle=whole.middle[words],
        fresh=whole.fresh[words],
        faint=whole.faint[words],
        vector=whole.vector,
        likeness=whole.likeness,
        pooled=whole.pooled,
    )
