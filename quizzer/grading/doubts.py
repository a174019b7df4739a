"""How much the signs that an answer turns claims around take from its score.

No single sign is sure: learners say right things in odd ways. So each takes a little, in log-odds, and only what they
take together makes an answer fall below the pass mark. Weights by ``benchmarks/grading/train_doubts.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RULE_FROM, RULE_SCALE = 0.5, 4.0
"""Clauses less alike than this do not speak of the same thing, so the rule says nothing; beyond, a sign of up to 2."""

NET_FROM, NET_TO = -2.0, 8.0
"""Log-odds of the nets beyond which they say no more than there."""

SWAPPED_TO = 4.0
"""The weight of words said of a wrong name counts up to here."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """A weight for each sign, how much of their sum right answers show as well, and the share that counts all the same.

    All once for cards with points and once for those with references only, whose clauses are looser claims: ``points``
    and ``references``. A sign without a weight counts nothing.
    """

    weights: Mapping[str, Mapping[str, float]]
    usual: Mapping[str, float]
    always: Mapping[str, float]

    def log_odds(self, signs: Mapping[str, float], *, points: bool) -> float:
        """What the *signs* take from the log-odds of the score, 0 or more."""
        claims = _claims(points=points)
        total = sum(weight * signs[name] for name, weight in self.weights[claims].items())
        return max(self.always[claims] * total, total - self.usual[claims])

    def leading(self, signs: Mapping[str, float], *, points: bool) -> str:
        """The sign that takes most."""
        weights = self.weights[_claims(points=points)]
        return max(weights, key=lambda name: weights[name] * signs[name])


def _claims(*, points: bool) -> str:
    return "points" if points else "references"


def signs_of(
    *,
    rule: float,
    marked: float,
    whole: tuple[float, float, float],
    several: float,
    opposed: float,
    swapped: float,
    believed: float,
) -> dict[str, float]:
    """The signs by name, each 0 or more.

    *rule*: how alike a claim and its denial are, 0..1. *marked*, *whole*, *several*, *opposed*: see
    `quizzer.grading.turned.Turned`. *swapped*: weight of the words said of the wrong name, less that of the right ones.
    *believed*: see `quizzer.grading.beliefs.believed`.
    """
    nets = [min(NET_TO, max(NET_FROM, odds)) - NET_FROM for odds in (marked, *whole)]
    return {
        "rule": RULE_SCALE * max(0.0, rule - RULE_FROM),
        "marked": nets[0],
        "first": nets[1],
        "second": nets[2],
        "third": nets[3],
        "several": several,
        "opposed": opposed,
        "swapped": min(SWAPPED_TO, max(0.0, swapped)),
        "believed": believed,
    }
