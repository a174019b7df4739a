"""The section on what each part of the grader is good for: the whole, and the whole without the part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.grading.corpora import HEADERS, all_cells
from benchmarks.grading.marked import Data, Row
from benchmarks.grading.measures import raised, unguarded
from benchmarks.grading.probes import SUMMARY_HEADERS, graded, summary, summary_cells, without_points
from benchmarks.grading.run import Run, say
from benchmarks.grading.tables import table
from benchmarks.grading.unseen import Makers, Unseen, grade_rows, unseen_heads
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Grade
from quizzer.ports import Embedder, Encoded

WHOLE, BARE, UNASKED = "the whole grader", "with no guard at all", "without question demoting"
UNREAD = {"blank", "dont-know"}
"""Answers that no model reads; nothing takes these two away."""

Found = list[tuple[str, Grade]]


class Silent:
    """An embedder for which a text without words has no direction: a question left blank demotes nothing."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order."""
        encoded = zip(texts, self._embedder.encode(texts), strict=True)
        return [one if text.strip() else _nothing(one) for text, one in encoded]


def _nothing(like: Encoded) -> Encoded:
    return Encoded(np.zeros_like(like.vector), (), (), like.states[:, :0])


def section(run: Run) -> str:
    """One table for the marked answers and one for the probes; guards are taken away after the fact."""
    heads, nets, unasked = run.heads, run.nets, unasked_heads(run)
    makers: Makers = {
        BARE: lambda encoder, k: MeaningGrader(encoder, head=heads.whole[k], guards=False),
        "without the linear half": lambda encoder, k: MeaningGrader(encoder, head=heads.words[k], contrary=nets[k]),
        "without the word net": lambda encoder, k: MeaningGrader(encoder, head=heads.linear[k], contrary=nets[k]),
    }
    demoted: Makers = {UNASKED: lambda encoder, k: MeaningGrader(encoder, head=unasked.whole[k], contrary=nets[k])}
    marked = {WHOLE: run.grades} | grade_rows(run.rows, run.fold, makers, run.encoder, say)
    marked |= grade_rows([unasked_row(row) for row in run.rows], run.fold, demoted, Silent(run.encoder), say)
    say("ablation: probes")
    whole: Makers = {WHOLE: lambda encoder, k: MeaningGrader(encoder, head=heads.whole[k], contrary=nets[k])}
    probes = {name: graded(run.probes, make(run.encoder, 0)) for name, make in {**whole, **makers}.items()}
    blank = [replace(probe, card=replace(probe.card, question="")) for probe in run.probes]
    probes[UNASKED] = graded(blank, demoted[UNASKED](Silent(run.encoder), 0))
    pointless = graded(without_points(run.probes), whole[WHOLE](run.encoder, 0))
    return "\n\n".join([
        table(["marked answers", *HEADERS], _marked_rows(run, marked)),
        table(["probes", *SUMMARY_HEADERS], _probe_rows(probes | {"without the points": pointless})),
        "The probes are graded by head and net of the first fold. Without question demoting there is no echo either.\n"
        "Without a guard, answers to which nothing else objects have the score that they have with no guard at all.",
    ])  # fmt: skip


def unasked_row(row: Row) -> Row:
    """The marked answer to a question that nobody knows."""
    return {**row, "question": ""}


def unasked_heads(run: Run) -> Unseen:
    """Heads that were trained, too, without the questions."""
    data = Data([unasked_row(row) for row in run.rows], Silent(run.encoder))
    return unseen_heads(data, run.fold, seeds=run.seeds, say=say)


def _guards(grades: Collection[Grade]) -> list[str]:
    return sorted({flag for grade in grades for flag in raised(grade)} - UNREAD)


def _marked_rows(run: Run, found: dict[str, list[Grade]]) -> list[list[str]]:
    whole, bare = found[WHOLE], found[BARE]
    single = {f"without the guard {flag!r}": unguarded(whole, bare, [flag]) for flag in _guards(whole)}
    return [[name, *all_cells(run, grades)] for name, grades in (found | single).items()]


def _probe_rows(found: dict[str, Found]) -> list[list[str]]:
    kinds = [kind for kind, _ in found[WHOLE]]
    whole, bare = ([grade for _, grade in found[name]] for name in (WHOLE, BARE))
    single = {
        f"without the guard {flag!r}": list(zip(kinds, unguarded(whole, bare, [flag]), strict=True))
        for flag in _guards(whole)
    }
    return [[name, *summary_cells(summary(grades))] for name, grades in (found | single).items()]
