"""How well scores agree with people's marks: the measures of the literature, and the grader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from scipy.stats import pearsonr
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, roc_auc_score

from quizzer.model import Grade
from quizzer.scale import PASS_MARK

Array = np.ndarray[Any, Any]  # one number for each answer

FULL_MARK = 5
"""Of Mohler's markers."""

NOT_GUARDS = frozenset(["language"])
"""Flags that object to nothing in the answer."""


def scores(grades: Sequence[Grade]) -> Array:
    """(grades,)."""
    return np.array([grade.score for grade in grades])


@dataclass(frozen=True, slots=True)
class Agreement:
    """Scores against marks from 0 to 1."""

    r: float
    rmse: float
    qwk: float
    """Quadratic weighted kappa over whole marks from 0 to `FULL_MARK`."""


@dataclass(frozen=True, slots=True)
class Separation:
    """Scores against right and wrong."""

    accuracy: float
    macro_f1: float
    auc: float


def agreement(score: Array, mark: Array) -> Agreement:
    """How near the scores come to the marks."""
    r = float(pearsonr(score, mark).statistic) if len(score) > 1 and np.ptp(score) and np.ptp(mark) else nan
    whole = [np.floor(FULL_MARK * np.clip(one, 0, 1) + 0.5).astype(int) for one in (mark, score)]
    qwk = float(cohen_kappa_score(*whole, weights="quadratic", labels=range(FULL_MARK + 1))) if len(score) else nan
    return Agreement(r, float(np.sqrt(np.mean((score - mark) ** 2))), qwk)


def separation(score: Array, right: Array) -> Separation:
    """How well the scores tell right from wrong, and how well the pass mark does."""
    passed = score >= PASS_MARK
    macro = float(f1_score(right, passed, average="macro", zero_division=0.0))
    return Separation(float(accuracy_score(right, passed)), macro, auc(score, right))


def auc(score: Array, right: Array) -> float:
    """How likely a right answer scores above a wrong one; nan where there is only one kind."""
    return float(roc_auc_score(right, score)) if 0 < np.sum(right) < len(right) else nan


@dataclass(frozen=True, slots=True)
class Shares:
    """What the grader says of some answers."""

    count: int
    passing: float
    unsure: float
    failing: float
    score: float
    """Mean."""


def shares(grades: Sequence[Grade]) -> Shares:
    """The share of each verdict and the mean score; nan where there are no answers."""
    count, verdicts = len(grades), Counter(grade.verdict for grade in grades)
    if not count:
        return Shares(0, nan, nan, nan, nan)
    passing, unsure, failing = (verdicts[verdict] / count for verdict in ("pass", "unsure", "fail"))
    return Shares(count, passing, unsure, failing, sum(grade.score for grade in grades) / count)


def raised(grade: Grade) -> frozenset[str]:
    """The guards that object to the answer."""
    return frozenset(grade.flags) - NOT_GUARDS


def alarms(grades: Sequence[Grade]) -> dict[str, float]:
    """The share of the answers on which each guard is raised."""
    found = Counter(flag for grade in grades for flag in raised(grade))
    return {flag: count / len(grades) for flag, count in sorted(found.items())}


def unguarded(guarded: Sequence[Grade], bare: Sequence[Grade], guards: Collection[str]) -> list[Grade]:
    """*guarded* without *guards*: an answer to which no other guard objects has its grade of *bare*."""
    return [
        without if raised(grade) and raised(grade) <= set(guards) else grade
        for grade, without in zip(guarded, bare, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose scores lie between *low* and *high*."""

    low: float
    high: float
    count: int
    score: float
    """Mean."""
    accepted: float
    """Share that people accept."""


def reliability(score: Array, accepted: Array, bins: int = 10) -> list[Bin]:
    """The curve: bins of equal width over 0..1, the last one closed; empty ones are left out."""
    place = np.minimum((score * bins).astype(int), bins - 1)
    return [
        Bin(k / bins, (k + 1) / bins, int(mine.sum()), float(score[mine].mean()), float(accepted[mine].mean()))
        for k in range(bins)
        if (mine := place == k).any()
    ]
