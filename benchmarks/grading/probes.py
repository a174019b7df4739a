"""Answers of known kinds to cards on many topics, by people and models that did not know the grader's rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.grading.measures import Shares, auc, raised, shares
from benchmarks.grading.tables import number, percent, table
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card, Grade

FOLDER = Path(__file__).parent / "probes"
PEOPLES = "bundled-deck.jsonl"
"""Answers to the bundled deck, which are no cards of their own."""

RIGHT = ("full", "terse", "typos", "padded", "spoken", "reworded", "careful")
EASY = ("echo", "offtopic", "dontknow", "blank")
HARD = (
    "negated", "negated-all", "swapped", "number", "shuffled", "falsehood", "reversed", "misconception", "vague",
)  # fmt: skip
HALF = ("half", "one")
"""Neither right nor wrong: some of the points. Reported apart."""

KINDS = (*RIGHT, *EASY, *HARD, *HALF)


@dataclass(frozen=True, slots=True)
class Probe:
    """A card, and answers to it of known kinds."""

    card: Card
    answers: tuple[tuple[str, str], ...]
    """Kind and text."""


def read_probes(folder: Path) -> list[Probe]:
    """The probes of every file in *folder*."""
    files = sorted(folder.glob("*.jsonl"))
    return [
        _probe(json.loads(line), f"{file.stem}-{place}")
        for file in files
        if file.name != PEOPLES
        for place, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _probe(row: dict[str, object], name: str) -> Probe:
    def texts(field: str) -> tuple[str, ...]:
        found = row.get(field, ())
        return tuple(map(str, found)) if isinstance(found, list) else ()

    answers = row.get("answers")
    if not isinstance(answers, list) or (unknown := {one["kind"] for one in answers} - set(KINDS)):
        raise SystemExit(f"{name}: " + (f"unknown kinds of answers: {sorted(unknown)}" if answers else "no answers"))
    card = Card(
        id=name,
        deck_id="probes",
        question=str(row["question"]),
        answers=texts("references"),
        points=texts("points"),
        misconceptions=texts("misconceptions"),
    )
    return Probe(card, tuple((str(one["kind"]), str(one["text"])) for one in answers))


def without_points(probes: Sequence[Probe]) -> list[Probe]:
    """The probes as cards that have references only."""
    return [replace(probe, card=replace(probe.card, points=())) for probe in probes]


def graded(probes: Sequence[Probe], grader: MeaningGrader) -> list[tuple[str, Grade]]:
    """Kind and grade of every answer."""
    found = []
    for probe in probes:
        grades = grader.grade_many([(probe.card, text) for _, text in probe.answers])
        found += [(kind, grade) for (kind, _), grade in zip(probe.answers, grades, strict=True)]
    return found


@dataclass(frozen=True, slots=True)
class Summary:
    """What counts of the probes."""

    auc: float
    """Right against wrong, easy and hard."""
    right: Shares
    easy: Shares
    hard: Shares
    alarms: float
    """Share of the right answers on which a guard is raised."""


def summary(found: Sequence[tuple[str, Grade]]) -> Summary:
    """The figures over all kinds."""
    groups = {kinds: [grade for kind, grade in found if kind in kinds] for kinds in (RIGHT, EASY, HARD)}
    judged = [(grade.score, kind in RIGHT) for kind, grade in found if kind not in HALF]
    score, right = np.array([one for one, _ in judged]), np.array([one for _, one in judged])
    flagged = [bool(raised(grade)) for grade in groups[RIGHT]]
    return Summary(
        auc=auc(score, right),
        right=shares(groups[RIGHT]),
        easy=shares(groups[EASY]),
        hard=shares(groups[HARD]),
        alarms=float(np.mean(flagged)) if flagged else float("nan"),
    )


def by_kind(found: Sequence[tuple[str, Grade]], kinds: Sequence[str] = KINDS) -> str:
    """A table with a row for each kind of which there are answers."""
    return shares_table([
        (kind, shares(grades)) for kind in kinds if (grades := [grade for own, grade in found if own == kind])
    ])  # fmt: skip


def shares_table(rows: Sequence[tuple[str, Shares]]) -> str:
    """A table of verdicts and mean scores."""
    cells = [
        [name, str(one.count), percent(one.passing), percent(one.unsure), percent(one.failing), number(one.score, 2)]
        for name, one in rows
    ]
    return table(["answers", "n", "pass", "unsure", "fail", "mean score"], cells)


SUMMARY_HEADERS = ("AUC", "right pass", "easy wrong fail", "hard wrong do not pass", "guards on right")


def summary_cells(one: Summary) -> list[str]:
    """The cells under `SUMMARY_HEADERS`."""
    return [
        number(one.auc), percent(one.right.passing, 1), percent(one.easy.failing, 1),
        percent(1 - one.hard.passing, 1), percent(one.alarms, 1),
    ]  # fmt: skip
