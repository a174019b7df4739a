"""Where the parts of a YAML text are, to the character: lines, comments, entries, and where each really ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence, is_empty

# Lines as YAML 1.1 counts them: a comment ends at each of these.
BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{BREAKS}]")
_TRIVIA = re.compile(f"(?:[ \t{BREAKS}]|#[^{BREAKS}]*)*")
_COMMENT = re.compile(f"[ \t]*#[^{BREAKS}]*")
_LINE_ENDS = ("\n", "\r\n", "\r")


class Entry(NamedTuple):
    """A key with its value. *end* is where the value's own text ends, before comments and blank lines."""

    name: str
    key: Scalar
    value: Node
    start: int
    colon: int
    """-1 where there is none: a key without a value within braces, or after a question mark."""
    end: int


class Source:
    """A text with its lines, every one of which has an end: *added* is what the last one lacked."""

    def __init__(self, text: str) -> None:
        """*text* is that of a file."""
        self.text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        self.added = "" if text.endswith(tuple(BREAKS)) else self.line_end(0)
        if self.added:
            self.text += self.added
            self._starts.append(len(self.text))

    def line_start(self, position: int) -> int:
        """Where the line of *position* begins."""
        return self._starts[bisect_right(self._starts, position) - 1]

    def next_line(self, position: int) -> int:
        """Where the line after that of *position* begins; the end of the text after the last."""
        number = bisect_right(self._starts, position)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def column(self, position: int) -> int:
        """Characters before *position* on its line."""
        return position - self.line_start(position)

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of *position*, from 1."""
        return bisect_right(self._starts, position), self.column(position) + 1

    def line_end(self, position: int) -> str:
        """The line end to be used for lines added beside *position*."""
        line = self.text[self.line_start(position) : self.next_line(position)]
        for end in ("\r\n", "\n", "\r"):
            if line.endswith(end):
                return end
        counts = Counter(_BREAK.findall(self.text))
        return max(_LINE_ENDS, key=lambda end: counts[end])

    def is_first(self, position: int) -> bool:
        """Whether only spaces stand before *position* on its line."""
        return not self.text[self.line_start(position) : position].strip(" ")

    def skip(self, position: int) -> int:
        """The first place from *position* on that is neither white space nor comment."""
        found = _TRIVIA.match(self.text, position)
        return found.end() if found else position

    def skip_spaces(self, position: int, also: str) -> int:
        """The first place from *position* on, on its line, that is no space and none of *also*."""
        while self.text[position : position + 1] in (" ", "\t", *also):
            position += 1
        return position

    def comment_end(self, position: int) -> int:
        """Where the comment that follows on the line of *position* ends; *position* where there is none."""
        found = _COMMENT.match(self.text, position)
        return found.end() if found else position

    def comments_after(self, position: int) -> list[tuple[int, int, str]]:
        """The lines between that of *position* and the next token: (start, end, text without its line end)."""
        lines = []
        start, stop = self.next_line(position), self.skip(position)
        while start < stop:
            end = self.next_line(start)
            if end <= start or end > stop:
                break
            lines.append((start, end, self.text[start:end].rstrip(BREAKS)))
            start = end
        return lines

    def is_flow(self, node: Node) -> bool:
        """Whether *node* is a list or mapping in brackets or braces."""
        return not isinstance(node, Scalar) and self.text[node.start] in "[{"

    def is_block_scalar(self, node: Node) -> bool:
        """Whether *node* is a text written as a folded or literal block."""
        return isinstance(node, Scalar) and not node.plain and self.text[node.start] in "|>"

    def own_end(self, node: Node) -> int:
        """Where the text of *node* itself ends: before comments, blank lines, and the line end."""
        if isinstance(node, Scalar):
            return self._block_scalar_end(node) if self.is_block_scalar(node) else node.end
        if isinstance(node, Sequence) and node.items and not self.is_flow(node):
            return self.own_end(node.items[-1])
        if isinstance(node, Mapping) and node.pairs and not self.is_flow(node):
            key, value = node.pairs[-1]
            return self._entry(key, value).end if isinstance(key, Scalar) else node.end
        return node.end

    def _block_scalar_end(self, node: Scalar) -> int:
        header = self.next_line(node.start)
        lines = self.text[header : node.end].splitlines(keepends=True)
        # Spaces beyond the indentation are text, on a line of their own too.
        content = node.text.rstrip(BREAKS)
        if self.text[node.start] == "|" and content:
            lines = lines[: len(_BREAK.findall(content)) + 1]
        written = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        indentation = min(written, default=len(self.text)) if content[-1:] in (" ", "\t") else None
        while self.text[node.start] == ">" and lines and not lines[-1].strip():
            if indentation is not None and len(lines[-1].rstrip(BREAKS)) > indentation:
                break
            lines.pop()
        scalar = self.text[node.start : header] + "".join(lines)
        return node.start + len(scalar.rstrip(BREAKS))

    def entries(self, node: Mapping) -> list[Entry]:
        """The keys and values of *node*, in order."""
        return [self._entry(key, value) for key, value in node.pairs if isinstance(key, Scalar)]

    def _entry(self, key: Scalar, value: Node) -> Entry:
        after = self.skip(key.end)
        colon = after if self.text.startswith(":", after) else -1
        start = key.start
        before = self.text[self.line_start(start) : start].rstrip(" \t")
        if before.endswith("?") and not before[:-1].strip(" -"):
            start = self.line_start(start) + len(before) - 1
        end = self.own_end(value)
        if is_empty(value):
            end = colon + 1 if colon >= 0 else key.end
        return Entry(key.text, key, value, start, colon, end)
