"""Compares an answer with a reference in the light of the question: words, hidden states and sentence vectors.

What does not depend on the answer (``prepare`` and ``frame`` of the card's texts) is computed once a card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from quizzer.grading.text import Word, stem, words
from quizzer.grading.words import Language
from quizzer.ports import Encoded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

NEGATOR_WEIGHT = 0.35
"""A negator says little about the topic; what it does to a claim is the guards' business."""

SLIP = 0.85
"""How much a misspelt word counts."""

Ranks = Mapping[str, int]
"""Word -> its rank by frequency in general text, 0 the commonest."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text as words: stems, weights and one unit vector per word and layer."""

    text: str
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    weights: Array
    """(words,): how much a word says; 0 for stop words."""
    states: Array
    """(layers, words, d), unit length; zero where the model saw no piece of the word."""
    vector: Array


@dataclass(frozen=True, slots=True)
class Framed:
    """A text in the light of the question."""

    text: Prepared
    known: Array
    """(words,): 1 where the question has the word."""
    fresh: Array
    """(words,): weights of the words that the question does not have."""
    faint: Array
    """(words,): weights, the less the nearer the question comes to the word at the last layer."""
    vector: Array
    """The sentence vector with the question's direction taken out (Sultan, Salazar & Sumner 2016)."""
    likeness: float
    """Cosine with the question."""
    pooled: Array
    """(d,): weighted mean of the new words' last states, unit length."""


def unit(rows: Array) -> Array:
    """*rows* with each vector scaled to length 1; zero vectors stay."""
    lengths = np.sqrt(np.einsum("...d,...d->...", rows, rows))[..., None]
    scaled: Array = rows / np.maximum(lengths, 1e-6)
    return scaled


def prepare(text: str, encoded: Encoded, *, ranks: Ranks, language: Language) -> Prepared:
    """*text* with its word pieces grouped into words, each weighted by how rare it is in general."""
    found = words(text)
    top = float(np.log(len(ranks) + 2.0))
    weights = np.array([_weight(word.text, ranks, language, top) for word in found], np.float32)
    layers, pieces, dimensions = encoded.states.shape
    states = np.zeros((layers, len(found), dimensions), np.float32)
    if found and pieces:
        starts = np.array([word.start for word in found])
        ends = np.array([word.end for word in found])
        offsets = np.array(encoded.offsets)
        middle = offsets.mean(axis=1)
        owner = np.searchsorted(starts, middle, side="right") - 1
        inside = (owner >= 0) & (middle <= ends[owner]) & (offsets[:, 1] > offsets[:, 0])
        owner, picked = owner[inside], encoded.states[:, inside]
        if len(owner):
            heads = np.flatnonzero(np.diff(owner, prepend=-1))
            states[:, owner[heads]] = unit(np.add.reduceat(picked, heads, axis=1))
    return Prepared(text, found, tuple(stem(word.text) for word in found), weights, states, encoded.vector)


def _weight(word: str, ranks: Ranks, language: Language, top: float) -> float:
    if word in language.stop:
        return 0.0
    if word in language.negators:
        return NEGATOR_WEIGHT
    if not ranks:
        return min(1.0, len(word) / 6)
    return float(np.log(ranks.get(word, len(ranks)) + 2.0)) / top


def matches(left: Prepared, right: Prepared) -> Array:
    """(left words, right words): 1 for the same stem, `SLIP` for a spelling slip, 0 otherwise."""
    if not left.words or not right.words:
        return np.zeros((len(left.words), len(right.words)), np.float32)
    distance = process.cdist(left.stems, right.stems, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    size = np.minimum.outer([len(s) for s in left.stems], [len(s) for s in right.stems])
    first = np.array([s[:1] for s in left.stems])[:, None] == np.array([s[:1] for s in right.stems])[None, :]
    # Numbers never match by a slip: 15 and 16 are different answers.
    spelt = np.logical_and.outer([not s[:1].isdigit() for s in left.stems], [not s[:1].isdigit() for s in right.stems])
    slip = first & spelt & (((distance <= 1) & (size >= 5)) | ((distance <= 2) & (size >= 8)))
    table: Array = np.where(distance == 0, 1.0, SLIP * slip).astype(np.float32)
    return table


def frame(text: Prepared, question: Prepared) -> Framed:
    """*text* in the light of *question*."""
    count = len(text.words)
    known = np.zeros(count, np.float32)
    soft = np.zeros(count, np.float32)
    if count and question.words:
        known = matches(text, question).max(axis=1)
        content = question.weights > 0
        if content.any():
            soft = np.clip((text.states[-1] @ question.states[-1][content].T).max(axis=1), 0.0, 1.0)
    fresh = text.weights * (known < 0.5)
    likeness = float(text.vector @ question.vector)
    pooled = unit(fresh @ text.states[-1]) if count else np.zeros(text.states.shape[2], np.float32)
    demoted = unit(text.vector - likeness * question.vector)
    return Framed(text, known, fresh, text.weights * (1.0 - soft), demoted, likeness, pooled)


def mean(values: Array, weights: Array) -> float:
    """Weighted mean; 0 where nothing has weight."""
    total = float(weights.sum())
    return float(values @ weights) / total if total > 1e-6 else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1 of the two; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall > 1e-6 else 0.0


LAYERS = (0, 3, 6)
"""Names of the three layers in features: embedding, middle and last, whatever the model's depth."""


def compare(answer: Framed, reference: Framed, layers: Sequence[int] = LAYERS) -> dict[str, float]:
    """Every feature of *answer* against one *reference*, by name."""
    a, r = answer.text, reference.text
    same = matches(a, r)
    hit_r, hit_a = same.max(axis=0, initial=0.0), same.max(axis=1, initial=0.0)
    out = {
        "cos": float(a.vector @ r.vector),
        "cos_demoted": float(answer.vector @ reference.vector),
        "cos_aq": answer.likeness,
        "cos_rq": reference.likeness,
        "pool6": float(answer.pooled @ reference.pooled),
        "lex_r": mean(hit_r, r.weights),
        "lex_p": mean(hit_a, a.weights),
        "lex_r_new": mean(hit_r, reference.fresh),
        "lex_p_new": mean(hit_a, answer.fresh),
        "known_a": mean(answer.known, a.weights),
        "known_r": mean(reference.known, r.weights),
        "fuzz_sort": fuzz.token_sort_ratio(a.text.lower(), r.text.lower()) / 100,
    }
    similarity = a.states @ r.states.transpose(0, 2, 1)
    for i, layer in enumerate(layers):
        table = np.maximum(similarity[i], same)
        best_r, best_a = table.max(axis=0, initial=0.0), table.max(axis=1, initial=0.0)
        recall, precision = mean(best_r, reference.faint), mean(best_a, answer.faint)
        out[f"tok{layer}_r_soft"], out[f"tok{layer}_p_soft"] = recall, precision
        out[f"tok{layer}_f_soft"] = harmonic(precision, recall)
    return out | _counts(answer, reference)


def _counts(answer: Framed, reference: Framed) -> dict[str, float]:
    new_a, new_r = np.log1p((answer.fresh > 0).sum()), np.log1p((reference.fresh > 0).sum())
    return {
        "len_a": float(np.log1p(len(answer.text.words))),
        "len_r": float(np.log1p(len(reference.text.words))),
        "new_a": float(new_a),
        "new_r": float(new_r),
        "new_ratio": float(new_a - new_r),
    }
