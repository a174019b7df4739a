"""Charts of characters: they fit, they say what they should without colour, and no text of a deck escapes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.stats.charts import FINE, PLAIN, Line, Marks, calendar, cells, columns, fitted, items, shares
from quizzer.stats.summary import DayTotals, Share

TODAY = date(2026, 3, 5)
BOUNDS = (1, 2, 3, 4)


def texts(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_a_calendar_ends_today_and_is_a_year_long() -> None:
    """Every day has its place; the shade tells how many answers."""
    days = {TODAY - timedelta(days=ago): DayTotals(answers=4 - ago) for ago in range(4)}
    months, *rows, legend = texts(calendar(days, today=TODAY, bounds=BOUNDS, width=80))
    assert rows[3].endswith("\u2588")  # Thursday, four answers
    assert [row[-1] for row in rows[:3]] == ["\u2591", "\u2592", "\u2593"]
    assert len(rows[4]) == len(rows[3]) - 1, "Friday has not come yet"
    assert len(rows[3]) == 4 + 53
    assert "Mar" not in months[-3:], "a month that has hardly begun is not named"
    assert legend.strip() == "\u00b7 0  \u2591 1  \u2592 2  \u2593 3  \u2588 4+  answers a day"


def test_a_calendar_counts_practice_too() -> None:
    """A day of mock interviews is no day off."""
    lines = texts(calendar({TODAY: DayTotals(practice=9)}, today=TODAY, bounds=BOUNDS, width=40))
    assert lines[4].endswith("\u2588")


def test_columns_show_the_days_nearest_to_today_where_there_is_little_room() -> None:
    """A forecast keeps its beginning, a review of the past its end."""
    ahead = texts(columns([9, *[1] * 29], first=TODAY, today=TODAY, width=30))
    assert ahead[0].startswith("9 \u2588")
    assert "today" in ahead[-1]
    past = texts(columns([9, *[1] * 28, 3], first=TODAY - timedelta(days=29), today=TODAY, width=30))
    assert past[0].startswith("3 ")
    assert past[-1].endswith("today")


def test_a_column_of_little_is_seen_and_one_of_nothing_is_not() -> None:
    """One card beside a hundred is not a day off."""
    rows = texts(columns([100, 1, 0], first=TODAY, today=TODAY, width=80))
    assert rows[4] == "  0 \u2588\u2588\u2588 \u2581\u2581\u2581"


def test_shares_keep_their_counts_at_any_width() -> None:
    """1 of 1 is not "100 %", and a percentage without its counts would lie."""
    rows = [("a topic with a long name", Share(45, 60), "6/6 cards"), ("b", Share(1, 1), "1/9 cards")]
    wide, few = texts(shares(rows, width=100))
    assert wide.endswith("45 of 60  75 % (63-84)  6/6 cards")
    assert "%" not in few
    assert few.count("\u25cf") == 1
    for width in (30, 40, 60, 80):
        narrow = texts(shares(rows, width=width))
        assert all("45 of 60" in line or "1 of 1" in line for line in narrow)


def test_the_card_stands_below_its_text_where_there_is_no_room_beside_it() -> None:
    """Both are needed: the question to recognise, the name to type."""
    rows = [("3 of 4", "What are the key architectural differences?", "bert/bert-02")]
    assert texts(items(rows, width=80)) == ["3 of 4  What are the key architectural differences?  bert/bert-02"]
    assert texts(items(rows, width=40)) == ["3 of 4  What are the key architectura...", "        bert/bert-02"]


@pytest.mark.parametrize(
    "text", ["\u6f22\u5b57\u3092\u66f8\u304f\u7df4\u7fd2", "e\u0301tude", "plain words", "\x1b[31mred", ""]
)
@pytest.mark.parametrize("width", [0, 1, 3, 7, 30])
def test_a_fitted_text_takes_exactly_its_room(text: str, width: int) -> None:
    """Wide and combining characters included; a control character is replaced."""
    assert cells(fitted(text, width)) == width
    assert "\x1b" not in fitted(text, width)


def test_a_date_that_would_stand_out_at_the_right_is_left_out() -> None:
    """The last label may be longer than its column, but the line ends where the terminal does."""
    lines = texts(columns([0] * 7 + [10_000], first=TODAY, today=TODAY, width=40))
    assert lines[-1].split() == ["today"]
    assert max(map(cells, lines)) <= 40


SHARES = st.integers(0, 10**6).flatmap(lambda total: st.builds(Share, st.integers(0, total), st.just(total)))


@given(
    rows=st.lists(st.tuples(st.text(max_size=60), SHARES, st.text("0123/ cards", max_size=12)), max_size=5),
    values=st.lists(st.integers(0, 10**5), max_size=40), ahead=st.booleans(), width=st.integers(40, 220),
    marks=st.sampled_from((FINE, PLAIN)),
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(
    rows: list[tuple[str, Share, str]], values: list[int], ahead: bool, width: int, marks: Marks
) -> None:
    """A wrapped chart is no chart; and nothing of a deck moves the cursor."""
    first = TODAY if ahead else TODAY - timedelta(days=max(0, len(values) - 1))
    lines = [
        *columns(values, first=first, today=TODAY, width=width, marks=marks),
        *calendar({TODAY: DayTotals(answers=7)}, today=TODAY, bounds=(1, 100, 200, 300), width=width, marks=marks),
        *items([("9 of 9", label, label) for label, *_ in rows], width=width),
        *shares(rows, width=width, marks=marks),
    ]
    for line in texts(lines):
        assert cells(line.rstrip()) <= width, line
        assert not any(character < " " for character in line)
