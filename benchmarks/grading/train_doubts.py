"""Trains what the signs of claims turned around take from a score, on answers whose other qualities are alike.

Right answers of marked corpora and of the cards in ``cards`` are held against contradictory ones, and against answers
that deny, reverse or swap what they claim or claim something false. The score before is kept as it is: only what is
taken from it is learnt, and nothing is ever added. Cards with points have weights of their own. Seeded by nothing: the
fit has one minimum. Needs scipy and scikit-learn.

Run: python -m benchmarks.grading.train_doubts FOLDER [--write]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from benchmarks.grading.labelled import FALSE, RIGHT, TURNED, read_labelled_cards
from benchmarks.grading.marked import read
from quizzer import config
from quizzer.grading.batches import RecentEmbedder
from quizzer.grading.embedder import load
from quizzer.grading.grader import MeaningGrader
from quizzer.grading.head import logit
from quizzer.model import Card
from quizzer.scale import PASS_MARK

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "quizzer" / "grading" / "weights" / "doubts.json"
MOST_RIGHT, MOST_CONTRADICTORY = 6, 3
"""Answers used of each question of a corpus."""

RIGHT_COUNTS, CAREFUL_COUNTS = 3.0, 0.5
"""A right answer doubted is worse than a wrong one believed; answers full of negations are rarer than here."""

SIGNS = {
    "points": ("rule", "marked", "first", "several", "opposed", "swapped", "believed"),
    "references": ("rule", "marked", "first", "second", "third", "opposed", "swapped", "believed"),
}
"""What is weighed: the clauses of a reference are no list of claims of which several can be turned around."""

DAMPING = {"points": 0.003, "references": 0.03}
"""How much it costs to weigh a sign, by the square of the spread that it makes."""

WRONG_FROM = -0.5
"""Wrong answers whose log-odds are lower need no doubt."""

KEPT = {"points": 0.94, "references": 0.99}
"""The share of each source's passing right answers that must still pass, where the card has points and where not."""

ALWAYS = {"points": 0.15, "references": 0.0}
"""The share of all signs that is taken in any case; people's short right answers to short references show too many."""

Array = np.ndarray[Any, Any]  # shapes and kinds are told by the names here


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a card, and whether people accept it."""

    source: str
    kind: str
    card: Card
    text: str
    right: bool


def own() -> Iterator[Answer]:
    """Answers of the cards in ``cards``, with and without their points."""
    for stored in read_labelled_cards():
        for source, card in (("points", stored.card), ("references", replace(stored.card, points=()))):
            for answer in stored.answers:
                if answer.kind in RIGHT | TURNED | FALSE and answer.kind != "reworded":
                    yield Answer(source, answer.kind, card, answer.text, answer.kind in RIGHT)


def marked(folder: Path) -> Iterator[Answer]:
    """Answers of the corpora, some of each question."""
    questions: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)  # Any: JSON
    rng = np.random.default_rng(0)
    for row in read(folder):
        questions[row["corpus"], row["question_id"]].append(row)
    for (corpus, name), rows in questions.items():
        card = Card(name, corpus, rows[0]["question"], tuple(rows[0]["references"]))
        shuffled = [rows[i] for i in rng.permutation(len(rows))]
        right = [row for row in shuffled if row["mark"] >= (0.85 if corpus == "mohler" else 0.5)]
        contradictory = [row for row in shuffled if row.get("label") == "contradictory"]
        for row in right[:MOST_RIGHT]:
            yield Answer(corpus, "right", card, row["answer"], True)
        for row in contradictory[:MOST_CONTRADICTORY]:
            yield Answer(corpus, "contradictory", card, row["answer"], False)


class Signs:
    """What the grader sees in each answer: the log-odds of its score before, and the signs."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        grader = MeaningGrader(RecentEmbedder(load(models=config.paths().models, progress=print)))
        ways = [grader.explain(one.card, one.text) for one in answers]
        kept = [i for i, way in enumerate(ways) if way.signs and way.combined < 1]
        self.answers = [answers[i] for i in kept]
        self.names = list(ways[kept[0]].signs)
        self.table = np.array([[ways[i].signs[name] for name in self.names] for i in kept])
        self.odds = np.array([logit(ways[i].combined) for i in kept])
        self.right = np.array([one.right for one in self.answers])
        self.source = np.array([one.source for one in self.answers])
        self.careful = np.array([one.kind == "careful" for one in self.answers])
        self.claims = np.where(self.source == "points", "points", "references")

    def columns(self, claims: str) -> Array:
        """(rows, signs): those that are weighed where the claims are *claims*."""
        found: Array = self.table[:, [self.names.index(name) for name in SIGNS[claims]]]
        return found

    def fitted(self, chosen: Array, claims: str) -> Array:
        """(signs,): what each takes, at least 0, from the rows *chosen*; every source counts the same."""
        tellable = self.right | (self.odds >= WRONG_FROM)
        chosen = chosen[(self.claims == claims)[chosen] & tellable[chosen]]
        share = {source: 1 / np.sum(self.source[chosen] == source) for source in set(self.source[chosen])}
        weight = np.array([share[source] for source in self.source[chosen]])
        weight = weight * np.where(self.right[chosen], RIGHT_COUNTS, 1.0)
        weight = np.where(self.careful[chosen], CAREFUL_COUNTS, 1.0) * weight / weight.sum()
        spread = self.columns(claims)[chosen].std(axis=0)
        table, odds, right = self.columns(claims)[chosen], np.clip(self.odds[chosen], -2, 2), self.right[chosen]

        def loss(parameters: Array) -> float:
            left = odds - table @ parameters[:-1] + parameters[-1]
            cost = DAMPING[claims] * np.sum((parameters[:-1] * spread) ** 2)
            return float(weight @ (np.logaddexp(0, left) - right * left) + cost)

        start = np.r_[np.full(table.shape[1], 0.1), 0.0]
        bounds = [(0.0, 4.0)] * table.shape[1] + [(-5.0, 5.0)]
        found: Array = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x[:-1]
        return found

    def usual(self, weights: Array, claims: str) -> float:
        """What right answers show of the signs, so that the share `KEPT` of those that pass would, but for `ALWAYS`."""
        found, total = 0.0, self.columns(claims) @ weights
        passing = (self.claims == claims) & self.right & ~self.careful & (self.odds > logit(PASS_MARK))
        for source in sorted(set(self.source[passing])):
            rows = passing & (self.source == source)
            found = max(found, float(np.quantile((total - self.odds)[rows], KEPT[claims])))
        return found


