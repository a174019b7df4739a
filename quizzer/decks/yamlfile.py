"""Reads a YAML deck into nodes with positions, from parse events: nothing is resolved, followed or constructed."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from quizzer.decks.files import read_bytes
from quizzer.decks.nodes import Mapping, Node, Refused, Scalar, Sequence
from quizzer.errors import DeckInvalid, Problem

MAXIMUM_DEPTH = 8
"""A deck needs 6: document, cards, card, tests, pass, text."""

_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_ODD_INDENT = re.compile("^[ \t]*[\xa0\u2000-\u200b\u202f\u3000\ufeff]", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?|\n")
_BREAKS_OF_YAML_ALONE = re.compile("[\x85\u2028\u2029]")
"""Line ends to YAML 1.1, and characters like others to every editor, whose count of lines is the one people see."""

_HINTS = {
    "mapping values are not allowed in this context": 'quote text that contains ": ", or correct the indentation',
    "found unexpected end of stream": "a quote is opened here and never closed",
    "could not find expected ':'": "this is neither `key: value` nor indented as part of the text above it",
    "did not find expected key": "correct the indentation of this line or the one above it",
    "did not find expected '-' indicator": "line this up: entries of a list begin with `- ` under one another,"
    " keys of a card stand under one another",
    "did not find expected ',' or ']'": "close the list with ] and put commas between its entries",
    "did not find expected ',' or '}'": "close the mapping with } and put commas between its entries",
    "found character that cannot start any token": "quote text that begins with @, ` or %, and indent with spaces",
    "did not find expected alphabetic or numeric character": "quote text that begins with & or *",
    "did not find expected node content": "something is missing here: a text, or the bracket that closes",
    "did not find expected comment or line break": "the text of a block begins on the line after its `>-` or `|`",
    "did not find expected <document start>": "one deck is one document: remove the line `...` above this one",
    "found incompatible YAML document": "remove the line `%YAML ...`: a deck is read as YAML 1.1",
    "found invalid Unicode character escape code": "write the character itself, or \\U with its eight digits",
    "found unknown escape character": "write two backslashes for one, or use single quotes",
}
_HINT = 'quote texts that contain ": " or " #" or begin with a special character, and indent with spaces'


def read(path: Path) -> Node | None:
    """The document in *path* as nodes; None for an empty file.

    Raises:
        DeckUnreadable: the file cannot be opened or is too large.
        DeckInvalid: it is not UTF-8 or not YAML; with line and column.
    """
    return parse(decode(read_bytes(path), path=str(path)), path=str(path))


def decode(content: bytes, *, path: str) -> str:
    """The text of a file, line ends as they are, without a byte-order mark.

    Raises:
        DeckInvalid: it is not UTF-8; the problem's code is ``deck-unreadable``.
    """
    try:
        # libyaml's marks are one off after a byte-order mark, so it never sees one.
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        content = content.removeprefix(b"\xef\xbb\xbf")
    readable = content.decode("utf-8", "surrogateescape")
    bad = _HALF_A_CHARACTER.search(readable)
    offset = bad.start() if bad else 0
    line, column = _place(_line_starts(readable), offset)
    utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    message = "is UTF-16, not UTF-8" if utf_16 else f"byte 0x{ord(readable[offset]) - 0xDC00:02x} is not UTF-8"
    problem = Problem("deck-unreadable", f"not text: {message}", path, line, column, "save the file as UTF-8")
    raise DeckInvalid((problem,))


def parse(text: str, *, path: str, c_parser: bool = bool(yaml.__with_libyaml__)) -> Node | None:
    """The YAML document in *text* as nodes, None where there is none; *path* is for messages.

    Raises:
        DeckInvalid: the rest cannot be read: not YAML, nested too deep, or a second document.
    """
    # Building a hundred thousand small tuples, none of them garbage: collection would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        node = _Reader(text, path, c_parser=c_parser).document()
    finally:
        if collecting:
            gc.enable()
    if node is not None and _BREAKS_OF_YAML_ALONE.search(text):
        return _relocated(node, _line_starts(text))
    return node


class _Reader:
    """Builds nodes from the events of one document."""

    def __init__(self, text: str, path: str, *, c_parser: bool) -> None:
        self.path = path
        self.text = text
        # Loaders whose composer, resolver and constructor stay unused: a hostile file could crash the C composer.
        loader = yaml.CSafeLoader if c_parser else yaml.SafeLoader
        try:
            get_event: Callable[[], Any] = loader(text).get_event  # events of two parsers share no type
            self.next_event = get_event if c_parser else _whole_characters(get_event)
        except yaml.YAMLError as error:
            raise self._not_yaml(error) from error

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
                        event.start_mark.index, "a second document starts here", "one deck is one document"
                    )
                if kind in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent):
                    continue
                node = self._node(event, 1)
        except yaml.YAMLError as error:
            raise self._not_yaml(error) from error

    def _node(self, event: Any, depth: int) -> Node:  # see _Reader
        kind = type(event)
        mark = event.start_mark
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            return self._refused(event, depth)
        if kind is yaml.ScalarEvent:
            return Scalar(
                event.value, mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, not event.style
            )
        if depth > MAXIMUM_DEPTH:
            message = f"nested deeper than a deck ever is ({MAXIMUM_DEPTH} levels)"
            raise self._problem(mark.index, message, "quote the text if brackets belong to it")
        return self._sequence(event, depth) if kind is yaml.SequenceStartEvent else self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:  # see _Reader
        items: list[Node] = []
        next_event = self.next_event
        event: Any  # see _Reader
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        mark = start.start_mark
        return Sequence(items, mark.line + 1, mark.column + 1, mark.index, _end(event))

    def _mapping(self, start: Any, depth: int) -> Mapping:  # see _Reader
        pairs: list[tuple[Node, Node]] = []
        next_event = self.next_event
        event: Any  # see _Reader
        while type(event := next_event()) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            pairs.append((key, self._node(next_event(), depth + 1)))
        mark = start.start_mark
        return Mapping(pairs, mark.line + 1, mark.column + 1, mark.index, _end(event))

    def _refused(self, event: Any, depth: int) -> Refused:  # see _Reader
        """What stands for an alias, or for a node with an anchor or a tag; all that is inside it is passed over."""
        mark = event.start_mark
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the tag {_short(tag)!r} is not part of the deck format"
            hint = "remove the tag; quote the text if the exclamation mark belongs to it"
        else:
            sign = "*" if type(event) is yaml.AliasEvent else "&"
            message = f"the {'alias' if sign == '*' else 'anchor'} '{sign}{_short(event.anchor)}' is not part of"
            message += " the deck format"
            hint = f"write the text out where it is needed; quote it if the {sign} belongs to it"
        open_nodes = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                open_nodes += 1
                if depth + open_nodes > MAXIMUM_DEPTH + 1:
                    raise self._problem(mark.index, message, hint)
            elif isinstance(event, yaml.CollectionEndEvent):
                open_nodes -= 1
            if not open_nodes:
                return Refused(message, hint, mark.line + 1, mark.column + 1, mark.index, _end(event))
            event = self.next_event()

    def _problem(self, offset: int, message: str, hint: str) -> DeckInvalid:
        line, column = _place(_line_starts(self.text), offset)
        return DeckInvalid((Problem("yaml", message, self.path, line, column, hint),))

    def _not_yaml(self, error: yaml.YAMLError) -> DeckInvalid:
        """The parser's complaint in our form."""
        bad = _NOT_YAML.search(self.text)
        if isinstance(error, yaml.reader.ReaderError) and bad:
            # The parser's own position counts bytes or characters, depending on the parser.
            message = f"the control character U+{ord(bad[0]):04X} is not allowed in YAML"
            return self._problem(bad.start(), message, "delete it; a program that wrote it may have meant other text")
        reason = getattr(error, "problem", None) or str(error)
        context = getattr(error, "context", None)
        opened = getattr(error, "context_mark", None)
        met = getattr(error, "problem_mark", None) or opened
        offset = met.index if met else 0
        message = f"not valid YAML: {context + ': ' if context else ''}{reason}"
        slip = _slip(self.text, offset, reason, opened.index if opened else offset)
        return self._problem(slip[0], message, slip[1] or _HINTS.get(reason, _HINT))


