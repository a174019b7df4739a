"""What a session says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quizzer.model import Card, FsrsMemory, Grade, PointResult, Schedule, Sm2Memory
from quizzer.study.pages import Line, comes_back, feedback, in_days, spread, wrapped

TODAY = date(2026, 3, 2)


def test_days_are_said_as_people_say_them() -> None:
    """ "2026-03-08" needs counting; "in 6 days, on Sunday" does not."""
    assert in_days(date(2026, 3, 3), today=TODAY) == "tomorrow"
    assert in_days(date(2026, 3, 8), today=TODAY) == "in 6 days, on Sunday 8 March"
    assert in_days(date(2027, 3, 8), today=TODAY).endswith("8 March 2027")


def test_feedback_never_relies_on_colour() -> None:
    """A sign stands before the verdict and before every point."""
    points = (
        PointResult("made it", covered=True, similarity=0.9, words="my words"),
        PointResult("missed", covered=False, similarity=0.1),
    )
    grade = Grade(score=0.6, quality=3, verdict="pass", points=points, reason="1 of 2 points made")
    text = "\n".join(line.text for line in feedback(Card("c", "d", "What?", answers=("The reference.",)), grade))
    assert "[+] right: 1 of 2 points made" in text
    assert "[+] made it" in text
    assert '"my words"' in text
    assert "[-] missed" in text
    assert "The reference." in text


def test_hostile_text_is_shown_harmlessly() -> None:
    """Escapes, markup and direction marks are characters, not orders."""
    shown = wrapped(Line("text", "\x1b[2Jred [bold]\u202eabc\u200b\x07"), 80)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown
    assert "[bold]" in shown


def test_a_card_says_why_it_comes_back_when_it_does() -> None:
    """The schedule explains itself."""
    schedule = Schedule("d/c", "sm2", Sm2Memory(2, 250, 6), due=date(2026, 3, 8), reviews=2)
    line = comes_back(schedule, 4, today=TODAY, moved=True)
    assert line.text == "Graded 4 (right). Comes back in 6 days, on Sunday 8 March: right 2 times in a row."
    assert "starts again" in comes_back(schedule, 1, today=TODAY, moved=True).text
    assert "stays as it is" in comes_back(None, 1, today=TODAY, moved=False).text


@pytest.mark.parametrize(
    ("quality", "reviews", "why"),
    [(4, 2, "as long as you are likely to know it"), (1, 2, "forgotten, so it comes sooner"), (1, 1, "not known yet")],
)
def test_fsrs_says_why_too(quality: int, reviews: int, why: str) -> None:
    """It has no beginning to start again from: what was known counts for something."""
    schedule = Schedule("d/c", "fsrs", FsrsMemory(2, None, 6.2, 5.0), due=date(2026, 3, 8), reviews=reviews)
    assert why in comes_back(schedule, quality, today=TODAY, moved=True).text


def test_text_is_not_broken_at_hyphens() -> None:
    """ "fine-" at the end of a line and "tune" on the next reads like two words."""
    assert "fine-tune" in wrapped(Line("text", "and then I like to fine-tune it"), 25)


def test_help_hangs_under_its_words() -> None:
    """In 40 columns a meaning that runs on must not look like another word."""
    shown = wrapped(Line("text", "/skip    leave this question for another session"), 40).split("\n")
    assert all(line.startswith(" " * 9) for line in shown[1:])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"waiting": 0, "today": 30, "a_day": 30, "back": True}, ""),
        ({"waiting": 9, "today": 30, "a_day": 30, "back": False}, "39 cards wait. Today has 30, first what you have"),
        ({"waiting": 9, "today": 30, "a_day": 30, "back": False}, "The others come tomorrow, and new cards after them"),
        ({"waiting": 61, "today": 30, "a_day": 30, "back": True}, "Good that you are back: nothing is lost. 91 cards"),
        ({"waiting": 61, "today": 30, "a_day": 30, "back": True}, "over the next 3 days"),
        ({"waiting": 1, "today": 8, "a_day": None, "back": False}, "Your daily limits leave 1 card for later"),
    ],
)
def test_a_day_that_has_not_all_says_so_kindly(given: dict[str, Any], said: str) -> None:
    """Whoever was away is welcome, and knows when the rest comes and how to have it now."""
    text = "".join(line.text for line in spread(**given))
    assert said in text
    assert bool(text) is bool(given["waiting"])
    assert ("`quizzer study --all` asks everything" in text) is bool(given["waiting"])
