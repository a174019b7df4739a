"""How the grader judges answers with a known outcome: the bundled deck's tests, and easy wrong answers to its cards.

The tests were written by people who saw the questions and points, not the references, before any was graded.

Run: python -m benchmarks.grading.bundled_deck
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from quizzer import config
from quizzer.cli.compose import bundled_decks
from quizzer.decks import schema, yamlfile
from quizzer.grading.embedder import load
from quizzer.grading.grader import MeaningGrader
from quizzer.model import Card

Pairs = list[tuple[Card, str]]
DONT_KNOW = ("I don't know", "no idea", "")


def read_cards() -> tuple[Card, ...]:
    """The cards of the bundled BERT deck."""
    path = bundled_decks() / "bert.yaml"
    return schema.parse(yamlfile.read(path), path=str(path)).cards


def kinds(cards: Sequence[Card]) -> dict[str, Pairs]:
    """Kind of answer -> pairs of card and answer."""
    count = len(cards)
    return {
        "right (tests.pass)": [(card, answer) for card in cards for answer in card.tests.passing],
        "half right (tests.partial)": [(card, answer) for card in cards for answer in card.tests.partial],
        "wrong: claims turned around": [(card, card.tests.failing[0]) for card in cards],
        "wrong: nonsense on the topic": [(card, card.tests.failing[1]) for card in cards],
        "wrong: says nothing": [(card, card.tests.failing[2]) for card in cards],
        "wrong: a misconception": [(card, claim) for card in cards for claim in card.misconceptions],
        "the reference": [(card, answer) for card in cards for answer in card.answers],
        "the question": [(card, card.question) for card in cards],
        "blank, don't know": [(card, answer) for card in cards for answer in DONT_KNOW],
        "another card's reference": [(card, cards[(i + 7) % count].answers[0]) for i, card in enumerate(cards)],
    }


def main() -> None:
    """Print a row for each kind: how many answers, the share of each verdict, the mean score."""
    with tempfile.TemporaryDirectory() as folder:
        exported = config.paths().models
        grader = MeaningGrader(load(models=exported if exported.is_dir() else Path(folder)))
        print(f"{'answers':32} {'n':>4}  {'pass':>6} {'unsure':>6} {'fail':>6}   mean score")
        for kind, pairs in kinds(read_cards()).items():
            grades = grader.grade_many(pairs)
            verdicts = Counter(grade.verdict for grade in grades)
            shares = " ".join(
                f"{100 * verdicts[verdict] / len(grades):5.0f}%" for verdict in ("pass", "unsure", "fail")
            )
            mean = sum(grade.score for grade in grades) / len(grades)
            print(f"{kind:32} {len(grades):4}  {shares}   {mean:.2f}")


if __name__ == "__main__":
    main()
