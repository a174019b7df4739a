"""A text as the grader compares it: words with weights and hidden states, and how much of it the question says.

What does not depend on the answer (``prepare`` and ``frame`` of the card's texts) is computed once a card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from quizzer.grading.stemming import stem
from quizzer.grading.text import Word, words
from quizzer.grading.words import Language
from quizzer.ports import Encoded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

NEGATOR_WEIGHT = 0.35
"""A negator says little about the topic; what it does to a claim is the guards' business."""

SLIP = 0.85
"""How much a misspelt word counts."""

RARE_WEIGHT = 0.8
"""A word in small letters is taken for an abbreviation only if it is no common word."""

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
    negates: NDArray[np.bool_]
    """(words,): the word is a negator."""
    states: Array
    """(layers, words, d), unit length; zero where the model saw no piece of the word."""
    vector: Array


@dataclass(frozen=True, slots=True)
class Framed:
    """A text in the light of the question: what it says that the question does not."""

    text: Prepared
    known: Array
    """(words,): 1 where the question has the word."""
    soft: Array
    """(words,): how near a content word of the question comes to the word at the last layer."""
    middle: Array
    """(words,): the same at the middle layer."""
    fresh: Array
    """(words,): weights of the words that the question does not have."""
    faint: Array
    """(words,): weights, the less the nearer the question comes (`soft`)."""
    vector: Array
    """The sentence vector with the question's direction taken out (Sultan, Salazar & Sumner 2016)."""
    likeness: float
    """Cosine with the question."""
    pooled: Array
    """(layers, d): weighted mean of the new words' states, unit length."""


def unit(rows: Array) -> Array:
    """*rows* with each vector scaled to length 1; zero vectors stay."""
    lengths = np.sqrt(np.einsum("...d,...d->...", rows, rows))[..., None]
    scaled: Array = rows / np.maximum(lengths, 1e-6)
    return scaled


def prepare(text: str, encoded: Encoded, *, ranks: Ranks, language: Language) -> Prepared:
    """*text* with its word pieces grouped into words, each weighted by how rare it is in general."""
    found = words(text)
    top = float(np.log(len(ranks) + 2.0))
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
    negates = [_negates(found, index, language) for index in range(len(found))]
    return Prepared(
        text=text,
        words=found,
        stems=tuple(stem(word.text) for word in found),
        weights=np.array(
            [_weight(word.text, ranks, language, top, negates=no) for word, no in zip(found, negates, strict=True)],
            np.float32,
        ),
        negates=np.array(negates, np.bool_),
        states=states,
        vector=encoded.vector,
    )


def join(texts: Sequence[Prepared]) -> Prepared:
    """*texts*, at least one, one below the other as one text; its vector is the first one's."""
    shifts = np.cumsum([0, *(len(text.text) + 1 for text in texts)])
    found = [
        replace(word, start=word.start + int(shift), end=word.end + int(shift))
        for text, shift in zip(texts, shifts, strict=False)
        for word in text.words
    ]
    return Prepared(
        text="\n".join(text.text for text in texts),
        words=tuple(found),
        stems=tuple(one for text in texts for one in text.stems),
        weights=np.concatenate([text.weights for text in texts]),
        negates=np.concatenate([text.negates for text in texts]),
        states=np.concatenate([text.states for text in texts], axis=1),
        vector=texts[0].vector,
    )


def _negates(found: Sequence[Word], index: int, language: Language) -> bool:
    """Whether the word is a negator; some are only before an infinitive: it fails to start, not: the disk fails."""
    if found[index].text in language.failing:
        return index + 1 < len(found) and found[index + 1].text in language.infinitive
    return found[index].text in language.negators


def _weight(word: str, ranks: Ranks, language: Language, top: float, *, negates: bool) -> float:
    if word in language.stop:
        return 0.0
    if negates:
        return NEGATOR_WEIGHT
    if not ranks:
        return min(1.0, len(word) / 6)
    return float(np.log(ranks.get(word, len(ranks)) + 2.0)) / top


