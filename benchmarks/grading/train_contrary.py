"""Trains the nets that say whether a passage of an answer turns a claim around. Seeded; needs torch and WordNet.

Learners' right answers and their references are turned around by ``edits``; answers that people marked contradictory,
the triples of ``contrary.txt`` (claim, the same in other words, contraries) and the bundled deck's tests join them.
The first net never sees a quarter of the questions, on which the printed figures are measured; the second sees all.

Run: python -m benchmarks.grading.train_contrary FOLDER WORDNET [--write] [--epochs 6] [--share 1.0]
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional

from benchmarks.grading.bundled_deck import read_cards
from benchmarks.grading.edits import Editor
from benchmarks.grading.marked import read
from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.contrary import MARKS, Compared, Passage, compare
from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, frame, prepare
from quizzer.grading.head import load_ranks
from quizzer.grading.points import Points, gather, sight
from quizzer.grading.quantities import quantities
from quizzer.grading.text import clauses, clean
from quizzer.ports import Encoded

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "quizzer" / "grading" / "weights" / "contrary.npz"
MOST = {"sb": 25, "beetle": 40, "mohler": 16}
"""Right answers used of each question."""

COMPONENTS, PROJECTED, HIDDEN = 320, 40, 32

Array = np.ndarray[Any, Any]  # shapes and kinds are told by the names here


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer, the claims that it may be about (the nearest counts), and whether it says the contrary."""

    source: str
    group: str
    question: str
    answer: str
    claims: tuple[str, ...]
    contrary: bool
    weight: float
    kind: str


def own(editor: Editor, rng: random.Random) -> Iterator[Pair]:
    """Pairs of ``contrary.txt``."""
    lines = [line.split(" | ") for line in (HERE / "contrary.txt").read_text("utf-8").splitlines() if line]
    for number, (claim, paraphrase, *contraries) in enumerate(lines):
        group, other = f"own-{number}", lines[(number + 1) % len(lines)]

        def pair(answer: str | None, about: str, contrary: bool, weight: float, kind: str, g: str = group) -> Pair:
            return Pair("own", g, "", answer or "", (about,), contrary, 2 * weight, kind)

        yield pair(claim, paraphrase, False, 1.0, "right")
        yield pair(paraphrase, claim, False, 1.0, "right")
        yield pair(rng.choice(other), claim, False, 0.4, "other")
        yield pair(f"{paraphrase} {other[2]}", claim, False, 0.5, "two")
        yield pair(f"{other[1]} {contraries[0]}", claim, True, 0.5, "two")
        for turned in contraries:
            yield pair(turned, turned, False, 0.2, "same")
            for left, right in ((turned, claim), (claim, turned), (turned, paraphrase), (paraphrase, turned)):
                yield pair(left, right, True, 0.8, "contrary")
        for left in (claim, paraphrase):
            for right in (claim, paraphrase):
                for _ in range(2):
                    yield pair(editor.negated(left), right, True, 0.7, "negated")
                yield pair(right, editor.negated(left) or "", True, 0.4, "negated")
                yield pair(editor.opposed(left), right, True, 0.5, "opposed")


def marked(folder: Path, editor: Editor, rng: random.Random) -> Iterator[Pair]:
    """Pairs of the corpora."""
    questions: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)  # Any: JSON
    for row in read(folder):
        questions[row["corpus"], row["question_id"]].append(row)
    for (corpus, group), rows in questions.items():
        references = tuple(rows[0]["references"])

        def pair(
            answer: str | None, about: tuple[str, ...], contrary: bool, weight: float, kind: str,
            place: tuple[str, str, str] = (corpus, group, rows[0]["question"]),
        ) -> Pair:  # fmt: skip
            return Pair(*place, answer or "", about, contrary, weight, kind)

        right = [row["answer"] for row in rows if row["mark"] >= (0.85 if corpus == "mohler" else 0.5)]
        rng.shuffle(right)
        for answer in right[: MOST[corpus]]:
            yield pair(answer, references, False, 1.0, "right")
            yield pair(editor.negated(answer), references, True, 0.5, "negated")
            yield pair(editor.negated(answer), references, True, 0.5, "negated")
            yield pair(editor.opposed(answer), references, True, 0.4, "opposed")
            yield pair(editor.recounted(answer), references, True, 0.5, "number")
            reference = rng.choice(references)
            turned = editor.negated(reference) or ""
            yield pair(answer, (turned,), True, 0.3, "negated claim")
            yield pair(answer, (editor.opposed(reference) or "",), True, 0.3, "opposed claim")
            yield pair(editor.negated(answer), (turned,), False, 0.1, "both")
        for row in rows:
            if row.get("label") == "contradictory":
                yield pair(row["answer"], references, True, 0.6, "contradictory")
        wrong = [row["answer"] for row in rows if row.get("label") == "incorrect"]
        rng.shuffle(wrong)
        for answer in wrong[:12]:
            yield pair(answer, references, False, 0.25, "incorrect")


