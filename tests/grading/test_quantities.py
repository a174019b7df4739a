"""Numbers are read with what they count."""

from __future__ import annotations

import pytest

from quizzer.grading.english import ENGLISH
from quizzer.grading.features import Prepared, prepare
from quizzer.grading.quantities import equal, quantities, unlike
from tests.grading.fakes import WordEmbedder


def read(text: str) -> Prepared:
    """*text* as the grader sees it."""
    return prepare(text, WordEmbedder().encode([text])[0], ranks={}, language=ENGLISH)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 second", "1,000 ms"),
        ("1.5 million people", "1,500,000 people"),
        ("two hours", "120 minutes"),
        ("a third", "one third"),
        ("half of it", "50 percent"),
        ("110M", "110 million"),
        ("50%", "50 percent"),
        ("twice", "two times"),
        ("about 32 cats", "30 cats"),
        ("5 km", "5,000 m"),
        ("a hundred and thirty-two billion marks", "132 billion marks"),
        ("two hundred thousand", "200,000"),
        ("100.000 men", "100,000 men"),
        ("132 bilion marks", "132 billion marks"),
        ("300m", "300 m"),
        ("100 000 men", "100,000 men"),
        ("1 000 000 men", "a million men"),
        ("132\u00a0500 men", "132,500 men"),
        ("132\u202f500 men", "132,500 men"),
    ],
)
def test_the_same_amount_in_other_words(one: str, other: str) -> None:
    """A learner may write it in other units."""
    (left,), (right,) = quantities(read(one), ENGLISH), quantities(read(other), ENGLISH)
    assert equal(left, right)


@pytest.mark.parametrize(
    "text", ["1-2 weeks", "1–2 weeks", "1 to 2 weeks", "one to two weeks", "one or two weeks", "one to 2 weeks"]
)
def test_both_ends_of_a_range_are_numbers_of_its_unit(text: str) -> None:
    """Else the first would be another number than that of the reference, or a number of nothing."""
    (week,) = quantities(read("1 week"), ENGLISH)
    (fortnight,) = quantities(read("2 weeks"), ENGLISH)
    low, high = quantities(read(text), ENGLISH)
    assert (low.base, low.unit) == (week.base, week.unit)
    assert (high.base, high.unit) == (fortnight.base, fortnight.unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3 to 4 million people", [3e6, 4e6]),
        ("1-2k people", [1e3, 2e3]),
        ("500 to 1 million people", [500, 1e6]),
        ("5 thousand to 1 million people", [5e3, 1e6]),
    ],
)
def test_the_scale_of_a_range_is_that_of_both_numbers(text: str, values: list[float]) -> None:
    """Three to four million begins at three million; 500 to a million does not begin at 500 million."""
    assert [one.value for one in quantities(read(text), ENGLISH)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [("in 2021 500 people", [2021, 500]), ("ports 80 443", [80, 443]), ("codes 200 404", [200, 404])],
)
def test_numbers_in_a_row_stay_apart(text: str, values: list[float]) -> None:
    """Only three zeros after a space, or three digits after a space that holds a number together, go on with it."""
    assert [one.value for one in quantities(read(text), ENGLISH)] == values


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30 months", "30 years"),
        ("3 %", "30 %"),
        ("ten times", "twice"),
        ("a third", "a sixth"),
        ("32 cats", "30 cats"),
    ],
)
def test_another_amount(one: str, other: str) -> None:
    """Digits alone do not make it equal, nor do they make it different."""
    (left,), (right,) = quantities(read(one), ENGLISH), quantities(read(other), ENGLISH)
    assert not equal(left, right)


def test_measures_of_other_dimensions_do_not_stand_for_each_other() -> None:
    """Five minutes is no wrong length."""
    (time,), (length,) = quantities(read("5 minutes"), ENGLISH), quantities(read("7 metres"), ENGLISH)
    assert unlike(time, length)


@pytest.mark.parametrize(
    "text", ["", "no number", "the second half-life theory", "\u0664\u0662", "1.2.3.4.5", "9" * 400]
)
def test_any_text_is_read(text: str) -> None:
    """Digits come in many shapes; none stops the grader."""
    assert all(one.value >= 0 for one in quantities(read(text), ENGLISH))
