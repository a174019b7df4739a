"""The learner's word on what the grader was not sure of, after an interview."""

from __future__ import annotations

import pytest

from quizzer.study.session import Moment
from quizzer.study.settling import settle
from tests.study.fakes import START, FakeGrader, ScriptedScreen, card
from tests.study.test_interviewer import Hall


def settled(*script: str, waits: bool = True, person: bool | None = None) -> tuple[Hall, ScriptedScreen, int]:
    """An interview with two unsure answers of three, and *script* typed after it."""
    hall = Hall("2 unsure one", "5 sure", "2 unsure two")
    hall.run()
    screen = ScriptedScreen(script, waits=waits, grader=FakeGrader())
    screen.person = waits if person is None else person
    count = settle(
        hall.told.answers, screen, store=hall.store, load=lambda key: card(key.removeprefix("deck/")),
        moment=lambda: Moment(hall.store.new_id(START), START, 0), grades={},
    )  # fmt: skip
    return hall, screen, count


@pytest.mark.parametrize(
    ("script", "qualities"),
    [(["y", "n"], [4, 5, 1]), (["5", ""], [5, 5, 2]), (["", "y"], [2, 5, 4]), (["q", "0", "/grade 3"], [0, 5, 3])],
)
def test_each_unsure_answer_is_shown_and_decided(script: list[str], qualities: list[int]) -> None:
    """With the same keys as in study; Enter leaves the grader's word."""
    hall, screen, _ = settled(*script)
    assert [answer.quality for answer in hall.told.answers] == qualities
    assert "2 unsure one" in screen.text
    assert "reference of a" in screen.text
    assert "5 sure" not in screen.text


def test_the_end_of_input_leaves_the_rest_open() -> None:
    """They can be settled later."""
    hall, _, count = settled("y")
    assert count == 1
    assert [answer.unsettled for answer in hall.told.answers] == [False, False, True]


def test_where_nobody_can_be_asked_only_what_was_typed_ahead_counts() -> None:
    """A pipe that stays open must not keep the report back."""
    hall, _, count = settled("/grade 4", "/skip", waits=False)
    assert count == 1
    assert [answer.quality for answer in hall.told.answers] == [4, 5, 2]
    _, screen, none = settled(waits=False)
    assert (none, screen.text) == (0, "")


def test_in_plain_lines_a_person_is_asked() -> None:
    """Nobody should need a colour terminal to contradict the grader."""
    _, screen, count = settled("/grade 4", "/quit", waits=False, person=True)
    assert count == 1
    assert "/grade 4 (right) or /grade 1 (wrong)" in screen.text
