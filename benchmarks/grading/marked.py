"""Answers that people marked, and what the grader sees in them: the ground for training and for figures.

The data are gzipped JSON lines: question_id, question, references, answer, and a score (0..1) or a label.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.english import ENGLISH
from quizzer.grading.evidence import Evidence, weigh
from quizzer.grading.features import Prepared, frame, prepare
from quizzer.grading.head import VIEWS, load_ranks
from quizzer.grading.text import clean
from quizzer.ports import Embedder

FILES = {
    "mohler": ["mohler-1-9"],
    "beetle": ["beetle-train", "beetle-unseen-answers"],
    "sb": ["scientsbank-train", "scientsbank-unseen-answers"],
}
WORDS, FOLDS = 48, 9
NAMES = {"mohler": "Mohler", "beetle": "Beetle", "sb": "SciEntsBank"}
"""Corpora as they are printed, in that order."""

RIGHT = {"mohler": 0.85, "beetle": 0.5, "sb": 0.5}
"""Marks from which people call an answer right without reserve."""

Array = np.ndarray[Any, Any]  # shapes and kinds are told by the names here
Row = dict[str, Any]  # JSON
Item = TypeVar("Item")


def read(folder: Path) -> list[Row]:
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

    def __init__(self, rows: list[Row], encoder: Embedder | None = None) -> None:
        """Encode and compare, question by question; with the bundled model where there is no *encoder*."""
        model, ranks = encoder or embedder.load(models=config.paths().models, progress=print), load_ranks("en")
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
            np.stack(part)
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


def folds(data: Data, count: int = FOLDS) -> Array:
    """The fold of each row, 0 to *count* - 1; questions (of Mohler: assignments) are never split."""
    out = np.zeros(len(data.mark), int)
    for corpus in VIEWS:
        mine = data.corpus == corpus
        group = np.array([q.split(".")[0] for q in data.question]) if corpus == "mohler" else data.question
        names = sorted(set(group[mine]))
        names = names if corpus == "mohler" else list(np.random.default_rng(1).permutation(names))
        place = {name: i % count for i, name in enumerate(names)}
        out[mine] = [place[name] for name in group[mine]]
    return out


def accepted(corpus: Array, mark: Array) -> Array:
    """Whether a person would let each answer pass."""
    found: Array = np.where(corpus == "mohler", mark >= 0.7, mark >= 0.5)
    return found


def share(rows: list[Row], part: float) -> list[Row]:
    """The rows of about this *part* of each corpus's questions, spread evenly over their names."""
    kept = set()
    for corpus in FILES:
        names = sorted({row["question_id"] for row in rows if row["corpus"] == corpus})
        kept |= {(corpus, name) for name in every(names, part)}
    return [row for row in rows if (row["corpus"], row["question_id"]) in kept]


def every(items: Sequence[Item], part: float) -> list[Item]:
    """About this *part* of *items*, spread evenly, at least one."""
    count = max(1, round(part * len(items)))
    return [items[int(place * len(items) / count)] for place in range(count)]
