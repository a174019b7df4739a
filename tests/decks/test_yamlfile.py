"""YAML is read from events into nodes with places; what a deck never needs is refused, and nothing is ever run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks import yamlfile
from quizzer.decks.nodes import Mapping, Node, Refused, Scalar, Sequence
from quizzer.errors import DeckInvalid, DeckUnreadable

PARSERS = pytest.mark.parametrize("c_parser", [True, False], ids=["c", "python"])


def problem_of(text: str, *, c_parser: bool = True) -> tuple[int, int, str]:
    """Line, column and message of the only problem."""
    with pytest.raises(DeckInvalid) as caught:
        yamlfile.parse(text, path="d.yaml", c_parser=c_parser)
    (problem,) = caught.value.problems
    assert problem.path == "d.yaml"
    assert problem.hint
    return problem.line, problem.column, problem.message


def pairs(text: str, *, c_parser: bool = True) -> dict[str, Node]:
    node = yamlfile.parse(text, path="d.yaml", c_parser=c_parser)
    assert isinstance(node, Mapping)
    return {key.text: value for key, value in node.pairs if isinstance(key, Scalar)}


@PARSERS
@pytest.mark.parametrize("text", ["no", "1:30", "007", "null", "~", "2024-01-01", "0x1F", "1e3", "<<", "="])
def test_scalars_stay_as_they_are_written(text: str, c_parser: bool) -> None:
    """The Norway problem: YAML's own types would change what a deck's author wrote."""
    value = pairs(f"a: {text}\n", c_parser=c_parser)["a"]

    assert isinstance(value, Scalar)
    assert value.text == text


@PARSERS
def test_nodes_know_their_place_in_the_text(c_parser: bool) -> None:
    """Messages name line and column, and later edits replace exactly the characters of a node."""
    text = "a: é😀 b\r\nlist:\r\n  - 'x'\r\n"

    values = pairs(text, c_parser=c_parser)

    first, items = values["a"], values["list"]
    assert isinstance(items, Sequence)
    assert text[first.start : first.end] == "é😀 b"
    assert text[items.items[0].start : items.items[0].end] == "'x'"
    assert (items.items[0].line, items.items[0].column) == (3, 5)


@given(st.dictionaries(st.text("abcé😀", min_size=1, max_size=5), st.text(max_size=20), max_size=6))
def test_every_double_quoted_text_is_read_back_from_its_own_span(values: dict[str, str]) -> None:
    """Offsets stay right whatever characters stand before a node."""
    text = "".join(f'"{key}": {quoted(value)}\n' for key, value in values.items())

    for key, node in (pairs(text) if values else {}).items():
        assert isinstance(node, Scalar)
        assert node.text == values[key]
        assert text[node.start : node.end] == quoted(values[key])


def quoted(text: str) -> str:
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in text) + '"'


def test_lines_are_counted_as_editors_count_them() -> None:
    """YAML 1.1 takes U+2028 for a line end, editors do not; the number must lead to the right line."""
    node = pairs('a: "x\u2028 y \x85 z"\nb: [c]\n')["b"]

    assert (node.line, node.column) == (2, 4)


@PARSERS
def test_a_byte_order_mark_does_not_shift_places(tmp_path: Path, c_parser: bool) -> None:
    """The parser's own marks are one off after it."""
    text = yamlfile.decode("\ufeffkey: [x]\n".encode(), path="d.yaml")

    node = pairs(text, c_parser=c_parser)["key"]

    assert (node.line, node.column) == (1, 6)


@PARSERS
def test_deep_nesting_is_refused_where_it_gets_too_deep(c_parser: bool) -> None:
    """100,000 brackets crash a composer; events are left at the ninth."""
    for opening in ("[", "{a: ", "- "):
        line, column, message = problem_of(opening * 100_000, c_parser=c_parser)

        assert (line, column) == (1, 8 * len(opening) + 1)
        assert "nested deeper" in message


