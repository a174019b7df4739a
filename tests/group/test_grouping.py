"""Answers in groups that say the same: what is joined, what is kept apart, and what the host sees first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.group.events import Mark
from quizzer.group.grouping import Vector, groups
from tests.group.factories import mark

NEGATORS = frozenset({"not", "no"})


def at(*degrees: float) -> list[Vector | None]:
    """Unit vectors in a plane: the cosine of two is that of the angle between them."""
    angles = np.radians(np.array(degrees))
    return list(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))


def grouped(texts: Sequence[str], marks: Sequence[Mark] | None = None, degrees: Sequence[float] = ()) -> list[set[str]]:
    """The texts of each group; all alike and graded alike unless said otherwise."""
    found = groups(texts, marks or [mark()] * len(texts), at(*(degrees or [0.0] * len(texts))), negators=NEGATORS)
    return [{texts[index] for index in group} for group in found]


def test_nothing_makes_no_groups() -> None:
    """A question that nobody answered."""
    assert groups([], [], []) == ()


def test_the_same_text_is_one_group_whatever_its_vector() -> None:
    """Case, blanks, width and the signs at the ends say nothing; without a vector, too."""
    texts = ["A masked model.", "a  masked MODEL", "Ａ masked model!", "a causal model"]
    assert groups(texts, [mark()] * 4, [None] * 4) == ((0, 1, 2), (3,))


def test_signs_inside_a_text_say_something() -> None:
    """C, C++ and C# are three languages."""
    assert len(grouped(["C", "C++", "C#"], degrees=[0, 90, 180])) == 3


def test_near_answers_are_joined_and_far_ones_are_not() -> None:
    """Near is a cosine of 0.8."""
    assert grouped(["near", "nearer", "far"], degrees=[0, 20, 60]) == [{"near", "nearer"}, {"far"}]


def test_a_group_does_not_drift_from_its_first_answer() -> None:
    """A chain of small steps from one meaning to another must not be decided in one go."""
    assert grouped(["one", "two", "three", "four"], degrees=[0, 30, 60, 90]) == [{"one", "two"}, {"three", "four"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mark(5), mark(5, verdict="unsure")),
        (mark(3, score=0.5), mark(3, score=0.9)),
        (mark(5, made=2), mark(5, made=0)),
        (mark(5), mark(5, flags=("contradiction",))),
        (mark(3, verdict="unsure", score=0.5), mark(2, verdict="unsure", score=0.5)),
    ],
)
def test_answers_graded_apart_stay_apart(one: Mark, other: Mark) -> None:
    """Vectors hardly show a contradiction or a missing point; where the grader saw one, it is another answer."""
    assert len(grouped(["a wording", "b wording"], [one, other])) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("it is masked", "it is not masked"), ("12 layers", "24 layers"), ("1.5 times", "15 times")]
)
def test_denials_and_numbers_keep_answers_apart(one: str, other: str) -> None:
    """One word or digit that turns the claim around, and hardly the vector."""
    assert len(grouped([one, other])) == 2


def test_what_needs_the_host_comes_first() -> None:
    """Unsure ones, then by nearness to the pass mark, then the larger group; blank answers last."""
    texts = ["clear", "unsure", "", "near", "near twice", "Near twice"]
    marks = [
        mark(5, score=0.9), mark(2, score=0.2, verdict="unsure"), mark(0, score=0.5), mark(3, score=0.55),
        mark(3, score=0.55), mark(3, score=0.55),
    ]  # fmt: skip
    found = groups(texts, marks, at(0, 0, 0, 0, 90, 90))
    assert found == ((1,), (4, 5), (3,), (0,), (2,))


def test_the_first_of_a_group_is_what_most_said() -> None:
    """The host reads it first, and its score stands for the group."""
    assert groups(["rare", "usual", "usual"], [mark()] * 3, at(10, 0, 0)) == ((1, 2, 0),)


TEXTS = st.sampled_from(["", "a", "A.", "not a", "b 1", "b 2", "ab"])
MARKS = st.builds(mark, st.integers(0, 5), made=st.integers(0, 2), verdict=st.sampled_from(["pass", "unsure", "fail"]))
VECTORS = st.none() | st.integers(0, 359).map(lambda degrees: at(degrees)[0])


@given(st.lists(st.tuples(TEXTS, MARKS, VECTORS), max_size=30))
def test_every_answer_is_in_exactly_one_group(answers: list[tuple[str, Mark, Vector | None]]) -> None:
    """And no group is empty: each answer is decided on once."""
    texts, marks, vectors = zip(*answers, strict=True) if answers else ((), (), ())
    found = groups(texts, marks, vectors, negators=NEGATORS)
    assert sorted(index for group in found for index in group) == list(range(len(answers)))
    assert all(found)
