"""The session file: read back as it was written, and refused where anything is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import SessionFileInvalid
from quizzer.group import sessionfile
from quizzer.group.takehome import TakeHome
from tests.group.homes import AT, answer, home

LATEST = AT + timedelta(days=1)


def read(text: str | bytes) -> TakeHome:
    return sessionfile.read(text.encode() if isinstance(text, str) else text, path="f.json", latest=LATEST)


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(SessionFileInvalid) as caught:
        read(text)
    assert all(problem.path == "f.json" for problem in caught.value.problems)
    assert caught.value.problems[-1].hint
    return [problem.message for problem in caught.value.problems]


def data(*answers: Any) -> Any:  # a JSON object
    return sessionfile.as_data(home(*(answers or (answer("blue"), answer("red", quality=4)))))


@given(st.text(), st.lists(st.text()), st.integers(0, 5), st.booleans(), st.booleans())
def test_what_is_written_is_read(text: str, points: list[str], quality: int, by_host: bool, right: bool) -> None:
    """Whatever was typed, lone surrogates excepted: a browser has none to send."""
    text = text.encode("utf-8", "replace").decode()
    points = [point.encode("utf-8", "replace").decode() for point in points][:100]
    one = answer(quality=quality, text=text, missed=tuple(points), by_host=by_host,
                 right=right if by_host else quality >= 3)  # fmt: skip
    assert read(sessionfile.write(home(one, answer("red")))) == home(one, answer("red"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda file: file.update(quizzer_session=2), "made by a newer quizzer"),
        (lambda file: file.update(quizzer_session=True), "made by a newer quizzer"),
        (lambda file: file.pop("person"), "'person' is missing"),
        (lambda file: file.update(more=1), "'more' is not known"),
        (lambda file: file.update(session="../../etc/passwd"), "not the id of a session"),
        (lambda file: file.update(player="a\u202eb"), "not a name"),
        (lambda file: file.update(answers={}), "not a list of at most"),
        (lambda file: file.update(answers=[1]), "answer 1: not an object"),
        (lambda file: file.update(answers=file["answers"] * 501), "not a list of at most"),
        (lambda file: file["answers"][1].update(score=1.5), "answer 2: 'score' is 1.5: not a number from 0 to 1"),
        (lambda file: file["answers"][1].update(score=True), "answer 2: 'score'"),
        (lambda file: file["answers"][1].update(quality=4.0), "answer 2: 'quality'"),
        (lambda file: file["answers"][1].update(quality=6), "answer 2: 'quality'"),
        (lambda file: file["answers"][1].update(right=False), "answer 2: 'right' does not follow"),
        (lambda file: file["answers"][1].update(right=1), "neither true nor false"),
        (lambda file: file["answers"][0].update(card="sky/blue/x"), "not the key of a card"),
        (lambda file: file["answers"][0].update(verdict="great"), "not one of pass, unsure, fail"),
        (lambda file: file["answers"][0].update(at="2026-03-02T18:00:00"), "not an instant"),
        (lambda file: file["answers"][0].update(at="9999-12-31T23:59:59-23:00"), "not an instant"),
        (lambda file: file["answers"][0].update(at="2027-03-02T18:00:00.000+00:00"), "in the future"),
        (lambda file: file["answers"][0].update(missed="all"), "not a list of texts"),
        (lambda file: file["answers"][0].update(text="x" * 100_001), "longer than 100,000 characters"),
        (lambda file: file["answers"][0].update(text="\ud800"), "half a character"),
        (lambda file: file["answers"][0].update(question="Another?"), "'digest' is not that of this question"),
        (lambda file: file["answers"][0].update(id=file["answers"][1]["id"]), "'id' is not that of this answer"),
        (lambda file: file["answers"].append(file["answers"][0]), "answer 3: 'card' is 'sky/blue': there already"),
        (lambda file: file["answers"][0].update(after_ms=10**20), "answer 1: 'after_ms'"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_with_the_place(change: Callable[[Any], Any], message: str) -> None:
    """Each rule once; nothing of such a file is taken."""
    file = data()
    change(file)
    assert any(message in problem for problem in problems(json.dumps(file)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        (b'{"quizzer_session": 1,\n "session"', "not JSON"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"quizzer_session": NaN}', "NaN is no number"),
        (b'{"quizzer_session": 1, "quizzer_session": 1}', "a key stands twice"),
        (b"9" * 10_000, "not JSON that a session file can be"),
        (b"[]", "not a session file"),
        (b'{"quizzer_export": 1}', "not a session file"),
        (b" " * (sessionfile.MOST_BYTES + 1), "longer than 16 MB"),
    ],
)
def test_what_is_no_session_file_is_refused(content: bytes, message: str) -> None:
    """Cut short, of another kind, or made to break the reader."""
    (problem,) = problems(content)
    assert message in problem


def test_a_broken_file_is_named_with_line_and_column() -> None:
    """Where an editor would look."""
    with pytest.raises(SessionFileInvalid) as caught:
        read(sessionfile.write(home(answer())).replace('"title"', "title"))
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (4, 2)


def test_of_many_problems_some_are_named_and_the_rest_counted() -> None:
    """A terminal is no place for ten thousand lines."""
    file = data()
    file["answers"] = [{} for _ in range(900)]
    found = problems(json.dumps(file))
    assert len(found) == 21
    assert found[-1] == f"{900 * 18 - 20} more problems"


SCALARS = st.none() | st.booleans() | st.floats() | st.integers() | st.text()


@given(SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(), SCALARS, max_size=3))
def test_any_json_is_refused_in_words(value: Any) -> None:
    """No value, wherever it stands, is a crash."""
    file = data()
    for key in list(file["answers"][0]):
        broken = json.loads(json.dumps(file))
        broken["answers"][0][key] = value
        with pytest.raises(SessionFileInvalid):
            read(json.dumps(broken | {"more": 0}))


def test_an_answer_has_the_same_id_wherever_it_is_read() -> None:
    """By it, what was taken in once is not taken in again."""
    taken = home(answer())
    assert taken.fact_id(answer()) == read(sessionfile.write(taken)).fact_id(answer())
    others = (replace(taken, person="p2"), replace(taken, session="0195f000-0000-7000-8000-000000000009"))
    assert taken.fact_id(answer()) not in [other.fact_id(answer()) for other in others]
