"""Trains the head on marked answers and measures it on questions that it never saw. Seeded; needs scikit-learn.

Each corpus is a view of its own; intercepts for each training question, dropped afterwards, make the weights learn
what tells answers to one question apart.

Run: python -m benchmarks.grading.train FOLDER [--write] [--seeds 3]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from torch import nn

from benchmarks.grading.marked import FOLDS, Array, Data, accepted, folds, read
from quizzer.grading.evidence import WORD_FEATURES
from quizzer.grading.head import VIEWS

WEIGHTS = Path(__file__).parents[2] / "quizzer" / "grading" / "weights" / "head.npz"
HIDDEN = 16
MIX = np.array([0.4, 0.2, 0.4])
"""Shares of the views in the score: 60 % strict."""


class Pool(nn.Module):
    """A learned weighted mean over the words of one side, and the total weight."""

    def __init__(self) -> None:
        super().__init__()
        self.f, self.drop = nn.Linear(WORD_FEATURES, HIDDEN), nn.Dropout(0.1)
        self.w, self.v = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, HIDDEN)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, hidden + 1)."""
        hidden = self.drop(torch.tanh(self.f(rows)))
        weights = nn.functional.softplus(self.w(hidden)) * mask[..., None]
        total = weights.sum(1)
        return torch.cat([(weights * torch.tanh(self.v(hidden))).sum(1) / (total + 1e-3), torch.log1p(total)], 1)


class Net(nn.Module):
    """Pools of both sides, one output for each view, and an intercept for each training question."""

    def __init__(self, questions: int) -> None:
        super().__init__()
        width = 2 * (HIDDEN + 1)
        self.r, self.a, self.drop = Pool(), Pool(), nn.Dropout(0.3)
        self.h, self.o, self.skip = nn.Linear(width, 32), nn.Linear(32, 3), nn.Linear(width, 3)
        self.q = nn.Embedding(questions, 1)
        nn.init.zeros_(self.skip.weight)
        nn.init.zeros_(self.q.weight)

    def forward(self, *words: torch.Tensor) -> torch.Tensor:
        """(batch, 3) log-odds."""
        pooled = torch.cat([self.r(words[0], words[1]), self.a(words[2], words[3])], 1)
        hidden = self.drop(torch.tanh(self.h(self.drop(pooled))))
        odds: torch.Tensor = self.o(hidden) + self.skip(pooled)
        return odds


