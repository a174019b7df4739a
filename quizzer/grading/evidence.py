"""What the head reads of one answer: features of the whole text, and a row of numbers for every word on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz

from quizzer.grading.features import Framed, harmonic, matches, mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

LAYERS = (0, 3, 6)
"""Names of the three layers in features: embedding, middle and last, whatever the model's depth."""

ALIEN_SIMILARITY = 0.45
"""A word of the answer that is farther than this from every word of the reference is something else."""

WORD_FEATURES = 20


@dataclass(frozen=True, slots=True)
class Alignment:
    """How near each word of an answer comes to each word of a reference."""

    same: Array
    """(answer words, reference words): 1 for the same word, less for a slip, else 0."""
    similar: Array
    """(layers, answer words, reference words): cosines, lifted to *same*."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer against the reference that it comes nearest to."""

    index: int
    whole: dict[str, float]
    reference_rows: Array
    answer_rows: Array


def align(answer: Framed, reference: Framed) -> Alignment:
    """The words of both, compared."""
    same = matches(answer.text, reference.text)
    similar = answer.text.states @ reference.text.states.transpose(0, 2, 1)
    return Alignment(same, np.maximum(similar, same))


def weigh(answer: Framed, references: Sequence[Framed]) -> Evidence:
    """Everything the head reads, measured against the nearest of *references*."""
    aligned = [align(answer, reference) for reference in references]
    index = max(range(len(references)), key=lambda i: _affinity(answer, references[i], aligned[i]))
    reference, table = references[index], aligned[index]
    return Evidence(
        index,
        whole(answer, reference, table),
        word_rows(reference, answer, table.same.T, table.similar.transpose(0, 2, 1)),
        word_rows(answer, reference, table.same, table.similar),
    )


def _affinity(answer: Framed, reference: Framed, aligned: Alignment) -> float:
    """A quick sum that chooses the reference which an answer is measured against."""
    deepest = aligned.similar[-1]
    recall = mean(deepest.max(axis=0, initial=0.0), reference.faint)
    precision = mean(deepest.max(axis=1, initial=0.0), answer.faint)
    plain = mean(aligned.same.max(axis=0, initial=0.0), reference.fresh)
    return harmonic(precision, recall) + plain + float(answer.text.vector @ reference.text.vector)


def whole(answer: Framed, reference: Framed, aligned: Alignment) -> dict[str, float]:
    """Features of the whole texts, by name."""
    cosine = float(answer.text.vector @ reference.text.vector)
    out = {
        "cos": cosine,
        "cos_demoted": float(answer.vector @ reference.vector),
        "cos_aq": answer.likeness,
        "cos_rq": reference.likeness,
        "cos_gain": (cosine - reference.likeness) / (1.05 - reference.likeness),
    }
    hit_r, hit_a = aligned.same.max(axis=0, initial=0.0), aligned.same.max(axis=1, initial=0.0)
    views = (
        ("", answer.text.weights, reference.text.weights),
        ("_new", answer.fresh, reference.fresh),
        ("_soft", answer.faint, reference.faint),
    )
    for name, weights_a, weights_r in views[:2]:
        out |= _overlap(f"lex_{{}}{name}", mean(hit_a, weights_a), mean(hit_r, weights_r))
    for i, layer in enumerate(LAYERS):
        best_r, best_a = aligned.similar[i].max(axis=0, initial=0.0), aligned.similar[i].max(axis=1, initial=0.0)
        out[f"pool{layer}"] = float(answer.pooled[i] @ reference.pooled[i])
        for name, weights_a, weights_r in views:
            out |= _overlap(f"tok{layer}_{{}}{name}", mean(best_a, weights_a), mean(best_r, weights_r))
    return out | _contrast(answer, reference, aligned) | _surface(answer, reference)


def _overlap(name: str, precision: float, recall: float) -> dict[str, float]:
    return {
        name.format("r"): recall,
        name.format("p"): precision,
        name.format("f"): harmonic(precision, recall),
    }


def _contrast(answer: Framed, reference: Framed, aligned: Alignment) -> dict[str, float]:
    """What is in one text and not in the other."""
    hit_r, hit_a = aligned.same.max(axis=0, initial=0.0), aligned.same.max(axis=1, initial=0.0)
    best_r, best_a = aligned.similar[-1].max(axis=0, initial=0.0), aligned.similar[-1].max(axis=1, initial=0.0)
    strange = best_a < ALIEN_SIMILARITY
    denials_a, denials_r = float(answer.text.negates.sum()), float(reference.text.negates.sum())
    return {
        "alien": float((strange * answer.fresh).sum()),
        "alien_share": mean(strange, answer.fresh),
        "like_not_same": mean((best_r > 0.5) & (hit_r < 0.5), reference.fresh),
        "like_not_same_a": mean((best_a > 0.5) & (hit_a < 0.5), answer.fresh),
        "worst_r": float(np.min(np.where(reference.fresh > 0, best_r, 1.0), initial=1.0)),
        "mass_hit": float(np.log1p((hit_r * reference.fresh).sum())),
        "neg_a": denials_a,
        "neg_r": denials_r,
        "neg_diff": float((denials_a > 0) != (denials_r > 0)),
    }


def _surface(answer: Framed, reference: Framed) -> dict[str, float]:
    """Characters and counts."""
    left, right = answer.text.text.lower(), reference.text.text.lower()
    new_a, new_r = np.log1p((answer.fresh > 0).sum()), np.log1p((reference.fresh > 0).sum())
    return {
        "fuzz_sort": fuzz.token_sort_ratio(left, right) / 100,
        "fuzz_set": fuzz.token_set_ratio(left, right) / 100,
        "fuzz_part": fuzz.partial_ratio(left, right) / 100,
        "len_a": float(np.log1p(len(answer.text.words))),
        "len_r": float(np.log1p(len(reference.text.words))),
        "new_a": float(new_a),
        "new_r": float(new_r),
        "new_ratio": float(new_a - new_r),
        "known_a": mean(answer.known, answer.text.weights),
        "known_r": mean(reference.known, reference.text.weights),
    }


def word_rows(near: Framed, far: Framed, same: Array, similar: Array) -> Array:
    """(near words, `WORD_FEATURES`): how each word is met in *far*, and what kind of word it is.

    *same* is (near, far), *similar* (layers, near, far).
    """
    count, others = len(near.text.words), len(far.text.words)
    out = np.zeros((count, WORD_FEATURES), np.float32)
    if not count:
        return out
    place = np.arange(count) / max(count - 1, 1)
    if others:
        deepest = similar[-1]
        partner, best = deepest.argmax(axis=1), deepest.max(axis=1)
        second = np.partition(deepest, -2, axis=1)[:, -2] if others > 1 else np.zeros(count)
        out[:, 0:3] = similar.max(axis=2).T
        out[:, 3] = same.max(axis=1)
        out[:, 4] = (deepest * (1 - 0.5 * far.soft)).max(axis=1)
        out[:, 5], out[:, 6] = far.soft[partner], far.text.weights[partner]
        out[:, 7] = np.abs(partner / max(others - 1, 1) - place)
        out[:, 8] = best - second
        out[1:, 9], out[:-1, 10] = best[:-1], best[1:]
        out[:, 11] = deepest.argmax(axis=0)[partner] == np.arange(count)
    out[:, 12], out[:, 13], out[:, 14], out[:, 15] = near.soft, near.known, near.middle, near.text.weights
    out[:, 16] = near.text.negates
    out[:, 17] = [word.text[0].isdigit() for word in near.text.words]
    out[:, 18] = near.text.weights == 0
    out[:, 19] = place
    return out
