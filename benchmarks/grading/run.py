"""One run of the report: what several of its sections need, made once and only if asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.grading.bundled_deck import card_folds, read_cards
from benchmarks.grading.marked import Array, Data, Row, every, folds, read, share
from benchmarks.grading.probes import PEOPLES, Probe, read_probes
from benchmarks.grading.train_contrary import gathered, trained
from benchmarks.grading.unseen import Makers, Unseen, grade_rows, unseen_heads
from quizzer import config
from quizzer.grading import embedder
from quizzer.grading.contrary import Contrary
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card, Grade
from quizzer.ports import Embedder


def say(text: str) -> None:
    """Show progress on a line that is written over and over; where nobody looks, on a line each."""
    start, end = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")
    print(f"{start}{text}", end=end, file=sys.stderr, flush=True)


@dataclass
class Run:
    """What the flags ask for."""

    folder: Path
    part: float
    fold_count: int
    seeds: int
    probe_folder: Path
    picture: Path | None

    @property
    def peoples(self) -> Path:
        """Other people's answers to the bundled deck."""
        return self.probe_folder / PEOPLES

    @cached_property
    def encoder(self) -> Embedder:
        """The bundled model in the default precision."""
        return embedder.load(models=config.paths().models, progress=say)

    @cached_property
    def rows(self) -> list[Row]:
        """The marked answers."""
        return share(read(self.folder), self.part)

    @cached_property
    def corpus(self) -> Array:
        """(rows,): the corpus of each."""
        return np.array([row["corpus"] for row in self.rows])

    @cached_property
    def mark(self) -> Array:
        """(rows,): 0 to 1."""
        return np.array([row["mark"] for row in self.rows])

    @cached_property
    def data(self) -> Data:
        """What the heads are trained on."""
        say("comparing answers with references")
        return Data(self.rows, self.encoder)

    @cached_property
    def fold(self) -> Array:
        """(rows,): never splits a question."""
        return folds(self.data, self.fold_count)

    @cached_property
    def heads(self) -> Unseen:
        """A head for each fold, trained on the others."""
        return unseen_heads(self.data, self.fold, seeds=self.seeds, say=say)

    @cached_property
    def nets(self) -> list[Contrary]:
        """For each fold a net that sees contraries, without its questions and cards (the package has several)."""
        say("comparing answers with claims turned around")
        data = gathered(self.folder)
        fold: dict[tuple[str, str], int] = {("deck", card): k for card, k in card_folds(self.fold_count).items()}
        for row, k in zip(self.rows, self.fold, strict=True):
            fold[row["corpus"], row["question_id"]] = int(k)
        own = np.array([fold.get((pair.source, pair.group), -1) for pair in data.pairs])
        found = []
        for k in range(self.fold_count):
            say(f"training the net without fold {k + 1} of {self.fold_count}")
            found.append(trained(data, np.flatnonzero(own != k), 1))
        return found

    @cached_property
    def grades(self) -> list[Grade]:
        """The grade of each row by the grader that does not know its question."""
        makers: Makers = {
            "whole": lambda encoder, k: MeaningGrader(encoder, head=self.heads.whole[k], contrary=self.nets[k])
        }
        return grade_rows(self.rows, self.fold, makers, self.encoder, say)["whole"]

    @cached_property
    def probes(self) -> list[Probe]:
        """Cards with answers of known kinds."""
        return every(read_probes(self.probe_folder), self.part)

    @cached_property
    def deck(self) -> Sequence[Card]:
        """The cards of the bundled deck that are looked at."""
        return every(read_cards(), self.part)
