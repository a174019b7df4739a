"""A YAML document as text with positions: what the schema reads, whatever parser made it."""

from __future__ import annotations

from typing import NamedTuple


class Scalar(NamedTuple):
    """A text. *line* and *column* count from 1; *start* and *end* are character offsets into the file's text."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool
    """Written without quotes and not as a block; an empty plain scalar is a key without a value."""


class Sequence(NamedTuple):
    """A list."""

    items: list[Node]
    line: int
    column: int
    start: int
    end: int


class Mapping(NamedTuple):
    """Keys and values in the order of the file; a key may stand twice (the schema reports it)."""

    pairs: list[tuple[Scalar, Node]]
    line: int
    column: int
    start: int
    end: int


Node = Scalar | Sequence | Mapping
