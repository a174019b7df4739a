"""Trains the head that says whether an answer makes a point, on the bundled deck's own test answers.

Full and passing answers make the points of their card; vague talk, nonsense and other cards' answers make none.
The figures are out of fold: each card is judged by a head that never saw it. Seeded.

Run: python -m benchmarks.grading.train_coverage [--write]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.grading.bundled_deck import read_cards
from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, frame, prepare
from quizzer.grading.head import load_ranks
from quizzer.grading.points import Coverage, gather, sight
from quizzer.grading.text import clauses, clean
from quizzer.model import Card
from quizzer.ports import Embedder

WEIGHTS = Path(__file__).parents[2] / "quizzer" / "grading" / "weights" / "coverage.json"
FEATURES = ("faint_recall", "pooled", "anywhere")
FOLDS = 10

Row = tuple[str, str, float, list[float]]
"""Card, kind of answer, label, features."""


def answers(cards: tuple[Card, ...], index: int) -> list[tuple[str, str, float]]:
    """(kind, answer, label) for one card; the inverted answers and the halves are measured, not trained on."""
    card = cards[index]
    found = [("reference", text, 1.0) for text in card.answers]
    found += [("pass", text, 1.0) for text in card.tests.passing]
    found += [("partial", text, -1.0) for text in card.tests.partial]
    found += [(f"fail {n}", text, -1.0 if n == 0 else 0.0) for n, text in enumerate(card.tests.failing)]
    others = [cards[(index + step) % len(cards)] for step in (1, 9, 17, 23)]
    return found + [("other card's", other.tests.passing[n % 3], 0.0) for n, other in enumerate(others)]


def rows(cards: tuple[Card, ...], encoder: Embedder | None = None) -> list[Row]:
    """One row for each point and answer; read by the bundled model where there is no *encoder*."""
    model = encoder or embedder.load(models=config.paths().models, progress=print)
    ranks = load_ranks("en")

    def read(texts: list[str]) -> list[Prepared]:
        plain = [clean(text) for text in texts]
        return [prepare(t, e, ranks=ranks, language=ENGLISH) for t, e in zip(plain, model.encode(plain), strict=True)]

    out: list[Row] = []
    for index, card in enumerate(cards):
        question, *points = read([card.question, *card.points])
        gathered = gather([frame(point, question) for point in points])
        labelled = answers(cards, index)
        for (kind, _, label), answer in zip(labelled, read([text for _, text, _ in labelled]), strict=True):
            for seen in sight(gathered, answer, clauses(answer.text, answer.words, ENGLISH)):
                if seen:
                    out.append((card.id, kind, label, [seen.features[name] for name in FEATURES]))
    return out


def fitted(features: np.ndarray, labels: np.ndarray) -> LogisticRegression:
    """The head."""
    return LogisticRegression(C=1.0, max_iter=2000).fit(features, labels)


def trained(found: list[Row]) -> Coverage:
    """The head that all the labelled ones of the rows *found* give."""
    known = [row for row in found if row[2] >= 0]
    labels, features = np.array([row[2] for row in known]), np.array([row[3] for row in known])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    head = fitted((features - mean) / scale, labels)
    weights = head.coef_[0] / scale
    return Coverage(
        {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
        round(float(head.intercept_[0] - weights @ mean), 4),
    )


def main() -> None:
    """Print out-of-fold figures; write the head trained on everything if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    found = rows(read_cards())
    cards, kinds = np.array([row[0] for row in found]), np.array([row[1] for row in found])
    labels, features = np.array([row[2] for row in found]), np.array([row[3] for row in found])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    features = (features - mean) / scale
    names = np.random.default_rng(0).permutation(sorted(set(cards)))
    fold = np.array([{name: i % FOLDS for i, name in enumerate(names)}[card] for card in cards])
    likely = np.zeros(len(found))
    for k in range(FOLDS):
        train = (fold != k) & (labels >= 0)
        likely[fold == k] = fitted(features[train], labels[train]).predict_proba(features[fold == k])[:, 1]
    known = (labels >= 0) & (kinds != "reference")
    print(f"{len(found)} pairs; AUC of passing answers' points against no points: "
          f"{roc_auc_score(labels[known], likely[known]):.3f}")  # fmt: skip
    for kind in sorted(set(kinds)):
        here = likely[kinds == kind]
        print(f"  {kind:14s} likelihood {here.mean():.2f}, taken for made {np.mean(here >= 0.5):.2f}")
    head = trained(found)
    stored = {"weights": dict(head.weights), "bias": head.bias}
    print(json.dumps(stored))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")


if __name__ == "__main__":
    main()