def show(signs: Signs, taken: Array) -> None:
    """Print what taking *taken* from the scores does in each source."""
    after = signs.odds - taken
    for source in sorted(set(signs.source)):
        rows = signs.source == source
        plain, wrong = rows & signs.right & ~signs.careful, rows & ~signs.right
        line = f"{source:11s} right passing {np.mean(signs.odds[plain] > 0):.3f} -> {np.mean(after[plain] > 0):.3f}"
        if wrong.any():
            both = plain | wrong
            before, then = (roc_auc_score(signs.right[both], one[both]) for one in (signs.odds, after))
            passing = np.mean(after[wrong] > 0)
            line += f"  turned {np.mean(signs.odds[wrong] > 0):.3f} -> {passing:.3f}  AUC {before:.3f} -> {then:.3f}"
        print(line)


def main() -> None:
    """Print figures of weights that did not see a third of the cards and questions; write those of all if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the marked answers")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    signs = Signs([*own(), *marked(arguments.data)])
    questions = sorted({(one.card.deck_id, one.card.question) for one in signs.answers})
    unseen = set(questions[::3])
    held = np.array([(one.card.deck_id, one.card.question) in unseen for one in signs.answers])
    taken = np.zeros(len(held))
    stored: dict[str, dict[str, Any]] = {"weights": {}, "usual": {}, "always": ALWAYS}  # Any: JSON
    for claims, names in SIGNS.items():
        everything = signs.fitted(np.arange(len(held)), claims)
        stored["weights"][claims] = dict(zip(names, everything.round(4).tolist(), strict=True))
        stored["usual"][claims] = round(signs.usual(everything, claims), 3)
        weights, mine = signs.fitted(np.flatnonzero(~held), claims), signs.claims == claims
        most, total = signs.usual(weights, claims), signs.columns(claims) @ weights
        taken[mine] = np.maximum(ALWAYS[claims] * total, total - most)[mine]
        print(claims, dict(zip(names, weights.round(3), strict=True)), round(most, 3))
    print(json.dumps(stored))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")
    print("on cards and questions that the weights did not see:")
    rows = np.flatnonzero(held)
    for name in ("table", "odds", "right", "source", "careful"):
        setattr(signs, name, getattr(signs, name)[rows])
    show(signs, taken[rows])


if __name__ == "__main__":
    main()
