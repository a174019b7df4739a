"""The section on the model's precision: the whole grader on 32-bit floats, and on bytes with a scale per channel."""

from __future__ import annotations

import inspect

import numpy as np

from benchmarks.grading.corpora import HEADERS, all_cells
from benchmarks.grading.measures import scores
from benchmarks.grading.probes import SUMMARY_HEADERS, graded, summary, summary_cells
from benchmarks.grading.run import Run, say
from benchmarks.grading.tables import number, percent, table
from benchmarks.grading.unseen import Makers, grade_rows
from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Grade

OTHER = "int8"


def section(run: Run) -> str:
    """Two tables of the same heads on both precisions, and which one is the default."""
    small = embedder.load(models=config.paths().models, progress=say, precision=OTHER)
    makers: Makers = {OTHER: lambda encoder, k: MeaningGrader(encoder, head=run.heads.whole[k], contrary=run.nets[k])}
    marked = {"fp32": run.grades} | grade_rows(run.rows, run.fold, makers, small, say)
    say("int8: probes")
    probes = {
        name: summary(graded(run.probes, MeaningGrader(encoder)))
        for name, encoder in (("fp32", run.encoder), (OTHER, small))
    }
    return "\n\n".join([
        table(["marked answers", *HEADERS],
              [[name, *all_cells(run, grades)] for name, grades in marked.items()]),
        table(["probes", *SUMMARY_HEADERS], [[name, *summary_cells(one)] for name, one in probes.items()]),
        _verdict(run, marked["fp32"], marked[OTHER]),
    ])  # fmt: skip


def _verdict(run: Run, full: list[Grade], small: list[Grade]) -> str:
    """Which one is the default, and what the other one changes."""
    default = inspect.signature(embedder.load).parameters["precision"].default
    moved = np.abs(scores(full) - scores(small))
    verdicts = float(np.mean([one.verdict != other.verdict for one, other in zip(full, small, strict=True)]))
    return (
        f"The default is {default}, on which all weights were trained. Between the two, a score\nmoves by "
        f"{number(float(moved.mean()))} on average and by {number(float(moved.max()), 2)} at most, and "
        f"{percent(verdicts, 1)} of the verdicts change."
    )
