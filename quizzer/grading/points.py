"""Which key points an answer makes, and with which of the learner's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Framed, Prepared, matches
from quizzer.grading.head import sigmoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOWN_DISCOUNT = 0.7
"""How much less a point's word counts when the question has it already."""

WINDOW_CLAUSES = 3
"""A point may be spread over this many neighbouring clauses, not over the whole answer."""

CENTRE, WIDTH = 0.60, 0.06
"""Similarity at which a point is as likely made as not, and how fast that changes."""


@dataclass(frozen=True, slots=True)
class Points:
    """The key points of a card, their words laid end to end so that one product compares all of them."""

    texts: tuple[str, ...]
    joined: Prepared
    starts: tuple[int, ...]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Made:
    """How surely one point was made (0..1), and the words of the answer nearest to it."""

    likelihood: float
    words: str
    span: tuple[int, int]
    """First and past-the-last word of the answer that it was found in."""


def gather(points: Sequence[Framed]) -> Points:
    """The points of one card, ready for `cover`; points without a word are left out of none, they match nothing."""
    parts = [point.text for point in points]
    stems = Counter(stem for part in parts for stem in set(part.stems))
    weights = [
        weight * (1 - KNOWN_DISCOUNT * known) / stems[stem] ** 0.5
        for point in points
        for weight, known, stem in zip(point.text.weights, point.known, point.text.stems, strict=True)
    ]
    joined = Prepared(
        text="",
        words=tuple(word for part in parts for word in part.words),
        stems=tuple(stem for part in parts for stem in part.stems),
        weights=np.array(weights, np.float32),
        negates=np.concatenate([part.negates for part in parts]),
        states=np.concatenate([part.states for part in parts], axis=1),
        vector=parts[0].vector,
    )
    starts = np.cumsum([0, *(len(part.words) for part in parts)])[:-1]
    return Points(tuple(part.text for part in parts), joined, tuple(map(int, starts)), joined.weights)


def cover(points: Points, answer: Prepared, spans: Sequence[tuple[int, int]]) -> list[Made]:
    """For each point, how surely the answer makes it. *spans*: the answer's clauses, as word indices."""
    nothing = Made(0.0, "", (0, 0))
    if not spans or not points.joined.words:
        return [nothing] * len(points.texts)
    same = matches(answer, points.joined)
    similarity = answer.states @ points.joined.states.transpose(0, 2, 1)
    table = np.maximum(similarity, same).mean(axis=0)
    by_clause = np.maximum.reduceat(table, [first for first, _ in spans], axis=0)
    windows = _windows(len(spans))
    reached = np.stack([by_clause[first:last].max(axis=0) for first, last in windows]) * points.weights
    ends = [*points.starts[1:], len(points.joined.words)]
    made = []
    for first, last in zip(points.starts, ends, strict=True):
        total = float(points.weights[first:last].sum())
        if total < 1e-6:
            made.append(nothing)
            continue
        recall = reached[:, first:last].sum(axis=1) / total
        # The shortest window that is as good as any: the learner is shown no more words than needed.
        best = int(np.flatnonzero(recall >= recall.max() - 0.02)[0])
        clauses = windows[best]
        span = (spans[clauses[0]][0], spans[clauses[1] - 1][1])
        likelihood = sigmoid((float(recall.max()) - CENTRE) / WIDTH)
        made.append(Made(likelihood, excerpt(answer, span), span))
    return made


def excerpt(answer: Prepared, span: tuple[int, int]) -> str:
    """The answer's own text from the span's first word to its last."""
    return answer.text[answer.words[span[0]].start : answer.words[span[1] - 1].end]


def _windows(clauses: int) -> list[tuple[int, int]]:
    """Runs of neighbouring clauses, short ones first."""
    return [
        (first, first + length)
        for length in range(1, min(WINDOW_CLAUSES, clauses) + 1)
        for first in range(clauses - length + 1)
    ]
