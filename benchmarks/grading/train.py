"""Trains the head on marked answers and measures it on questions that it never saw. Seeded; needs scikit-learn.

The data are gzipped JSON lines: question_id, question, references, answer, and a score (0..1) or a label. Each
corpus is a view of its own; intercepts for each training question, dropped afterwards, make the weights learn what
tells answers to one question apart.

Run: python benchmarks/grading/train.py FOLDER [--write] [--seeds 3]
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from torch import nn

from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.english import ENGLISH
from quizzer.grading.evidence import WORD_FEATURES, Evidence, weigh
from quizzer.grading.features import Prepared, frame, prepare
from quizzer.grading.head import VIEWS, load_ranks
from quizzer.grading.text import clean

WEIGHTS = Path(__file__).parents[2] / "quizzer" / "grading" / "weights" / "head.npz"
FILES = {
    "mohler": ["mohler-1-9"],
    "beetle": ["beetle-train", "beetle-unseen-answers"],
    "sb": ["scientsbank-train", "scientsbank-unseen-answers"],
}
WORDS, HIDDEN, FOLDS = 48, 16, 9
MIX = np.array([0.4, 0.2, 0.4])
"""Shares of the views in the score: 60 % strict."""

Array = np.ndarray[Any, Any]  # shapes and kinds are told by the names here


def read(folder: Path) -> list[dict[str, Any]]:
    """Every answer, with its corpus and its mark from 0 to 1."""
    rows = []
    for corpus, names in FILES.items():
        for name in names:
            with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
                for row in map(json.loads, lines):
                    mark = row["score"] if "score" in row else float(row["label"] == "correct")
                    rows.append({**row, "corpus": corpus, "mark": mark})
    return rows


class Data:
    """The evidence of every answer, and its mark."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        """Encode and compare, question by question."""
        model, ranks = embedder.load(models=config.paths().models, progress=print), load_ranks("en")
        found: list[Evidence] = [None] * len(rows)  # type: ignore[list-item]  # each is replaced below
        groups: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            groups[row["question_id"]].append(index)
        for group in groups.values():
            texts: dict[str, Prepared] = {}
            wanted = {t for i in group for t in (rows[i]["question"], rows[i]["answer"], *rows[i]["references"])}
            plain = [clean(text) for text in wanted]
            for text, cleaned, encoded in zip(wanted, plain, model.encode(plain), strict=True):
                texts[text] = prepare(cleaned, encoded, ranks=ranks, language=ENGLISH)
            for i in group:
                question = texts[rows[i]["question"]]
                references = [frame(texts[text], question) for text in rows[i]["references"]]
                found[i] = weigh(frame(texts[rows[i]["answer"]], question), references)
        self.names = list(found[0].whole)
        self.whole = np.array([list(one.whole.values()) for one in found], np.float32)
        self.words = [
            torch.tensor(np.stack(part))
            for part in (
                [_padded(one.reference_rows) for one in found],
                [_mask(len(one.reference_rows)) for one in found],
                [_padded(one.answer_rows) for one in found],
                [_mask(len(one.answer_rows)) for one in found],
            )
        ]
        self.mark = np.array([row["mark"] for row in rows])
        self.corpus = np.array([row["corpus"] for row in rows])
        self.question = np.array([row["question_id"] for row in rows])
        self.view = np.array([VIEWS.index(corpus) for corpus in self.corpus])


def _padded(rows: Array) -> Array:
    return np.pad(rows[:WORDS], ((0, WORDS - min(WORDS, len(rows))), (0, 0)))


def _mask(count: int) -> Array:
    return (np.arange(WORDS) < count).astype(np.float32)


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
            odds = net(*(part[rows] for part in data.words)).gather(1, view[rows][:, None])[:, 0]
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


def predict(data: Data, train: Array, test: Array, seeds: int) -> Array:
    """(test rows,): log-odds of the mixed views, the mean of both halves."""
    mean, scale, weights, bias = fit_linear(data, train)
    linear = np.clip((data.whole[test] - mean) / scale, -3, 3) @ weights + bias
    rows, net = torch.tensor(test), np.zeros((len(test), 3))
    for seed in range(seeds):
        fitted = fit_net(data, train, seed)
        with torch.no_grad():
            net += fitted(*(part[rows] for part in data.words)).numpy() / seeds
    odds: Array = (linear + net) / 2 @ MIX
    return odds


def folds(data: Data) -> Array:
    """The fold of each row; questions (of Mohler: assignments) are never split."""
    out = np.zeros(len(data.mark), int)
    for corpus in VIEWS:
        mine = data.corpus == corpus
        group = np.array([q.split(".")[0] for q in data.question]) if corpus == "mohler" else data.question
        names = sorted(set(group[mine]))
        names = names if corpus == "mohler" else list(np.random.default_rng(1).permutation(names))
        place = {name: i % FOLDS for i, name in enumerate(names)}
        out[mine] = [place[name] for name in group[mine]]
    return out


def calibration(data: Data, odds: Array) -> Array:
    """(slope, shift): the slope fitted on all corpora, the shift so that 0.5 is the best cut of the strictest one."""
    accepted = np.where(data.corpus == "mohler", data.mark >= 0.7, data.mark >= 0.5)
    weight = np.array([1 / (data.corpus == corpus).sum() for corpus in data.corpus]) * len(odds) / 3
    slope = float(LogisticRegression(C=1e4).fit(odds[:, None], accepted, sample_weight=weight).coef_[0, 0])
    strict = data.corpus == "sb"
    cut = max(
        np.linspace(-1, 1, 81),
        key=lambda at: f1_score(data.mark[strict], odds[strict] >= at, average="macro") - 0.01 * abs(at),
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


def arrays(data: Data, seeds: int, calibrated: Array) -> dict[str, Array]:
    """Everything that the head needs, trained on all rows."""
    every = np.arange(len(data.mark))
    mean, scale, weights, bias = fit_linear(data, every)
    nets = [fit_net(data, every, seed) for seed in range(seeds)]

    def stacked(part: Callable[[Net], torch.Tensor]) -> Array:
        found: Array = np.stack([part(net).detach().numpy() for net in nets])
        return found

    out = {"mean": mean, "scale": scale, "linear": weights, "linear_bias": bias, "mix": MIX, "calibration": calibrated}
    for side, words, mask in (("r", data.words[0], data.words[1]), ("a", data.words[2], data.words[3])):
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
        odds[fold == k] = predict(data, np.flatnonzero(fold != k), np.flatnonzero(fold == k), arguments.seeds)
    calibrated = calibration(data, odds)
    show(data, 1 / (1 + np.exp(-(calibrated[0] * odds + calibrated[1]))))
    if arguments.write:
        trained: dict[str, Any] = arrays(data, arguments.seeds, calibrated)  # Any: savez's stub wants a bool
        np.savez(WEIGHTS, names=" ".join(data.names), **trained)
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
