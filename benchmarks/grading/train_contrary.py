"""Trains the nets that say whether a passage of an answer turns a claim around. Seeded; needs torch.

Learners' right answers and their references are turned around by ``edits``; answers that people marked contradictory,
the triples of ``contrary.txt`` (claim, the same in other words, contraries) and the bundled deck's tests join them.
The printed figures are those of a net that never sees the quarter of the questions that they are measured on; the nets
that are written see all.

Run: python -m benchmarks.grading.train_contrary FOLDER [--write] [--share 1.0]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional

from benchmarks.grading.contrary_data import Array, Data
from benchmarks.grading.contrary_pairs import HERE, deck, marked, own
from benchmarks.grading.edits import Editor
from benchmarks.grading.opposites import GROUPS
from quizzer.grading.contrary import MARKS, Contrary
from quizzer.grading.english import ENGLISH
from quizzer.grading.head import load_lexicon, load_ranks

WEIGHTS = HERE.parents[1] / "quizzer" / "grading" / "weights" / "contrary.npz"

PROJECTED, HIDDEN = 40, 32
EPOCHS = 6
NETS = 3
"""So many are written: their mean is surer than each."""


class Net(nn.Module):
    """`quizzer.grading.contrary` in torch."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.p, self.u = nn.Linear(width, PROJECTED), nn.Linear(4 * PROJECTED + MARKS, HIDDEN)
        self.w, self.v = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, HIDDEN)
        self.o1, self.o2 = nn.Linear(4 * HIDDEN + 8, HIDDEN), nn.Linear(HIDDEN, 1)
        self.few, self.many = nn.Dropout(0.15), nn.Dropout(0.25)
        self.beta = nn.Parameter(torch.tensor(10.0))

    def side(self, near: torch.Tensor, partner: torch.Tensor, marks: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, 2 * hidden)."""
        rows = torch.cat([near, partner, (near - partner).abs(), near * partner, marks], -1)
        hidden = torch.relu(self.u(self.few(rows)))
        weigh, values = self.w(hidden), torch.tanh(self.v(hidden))
        weights = functional.softplus(weigh) * mask[..., None]
        strongest = (torch.sigmoid(weigh) * values).masked_fill(mask[..., None] == 0, -1.0).amax(1)
        return torch.cat([(weights * values).sum(1) / (weights.sum(1) + 0.1), strongest], -1)

    def forward(self, *parts: torch.Tensor) -> torch.Tensor:
        """(batch,) log-odds."""
        mine, theirs, own_mask, far_mask, similar, own_marks, far_marks, totals = parts
        near, far = (torch.tanh(self.few(self.p(side))) for side in (mine, theirs))
        focus = self.beta * similar
        to_far = torch.softmax(focus.masked_fill(far_mask[:, None] == 0, -1e4), -1)
        to_near = torch.softmax(focus.transpose(1, 2).masked_fill(own_mask[:, None] == 0, -1e4), -1)
        sides = [
            self.side(near, to_far @ far, own_marks, own_mask),
            self.side(far, to_near @ near, far_marks, far_mask),
        ]
        odds: torch.Tensor = self.o2(torch.relu(self.o1(self.many(torch.cat([*sides, totals], -1)))))[:, 0]
        return odds


def fit(data: Data, chosen: Array, epochs: int, seed: int = 0) -> Net:
    """A net trained on the pairs *chosen*."""
    size, rate = 96, 2e-3
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Net(data.states.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=3e-2)
    steps = epochs * (len(chosen) // size) + 5
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.15)
    contrary = torch.tensor([float(pair.contrary) for pair in data.pairs])
    weight = torch.tensor([pair.weight for pair in data.pairs])
    for _ in range(epochs):
        net.train()
        order = rng.permutation(chosen)
        for start in range(0, len(order) - size + 1, size):
            rows = order[start : start + size]
            loss = functional.binary_cross_entropy_with_logits(
                net(*data.batch(rows)), contrary[rows] * 0.96 + 0.02, reduction="none"
            )
            optimizer.zero_grad()
            torch.autograd.backward(2 * (loss * weight[rows]).mean())
            optimizer.step()
            plan.step()
    return net.eval()


def show(data: Data, net: Net, chosen: Array) -> None:
    """Print how well each kind of contrary is told from right answers of the same source."""
    with torch.no_grad():
        blocks = [net(*data.batch(chosen[i : i + 256])).numpy() for i in range(0, len(chosen), 256)]
    odds, pairs = np.concatenate(blocks), [data.pairs[i] for i in chosen]
    for source in sorted({pair.source for pair in pairs}):
        right = np.array([pair.source == source and pair.kind == "right" for pair in pairs])
        for kind in sorted({pair.kind for pair in pairs if pair.source == source and pair.contrary}):
            turned = np.array([pair.source == source and pair.kind == kind and pair.contrary for pair in pairs])
            both = right | turned
            if right.any() and turned.any():
                print(f"{source:8s} {kind:14s} n {turned.sum():5d}  AUC {roc_auc_score(turned[both], odds[both]):.3f}")


def arrays(data: Data, net: Net) -> dict[str, Array]:
    """The net's weights, the reduction to components folded in."""
    found = {name: value.detach().numpy() for name, value in net.named_parameters()}
    out = {"beta": found["beta"], "p": data.axes @ found["p.weight"].T}
    out["pb"] = found["p.bias"] - data.center @ out["p"]
    for layer in ("u", "w", "v", "o1", "o2"):
        out[layer], out[f"{layer}b"] = found[f"{layer}.weight"].T, found[f"{layer}.bias"]
    return {name: np.asarray(value, np.float16) for name, value in out.items()}


def gathered(folder: Path, share: float = 1.0) -> Data:
    """A *share* of all pairs that the nets are trained on, compared."""
    common = frozenset(list(load_ranks("en"))[:12_000])
    editor, rng = Editor(GROUPS.read_text("utf-8"), common - ENGLISH.stop, 0), random.Random(0)
    pairs = [*own(editor, rng), *marked(folder, editor, rng), *deck(editor, rng)]
    return Data([pair for pair in pairs if pair.answer and rng.random() < share])


def trained(data: Data, chosen: Array, nets: int = NETS) -> Contrary:
    """As many *nets* as asked for, trained on the pairs *chosen*."""
    found = [arrays(data, fit(data, chosen, EPOCHS, seed)) for seed in range(1, nets + 1)]
    return Contrary(
        tuple({name: array.astype(np.float32) for name, array in net.items()} for net in found), load_lexicon()
    )


def main() -> None:
    """Print figures of a net that does not know the questions; write others that do if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the marked answers")
    parser.add_argument("--share", type=float, default=1.0, help="the share of the pairs that is used")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    data = gathered(arguments.data, arguments.share)
    groups = sorted({(pair.source, pair.group) for pair in data.pairs if pair.source != "own"})
    random.Random(0).shuffle(groups)
    unseen = set(groups[: len(groups) // 4])
    held = np.array([(pair.source, pair.group) in unseen for pair in data.pairs])
    print(f"{len(data.pairs)} pairs, {held.sum()} of them on questions that the measured net does not see")
    measured = fit(data, np.flatnonzero(~held), EPOCHS)
    show(data, measured, np.flatnonzero(held))
    if arguments.write:
        nets = trained(data, np.arange(len(held))).nets
        stored: dict[str, Any] = {
            f"{i}_{name}": value.astype(np.float16) for i, net in enumerate(nets) for name, value in net.items()
        }
        np.savez(WEIGHTS, **stored)
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
