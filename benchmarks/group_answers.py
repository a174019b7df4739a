"""Do answers that share a group deserve one decision? Counts groups with a right and a wrong answer in them.

    python -m benchmarks.group_answers [DECK.yaml]

The answers are those that test the deck: meant to pass, to be half right, and to fail; of each card together.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from quizzer.cli.compose import group_grader
from quizzer.decks import schema, yamlfile
from quizzer.grading.text import clean
from quizzer.grading.words import language
from quizzer.group import grouping
from quizzer.group.events import Mark
from quizzer.group.grouping import Vector
from quizzer.model import Card

THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)

Answers = tuple[list[tuple[str, str]], list[Mark], list[Vector], frozenset[str]]


def main() -> None:
    """Grade every answer once, then group them at each threshold."""
    bundled = Path(__file__).parents[1] / "decks" / "bert.yaml"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else bundled
    cards = [card for card in schema.parse(yamlfile.read(path), path=str(path)).cards if card.answers]
    grader, embedder = group_grader()
    answers: list[Answers] = []
    for card in cards:
        said = labelled(card)
        marks = [
            Mark(
                grade.score, grade.quality, grade.verdict,
                tuple(point.text for point in grade.points if point.covered), flags=grade.flags,
            )
            for grade in grader.grade_many([(card, text) for text, _ in said])
        ]  # fmt: skip
        vectors = [one.vector.astype(np.float32) for one in embedder.encode([clean(text) for text, _ in said])]
        answers.append((said, marks, vectors, frozenset(language(card.language).negators)))
    print(f"{sum(len(said) for said, *_ in answers)} answers to {len(cards)} cards")
    print("threshold  groups  with right and wrong  with two labels")
    for threshold in THRESHOLDS:
        found = [
            {said[index][1] for index in group}
            for said, marks, vectors, negators in answers
            for group in grouping.groups(
                [text for text, _ in said], marks, vectors, negators=negators, threshold=threshold
            )
        ]
        wrong = sum({"pass", "fail"} <= labels for labels in found)
        print(f"{threshold:9.2f}  {len(found):6}  {wrong:20}  {sum(len(labels) > 1 for labels in found):15}")


def labelled(card: Card) -> list[tuple[str, str]]:
    """The card's answers and tests, each with what it is meant to be."""
    texts = {
        "pass": (*card.answers, *card.tests.passing),
        "partial": card.tests.partial,
        "fail": card.tests.failing,
    }
    return [(text, label) for label, some in texts.items() for text in some]


if __name__ == "__main__":
    main()
