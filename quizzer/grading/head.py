"""The trained head: evidence in, a score out. Its weights lie in the package (``benchmarks/grading/train.py``)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.contrary import CONTRARY_ARRAYS, Contrary
from quizzer.grading.doubts import Doubts
from quizzer.grading.evidence import Evidence
from quizzer.grading.opposites import Lexicon, parse_lexicon
from quizzer.grading.points import Coverage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

VIEWS = ("sb", "beetle", "mohler")
"""Corpora, each a view of its own: two with strict marks, one with lenient ones. The score mixes their log-odds."""

SURE = 0.995
"""The highest score that doubts are held against."""

CLIP = 3.0
"""Standard deviations beyond which a feature says no more than it did in training."""


@dataclass(frozen=True, slots=True)
class Head:
    """The mean of a linear head over whole-text features and a small net over words."""

    names: tuple[str, ...]
    arrays: Mapping[str, Array]

    def score(self, evidence: Evidence) -> float:
        """0..1, 0.5 the pass mark."""
        slope, shift = self.arrays["calibration"]
        return sigmoid(float(slope * (self.views(evidence) @ self.arrays["mix"]) + shift))

    def views(self, evidence: Evidence) -> Array:
        """(3,): log-odds of each view."""
        both: Array = np.float32(0.5) * (self.linear(evidence.whole) + self.net(evidence))
        return both

    def linear(self, whole: Mapping[str, float]) -> Array:
        """(3,): log-odds from the whole-text features."""
        odds: Array = self._standard(whole) @ self.arrays["linear"] + self.arrays["linear_bias"]
        return odds

    def net(self, evidence: Evidence) -> Array:
        """(3,): log-odds from the words, the mean over the seeds that were trained."""
        arrays = self.arrays
        pools = [self._pool(evidence.reference_rows, "r"), self._pool(evidence.answer_rows, "a")]
        pooled = np.concatenate(pools, axis=1)[:, None]
        hidden = np.tanh((pooled @ arrays["h"])[:, 0] + arrays["hb"])
        out = (hidden[:, None] @ arrays["o"])[:, 0] + arrays["ob"] + (pooled @ arrays["skip"])[:, 0] + arrays["skipb"]
        odds: Array = out.mean(axis=0)
        return odds

    def explain(self, evidence: Evidence) -> list[tuple[str, float]]:
        """Each whole-text feature's push on the log-odds, largest first (the linear half)."""
        slope = float(self.arrays["calibration"][0])
        push = self._standard(evidence.whole) * (self.arrays["linear"] @ self.arrays["mix"]) * slope / 2
        pairs = zip(self.names, map(float, push), strict=True)
        return sorted(pairs, key=lambda pair: -abs(pair[1]))

    def _standard(self, whole: Mapping[str, float]) -> Array:
        values: Array = np.array([whole[name] for name in self.names], np.float32)
        scaled: Array = np.clip((values - self.arrays["mean"]) / self.arrays["scale"], -CLIP, CLIP)
        return scaled

    def _pool(self, rows: Array, side: str) -> Array:
        """(seeds, hidden + 1): a learned weighted mean over the words of one side, and their total weight."""
        own = {name: self.arrays[f"{side}_{name}"] for name in ("f", "fb", "w", "wb", "v", "vb", "cap")}
        seeds = own["w"].shape[0]
        if not len(rows):
            return np.zeros((seeds, own["v"].shape[2] + 1), np.float32)
        hidden = np.tanh(rows @ own["f"] + own["fb"][:, None])
        weights = np.logaddexp(0.0, (hidden @ own["w"][:, :, None])[..., 0] + own["wb"][:, None])
        values = np.tanh(hidden @ own["v"] + own["vb"][:, None])
        total = weights.sum(axis=1)
        mean = (weights[:, None] @ values)[:, 0] / (total[:, None] + 1e-3)
        # Texts longer than training's say no more than its longest.
        mass = np.minimum(np.log1p(total), own["cap"])
        return np.concatenate([mean, mass[:, None]], axis=1)


def sigmoid(value: float) -> float:
    """The logistic function, safe for any float."""
    return 1 / (1 + exp(-min(60.0, max(-60.0, value))))


def logit(score: float) -> float:
    """Log-odds of *score*, of at most `SURE`: nothing is surer."""
    inside = min(SURE, max(1 - SURE, score))
    return log(inside / (1 - inside))


def load_head() -> Head:
    """The head that ships with quizzer."""
    return parse_head(_stored("head.npz").read_bytes())


def parse_head(stored: bytes) -> Head:
    """The head in the bytes of an ``.npz`` file."""
    with np.load(io.BytesIO(stored)) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files if name != "names"}
        return Head(tuple(str(file["names"]).split()), arrays)


def load_coverage() -> Coverage:
    """The head that says whether a point is made (``benchmarks/grading/train_coverage.py``)."""
    stored = json.loads(_stored("coverage.json").read_text("utf-8"))
    return Coverage(stored["weights"], stored["bias"])


def load_doubts() -> Doubts:
    """What the signs of claims turned around take from a score (``benchmarks/grading/train_doubts.py``)."""
    stored = json.loads(_stored("doubts.json").read_text("utf-8"))
    return Doubts(stored["weights"], stored["usual"], stored["always"])


def load_contrary() -> Contrary:
    """What says whether a passage turns a claim around: nets (``benchmarks/grading/train_contrary.py``) and lexicon."""
    with np.load(io.BytesIO(_stored("contrary.npz").read_bytes())) as file:
        count = 1 + max(int(name.split("_")[0]) for name in file.files)
        nets = [{name: file[f"{i}_{name}"].astype(np.float32) for name in CONTRARY_ARRAYS} for i in range(count)]
    return Contrary(tuple(nets), load_lexicon())


def load_lexicon() -> Lexicon:
    """Opposites of general English (``benchmarks/grading/opposites.py``)."""
    return parse_lexicon(_stored("opposites-en.txt").read_text("utf-8"))


CONTRARY_MODEL = "all-MiniLM-L6-v2"
"""The model whose hidden states the nets have learnt to read; with another one they are not asked."""


def load_ranks(language: str) -> dict[str, int]:
    """Frequent words of *language* and their ranks, the commonest 0; empty where none are known.

    Source of ``frequent-en.txt``: the order of whole words in BERT's uncased vocabulary, which is by frequency.
    """
    file = _stored(f"frequent-{language}.txt")
    return {word: rank for rank, word in enumerate(file.read_text("utf-8").split())} if file.is_file() else {}


def _stored(name: str) -> Traversable:
    return resources.files("quizzer.grading") / "weights" / name
