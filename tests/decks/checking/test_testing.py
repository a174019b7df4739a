"""The tests of a deck: which answers are graded, what is expected of each, and what is said of one that fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from quizzer.decks.checking.distortion import shuffled, unknowing
from quizzer.decks.checking.neighbours import COUNT, neighbours
from quizzer.decks.checking.places import Spot
from quizzer.decks.checking.testing import KINDS, Case, Neighbour, Outcome, cases, decided_by, finding, run
from quizzer.model import Card, CardTests, Grade, PointResult, Verdict

CARD = Card(
    "tcp", "net", "What does TCP add to IP?", ("TCP adds an ordered stream of bytes.", "Order."),
    points=("bytes arrive in order",), misconceptions=("TCP encrypts.",),
    tests=CardTests(("It makes streams.",), ("Half.",), ("Routing.", "")),
)  # fmt: skip


def outcome(kind: Any, verdict: Verdict, quality: int, **fields: Any) -> Outcome:
    return Outcome(Case(CARD, kind, "an answer", Spot(0)), Grade(quality / 5, quality, verdict, **fields))


def test_every_kind_of_answer_is_made_for_a_card() -> None:
    """Those that the deck names, and those that every card must withstand."""
    found = list(cases(3, CARD, [Neighbour("net/udp", "UDP adds ports.")]))

    by_kind = {kind: [case.answer for case in found if case.kind == kind] for kind in KINDS}
    assert by_kind == {
        "tests.pass": ["It makes streams."],
        "tests.partial": ["Half."],
        "tests.fail": ["Routing.", ""],
        "reference": ["TCP adds an ordered stream of bytes.", "Order."],
        "negated": ["TCP does not add an ordered stream of bytes.", "Not Order."],
        "shuffled": [shuffled(CARD.answers[0], "en", seed="net/tcp 0")],
        "misconception": ["TCP encrypts."],
        "neighbour": ["UDP adds ports."],
        "question": [CARD.question],
        "don't know": ["I don't know", "No idea, sorry.", "idk"],
        "blank": [""],
    }
    assert {case.spot.card for case in found} == {3}
    assert [case.spot for case in found if case.kind == "tests.fail"] == [
        Spot(3, "tests.fail", 0),
        Spot(3, "tests.fail", 1),
    ]
    assert [case.label for case in found if case.kind in ("tests.fail", "negated", "neighbour", "blank")] == [
        "tests.fail 1", "tests.fail 2", "negated answer 1", "negated answer 2", "answer of net/udp", "blank",
    ]  # fmt: skip


def test_other_languages_are_not_denied_in_english() -> None:
    """But people do not know things in every language."""
    card = Card("a", "d", "Was fügt TCP hinzu?", ("TCP fügt einen geordneten Strom von Bytes hinzu.",), language="de")

    found = list(cases(0, card))

    assert not [case for case in found if case.kind == "negated"]
    assert [case.answer for case in found if case.kind == "don't know"] == ["Ich weiß es nicht", "Keine Ahnung."]
    assert unknowing("xx") == unknowing("en-GB")


@pytest.mark.parametrize(
    ("kind", "verdict", "quality", "met"),
    [
        ("tests.pass", "pass", 3, True), ("tests.pass", "unsure", 3, False), ("tests.pass", "fail", 2, False),
        ("reference", "pass", 5, True), ("reference", "unsure", 2, False),
        ("tests.partial", "pass", 3, True), ("tests.partial", "fail", 1, True), ("tests.partial", "pass", 4, False),
        ("tests.partial", "fail", 0, False),
        ("tests.fail", "fail", 2, True), ("tests.fail", "unsure", 2, True), ("tests.fail", "unsure", 3, False),
        ("tests.fail", "pass", 3, False), ("negated", "unsure", 2, True), ("misconception", "pass", 4, False),
        ("blank", "fail", 0, True),
    ],
)  # fmt: skip
def test_what_is_expected_is_what_the_contract_says(kind: Any, verdict: Verdict, quality: int, met: bool) -> None:
    """Pass: the verdict pass. Fail: not pass, and a quality of 2 at most. Partial: a quality of 1 to 3."""
    assert outcome(kind, verdict, quality).met is met


def test_what_decided_is_said() -> None:
    """A person acts on the points and guards, not on a number."""
    points = (PointResult("one", True, 0.9), PointResult("two", False, 0.1))

    assert decided_by(outcome("tests.pass", "fail", 2, points=points, reason="1 of 2 points made")) == [
        "1 of 2 points made", 'missed "two"',
    ]  # fmt: skip
    assert decided_by(outcome("tests.fail", "pass", 4, points=points)) == [
        "no guard spoke; 1 of 2 points made", 'made "one"',
    ]  # fmt: skip
    guarded = outcome(
        "tests.pass", "unsure", 2, points=points, flags=("number",), reason="1 of 2 points made; you say 5"
    )
    assert decided_by(guarded) == ["number: you say 5; 1 of 2 points made", 'missed "two"']
    assert decided_by(outcome("tests.pass", "fail", 1, reason="it says little")) == ["it says little"]


def test_a_failure_becomes_a_finding_at_the_text() -> None:
    """With what was expected, what came, and what to do."""
    case = Case(CARD, "tests.fail", "Routing.", Spot(3, "tests.fail", 1))

    found = finding(Outcome(case, Grade(0.73, 4, "pass", reason="it says most")))

    assert (found.code, found.spot) == ("test-failed", Spot(3, "tests.fail", 1))
    assert found.message == (
        "tests.fail 2 of card 'tcp': expected no pass, and a quality of at most 2, got pass, score 0.73, quality 4"
        " (no guard spoke; it says most)"
    )
    assert "misconception" in found.hint


class Grader:
    """Passes everything; counts its batches."""

    name = "kind"
    batches = 0

    def grade(self, card: Card, answer: str) -> Grade:
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        self.batches += 1
        return [Grade(1.0, 5, "pass", reason=answer) for _, answer in pairs]


def test_cases_are_graded_in_one_batch() -> None:
    """Texts are encoded together."""
    grader, planned = Grader(), list(cases(0, CARD))

    outcomes = run(planned, grader)

    assert grader.batches == 1
    assert [one.grade.reason for one in outcomes] == [case.answer for case in planned]


def test_shuffling_is_the_same_each_time_and_never_the_same_order() -> None:
    """A test that changes from run to run could not be acted on."""
    text = "gradients of several small batches are summed before one step"

    first = shuffled(text, "en", seed="a")

    assert first == shuffled(text, "en", seed="a")
    assert first is not None
    assert sorted(first.split()) == sorted(
        ["gradients", "several", "small", "batches", "summed", "before", "one", "step"]
    )
    assert first != "gradients several small batches summed before one step"
    assert shuffled("only a few words", "en", seed="a") is None


def test_neighbours_are_the_nearest_cards_that_ask_something_else() -> None:
    """A card that asks the same has a right answer; it is named instead."""
    questions = {"What is the difference between TCP and UDP?": 0, "How does UDP differ from TCP?": 4,
                 "What is a router?": 20, "What is a switch?": 30, "What is a socket?": 40,
                 "What is a port?": 50}  # fmt: skip
    cards = [Card(str(angle), "net", question, (f"answer {angle}",)) for question, angle in questions.items()]
    cards.append(Card("de", "net", "Was ist ein Router?", ("Antwort",), language="de"))
    angles = {
        **questions,
        "Was ist ein Router?": 2,
        "Antwort": 2,
        **{f"answer {angle}": angle for angle in questions.values()},
    }

    def vectors_of(texts: Sequence[str]) -> Any:
        radians = np.radians([angles.get(text, 90) for text in texts])
        return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)

    near, same = neighbours(cards, vectors_of)

    assert same == [(0, 1)]
    assert near[0] == [Neighbour(f"net/{angle}", f"answer {angle}") for angle in (20, 30, 40)]
    assert all(len(others) <= COUNT for others in near)
    assert near[6] == []
    assert neighbours(cards[:1], vectors_of) == ([[]], [])
