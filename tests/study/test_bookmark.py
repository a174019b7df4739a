"""A session that was interrupted goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Card, Grade
from quizzer.scheduling.queue import Row
from quizzer.study.bookmark import Bookmark, go_on, read
from quizzer.study.session import Learner, Moment, Session
from tests.factories import START

DAY = date(2026, 3, 2)
QUEUE = (*(Row(f"d/{n}", "d", due=DAY) for n in range(4)), Row("d/new", "d"), Row("d/again", "d", due=DAY, repeat=True))


def begun(rows: Sequence[Row]) -> Session:
    return Session(rows, Learner("device", "session"), day=DAY)


def answer(session: Session, quality: int, number: int) -> None:
    assert session.current is not None
    card = Card(session.current.card.split("/")[1], "d", "What?")
    grade = Grade(quality / 5, quality, "pass" if quality >= 3 else "fail")
    session.answer(card, "text", grade, moment=Moment(f"{number:04}", START, 0), latency_ms=1)


def rest(session: Session) -> list[tuple[str, bool]]:
    """The cards still to come, in order, if each is answered right; and which of them are repeats."""
    found = []
    while session.current is not None:
        found.append((session.current.card, session.repeating))
        answer(session, 5, 9000 + len(found))
    return found


STEPS = st.lists(st.sampled_from(["skip", "undo", "suspend", "decide 1", "decide 5", *"012345"]), max_size=25)


@given(STEPS)
def test_whatever_happened_the_rest_is_the_same(steps: list[str]) -> None:
    """What was skipped, repeated, set aside and left, and the number of the question."""
    session = begun(QUEUE)
    suspended: list[str] = []
    for number, step in enumerate(steps):
        if step == "undo" or step.startswith("decide"):
            if not session.outcomes or session.outcomes[-1].row.card in suspended:
                continue
            moment = Moment(f"{number:04}", START, 0)
            if step == "undo":
                session.undo(moment=moment)
            else:
                session.decide(int(step[-1]), moment=moment)
        elif session.current is None:
            break
        elif step == "skip":
            session.skip()
        elif step == "suspend":
            suspended.append(session.current.card)
            session.set_aside(session.current.card)
        else:
            answer(session, int(step), number)
    mark = Bookmark("session", DAY, (), {}, tuple(session.queue), tuple(row.card for row in session.skipped))
    again = read(mark.text())
    assert again is not None
    resumed = begun(again.queue)
    go_on(resumed, answered=session.outcomes, skipped=again.skipped, gone=suspended)
    assert resumed.position == session.position
    assert [row.card for row in resumed.skipped] == [row.card for row in session.skipped]
    assert resumed.outcomes == session.outcomes
    assert rest(resumed) == rest(session)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[1, 2, 3, 4, 5, 6]", '["s", "2026-03-02", [], {}, [["a"]], []]', "\x00"]
)
def test_a_bookmark_that_cannot_be_read_is_none(text: str) -> None:
    """Of another version, or damaged: the day begins as any other."""
    assert read(text) is None
