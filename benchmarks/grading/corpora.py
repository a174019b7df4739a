"""The sections on marked answers: cosine, words in common and quizzer side by side, and the guards' false alarms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.grading.baselines import cosine, lexical
from benchmarks.grading.marked import NAMES, RIGHT, Array
from benchmarks.grading.measures import agreement, alarms, raised, scores, separation
from benchmarks.grading.run import Run, say
from benchmarks.grading.tables import number, percent, table
from quizzer.model import Grade


def section(run: Run, corpora: Sequence[str]) -> str:
    """The table of each of *corpora*, and one of false alarms."""
    parts = [corpus_table(run, corpus) for corpus in corpora]
    return "\n\n".join([*parts, alarm_table(run, corpora)])


def corpus_table(run: Run, corpus: str) -> str:
    """One row for each way to score."""
    mine = np.flatnonzero(run.corpus == corpus)
    rows = [run.rows[i] for i in mine]
    say(f"{NAMES[corpus]}: cosine and words in common")
    recall, both = lexical(rows)
    found = {
        "plain cosine": cosine(rows, run.encoder),
        "words in common: recall": recall,
        "words in common: F1": both,
        "quizzer": scores(run.grades)[mine],
    }
    mark = run.mark[mine]
    headers = ["r", "RMSE", "QWK"] if corpus == "mohler" else ["accuracy", "macro-F1 at .5", "AUC"]
    questions = len({row["question_id"] for row in rows})
    return table(
        [f"{NAMES[corpus]}: {len(rows)} answers, {questions} questions", *headers],
        [[name, *corpus_cells(corpus, score, mark)] for name, score in found.items()],
    )


def corpus_cells(corpus: str, score: Array, mark: Array) -> list[str]:
    """The three figures of a corpus: of marks where it has them, else of right and wrong."""
    if corpus == "mohler":
        marks = agreement(score, mark)
        return [number(marks.r), number(marks.rmse), number(marks.qwk)]
    apart = separation(score, mark >= 0.5)
    return [number(apart.accuracy), number(apart.macro_f1), number(apart.auc)]


def alarm_table(run: Run, corpora: Sequence[str]) -> str:
    """How often each guard is raised on answers that people marked right."""
    columns = {corpus: right_ones(run, corpus, run.grades) for corpus in corpora}
    shares = {corpus: alarms(grades) for corpus, grades in columns.items()}
    cells = [
        [flag, *(percent(shares[corpus].get(flag, 0.0), 1) for corpus in corpora)]
        for flag in sorted({flag for one in shares.values() for flag in one})
    ]
    any_of = [percent(float(np.mean([bool(raised(one)) for one in columns[corpus]])), 1) for corpus in corpora]
    headers = [f"{NAMES[corpus]} (n {len(columns[corpus])})" for corpus in corpora]
    return table(["guards raised on right answers", *headers], [*cells, ["any", *any_of]])


def right_ones(run: Run, corpus: str, grades: Sequence[Grade]) -> list[Grade]:
    """The grades of the answers that people marked right."""
    chosen = (run.corpus == corpus) & (run.mark >= RIGHT[corpus])
    return [grade for grade, one in zip(grades, chosen, strict=True) if one]


HEADERS = (
    "Mohler r", "RMSE", "QWK", "Beetle accuracy", "F1", "AUC", "SciEntsBank accuracy", "F1", "AUC", "guards on right",
)  # fmt: skip


def all_cells(run: Run, grades: Sequence[Grade]) -> list[str]:
    """The cells under `HEADERS`: what counts of the marked answers, on one line."""
    score, cells = scores(grades), list[str]()
    for corpus in NAMES:
        mine = run.corpus == corpus
        cells += corpus_cells(corpus, score[mine], run.mark[mine])
    right = [grade for corpus in NAMES for grade in right_ones(run, corpus, grades)]
    return [*cells, percent(float(np.mean([bool(raised(grade)) for grade in right])), 1)]