def _slip(text: str, offset: int, reason: str, opened: int) -> tuple[int, str]:
    """Where the slip is that the parser noticed at *offset*, and its remedy if it can be told from the text.

    *opened* is where the text, list or key begins that the parser was in.
    """
    odd = next(reversed(list(_ODD_INDENT.finditer(text, 0, offset))), None)
    if odd:
        return odd.end() - 1, f"indent with plain spaces: the blank here is U+{ord(odd[0][-1]):04X}"
    if "end of stream" in reason:
        return opened, ""
    if text[offset : offset + 1] == "\t" or "tab character" in reason:
        return offset, "indent with spaces, not with tabs"
    if reason == "could not find expected ':'":
        return opened, _missing_blank(text[opened : opened + 100])
    if reason in ("did not find expected ',' or ']'", "did not find expected ',' or '}'"):
        return _unclosed(text, offset, opened)
    close = len(text[:offset].rstrip(" ")) - 1
    if reason != "did not find expected key" or text[max(close, 0)] not in ("'", '"'):
        return offset, ""
    begin = text.rfind(text[close], 0, close)
    if begin >= 0 and "\n" in text[begin:close]:
        return begin, "a quote is opened on this line and not closed on it"
    return offset, f"a {text[close]} ends the text that began with one: put the other kind of quotes around the text"


