"""One text as YAML: whatever it is, it reads back, and people can read it too."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks import yamlfile
from quizzer.decks.editing.yamltext import WIDTH, Place, double_quoted, on_one_line, written
from quizzer.decks.nodes import Mapping, Scalar, Sequence

TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n\t#:-'\"\\[]{},&*!|>%@`?=~.\r\x85\u2028\ufeff\u200b\x00\x1b\x7f"),
        st.characters(exclude_categories=["Cs"]),
    )
)
LINES = st.lists(st.sampled_from(["word", "another", "x" * 50, "#no", "- a", "", " ", "\n", "\n\n", "  in"])).map(
    " ".join
)


def read(document: str) -> str:
    """The text under the only key, or in the list under it."""
    node = yamlfile.parse(document, path="d.yaml")
    assert isinstance(node, Mapping)
    value = node.pairs[0][1]
    scalar = value.items[0] if isinstance(value, Sequence) else value
    assert isinstance(scalar, Scalar)
    return scalar.text


@given(TEXTS | LINES, st.sampled_from(["", '"', "'", "|", ">"]), st.booleans(), st.integers(1, 9))
def test_every_text_reads_back(text: str, like: str, block: bool, step: int) -> None:
    """In a mapping and in a list, whatever was there before."""
    lines = written(text, Place(7, 0, step, block=block), like=like)
    item = written(text, Place(4, 2, 2 + step, block=block), like=like)

    assert read("answer: " + "\n".join(lines) + "\n").rstrip("\n") == text.rstrip("\n")
    assert read("answer:\n  - " + "\n".join(item) + "\n").rstrip("\n") == text.rstrip("\n")


@given(TEXTS)
def test_every_text_reads_back_within_brackets(text: str) -> None:
    """Commas and brackets of the text are not the list's."""
    flow = on_one_line(text, flow=True) or double_quoted(text)

    assert read(f"a: [{flow}, {flow}]") == text
    assert read(f"{{a: {flow}, b: {flow}}}") == text


@given(TEXTS)
def test_every_text_is_json_where_it_has_to_be(text: str) -> None:
    """And YAML all the same."""
    quoted = double_quoted(text, json=True)

    assert json.loads(quoted) == text
    assert read(f'{{"a": {quoted}}}') == text


@given(LINES)
def test_lines_are_no_longer_than_they_have_to_be(text: str) -> None:
    """A text of one line is wrapped at its spaces; lines of a literal block are the text's own."""
    single = " ".join(text.split())

    for line in written(single, Place(12, 4, 6)):
        assert len(line) <= WIDTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("simple text", "simple text"),
        ("What is BERT?", "What is BERT?"),
        ("don't", "don't"),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("C#", "C#"),
        ('say "a: b"', "'say \"a: b\"'"),
        ("[CLS]", '"[CLS]"'),
        ("yes", '"yes"'),
        ("null", '"null"'),
        ("007", '"007"'),
        ("1:30", '"1:30"'),
        ("2024-01-01", '"2024-01-01"'),
        ("3 layers", "3 layers"),
        ("-1", '"-1"'),
        ("", '""'),
        (" a", '" a"'),
        ("a\tb", '"a\\tb"'),
        ("a\x85b", '"a\\u0085b"'),
    ],
)
def test_short_texts_are_plain_where_that_is_safe(text: str, expected: str) -> None:
    """Plain reads best; what other programs would take for a number or nothing is quoted."""
    assert written(text, Place(4, 0, 2)) == [expected]


def test_paragraphs_are_folded_only_where_they_are_too_long() -> None:
    """Short lines stay as they were typed."""
    assert written("a\n\nb", Place(4, 0, 2)) == ["|-", "  a", "", "  b"]
    assert written("a " * 70 + "b\n\nc", Place(4, 0, 2)) == [
        ">-",
        "  " + "a " * 58 + "a",
        "  " + "a " * 11 + "b",
        "",
        "",
        "  c",
    ]


def test_code_is_a_literal_block_that_begins_where_it_does() -> None:
    """The first line's own indentation is told to YAML in the header."""
    assert written("  x = 1\ny", Place(4, 0, 2)) == ["|2-", "    x = 1", "  y"]