def matches(left: Prepared, right: Prepared) -> Array:
    """(left words, right words): 1 for the same stem or an abbreviation spelt out, `SLIP` for a spelling slip."""
    if not left.words or not right.words:
        return np.zeros((len(left.words), len(right.words)), np.float32)
    mine, theirs = [word.text for word in left.words], [word.text for word in right.words]
    same = np.equal.outer(_codes(left.stems), _codes(right.stems))
    distance = process.cdist(mine, theirs, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    size = np.minimum.outer([len(word) for word in mine], [len(word) for word in theirs])
    # Numbers never match by a slip: 10,000 and 12,000 are different answers. They get initials that differ.
    first = np.equal.outer(
        [0 if word[0].isdigit() else ord(word[0]) for word in mine],
        [1 if word[0].isdigit() else ord(word[0]) for word in theirs],
    )
    slip = first & (((distance <= 1) & (size >= 5)) | ((distance <= 2) & (size >= 8)))
    table: Array = np.maximum(same, SLIP * slip).astype(np.float32)
    for row, columns in abbreviated(left, right):
        table[row, columns] = 1.0
    for column, rows in abbreviated(right, left):
        table[rows, column] = 1.0
    return table


def likenesses(left: Prepared, right: Prepared) -> tuple[Array, Array]:
    """The words of both: (left, right) as `matches` has it, and (layers, left, right) cosines lifted to that."""
    same = matches(left, right)
    return same, np.maximum(left.states @ right.states.transpose(0, 2, 1), same)


def _codes(stems: tuple[str, ...]) -> NDArray[np.int64]:
    return np.array([crc32(text.encode()) for text in stems], np.int64)


def abbreviated(short: Prepared, long: Prepared) -> list[tuple[int, slice]]:
    """Words of *short* that are the initials of neighbouring words of *long*, with the place of those words.

    Two letters count only in capitals, and the words themselves must be at least two letters long.
    """
    if len(long.words) < 2:
        return []
    initials = "".join(word.text[0] if len(word.text) > 1 else " " for word in long.words)
    found = []
    for index, word in enumerate(short.words):
        letters = len(word.text)
        likely = word.capital or (letters > 2 and short.weights[index] >= RARE_WEIGHT)
        if likely and 2 <= letters <= 6 and word.text.isalpha():
            at = initials.find(word.text)
            if at >= 0:
                found.append((index, slice(at, at + letters)))
    return found


def echoes(text: Prepared, question: Prepared, layer: int) -> Array:
    """(words,): how near a content word of *question* comes to each word of *text* at *layer*, 0..1."""
    content = question.weights > 0
    if not text.words or not content.any():
        return np.zeros(len(text.words), np.float32)
    similar = text.states[layer] @ question.states[layer][content].T
    nearest: Array = np.clip(similar.max(axis=1), 0.0, 1.0)
    return nearest


def frame(text: Prepared, question: Prepared) -> Framed:
    """*text* in the light of *question*."""
    count = len(text.words)
    deepest = text.states.shape[0] - 1
    known = matches(text, question).max(axis=1, initial=0.0)
    soft, middle = echoes(text, question, deepest), echoes(text, question, (deepest + 1) // 2)
    fresh = text.weights * (known < 0.5)
    likeness = float(text.vector @ question.vector)
    pooled = unit(fresh @ text.states) if count else np.zeros((deepest + 1, text.states.shape[2]), np.float32)
    demoted = unit(text.vector - likeness * question.vector)
    return Framed(text, known, soft, middle, fresh, text.weights * (1.0 - soft), demoted, likeness, pooled)


def mean(values: NDArray[np.float32] | NDArray[np.bool_], weights: Array) -> float:
    """Weighted mean; 0 where nothing has weight."""
    total = float(weights.sum())
    return float(values @ weights) / total if total > 1e-6 else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1 of the two; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall > 1e-6 else 0.0
