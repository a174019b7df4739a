"""The section on the bundled deck: what says whether a point is made or turned around is trained without the card."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.grading.bundled_deck import HALF, RIGHT, Pairs, card_folds, kinds, other_peoples, read_cards
from benchmarks.grading.measures import shares
from benchmarks.grading.probes import shares_table
from benchmarks.grading.run import Run, say
from benchmarks.grading.tables import table
from benchmarks.grading.train_coverage import rows, trained
from quizzer.grading.contrary import Contrary
from quizzer.grading.embedder import CachedEmbedder
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card, Grade
from quizzer.ports import Embedder


def section(run: Run) -> str:
    """The verdicts by kind of answer, and the cards on which the grader errs."""
    with tempfile.TemporaryDirectory() as folder:
        encoder = CachedEmbedder(run.encoder, Path(folder) / "vectors.db")
        answers = kinds(read_cards()) | other_peoples(read_cards(), run.peoples)
        found = graded(run.deck, answers, encoder, run.nets)
    cells = [(kind, shares([grade for _, grade in pairs])) for kind, pairs in found.items() if pairs]
    return f"{shares_table(cells)}\n\n{errors(found)}"


Found = dict[str, list[tuple[str, Grade]]]
"""Kind of answer -> card's ID and grade."""


def graded(cards: Sequence[Card], answers: dict[str, Pairs], encoder: Embedder, nets: Sequence[Contrary]) -> Found:
    """The grades of the answers to *cards*, a fold for each of *nets*; coverage and net know none of its cards."""
    everything = read_cards()
    fold = card_folds(len(nets))
    found: Found = {kind: [] for kind in answers}
    for k in sorted({fold[card.id] for card in cards}):
        say(f"deck: fold {k + 1} of {len(nets)}")
        coverage = trained(rows(tuple(card for card in everything if fold[card.id] != k), encoder))
        grader = MeaningGrader(encoder, coverage=coverage, contrary=nets[k])
        mine = {card.id for card in cards if fold[card.id] == k}
        for kind, pairs in answers.items():
            own = [(card, answer) for card, answer in pairs if card.id in mine]
            grades = grader.grade_many(own)
            found[kind] += [(card.id, grade) for (card, _), grade in zip(own, grades, strict=True)]
    return found


def errors(found: Found) -> str:
    """A table of the cards that fail a right answer or pass a wrong one."""
    failed: dict[str, list[str]] = defaultdict(list)
    passed: dict[str, list[str]] = defaultdict(list)
    for kind, pairs in found.items():
        for card, grade in pairs:
            if kind in RIGHT and grade.verdict == "fail":
                failed[card].append(kind)
            if kind not in RIGHT | HALF and grade.verdict == "pass":
                passed[card].append(kind)
    cells = [[card, str(len(failed[card])), str(len(passed[card]))] for card in sorted(failed.keys() | passed.keys())]
    return table(["card", "right ones failed", "wrong ones passed"], cells) if cells else "No card with an error."
