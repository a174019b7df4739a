"""Answers that are right, but to another card of the deck."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizzer.grading.mistaken import FLAG, MOST_CARDS, DeckGrader, OtherCards
from quizzer.model import Card, Grade, PointResult

TIDES = Card(
    "tides", "school", "What causes ocean tides?",
    ("The Moon pulls harder on the near side of the Earth, which stretches the oceans into two bulges.",),
    ("the Moon's pull differs across the Earth", "the oceans are stretched into two bulges"),
)  # fmt: skip
SALT = Card(
    "salt", "school", "Why is the sea salty?",
    ("Rivers carry dissolved minerals from rocks into the sea, and evaporating water leaves them behind.",),
    ("rivers bring dissolved minerals", "evaporation leaves them behind"),
)  # fmt: skip
MOON = Card("moon", "school", "Why do we see one side of the Moon?", ("It turns once on itself in every orbit.",))
SALT_AGAIN = Card(
    "salt-again", "school", "Why is the sea so salty?",
    ("Dissolved minerals come from rocks with the rivers, and evaporation concentrates them over millions of years.",),
)  # fmt: skip
OF_SALT = "Minerals dissolved from rocks come down with rivers; the water is evaporating and they stay behind."
OF_TIDES = "The oceans bulge on two sides, since the Moon's pull on the near side of the Earth is harder."


def others(*cards: Card) -> OtherCards:
    return OtherCards(lambda deck_id: [card for card in cards if card.deck_id == deck_id])


def passing() -> Grade:
    return Grade(0.9, 5, "pass", points=(PointResult("a point", covered=True, similarity=0.9),), reason="1 of 1 points")


def test_an_answer_to_another_card_is_the_learners_to_decide() -> None:
    """Two cards of one topic share enough that an answer to one can pass on the other."""
    grade = others(TIDES, SALT, MOON).judged(TIDES, OF_SALT, passing())
    assert (grade.verdict, grade.flags) == ("unsure", (FLAG,))
    assert grade.quality <= 2
    assert grade.reason == '1 of 1 points; it answers another question of the deck: "Why is the sea salty?"'


@pytest.mark.parametrize("answer", [OF_TIDES, *TIDES.answers, "gravity", ""])
def test_an_answer_to_the_card_keeps_its_grade(answer: str) -> None:
    """Nor does a word or two make an answer one to another card."""
    assert others(TIDES, SALT, MOON).judged(TIDES, answer, passing()) == passing()


def test_an_answer_that_fails_anyway_is_not_looked_up() -> None:
    """What is missing is the reason then."""

    def never(_deck_id: str) -> Sequence[Card]:
        raise AssertionError("the deck was read")

    failing = Grade(0.2, 1, "fail")
    assert OtherCards(never).judged(TIDES, OF_SALT, failing) == failing


def test_a_card_that_asks_the_same_is_no_other_card() -> None:
    """The answer of one is right for both."""
    assert others(TIDES, SALT, SALT_AGAIN, MOON).meant(SALT, SALT_AGAIN.answers[0]) is None


@pytest.mark.parametrize("cards", [[], [TIDES], [TIDES, *[SALT] * MOST_CARDS]])
def test_without_a_deck_that_can_be_looked_through_nothing_changes(cards: list[Card]) -> None:
    """A question of the caller's own has no deck, and a huge one would make every answer wait."""
    assert OtherCards(lambda _deck_id: cards).judged(TIDES, OF_SALT, passing()) == passing()


class Kind:
    """A grader that lets everything pass."""

    name = "kind"

    def grade(self, card: Card, answer: str) -> Grade:
        return passing()

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        return [passing() for _ in pairs]


def test_a_grader_that_knows_the_deck_notices_it_in_a_batch_too() -> None:
    """`quizzer grade -` and `quizzer deck test` grade in batches."""
    grader = DeckGrader(Kind(), others(TIDES, SALT, MOON))
    verdicts = [grade.verdict for grade in grader.grade_many([(TIDES, OF_TIDES), (TIDES, OF_SALT)])]
    assert verdicts == ["pass", "unsure"]
    assert grader.grade(SALT, OF_SALT).verdict == "pass"
    assert grader.name == "kind"