def deck(editor: Editor, rng: random.Random) -> Iterator[Pair]:
    """Pairs of the bundled deck; what contradicts one point of several is held against the nearest."""
    for card in read_cards():
        place = ("deck", card.id, card.question)
        for answer in (*card.tests.passing, *card.tests.partial, *card.answers):
            for point in card.points:
                yield Pair(*place, answer, (point,), False, 0.7, "right")
            for _ in range(3):
                turned = (editor.negated if rng.random() < 0.6 else editor.opposed)(rng.choice(card.points))
                yield Pair(*place, answer, (turned or "",), True, 0.35, "negated claim")
        for point in card.points:
            yield Pair(*place, card.tests.failing[0], (point,), True, 0.5, "turned")
        for belief in card.misconceptions:
            yield Pair(*place, belief, card.points, True, 0.6, "misconception")


class Data:
    """The pairs, compared, with the words' states reduced to their main components."""

    def __init__(self, pairs: list[Pair]) -> None:
        """Encode and compare; pairs without a sighting of their claim are left out."""
        self._model, self._ranks = embedder.load(models=config.paths().models, progress=print), load_ranks("en")
        self._encoded: dict[str, tuple[Encoded, Array]] = {}
        wanted = {clean(text) for pair in pairs for text in (pair.question, pair.answer, *pair.claims)} - {""}
        ordered, nothing = sorted(wanted), np.zeros((0, 0, 0), np.float32)
        for start in range(0, len(ordered), 512):
            block = ordered[start : start + 512]
            for text, encoded in zip(block, self._model.encode(block), strict=True):
                self._encoded[text] = (replace(encoded, states=nothing), encoded.states.astype(np.float16))
        self.pairs: list[Pair] = []
        self.compared: list[Compared] = []
        states: list[Array] = []
        self.places: list[tuple[int, int, int, int]] = []
        rows = 0
        for pair in pairs:
            found = self._compare(pair)
            if found:
                seen, mine, theirs = found
                self.pairs.append(pair)
                self.compared.append(seen)
                self.places.append((rows, len(mine), rows + len(mine), len(theirs)))
                states += [mine, theirs]
                rows += len(mine) + len(theirs)
        flat = np.concatenate(states)
        sample = flat[np.random.default_rng(0).choice(len(flat), min(len(flat), 25_000), replace=False)]
        self.center = sample.astype(np.float32).mean(0)
        _, sizes, axes = np.linalg.svd(sample - self.center, full_matrices=False)
        kept = min(COMPONENTS, len(sizes))
        spread = sizes[:kept] / np.sqrt(len(sample))
        # Half whitened: what tells a denied word from a said one is no large component.
        self.axes = (3 * axes[:kept] / np.sqrt(spread[:, None] * spread[0])).T.astype(np.float32)
        blocks = [flat[start : start + 50_000] for start in range(0, len(flat), 50_000)]
        self.states = np.concatenate([(block.astype(np.float32) - self.center) @ self.axes for block in blocks])

    @lru_cache(maxsize=4000)  # noqa: B019  one object, kept for the whole run
    def _prepared(self, text: str) -> Prepared:
        encoded, states = self._encoded[text]
        wide = replace(encoded, states=states.astype(np.float32))
        return prepare(text, wide, ranks=self._ranks, language=ENGLISH)

    @lru_cache(maxsize=4000)  # noqa: B019  as above
    def _passage(self, text: str, question: str) -> tuple[Passage, Points]:
        asked = clean(question)
        nothing = Encoded(np.zeros(384, np.float32), (), (), np.zeros((3, 0, 384), np.float32))
        empty = prepare("", nothing, ranks=self._ranks, language=ENGLISH)
        framed = frame(self._prepared(text), self._prepared(asked) if asked else empty)
        return Passage(framed.text, (), framed.known, quantities(framed.text, ENGLISH)), gather([framed])

    def _compare(self, pair: Pair) -> tuple[Compared, Array, Array] | None:
        """The pair's nearest claim, compared, and the states of both sides' words."""
        answer = clean(pair.answer)
        if not answer or not self._prepared(answer).words:
            return None
        mine, _ = self._passage(answer, pair.question)
        parts, best = clauses(answer, mine.text.words, ENGLISH), None
        for claim in filter(None, map(clean, pair.claims)):
            if self._prepared(claim).words:
                theirs, points = self._passage(claim, pair.question)
                (seen,) = sight(points, mine.text, parts)
                if seen and (best is None or seen.features["faint_recall"] > best[0]):
                    best = (seen.features["faint_recall"], seen.span, theirs)
        if best is None:
            return None
        _, span, theirs = best
        found = compare(mine, span, theirs, (0, len(theirs.text.words)), ENGLISH)
        left, right = len(found.answer_marks), len(found.claim_marks)
        near = mine.text.states[:, span[0] : span[0] + left].transpose(1, 0, 2).reshape(left, -1)
        far = theirs.text.states[:, :right].transpose(1, 0, 2).reshape(right, -1)
        return found, near.astype(np.float16), far.astype(np.float16)

    def batch(self, chosen: Array) -> list[torch.Tensor]:
        """What `Net` reads of the pairs *chosen*, padded."""
        places, seen = [self.places[i] for i in chosen], [self.compared[i] for i in chosen]
        left, right = max(place[1] for place in places), max(place[3] for place in places)
        count, width = len(chosen), self.states.shape[1]
        mine, theirs = np.zeros((count, left, width), np.float32), np.zeros((count, right, width), np.float32)
        masks = np.zeros((count, left), np.float32), np.zeros((count, right), np.float32)
        similar = np.zeros((count, left, right), np.float32)
        marks = np.zeros((count, left, MARKS), np.float32), np.zeros((count, right, MARKS), np.float32)
        for row, ((at, near, far_at, far), one) in enumerate(zip(places, seen, strict=True)):
            mine[row, :near], theirs[row, :far] = self.states[at : at + near], self.states[far_at : far_at + far]
            masks[0][row, :near], masks[1][row, :far] = 1.0, 1.0
            similar[row, :near, :far] = one.similar
            marks[0][row, :near], marks[1][row, :far] = one.answer_marks, one.claim_marks
        parts = (mine, theirs, *masks, similar, *marks, np.stack([one.totals for one in seen]))
        return [torch.from_numpy(part) for part in parts]


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


