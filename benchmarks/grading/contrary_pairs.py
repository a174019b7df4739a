"""Pairs of an answer and a claim for the nets that see contraries: right, turned by rule, or marked by people."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.grading.bundled_deck import read_cards
from benchmarks.grading.edits import Editor
from benchmarks.grading.marked import read

HERE = Path(__file__).parent
MOST = {"sb": 25, "beetle": 40, "mohler": 16}
"""Right answers used of each question."""


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
