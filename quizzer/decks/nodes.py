"""A YAML document as text with positions: what the schema reads, whatever parser made it.

Named tuples, not dataclasses: a deck of 10,000 cards has 200,000 nodes, and a tuple takes a third of the time to make.
"""

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
    """A list. A list without brackets ends where the next token starts, after comments and blank lines."""

    items: list[Node]
    line: int
    column: int
    start: int
    end: int


class Mapping(NamedTuple):
    """Keys and values in the order of the file; a key may stand twice (the schema reports it). Ends as a list does."""

    pairs: list[tuple[Node, Node]]
    line: int
    column: int
    start: int
    end: int


class Refused(NamedTuple):
    """YAML that the deck format has no use for (an alias, a tag); the schema reports *message* where it meets it."""

    message: str
    hint: str
    line: int
    column: int
    start: int
    end: int


Node = Scalar | Sequence | Mapping | Refused


def is_empty(node: Node) -> bool:
    """Whether nothing is written there: ``answers:`` and then the next key."""
    return isinstance(node, Scalar) and node.plain and not node.text