@PARSERS
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("*name", "alias '*name'"),
        ("&name text", "anchor '&name'"),
        ("!!python/object/apply:os.system [echo]", "!!python/object/apply:os.system"),
        ("!local {a: b}", "tag '!local'"),
        ("! text", "tag '!'"),
        ("&bomb [[x, x], [x, x]]", "anchor '&bomb'"),
    ],
)
def test_aliases_anchors_and_tags_are_refused_and_reading_goes_on(text: str, part: str, c_parser: bool) -> None:
    """They are how YAML files grow without bound and make objects; the rest of the file is still checked."""
    values = pairs(f"a: {text}\nb: c\n", c_parser=c_parser)

    refused = values["a"]
    assert isinstance(refused, Refused)
    assert part in refused.message
    assert (refused.line, refused.column) == (1, 4)
    assert values["b"].line == 2


def test_an_alias_bomb_stays_as_small_as_its_text() -> None:
    """A billion laughs: nothing is expanded."""
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 50))

    assert all(isinstance(node, Refused) for node in pairs(text).values())


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("a: b\nc: 'x\n\n", (2, 4), "quoted scalar"),
        ("a: b: c\n", (1, 5), "mapping values"),
        ("\ta: b\n", (1, 1), "cannot start any token"),
        ("a: @b\n", (1, 4), "cannot start any token"),
        ("a: [b\nc: d\n", (1, 4), "expected ',' or ']'"),
        ("a:\n- b\nc\n", (3, 1), "could not find expected ':'"),
        ("é: \x1b[0m\n", (1, 4), "U+001B"),
        ("é: b\nc: d\0\n", (2, 5), "U+0000"),
        ("--- a\n--- b\n", (2, 1), "second document"),
        ('a: "\\ud800"\n', (1, 7), "escape code"),
        ("x" * 1_000_000 + ": y", (1, 1_000_001), "mapping values"),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_place(text: str, place: tuple[int, int], part: str) -> None:
    """A maintainer goes to the line, not through the file."""
    line, column, message = problem_of(text)

    assert (line, column) == place
    assert part in message


@PARSERS
def test_half_a_character_is_refused_by_either_parser(c_parser: bool) -> None:
    """It could not be stored, nor shown."""
    assert "escape code" in problem_of('a: "\\ud800"\n', c_parser=c_parser)[2]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_has_no_node(text: str) -> None:
    """The schema says what to do about it."""
    assert yamlfile.parse(text, path="d.yaml") is None


@pytest.mark.parametrize(
    ("content", "place", "part"),
    [
        (b"a: b\nc: \xff\n", (2, 4), "0xff"),
        ("a: ü".encode("latin-1"), (1, 4), "0xfc"),
        ("a: b".encode("utf-16"), (1, 1), "UTF-16"),
        ("é: ".encode() + b"\x80", (1, 4), "0x80"),
    ],
)
def test_what_is_not_utf_8_is_refused_with_its_place(content: bytes, place: tuple[int, int], part: str) -> None:
    """Guessing an encoding would change what was written."""
    with pytest.raises(DeckInvalid) as caught:
        yamlfile.decode(content, path="d.yaml")

    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place
    assert part in problem.message
    assert problem.code == "deck-unreadable"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    """The message names the path, and does not look like a crash."""
    with pytest.raises(DeckUnreadable, match=r"missing\.yaml: cannot be read: no such file"):
        yamlfile.read(tmp_path / "missing.yaml")


def test_a_folder_is_no_deck_file(tmp_path: Path) -> None:
    """`decks.yaml/` is somebody's folder."""
    folder = tmp_path / "decks.yaml"
    folder.mkdir()

    with pytest.raises(DeckUnreadable, match="is a folder"):
        yamlfile.read(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    """Otherwise one pipe in a folder of decks would stop every command."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)

    with pytest.raises(DeckUnreadable, match="not a regular file"):
        yamlfile.read(pipe)
