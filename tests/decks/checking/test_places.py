"""Findings lead to the line of the text that they are about, and comments let them pass."""

from __future__ import annotations

import pytest

from quizzer.decks import yamlfile
from quizzer.decks.checking.places import WHOLE_DECK, Finding, Places, Spot

TEXT = """\
quizzer: 1
deck: {id: d, title: x}
cards:
  - id: a
    question: one?
    answers:
      - first
      - >-
        second,
        folded
    tests:
      fail: ["", wrong]

  - {id: b, question: two?, points: [p, q]}
"""


def places(text: str = TEXT) -> Places:
    root = yamlfile.parse(text, path="d.yaml")
    assert root is not None
    return Places(root, text, path="d.yaml")


@pytest.mark.parametrize(
    ("spot", "place"),
    [
        (Spot(WHOLE_DECK), (2, 7)),
        (Spot(WHOLE_DECK, "title"), (2, 22)),
        (Spot(0), (4, 5)),
        (Spot(0, "question"), (5, 15)),
        (Spot(0, "answers", 0), (7, 9)),
        (Spot(0, "answers", 1), (8, 9)),
        (Spot(0, "tests"), (12, 7)),
        (Spot(0, "tests.fail", 1), (12, 18)),
        (Spot(1, "points", 1), (14, 41)),
        (Spot(1, "answers", 0), (14, 5)),
        (Spot(1, "points", 9), (14, 37)),
    ],
)
def test_every_text_has_its_place(spot: Spot, place: tuple[int, int]) -> None:
    """What has no place of its own is found at what would hold it."""
    assert places().place(spot) == place


def test_a_finding_becomes_a_problem_with_path_and_place() -> None:
    """Commands print problems; checks know only which text they mean."""
    problem = places().problem(Finding("code", "message", "hint", Spot(0, "answers", 1)))

    assert (problem.path, problem.line, problem.column, problem.hint) == ("d.yaml", 8, 9, "hint")


@pytest.mark.parametrize(
    ("line", "comment", "allowed"),
    [
        (6, "    # quizzer: allow one-code", (0,)),
        (13, "  # quizzer: allow one-code, other-code", (1,)),
        (13, "    # quizzer: allow one-code", (0,)),
        (4, "  # quizzer: allow one-code", (0,)),
        (1, "# quizzer: allow one-code", (0, 1)),
        (3, "# quizzer: allow one-code", (0, 1)),
        (13, "  # Quizzer: allow  other-code one-code", (1,)),
        (13, "  # quizzer allows one-code", ()),
    ],
)
def test_a_comment_allows_a_finding_in_its_card(line: int, comment: str, allowed: tuple[int, ...]) -> None:
    """Inside a card or just above it; above all cards it holds for all."""
    lines = TEXT.split("\n")
    text = "\n".join([*lines[: line - 1], comment, *lines[line - 1 :]])

    found = places(text)

    assert tuple(card for card in (0, 1) if found.allows("one-code", card)) == allowed
    assert not found.allows("third-code", 0)


def test_a_comment_behind_a_text_counts_too() -> None:
    """It stands where the finding is."""
    text = TEXT.replace("question: one?", "question: one?  # quizzer: allow one-code").replace("\n", "\r\n")

    assert places(text).allows("one-code", 0)
