"""Grades of marked answers by heads that never saw their questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.grading.baselines import by_question
from benchmarks.grading.marked import Array, Data, Row
from benchmarks.grading.train import arrays, calibration, fit, predict
from quizzer.grading.batches import RecentEmbedder
from quizzer.grading.evidence import Evidence
from quizzer.grading.grader import MeaningGrader
from quizzer.grading.head import VIEWS, Head
from quizzer.model import Card, Grade
from quizzer.ports import Embedder

Say = Callable[[str], None]


class LinearHead(Head):
    """The half over features of the whole texts."""

    def views(self, evidence: Evidence) -> Array:
        """(3,): log-odds of each view."""
        return self.linear(evidence.whole)


class WordHead(Head):
    """The half over words."""

    def views(self, evidence: Evidence) -> Array:
        """(3,): log-odds of each view."""
        return self.net(evidence)


@dataclass(frozen=True, slots=True)
class Unseen:
    """For each fold a head that was trained on the others, and its halves."""

    whole: list[Head]
    linear: list[Head]
    words: list[Head]


def unseen_heads(data: Data, fold: Array, *, seeds: int, say: Say) -> Unseen:
    """Heads for the folds of *fold*; slope and shift too are fitted on the other folds' answers."""
    for k in range(fold.max() + 1):
        if set(data.corpus[fold != k]) != set(VIEWS):
            raise SystemExit("too few questions: without a fold, a corpus has none left; take a larger --share")
    fitted = []
    linear, words = np.zeros(len(fold)), np.zeros(len(fold))
    for k in range(fold.max() + 1):
        say(f"training without fold {k + 1} of {fold.max() + 1}")
        test = np.flatnonzero(fold == k)
        fitted.append(fit(data, np.flatnonzero(fold != k), seeds))
        linear[test], words[test] = predict(data, fitted[k], test)

    def heads(kind: type[Head], odds: Array) -> list[Head]:
        found = []
        for k, one in enumerate(fitted):
            others = fold != k
            calibrated = calibration(data.corpus[others], data.mark[others], odds[others])
            found.append(kind(tuple(data.names), arrays(data, one, calibrated)))
        return found

    return Unseen(heads(Head, (linear + words) / 2), heads(LinearHead, linear), heads(WordHead, words))


def card_of(row: Row) -> Card:
    """The question of a marked answer as a card."""
    return Card(row["question_id"], row["corpus"], row["question"], answers=tuple(row["references"]))


Makers = Mapping[str, Callable[[Embedder, int], MeaningGrader]]
"""Name of a variant -> what makes its grader, given an embedder and the fold that it must not have seen."""


def grade_rows(rows: Sequence[Row], fold: Array, makers: Makers, encoder: Embedder, say: Say) -> dict[str, list[Grade]]:
    """The grades of every variant, in the order of *rows*; each answer is encoded once for all of them."""
    recent = RecentEmbedder(encoder)
    found: dict[str, list[Grade | None]] = {name: [None] * len(rows) for name in makers}
    graders: dict[tuple[str, int], MeaningGrader] = {}
    groups = by_question(rows)
    for number, group in enumerate(groups, start=1):
        if number % 10 == 1:
            say(f"grading question {number} of {len(groups)}")
        own = int(fold[group[0]])
        pairs = [(card_of(rows[i]), str(rows[i]["answer"])) for i in group]
        for name, make in makers.items():
            if (name, own) not in graders:
                graders[name, own] = make(recent, own)
            for i, grade in zip(group, graders[name, own].grade_many(pairs), strict=True):
                found[name][i] = grade
    return {name: [grade for grade in grades if grade] for name, grades in found.items()}
