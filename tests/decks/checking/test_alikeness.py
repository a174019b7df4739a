"""Twins are found among cards by vectors, words and grades; what is only alike is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from quizzer.decks.checking import lint
from quizzer.decks.checking.alikeness import (
    Acceptance,
    Pair,
    acceptances,
    close_pairs,
    contradicts,
    same_questions,
    same_words,
)
from quizzer.decks.checking.coverage import Coverage, coverages, too_long, uncovered
from quizzer.model import Card, Deck, Grade, PointResult

ANSWER = "Gradients of several small batches are summed before the optimizer takes one step on all of them"


def card(identity: str, question: str, *answers: str, points: tuple[str, ...] = ()) -> Card:
    return Card(identity, "d", question, answers, points=points)


class StrictGrader:
    """Passes an answer that has every word of the first reference; a point is made where it stands in the answer."""

    name = "strict"

    def grade(self, card: Card, answer: str) -> Grade:
        right = set(card.answers[0].split()) <= set(answer.split())
        points = tuple(PointResult(point, point in answer, float(point in answer)) for point in card.points)
        return Grade(1.0 if right else 0.1, 5 if right else 1, "pass" if right else "fail", points)

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        return [self.grade(card, answer) for card, answer in pairs]


class WordCounter:
    """A word piece is a word."""

    window = 20

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def unit(*angles: float) -> np.ndarray:
    """Unit vectors in the plane at these angles in degrees."""
    radians = np.radians(angles)
    table: np.ndarray = np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)
    return table


def test_equal_questions_are_found_without_a_model() -> None:
    """Each later one once, at the first that has it; two unchecked cards are nobody's business."""
    cards = [card("a", "What is TCP?"), card("b", "What is UDP?"), card("c", "what is  TCP"), card("e", "What is UDP"),
             card("f", "What is IP?"), card("g", "What is IP?")]  # fmt: skip

    assert same_words(cards, checked=2) == [Pair(0, 2, 1.0), Pair(1, 3, 1.0)]
    assert same_words(cards, checked=0) == []


def test_questions_in_other_words_are_found_across_decks() -> None:
    """The vectors propose, the words decide."""
    cards = [card("a", "What is the difference between TCP and UDP?"), card("b", "How does UDP differ from TCP?"),
             card("c", "How does UDP differ from IP?"),
             card("e", "What is the difference between TCP and UDP?")]  # fmt: skip

    found = same_questions(cards, unit(0, 5, 6, 0), checked=2, vectors_of=lambda texts: unit(*range(len(texts))))

    assert [pair[:2] for pair in found] == [(0, 1), (1, 3)]


def test_short_answers_are_right_for_many_questions() -> None:
    """Two questions with the answer 1945 are not one."""
    cards = [card("a", "When did the war end?", "1945"), card("b", "When was the bomb dropped?", "1945"),
             card("c", "How does accumulation work?", ANSWER), card("e", "What are micro-batches for?", ANSWER),
             card("f", "Unanswered?")]  # fmt: skip

    found = close_pairs(cards, unit(0, 40, 80, 120, 160), unit(0, 0, 90, 90, 0), checked=5)

    assert [pair[:2] for pair in found] == [(2, 3)]


def test_only_the_closest_pairs_are_tried() -> None:
    """Grading takes time; a large deck of similar cards must not take hours."""
    cards = [card(str(number), f"What is thing {number}?", ANSWER) for number in range(40)]
    vectors = unit(*(number * 0.5 for number in range(40)))

    assert len(close_pairs(cards, vectors, vectors, checked=40, limit=7)) == 7


def test_acceptance_needs_both_directions() -> None:
    """A full answer passes on a card that asks for a part of it; that is no fault."""
    small, large = card("a", "small?", "one two"), card("b", "large?", "three", "one two three four")
    twin = card("c", "twin?", "two one")

    first, second = acceptances([(small, large), (small, twin)], StrictGrader())

    assert (first.there, first.back, first.both) == (0.1, 1.0, False)
    assert second == Acceptance(1.0, 1.0, both=True)


@pytest.mark.parametrize(("cosine", "score", "expected"), [(0.85, 0.1, True), (0.95, 0.1, False), (0.85, 0.4, False)])
def test_answers_that_refuse_each_other_set_questions_apart(cosine: float, score: float, expected: bool) -> None:
    """Unless the questions are very near: then one of the answers is wrong."""
    assert contradicts(Pair(0, 1, cosine), Acceptance(score, 0.0, both=False)) is expected


def test_points_that_no_answer_makes_are_found_each_at_its_place() -> None:
    """And a first answer that makes too few, with what it misses."""
    one = card("a", "q?", "first makes p1", "second makes p1 p2 p3", points=("p1", "p2", "p3", "p4"))

    (coverage,) = coverages([one], StrictGrader())
    found = list(uncovered(3, one, coverage))

    assert coverage == Coverage(((True, False, False, False), (True, True, True, False)))
    assert [(finding.code, finding.spot.field, finding.spot.index) for finding in found] == [
        ("point-unmentioned", "points", 3),
        ("answer-thin", "answers", 0),
    ]
    assert "1 of its 4 points" in found[1].message
    assert '"p2"; "p3"' in found[1].message


def test_a_terse_second_answer_is_no_fault() -> None:
    """It is there to be said aloud."""
    one = card("a", "q?", "makes p1 p2", "p1", points=("p1", "p2"))

    assert list(uncovered(0, one, coverages([one], StrictGrader())[0])) == []


def test_answers_longer_than_the_window_are_found() -> None:
    """The message says how long they are, and what the model reads."""
    deck = Deck("d", "d", cards=(card("a", "q?", "short"), card("b", "q?", "word " * 20, "word " * 21)))

    (finding,) = too_long(deck, WordCounter())

    assert (finding.spot.card, finding.spot.field, finding.spot.index) == (1, "answers", 1)
    assert "21 word pieces; the model reads 22 at once" in finding.message


def test_cards_that_are_too_large_are_not_graded() -> None:
    """A thousand points would fill the memory; `card-too-large` says so."""
    large = card("a", "How does it work?", ANSWER, points=tuple(f"point {number}" for number in range(3000)))
    small = card("b", "What are batches for?", ANSWER)

    assert close_pairs([large, small], unit(0, 1), unit(0, 1), checked=2) == []
    assert [finding.code for finding in lint.examine(Deck("d", "d", cards=(large, small)))] == ["card-too-large"]
