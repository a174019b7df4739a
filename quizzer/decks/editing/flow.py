"""Edits lists and mappings in brackets and braces (JSON among them): what is untouched keeps every character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from quizzer.decks import nodes
from quizzer.decks.editing.fresh import Nested
from quizzer.decks.editing.layout import BREAKS, Entry, Source
from quizzer.decks.editing.matching import matched
from quizzer.decks.editing.style import Style
from quizzer.decks.editing.yamltext import WIDTH, double_quoted, on_one_line
from quizzer.decks.keys import TEST_KEYS
from quizzer.decks.nodes import Node, Scalar, is_empty

_Part = tuple[int | None, str]
"""The number of the element it was, None for a new one; its text now."""


class _Element(NamedTuple):
    """One element, with what is its own around it."""

    before: str
    """White space and comments before it."""
    gap: str
    """What stands between it and its comma."""
    beside: str
    """The comment after it on its line."""


class FlowEditor:
    """Writes the new text of lists and mappings in brackets."""

    def __init__(self, source: Source, style: Style, *, indentation: int | None) -> None:
        """*indentation* of lines that have to be added; None where a line may be of any length."""
        self.source = source
        self.style = style
        self.indentation = indentation

    def changed_list(self, node: nodes.Sequence, texts: Sequence[str]) -> str:
        """The list *node* with *texts* as its items."""
        old = [item.text.rstrip("\r\n") for item in node.items if isinstance(item, Scalar)]
        like = self._quote(node.items[-1]) if node.items else ""
        parts: list[_Part] = []
        for position, text in matched(old, texts):
            if text is None:
                continue
            if position is None:
                parts.append((None, self.text(text, like=like)))
                continue
            item = node.items[position]
            same = text == old[position]
            parts.append((position, self._raw(item) if same else self.text(text, like=self._quote(item))))
        return self._joined(node, [(item.start, item.end) for item in node.items], parts)

    def changed_mapping(self, node: nodes.Mapping, order: Iterable[str], changes: Mapping[str, Nested]) -> str:
        """The mapping *node* with *changes*, new keys where *order* has them; a key with an empty value goes."""
        entries = self.source.entries(node)
        parts: list[_Part] = []
        names: list[str] = []
        for position, entry in enumerate(entries):
            if entry.name not in changes:
                parts.append((position, self.source.text[entry.start : entry.end]))
            elif is_nothing(entry.value, value := changes[entry.name]):
                continue
            else:
                parts.append((position, self._changed_entry(entry, value)))
            names.append(entry.name)
        present = {entry.name for entry in entries}
        earlier: list[str] = []
        for name in order:
            if name in changes and name not in present and changes[name]:
                at = max((names.index(other) + 1 for other in earlier if other in names), default=0)
                parts.insert(at, (None, self._new_entry(node, entries, name, changes[name])))
                names.insert(at, name)
            earlier.append(name)
        return self._joined(node, [(entry.start, entry.end) for entry in entries], parts)

    def appended(self, node: nodes.Sequence, values: Sequence[Mapping[str, Nested]]) -> str:
        """The list *node* with mappings of *values* after its items, laid out like its last one."""
        spans = [(item.start, item.end) for item in node.items]
        parts: list[_Part] = [(number, self._raw(item)) for number, item in enumerate(node.items)]
        last = node.items[-1] if node.items else None
        entries = self.source.entries(last) if isinstance(last, nodes.Mapping) else []
        column, step, lists = None, self.style.step, False
        if entries and self.source.is_first(entries[0].start):
            line = self.source.line_start(last.start if last else 0)
            column = _spaces(self.source.text, line)
            step = max(1, self.source.column(entries[0].start) - column)
            lists = self._lists_are_spread(entries)
        for value in values:
            parts.append((None, self._braces(value, column, step, quote=self._key_quote(entries), lists=lists)))
        return self._joined(node, spans, parts)

    def text(self, text: str, *, like: str = "") -> str:
        """*text* as it is written within brackets."""
        if self.style.json:
            return double_quoted(text, json=True)
        return on_one_line(text, like=like, flow=True) or double_quoted(text)

    def list_of(self, texts: Sequence[str]) -> str:
        """A new list of *texts* on one line."""
        return "[" + ", ".join(self.text(text) for text in texts) + "]"

    def _changed_entry(self, entry: Entry, value: Nested) -> str:
        old, text = entry.value, self.source.text
        if is_empty(old):
            has_colon = entry.colon >= 0
            head = text[entry.start : entry.colon + 1 if has_colon else entry.key.end]
            return head + (" " if has_colon else ": ") + self._value(value, None, 0)
        if isinstance(value, tuple) and isinstance(old, nodes.Sequence):
            new = self.changed_list(old, value)
        elif isinstance(value, Mapping) and isinstance(old, nodes.Mapping):
            new = self.changed_mapping(old, TEST_KEYS, value)
        else:
            new = self._value(value, None, 0, quote=self._quote(old))
        return text[entry.start : old.start] + new

    def _new_entry(self, node: nodes.Mapping, entries: list[Entry], name: str, value: Nested) -> str:
        column, step = None, self.style.step
        if entries and self.source.is_first(entries[0].start):
            column = self.source.column(entries[0].start)
            step = max(1, column - _spaces(self.source.text, self.source.line_start(node.start)))
        lists = self._lists_are_spread(entries)
        return self._entry(name, value, column, step, quote=self._key_quote(entries), lists=lists)

    def _entry(self, name: str, value: Nested, column: int | None, step: int, *, quote: str, lists: bool) -> str:
        inner = column if lists else None
        return f"{quote}{name}{quote}: {self._value(value, inner, step, quote=quote, lists=lists)}"

    def _value(self, value: Nested, column: int | None, step: int, *, quote: str = "", lists: bool = False) -> str:
        """*value* on one line or, its key being at *column*, on several."""
        if isinstance(value, str):
            return self.text(value, like=quote)
        if isinstance(value, tuple):
            return self._enclosed("[]", [self.text(text, like=quote) for text in value], column, step)
        return self._braces(value, column, step, quote=quote, lists=lists)

    def _braces(self, values: Mapping[str, Nested], column: int | None, step: int, *, quote: str, lists: bool) -> str:
        inner = None if column is None else column + step
        given = [(name, value) for name, value in values.items() if value]
        parts = [self._entry(name, value, inner, step, quote=quote, lists=lists) for name, value in given]
        return self._enclosed("{}", parts, column, step)

    def _enclosed(self, brackets: str, parts: Sequence[str], column: int | None, step: int) -> str:
        if column is None:
            return brackets[0] + ", ".join(parts) + brackets[1]
        end = self.source.line_end(0)
        lines = f",{end}".join(" " * (column + step) + part for part in parts)
        return brackets[0] + end + lines + end + " " * column + brackets[1]

    def _lists_are_spread(self, entries: Sequence[Entry]) -> bool:
        """Whether what the keys of a mapping hold goes on lines of its own; where none shows it, as in JSON."""
        for entry in entries:
            value = entry.value
            if isinstance(value, nodes.Sequence) and value.items:
                return self.source.is_first(value.items[0].start)
        return self.style.json and bool(entries) and self.source.is_first(entries[0].start)

    def _key_quote(self, entries: Sequence[Entry]) -> str:
        return '"' if self.style.json else self._quote(entries[0].key) if entries else ""

    def _quote(self, node: Node) -> str:
        first = self.source.text[node.start : node.start + 1]
        return first if first in ('"', "'") and first else ""

    def _raw(self, node: Node) -> str:
        return self.source.text[node.start : node.end]

    def _joined(
        self, node: nodes.Sequence | nodes.Mapping, spans: Sequence[tuple[int, int]], parts: Sequence[_Part]
    ) -> str:
        """The brackets of *node* around *parts*; *spans* are those of the elements that it had."""
        elements, trailing_comma, closing = self._elements(node, spans)
        lead = elements[0].before if elements else closing
        fresh = self._fresh_before(elements, spans)
        joined = _Joined(self.source.text[node.start], self.source.column(node.start), self._new_line(node))
        following = 0
        for number, (position, text) in enumerate(parts):
            before = fresh if position is None or (position == 0 and number and "#" not in lead) else ""
            before = before or (elements[position].before if position is not None else "")
            if number == 0 and "#" not in lead:
                before = lead
            if position is not None:
                joined.comments(element.before for element in elements[following:position])
                following = position + 1
            joined.element(before, text, wrap=self.indentation is not None and number > 0 and position is None)
            old = elements[position] if position is not None else None
            comma = number < len(parts) - 1 or trailing_comma
            joined.after((old.gap if old else "") + ("," if comma else ""), old.beside if old else "")
        joined.comments(element.before for element in elements[following:])
        joined.space(closing if elements or "#" in closing else "")
        apart = " " if joined.text.endswith(":") else ""
        return joined.text + apart + self.source.text[node.end - 1]

    def _elements(
        self, node: nodes.Sequence | nodes.Mapping, spans: Sequence[tuple[int, int]]
    ) -> tuple[list[_Element], bool, str]:
        """The elements, whether a comma follows the last, and what stands before the closing bracket."""
        source, text = self.source, self.source.text
        elements = []
        position, comma = node.start + 1, False
        for start, end in spans:
            before = text[position:start]
            after = source.skip(end)
            comma = text.startswith(",", after)
            gap = text[end:after] if comma else ""
            position = source.comment_end(after + 1 if comma else end)
            elements.append(_Element(before, gap, text[after + 1 if comma else end : position]))
        return elements, comma, text[position : node.end - 1]

    def _fresh_before(self, elements: Sequence[_Element], spans: Sequence[tuple[int, int]]) -> str:
        """What stands before a new element: as before the others."""
        for element, (start, _) in zip(reversed(elements), reversed(spans), strict=True):
            if any(character in BREAKS for character in element.before):
                return self.source.line_end(start) + " " * self.source.column(start)
        return " "

    def _new_line(self, node: Node) -> str:
        indentation = self.source.column(node.start) + 1 if self.indentation is None else self.indentation
        return self.source.line_end(node.start) + " " * indentation


class _Joined:
    """The text of a list or mapping while it is put together; no comment ever swallows what comes after it."""

    def __init__(self, opening: str, column: int, new_line: str) -> None:
        self.text = opening
        self._column = column
        self._new_line = new_line
        self._in_comment = False

    def space(self, text: str) -> None:
        """Add white space and comments."""
        if self._in_comment and not text.lstrip(" \t").startswith(tuple(BREAKS)):
            text = self._new_line + text.lstrip(" \t")
        self.text += " " + text if text.startswith("#") else text
        self._in_comment = False

    def comments(self, befores: Iterable[str]) -> None:
        """Keep the comments that stood on lines of their own before elements that are gone."""
        for before in befores:
            if "#" in before:
                self.space(before.rstrip(" \t" + BREAKS))
                self._in_comment = True

    def element(self, before: str, text: str, *, wrap: bool) -> None:
        """Add an element; *wrap*: on a line of its own where this one becomes too long."""
        self.space(before)
        line = max(self.text.rfind(character) for character in BREAKS)
        used = len(self.text) - line - 1 + (self._column if line < 0 else 0)
        if wrap and used + len(text) + 1 > WIDTH and self.text.rstrip(" \t")[-1] not in BREAKS:
            self.text = self.text.rstrip(" \t") + self._new_line
        self.text += text

    def after(self, comma: str, beside: str) -> None:
        """Add the comma and the comment after the last element."""
        following = comma + beside
        # A comment begins after a space, and a key without a value ends in one.
        swallowed = following.startswith("#") and self.text[-1] not in "\"'}]"
        apart = swallowed or (following.startswith(",") and self.text.endswith(":"))
        self.text += " " * apart + following
        self._in_comment = bool(beside)


def is_nothing(old: Node, value: Nested) -> bool:
    """Whether *value*, written over *old*, leaves nothing there."""
    if not isinstance(value, Mapping):
        return not value
    if any(value.values()):
        return False
    if not isinstance(old, nodes.Mapping):
        return True
    return all(isinstance(key, Scalar) and (key.text in value or not _holds(held)) for key, held in old.pairs)


def _holds(node: Node) -> bool:
    return bool(node.items) if isinstance(node, nodes.Sequence) else not is_empty(node)


def _spaces(text: str, start: int) -> int:
    """Spaces at *start*."""
    position = start
    while text.startswith(" ", position):
        position += 1
    return position - start
