"""What quizzer has to beat: plain cosine of sentence vectors, and words in common without any model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from benchmarks.grading.marked import Array, Row
from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, harmonic, matches, mean, prepare
from quizzer.grading.head import load_ranks
from quizzer.grading.text import clean
from quizzer.ports import Embedder, Encoded

NO_MODEL = Encoded(np.zeros(1, np.float32), (), (), np.zeros((1, 0, 1), np.float32))


def by_question(rows: Sequence[Row]) -> list[list[int]]:
    """Indices of the rows of each question of each corpus."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[row["corpus"], row["question_id"]].append(index)
    return list(groups.values())


def cosine(rows: Sequence[Row], encoder: Embedder) -> Array:
    """(rows,): cosine of the sentence vectors of answer and reference, the nearest reference counting, at least 0."""
    out = np.zeros(len(rows))
    for group in by_question(rows):
        texts = list({text for i in group for text in (rows[i]["answer"], *rows[i]["references"])})
        vectors = {text: one.vector for text, one in zip(texts, encoder.encode(texts), strict=True)}
        for i in group:
            answer = vectors[rows[i]["answer"]]
            out[i] = max(float(answer @ vectors[text]) for text in rows[i]["references"])
    return np.clip(out, 0.0, 1.0)


def lexical(rows: Sequence[Row]) -> tuple[Array, Array]:
    """(rows,) twice: idf-weighted recall of the reference's words, and F1, the best reference counting."""
    ranks = load_ranks("en")
    recall, both = np.zeros(len(rows)), np.zeros(len(rows))
    for group in by_question(rows):
        texts = {text for i in group for text in (rows[i]["answer"], *rows[i]["references"])}
        read = {text: prepare(clean(text), NO_MODEL, ranks=ranks, language=ENGLISH) for text in texts}
        for i in group:
            found = [_overlap(read[rows[i]["answer"]], read[text]) for text in rows[i]["references"]]
            recall[i], both[i] = max(one for one, _ in found), max(one for _, one in found)
    return recall, both


def _overlap(answer: Prepared, reference: Prepared) -> tuple[float, float]:
    same = matches(answer, reference)
    recall = mean(same.max(axis=0, initial=0.0), reference.weights)
    return recall, harmonic(mean(same.max(axis=1, initial=0.0), answer.weights), recall)