def _missing_blank(text: str) -> str:
    """The remedy where a key or a dash is not one for want of a blank; empty where that is not it."""
    key = re.match(r"[\w-]+:(?=\S)", text)
    if key:
        return f"put a space after `{key[0]}`"
    if re.match(r"[\w-]+\s*\uff1a", text):
        return "write a plain colon and a space after it"
    return "put a space after the dash" if re.match(r"[-\u2013\u2014]\w", text) else ""


def _unclosed(text: str, offset: int, opened: int) -> tuple[int, str]:
    """The place of a bracket at *opened* that was not closed, where what stands at *offset* belongs to no list."""
    line_start = text.rfind("\n", 0, opened) + 1
    line = text[line_start : text.find("\n", opened) if "\n" in text[opened:] else len(text)]
    if "\n" not in text[opened:offset]:
        return offset, ""
    if line.replace('\\"', "").count('"') % 2:
        return opened, "a quote is opened on this line and not closed on it"
    rest = text[text.rfind("\n", 0, offset) + 1 :]
    # A line that begins no further right than that of the bracket is the file's next key or entry.
    outside = len(rest) - len(rest.lstrip(" ")) <= len(line) - len(line.lstrip(" -"))
    return (opened if outside else offset), ""


def _whole_characters(get_event: Callable[[], Any]) -> Callable[[], Any]:  # see _Reader
    """*get_event*, refusing an escape for half a character, as the C parser does by itself."""

    def checked() -> Any:  # see _Reader
        event = get_event()
        mark = event.start_mark if event is not None else None
        if type(event) is yaml.ScalarEvent and _HALF_A_CHARACTER.search(event.value):
            reason = "found invalid Unicode character escape code"
            raise yaml.scanner.ScannerError("while parsing a quoted scalar", None, reason, mark)
        return event

    return checked


def _end(event: Any) -> int:  # narrowing to an event type would lose that the parser always sets the mark
    end: int = event.end_mark.index
    return end


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "..."


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def _place(line_starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at *offset*."""
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def _relocated(node: Node, line_starts: list[int]) -> Node:
    """*node* with lines and columns as editors count them."""
    line, column = _place(line_starts, node.start)
    if isinstance(node, Sequence):
        return node._replace(line=line, column=column, items=[_relocated(item, line_starts) for item in node.items])
    if isinstance(node, Mapping):
        pairs = [(_relocated(key, line_starts), _relocated(value, line_starts)) for key, value in node.pairs]
        return node._replace(line=line, column=column, pairs=pairs)
    return node._replace(line=line, column=column)
