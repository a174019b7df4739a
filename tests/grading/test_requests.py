"""Lines for ``quizzer grade -``."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.requests import BadLine, CardRequest, OwnRequest, parse

OWN = {"question": "Why?", "references": ["Because"], "answer": "So"}


def line(**changes: object) -> bytes:
    return json.dumps({**OWN, **changes}).encode()


def test_a_card_is_named() -> None:
    """The short form: the deck knows the rest."""
    assert parse(b'{"card": "a/b", "answer": "x", "id": [1]}') == CardRequest("a/b", "x", ([1],))


def test_a_question_brings_its_references() -> None:
    """Anything can be graded, not only decks."""
    request = parse(line(points=["p"], misconceptions=["m"], id=None))
    assert isinstance(request, OwnRequest)
    assert (request.card.answers, request.card.points, request.card.misconceptions) == (("Because",), ("p",), ("m",))
    assert request.id == (None,)


def test_keys_of_the_caller_are_left_alone() -> None:
    """Data sets carry labels and notes; they pipe straight in."""
    assert isinstance(parse(line(question_id=7, label="correct", score=0.4)), OwnRequest)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"", "the line is empty"),
        (b"\xff", "not UTF-8 (byte 1)"),
        (b"[1]", "not a JSON object but a list"),
        (b"{", "not JSON"),
        (b'{"answer": NaN}', "NaN is no JSON value"),
        (b'{"answer": "a\x00"}', "not JSON"),
        (b'{"answer": "a", "answer": "b"}', "'answer' stands twice"),
        (b'{"card": "a/b"}', "'answer' is missing"),
        (b'{"card": 1, "answer": "a"}', "'card' must be a string, not a number"),
        (b'{"card": "a/b", "answer": null}', "'answer' must be a string, not null"),
        (b'{"card": "a/b", "question": "q", "answer": "a"}', "exclude each other"),
        (b'{"answer": "a"}', "neither 'card' nor 'question'"),
        (b'{"question": "q", "answer": "a"}', "'references' is missing or empty"),
        (line(references="r"), "'references' must be a list of strings, not a string"),
        (line(references=["r", 3]), "item 2 is a number"),
        (line(points=[""]), "item 1 of 'points' is empty"),
        (line(point=["p"]), "unknown key 'point'"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"id": ' + b"9" * 5000 + b"}", "a number too long"),
    ],
)  # fmt: skip
def test_a_bad_line_says_what_is_wrong(bad: bytes, message: str) -> None:
    """The caller sees only this line; it has to be enough."""
    found = parse(bad)
    assert isinstance(found, BadLine)
    assert message in found.error.message


def test_a_bad_line_keeps_its_id() -> None:
    """Callers match results by id, errors too."""
    found = parse(b'{"id": "x", "answer": 1}')
    assert isinstance(found, BadLine)
    assert found.id == ("x",)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(junk: bytes) -> None:
    """A stream goes on after any line."""
    parse(junk)


KEYS = st.text() | st.sampled_from(["card", "answer", "question", "references"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)))
def test_no_json_breaks_the_parser(value: object) -> None:
    """Wrong types in any place are refused, not crashed on."""
    parse(json.dumps(value).encode())


def test_a_byte_order_mark_is_no_error() -> None:
    """Editors put one at the start of a file."""
    assert not isinstance(parse(b'\xef\xbb\xbf{"card": "a/b", "answer": "c"}'), BadLine)