def fit_net(data: Data, train: Array, seed: int) -> Net:
    """The word net, trained on the rows *train*."""
    epochs, batch, rate = 12, 128, 3e-3
    torch.manual_seed(seed)
    names, which = np.unique(data.question, return_inverse=True)
    net, own = Net(len(names)), torch.tensor(which)
    words = [torch.from_numpy(part) for part in data.words]
    mark, view = torch.tensor(data.mark, dtype=torch.float32), torch.tensor(data.view)
    count = np.array([max((data.view[train] == j).sum(), 1) for j in range(3)])
    weight = torch.tensor(np.sqrt(len(train) / 3 / count)[data.view], dtype=torch.float32)
    body = [parameter for name, parameter in net.named_parameters() if not name.startswith("q.")]
    groups = [{"params": body, "weight_decay": 1e-2}, {"params": net.q.parameters(), "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate)
    steps = epochs * (len(train) // batch) + 5
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.15)
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        net.train()
        order = rng.permutation(train)
        for start in range(0, len(order) - batch + 1, batch):
            rows = torch.tensor(order[start : start + batch])
            odds = net(*(part[rows] for part in words)).gather(1, view[rows][:, None])[:, 0]
            shift = net.q(own[rows])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(odds + 2 * shift, mark[rows], reduction="none")
            optimizer.zero_grad()
            ((loss * weight[rows]).mean() + 1e-2 * (shift**2).mean()).backward()
            optimizer.step()
            plan.step()
    return net.eval()


def fit_linear(data: Data, train: Array) -> tuple[Array, Array, Array, Array]:
    """Mean and scale of the features, weights (features, 3) and biases of one logistic head for each view."""
    mean, scale = data.whole[train].mean(0), data.whole[train].std(0) + 1e-6
    weights, bias = np.zeros((data.whole.shape[1], 3)), np.zeros(3)
    for view in range(3):
        rows = train[data.view[train] == view]
        _, which = np.unique(data.question[rows], return_inverse=True)
        own = sparse.csr_matrix((np.full(len(rows), 4.0), (np.arange(len(rows)), which)))
        features = sparse.csr_matrix(np.clip((data.whole[rows] - mean) / scale, -3, 3))
        both = sparse.hstack([features, own]).tocsr()
        marks = data.mark[rows]
        fitted = LogisticRegression(C=0.02, max_iter=400).fit(
            sparse.vstack([both, both]),
            np.r_[np.ones(len(rows)), np.zeros(len(rows))],
            sample_weight=np.r_[marks, 1 - marks] + 1e-6,
        )
        weights[:, view], bias[view] = fitted.coef_[0][: len(mean)], fitted.intercept_[0]
    return mean, scale, weights, bias


@dataclass(frozen=True, slots=True)
class Fitted:
    """Both halves of the head, trained on some of the rows."""

    rows: Array
    mean: Array
    scale: Array
    weights: Array
    bias: Array
    nets: list[Net]


def fit(data: Data, train: Array, seeds: int) -> Fitted:
    """Both halves, trained on the rows *train*."""
    return Fitted(train, *fit_linear(data, train), [fit_net(data, train, seed) for seed in range(seeds)])


def predict(data: Data, fitted: Fitted, test: Array) -> tuple[Array, Array]:
    """(test rows,) twice: log-odds of the mixed views by the linear half and by the word net."""
    linear = np.clip((data.whole[test] - fitted.mean) / fitted.scale, -3, 3) @ fitted.weights + fitted.bias
    words = [torch.from_numpy(part[test]) for part in data.words]
    with torch.no_grad():
        net = np.mean([net(*words).numpy() for net in fitted.nets], axis=0)
    return linear @ MIX, net @ MIX


def calibration(corpus: Array, mark: Array, odds: Array) -> Array:
    """(slope, shift): the slope fitted on all corpora, the shift so that 0.5 is the best cut of the strictest one."""
    weight = np.array([1 / (corpus == own).sum() for own in corpus]) * len(odds) / 3
    logistic = LogisticRegression(C=1e4).fit(odds[:, None], accepted(corpus, mark), sample_weight=weight)
    slope, strict = float(logistic.coef_[0, 0]), corpus == "sb"
    cut = max(
        np.linspace(-1, 1, 81),
        key=lambda at: f1_score(mark[strict], odds[strict] >= at, average="macro") - 0.01 * abs(at),
    )
    return np.array([slope, -slope * cut])


def show(data: Data, score: Array) -> None:
    """Print the figures of each corpus."""
    for corpus in VIEWS:
        rows = data.corpus == corpus
        mark, found = data.mark[rows], score[rows]
        if corpus == "mohler":
            error = np.sqrt(np.mean((found - mark) ** 2))
            print(f"{corpus:8s} r {np.corrcoef(found, mark)[0, 1]:.3f}  RMSE {error:.3f}")
        else:
            macro = f1_score(mark, found >= 0.5, average="macro")
            print(f"{corpus:8s} AUC {roc_auc_score(mark, found):.3f}  macro-F1 at 0.5 {macro:.3f}")


def arrays(data: Data, fitted: Fitted, calibrated: Array) -> dict[str, Array]:
    """Everything that the head needs."""
    nets, read_words = fitted.nets, [torch.from_numpy(part[fitted.rows]) for part in data.words]

    def stacked(part: Callable[[Net], torch.Tensor]) -> Array:
        found: Array = np.stack([part(net).detach().numpy() for net in nets])
        return found

    out = {
        "mean": fitted.mean, "scale": fitted.scale, "linear": fitted.weights, "linear_bias": fitted.bias,
        "mix": MIX, "calibration": calibrated,
    }  # fmt: skip
    for side, words, mask in (("r", read_words[0], read_words[1]), ("a", read_words[2], read_words[3])):
        for layer in ("f", "w", "v"):
            out[f"{side}_{layer}"] = stacked(lambda net, s=side, n=layer: getattr(getattr(net, s), n).weight.T)  # type: ignore[misc]  # loop variables are bound by the defaults
            out[f"{side}_{layer}b"] = stacked(lambda net, s=side, n=layer: getattr(getattr(net, s), n).bias)  # type: ignore[misc]  # as above
        out[f"{side}_w"], out[f"{side}_wb"] = out[f"{side}_w"][:, :, 0], out[f"{side}_wb"][:, 0]
        with torch.no_grad():
            pools = [getattr(net, side)(words, mask)[:, -1] for net in nets]
        out[f"{side}_cap"] = np.array([float(torch.quantile(pool, 0.995)) for pool in pools])
    for layer, name in (("h", "hb"), ("o", "ob"), ("skip", "skipb")):
        out[layer] = stacked(lambda net, n=layer: getattr(net, n).weight.T)  # type: ignore[misc]  # as above
        out[name] = stacked(lambda net, n=layer: getattr(net, n).bias)  # type: ignore[misc]  # as above
    return {name: np.asarray(value, np.float32) for name, value in out.items()}


def main() -> None:
    """Print out-of-fold figures; write the head trained on everything if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the data")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    data = Data(read(arguments.data))
    print(f"{len(data.mark)} answers to {len(set(data.question))} questions")
    fold, odds = folds(data), np.zeros(len(data.mark))
    for k in range(FOLDS):
        fitted = fit(data, np.flatnonzero(fold != k), arguments.seeds)
        odds[fold == k] = np.mean(predict(data, fitted, np.flatnonzero(fold == k)), axis=0)
    calibrated = calibration(data.corpus, data.mark, odds)
    show(data, 1 / (1 + np.exp(-(calibrated[0] * odds + calibrated[1]))))
    if arguments.write:
        everything = fit(data, np.arange(len(data.mark)), arguments.seeds)
        trained: dict[str, Any] = arrays(data, everything, calibrated)  # Any: savez's stub wants a bool
        np.savez(WEIGHTS, names=" ".join(data.names), **trained)
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