def main() -> None:
    """Print figures of the net that does not know the questions; write both if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the marked answers")
    parser.add_argument("wordnet", type=Path, help="the folder of WordNet's index and data files")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the pairs that is used")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    common = frozenset(list(load_ranks("en"))[:12_000])
    editor, rng = Editor(arguments.wordnet, common - ENGLISH.stop, 0), random.Random(0)
    pairs = [*own(editor, rng), *marked(arguments.data, editor, rng), *deck(editor, rng)]
    pairs = [pair for pair in pairs if pair.answer and rng.random() < arguments.share]
    data = Data(pairs)
    groups = sorted({(pair.source, pair.group) for pair in data.pairs if pair.source != "own"})
    rng.shuffle(groups)
    unseen = set(groups[: len(groups) // 4])
    held = np.array([(pair.source, pair.group) in unseen for pair in data.pairs])
    print(f"{len(data.pairs)} pairs, {held.sum()} of them on questions that the first net does not see")
    first = fit(data, np.flatnonzero(~held), arguments.epochs)
    show(data, first, np.flatnonzero(held))
    if arguments.write:
        second = fit(data, np.arange(len(held)), arguments.epochs)
        nets = [arrays(data, net) for net in (first, second)]
        stored: dict[str, Any] = {f"{i}_{name}": value for i, net in enumerate(nets) for name, value in net.items()}
        np.savez(WEIGHTS, **stored)
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
