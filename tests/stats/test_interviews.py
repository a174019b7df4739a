"""What an interview amounts to."""

from __future__ import annotations

import pytest

from quizzer.stats.interviews import NO_TOPIC, Known, comparable, report, topics
from quizzer.study.interview import Answered, Interview, Plan
from tests.factories import START, review

KNOWN = {
    "deck/a": Known("A?", ("x", "y")), "deck/b": Known("B?", ("x",)), "deck/c": Known("C?"),
    "deck/d": Known("D?", ("it's odd",)), "other/a": Known("Other?", ("x",)),
}  # fmt: skip


def interview(number: int, qualities: dict[str, int], **plan: object) -> Interview:
    answers = tuple(
        Answered(review(number * 100 + n, card=card, quality=quality, mode="mock"), quality)
        for n, (card, quality) in enumerate(qualities.items())
    )
    values = {"session_id": f"s{number}", "cards": tuple(qualities), "allowed_ms": 60_000, **plan}
    return Interview(number, Plan(**values), START, 0, answers, 1000, "done")  # type: ignore[arg-type]  # fields of a plan


def test_an_answer_counts_under_every_topic_the_weakest_first() -> None:
    """And a card without a tag under a name of its own, so that the counts add up."""
    found = topics(interview(1, {"deck/a": 5, "deck/b": 1, "deck/c": 4}).answers, KNOWN)
    assert [(topic.name, str(topic.result.right)) for topic in found] == [
        ("x", "1 of 2"), (NO_TOPIC, "1 of 1"), ("y", "1 of 1"),
    ]  # fmt: skip
    assert found[0].result.score == pytest.approx(0.6)
    assert (found[0].result.points.passed, found[0].result.points.total) == (2, 4)


def test_it_is_compared_with_the_last_one_about_the_same() -> None:
    """Another deck, another tag, one without an answer and a later one are not comparable."""
    now = interview(6, {"deck/a": 5})
    others = [
        interview(1, {"deck/b": 5}), interview(2, {"deck/b": 4}), interview(3, {"other/a": 4}),
        interview(4, {"deck/b": 4}, tag="x"), interview(5, {}, cards=("deck/a",)), now, interview(7, {"deck/a": 4}),
    ]  # fmt: skip
    last = comparable(now, others)
    assert last is not None
    assert last.number == 2
    assert comparable(others[0], others) is None


def test_better_and_worse_by_topic() -> None:
    """By right answers first, then by how right they were; only topics that both had."""
    before = interview(1, {"deck/a": 5, "deck/b": 1, "deck/c": 3})
    now = interview(2, {"deck/a": 1, "deck/b": 1, "deck/c": 5, "deck/d": 5})
    told = report(now, [before, now], KNOWN)
    assert told.last == before
    assert [(change.name, change.direction) for change in told.changes] == [
        ("", "worse"), ("x", "worse"), ("y", "worse"), (NO_TOPIC, "better"),
    ]  # fmt: skip
    same = report(interview(2, {"deck/a": 5}), [interview(1, {"deck/a": 5})], KNOWN)
    assert {change.direction for change in same.changes} == {"same"}


def test_what_to_study_next_covers_what_was_missed_and_can_be_typed() -> None:
    """One command for many misses rather than many commands; tags are free text."""
    told = report(interview(1, {"deck/a": 1, "deck/b": 2, "deck/c": 0, "deck/d": 1}), [], KNOWN)
    assert [(one.topic, one.missed) for one in told.advice] == [("x", 2), (NO_TOPIC, 1), ("it's odd", 1)]
    assert [one.command for one in told.advice] == [
        "quizzer study deck --tag x --cram", "quizzer study deck --cram",
        """quizzer study deck --tag 'it'"'"'s odd' --cram""",
    ]  # fmt: skip
    assert report(interview(1, {"deck/a": 4}), [], KNOWN).advice == ()


def test_what_was_not_reached_is_named_and_not_held_against_anybody() -> None:
    """The time ran out; nothing is known of the rest."""
    told = report(interview(1, {"deck/a": 5}, cards=("deck/a", "deck/b")), [], KNOWN)
    assert [card for card, _ in told.open_questions] == ["deck/b"]
    assert str(told.total.right) == "1 of 1"


def test_an_interview_without_an_answer_has_a_report() -> None:
    """It was stopped at the first question."""
    told = report(interview(1, {}, cards=("deck/a",)), [], KNOWN)
    assert (told.total.score, told.topics, told.items, told.changes) == (None, (), (), ())
