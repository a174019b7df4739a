"""How long cards take, from the answers of the past."""

from __future__ import annotations

import pytest

from quizzer.scheduling.pace import (
    LONGEST_ANSWER_SECONDS,
    LONGEST_READING_SECONDS,
    NEW_SECONDS,
    REVIEW_SECONDS,
    Answer,
    Pace,
    pace_of,
    seconds_by_deck,
    seconds_of,
    usual_cards,
)

DAY = 700_000


def answer(
    card: str, at_seconds: float, *, took: float = 10, session: str = "s", day: int = DAY, first: bool = False
) -> Answer:
    return Answer(card, session, round(at_seconds * 1e6), round(took * 1e3), day, first)


def test_an_answer_takes_its_typing_and_the_reading_of_what_it_was_worth() -> None:
    """The next answer's time tells when the reading ended; the last one reads as long as the others."""
    answers = [answer("d/a", 100), answer("d/b", 130), answer("d/c", 180, took=20)]
    assert seconds_of(answers) == [10 + 20, 10 + 30, 20 + 25]


def test_pauses_and_jumping_clocks_do_not_count() -> None:
    """Lunch is no feedback, and nothing takes less than no time."""
    answers = [answer("d/a", 100, took=9999), answer("d/b", 8000), answer("d/c", 50), answer("d/x", 60, session="t")]
    assert seconds_of(answers) == [
        LONGEST_ANSWER_SECONDS + LONGEST_READING_SECONDS, *[10 + LONGEST_READING_SECONDS] * 3
    ]  # fmt: skip


def test_without_a_past_the_pace_is_the_usual_one() -> None:
    """The first morning has a forecast too."""
    assert pace_of([]) == Pace(NEW_SECONDS, REVIEW_SECONDS)
    assert Pace(60, 30).minutes(new=10, reviews=20) == 20
    assert (Pace().minutes(new=0, reviews=0), Pace(5, 5).minutes(new=1, reviews=0)) == (0, 1)


def test_repeats_belong_to_their_card() -> None:
    """A card that is asked three times takes three times as long, and a new one stays new that day."""
    many = [answer(f"d/{n}", 100 * n, first=True) for n in range(1000)]
    again = [answer(f"d/{n}", 200_000 + 100 * n) for n in range(1000)]
    pace = pace_of([*many, *again])
    assert pace.new_seconds == pytest.approx(2 * 100, rel=0.02)
    assert pace.review_seconds == REVIEW_SECONDS


def test_time_is_told_apart_by_deck_and_day() -> None:
    """For limits of one deck."""
    answers = [answer("a/1", 100), answer("b/1", 120), answer("b/2", 140), answer("a/9", 0, session="t", day=DAY - 1)]
    assert seconds_by_deck(answers, day=DAY) == {"a": 20, "b": 40}


def test_a_usual_day_is_the_mean_of_the_days_with_study() -> None:
    """Today does not count, nor the first day, of which a part may be missing; a card asked twice is one card."""
    days = {DAY: 50, DAY - 1: 10, DAY - 4: 20, DAY - 5: 3}
    answers = [answer(f"d/{n}", n, day=day) for day, cards in days.items() for n in range(cards)]
    assert usual_cards([*answers, *answers], before=DAY) == 15
    assert usual_cards([], before=DAY) == 0
    assert usual_cards([answer("d/1", 1, day=DAY - 1)], before=DAY) == 1
