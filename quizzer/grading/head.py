"""The trained head: features of an answer against a reference in, a score out. Its weights lie in the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from math import exp


@dataclass(frozen=True, slots=True)
class Linear:
    """A weight for each feature."""

    weights: tuple[float, ...]
    bias: float

    def value(self, row: tuple[float, ...]) -> float:
        """The weighted sum."""
        return self.bias + sum(weight * value for weight, value in zip(self.weights, row, strict=True))


@dataclass(frozen=True, slots=True)
class Head:
    """The mean of two views: one trained on strict marks (right or wrong), one on lenient ones (0 to 1)."""

    features: tuple[str, ...]
    strict: Linear
    lenient: Linear

    def score(self, features: Mapping[str, float]) -> float:
        """0..1, 0.5 the pass mark."""
        row = tuple(features[name] for name in self.features)
        lenient = min(1.0, max(0.0, self.lenient.value(row)))
        return (sigmoid(self.strict.value(row)) + lenient) / 2


def sigmoid(value: float) -> float:
    """The logistic function, safe for any float."""
    return 1 / (1 + exp(-min(60.0, max(-60.0, value))))


def load_head() -> Head:
    """The head that ships with quizzer."""
    stored = json.loads(_weights("head.json"))
    strict, lenient = (Linear(tuple(stored[view]["weights"]), stored[view]["bias"]) for view in ("strict", "lenient"))
    return Head(tuple(stored["features"]), strict, lenient)


def load_ranks(language: str) -> dict[str, int]:
    """Frequent words of *language* and their ranks, the commonest 0; empty where none are known.

    Source of ``frequent-en.txt``: the order of whole words in BERT's uncased vocabulary, which is by frequency.
    """
    name = f"frequent-{language}.txt"
    if not (resources.files("quizzer.grading") / "weights" / name).is_file():
        return {}
    return {word: rank for rank, word in enumerate(_weights(name).split())}


def _weights(name: str) -> str:
    return (resources.files("quizzer.grading") / "weights" / name).read_text("utf-8")
