"""Reads a YAML deck into nodes with positions, from parse events, refusing what a deck never needs."""

from __future__ import annotations

import gc
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence
from quizzer.errors import DeckInvalid, DeckUnreadable, Problem


def _parser() -> Any:  # the two parsers share a method, not a type
    """The class that gives events: the C parser's, whose composer a hostile file could crash, never its events."""
    try:
        from yaml._yaml import CParser  # missing where PyYAML was built without libyaml
    except ImportError:
        return yaml.SafeLoader
    return CParser


MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_DEPTH = 8
"""A deck needs 6: document, cards, card, tests, pass, text."""

_NO_ALIASES = "anchors and aliases are not part of the deck format"
_NO_TAGS = "tags such as {tag!r} are not part of the deck format"
_WRITE_OUT = "write the text out where it is needed"


def read(path: Path) -> Node | None:
    """The document in *path* as nodes; None for an empty file.

    Raises:
        DeckUnreadable: the file cannot be opened, is too large, or is not UTF-8.
        DeckInvalid: it is not YAML, or uses YAML that the deck format refuses; with line and column.
    """
    return parse(read_text(path), path=str(path))


def read_text(path: Path) -> str:
    """The text of *path*, line ends as they are, without a byte-order mark."""
    try:
        with path.open("rb") as file:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise DeckUnreadable(f"{path}: not a regular file", hint="name a YAML file")
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise DeckUnreadable(
            f"{path}: cannot be read: {error.strerror}", hint="check the path and its permissions"
        ) from error
    if len(content) > MAXIMUM_BYTES:
        raise DeckUnreadable(f"{path}: larger than {MAXIMUM_BYTES >> 20} MB", hint="split the deck into several files")
    try:
        # libyaml's marks are one off after a byte-order mark, so it never sees one.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DeckUnreadable(f"{path}:{line}: not UTF-8", hint="save the file as UTF-8") from error


def parse(text: str, *, path: str) -> Node | None:
    """The YAML document in *text* as nodes; *path* is for messages."""
    # Building a hundred thousand small tuples, none of them garbage: collection would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _Reader(text, path).document()
    finally:
        if collecting:
            gc.enable()


class _Reader:
    """Builds nodes from the events of one document."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.text = text
        self.next_event: Callable[[], Any] = self._events(text)  # events of the C parser have no type of their own

    def _events(self, text: str) -> Callable[[], Any]:  # see above
        try:
            loader = _parser()(text)
        except yaml.YAMLError as error:
            raise self._refused(error) from error
        get_event: Callable[[], Any] = loader.get_event  # see above
        return get_event

    def document(self) -> Node | None:
        node: Node | None = None
        try:
            while True:
                event = self.next_event()
                kind = type(event)
                if kind is yaml.StreamEndEvent:
                    return node
                if kind is yaml.DocumentStartEvent and node is not None:
                    raise self._problem(
                        event, "a second document starts here", "one deck is one document: remove the `---`"
                    )
                if kind in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent):
                    continue
                node = self._node(event, 1)
        except yaml.YAMLError as error:
            raise self._refused(error) from error
        except UnicodeEncodeError as error:
            raise DeckInvalid((Problem("yaml", "lone surrogates are not text", self.path, 1, 1),)) from error

    def _node(self, event: Any, depth: int) -> Node:  # see above
        kind = type(event)
        mark = event.start_mark
        if kind is yaml.AliasEvent:
            raise self._problem(event, _NO_ALIASES, _WRITE_OUT)
        if event.anchor is not None:
            raise self._problem(event, _NO_ALIASES, _WRITE_OUT)
        if event.tag is not None:
            raise self._problem(event, _NO_TAGS.format(tag=event.tag), "remove the tag; every value of a deck is text")
        if kind is yaml.ScalarEvent:
            return Scalar(
                event.value, mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, not event.style
            )
        if depth > MAXIMUM_DEPTH:
            raise self._problem(
                event,
                f"nested deeper than a deck ever is ({MAXIMUM_DEPTH} levels)",
                "quote the text if brackets belong to it",
            )
        return self._sequence(event, depth) if kind is yaml.SequenceStartEvent else self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:  # see above
        items: list[Node] = []
        next_event = self.next_event
        event: Any  # as in _node
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        mark = start.start_mark
        return Sequence(items, mark.line + 1, mark.column + 1, mark.index, _end(event))

    def _mapping(self, start: Any, depth: int) -> Mapping:  # see above
        pairs: list[tuple[Scalar, Node]] = []
        next_event = self.next_event
        event: Any  # as in _node
        while type(event := next_event()) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._problem(event, "a key must be a text", "quote it if brackets or braces belong to it")
            pairs.append((key, self._node(next_event(), depth + 1)))
        mark = start.start_mark
        return Mapping(pairs, mark.line + 1, mark.column + 1, mark.index, _end(event))

    def _problem(self, event: Any, message: str, hint: str) -> DeckInvalid:  # see above
        mark = event.start_mark
        return DeckInvalid((Problem("yaml", message, self.path, mark.line + 1, mark.column + 1, hint),))

    def _refused(self, error: yaml.YAMLError) -> DeckInvalid:
        """The parser's complaint in our form."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        message = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        context = getattr(error, "context", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else self._place_of(getattr(error, "position", 0))
        text = f"not valid YAML: {context + ': ' if context else ''}{message}"
        hint = 'quote texts that contain ": " or " #" or begin with a special character, and indent with spaces'
        return DeckInvalid((Problem("yaml", text, self.path, line, column, hint),))

    def _place_of(self, position: int) -> tuple[int, int]:
        """Line and column of the first character that YAML does not allow, at or after *position*."""
        for offset in range(max(0, min(position, len(self.text)) - 4), len(self.text)):
            if not self.text[offset].isprintable() and self.text[offset] not in "\n\r\t\u0085":
                position = offset
                break
        line = self.text.count("\n", 0, position)
        return line + 1, position - (self.text.rfind("\n", 0, position) + 1) + 1


def _end(event: Any) -> int:  # narrowing to an event type would lose that the parser always sets the mark
    end: int = event.end_mark.index
    return end
