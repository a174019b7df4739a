"""Edits lists and mappings that are written on lines of their own: only the lines of what changes are touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quizzer.decks import nodes
from quizzer.decks.editing.edits import CannotEdit, Care, Edit
from quizzer.decks.editing.flow import FlowEditor, is_nothing
from quizzer.decks.editing.fresh import Nested, entry_lines, item_lines
from quizzer.decks.editing.layout import BREAKS, Entry, Source
from quizzer.decks.editing.matching import matched
from quizzer.decks.editing.style import Style, gap_of
from quizzer.decks.editing.yamltext import Place, written
from quizzer.decks.keys import TEST_KEYS
from quizzer.decks.nodes import Node, Scalar, is_empty

_NOTHING = Scalar("", 0, 0, 0, 0, True)


class BlockEditor:
    """Collects the edits of one file's text; *edits* grows as it goes."""

    def __init__(self, source: Source, style: Style, *, care: Care = Care.NONE) -> None:
        """*care* is what is done lest comments become part of a block above them."""
        self.source = source
        self.style = style
        self.care = care
        self.edits: list[Edit] = []

    def change_mapping(
        self, node: nodes.Mapping, order: Iterable[str], changes: Mapping[str, Nested], *, holder: int | None = None
    ) -> None:
        """Change *node*; new keys come where *order* has them, a key with an empty value goes.

        *holder* is where the key that holds the mapping has its colon.
        """
        source = self.source
        if source.is_flow(node):
            self._replace(node, self._flow(source.column(node.start) + 1).changed_mapping(node, order, changes))
            return
        entries = {entry.name: entry for entry in source.entries(node)}
        column = source.column(next(iter(entries.values())).start)
        before: Entry | None = None
        for name in order:
            entry = entries.get(name)
            value = changes.get(name)
            if value is not None and entry is None and not is_nothing(_NOTHING, value):
                self._insert(node, before, name, value, column, holder)
            elif value is not None and entry is not None and is_nothing(entry.value, value):
                following = next((other for other in entries.values() if other.start > entry.start), None)
                stays = following is not None and not is_nothing(following.value, changes.get(following.name, "x"))
                self._remove(entry, following if stays else None, column)
                continue  # nothing can be put after it
            elif value is not None and entry is not None:
                self._change(entry, value, column)
            before = entry or before

    def append(self, node: nodes.Sequence, lines: Sequence[str]) -> None:
        """Add *lines* after the last item of the list *node*, and after the comments that belong to it."""
        last = node.items[-1]
        column = self.source.column(node.start)
        self._add_lines(self._after(self.source.own_end(last), column), lines)

    def fill(self, entry: Entry, lines: Sequence[str]) -> None:
        """Put *lines* under the key of *entry*, which holds nothing or empty brackets."""
        if entry.colon < 0:
            raise CannotEdit(entry.start, "a key without a colon")
        if not is_empty(entry.value):
            between = self.source.text[entry.colon + 1 : entry.value.start]
            start = entry.colon + 1 if not between.strip(" \t") else entry.value.start
            if start != entry.colon + 1:
                raise CannotEdit(entry.value.start, "empty brackets on a line of their own")
            # A tab after a colon separates nothing, once there is no value between it and a comment.
            tab = self.source.text.startswith("\t", entry.value.end)
            self.edits.append(Edit(start, entry.value.end + tab, " " * tab))
        self._add_lines(self.source.next_line(entry.end), lines)

    def _change(self, entry: Entry, value: Nested, column: int) -> None:
        old = entry.value
        if isinstance(value, str):
            if is_empty(old):
                self._write(entry.colon + 1, entry.colon + 1, value, column, prefix=" ", entry=entry)
            else:
                self._rewrite(old, value, column, column + self.style.step)
        elif is_empty(old) or not self._is_worth_keeping(old):
            self._fill(entry, value, column)
        elif isinstance(value, Mapping) and isinstance(old, nodes.Mapping):
            self.change_mapping(old, TEST_KEYS, value, holder=entry.colon)
        elif isinstance(value, tuple) and isinstance(old, nodes.Sequence):
            if self.source.is_flow(old):
                self._replace(old, self._flow(column + self.style.step).changed_list(old, value))
            else:
                self._change_list(entry, old, value, column)

    def _fill(self, entry: Entry, value: Nested, column: int) -> None:
        lines = self._entry_lines(entry.name, value, column, at=self.source.next_line(entry.end))
        head = f"{' ' * column}{entry.name}:"
        rest = lines[0].removeprefix(head)
        if rest:  # a list in brackets
            start = entry.colon + 1
            if entry.colon < 0:
                raise CannotEdit(entry.start, "a key without a colon")
            self.edits.append(Edit(start, max(start, entry.end), rest))
        else:
            self.fill(entry, lines[1:])

    def _is_worth_keeping(self, node: Node) -> bool:
        """Whether something is within *node*, be it a comment."""
        held = node.items if isinstance(node, nodes.Sequence) else node.pairs if isinstance(node, nodes.Mapping) else ()
        return bool(held) or any(character in self.source.text[node.start : node.end] for character in "#\n\r")

    def _change_list(self, entry: Entry, node: nodes.Sequence, texts: Sequence[str], parent: int) -> None:
        source = self.source
        old = [item.text.rstrip("\r\n") for item in node.items if isinstance(item, Scalar)]
        dashes = self._dashes(node)
        column = source.column(node.start)
        gap = gap_of(source, dashes[0], node.items[0])
        at: int | None = None
        for position, text in matched(old, texts):
            if position is None and text is not None:
                if at is None:
                    at = source.next_line(entry.colon)
                    if at > node.start or at > source.line_start(dashes[0]):
                        raise CannotEdit(node.start, "a list that begins on the line of its key")
                lines = item_lines(text, column, gap, block=self._block_fits(at, column + gap))
                self._add_lines(at, lines)
                continue
            if position is None:
                continue
            item = node.items[position]
            at = source.next_line(source.own_end(item))
            if text is None:
                self._remove_lines(dashes[position], source.own_end(item), item, parent)
            elif text != old[position]:
                self._rewrite(item, text, column, column + gap)

    def _dashes(self, node: nodes.Sequence) -> list[int]:
        dashes = []
        position = node.start
        for item in node.items:
            dash = self.source.skip(position)
            if not self.source.text.startswith("-", dash):
                raise CannotEdit(dash, "a list without dashes")
            dashes.append(dash)
            position = self.source.own_end(item)
        return dashes

    def _insert(
        self, node: nodes.Mapping, before: Entry | None, name: str, value: Nested, column: int, holder: int | None
    ) -> None:
        source = self.source
        at = self._after(before.end, column) if before else source.next_line(node.start if holder is None else holder)
        if before is None and at > source.line_start(node.start):
            raise CannotEdit(node.start, "a mapping that begins on the line of its key")
        self._add_lines(at, self._entry_lines(name, value, column, at=at))

    def _entry_lines(self, name: str, value: Nested, column: int, *, at: int) -> list[str]:
        return entry_lines(name, value, column, self.style, block=self._block_fits(at, column + self.style.step))

    def _after(self, end: int, column: int) -> int:
        """Where the lines after *end* begin, and after the comments that are indented deeper than *column*."""
        at = self.source.next_line(end)
        for _, after, line in self.source.comments_after(end):
            if not line.strip() or len(line) - len(line.lstrip(" ")) <= column:
                break
            at = after
        return at

    def _block_fits(self, at: int, content: int) -> bool:
        """Whether what follows at *at* ends a block whose lines are indented by *content*."""
        if self.care is Care.NO_BLOCKS:
            return False
        stop = self.source.skip(at)
        while at < stop:
            after = self.source.next_line(at)
            line = self.source.text[at:after].rstrip(BREAKS)
            indentation = len(line) - len(line.lstrip(" "))
            if indentation >= content + (not line.strip()) or "\t" in line[:content]:
                return False
            if after <= at:
                break
            at = after
        return True

    def _rewrite(self, old: Node, text: str, parent: int, content: int) -> None:
        """Write *text* over the text *old*; *parent* is the column of the key or dash that holds it."""
        source = self.source
        end = source.own_end(old)
        if source.is_block_scalar(old):
            header = source.text[old.start : source.next_line(old.start)]
            comment = header.lstrip("|>+-0123456789").rstrip(BREAKS + " \t")
            lines = source.text[source.next_line(old.start) : end].splitlines()
            indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
            if indents and not any(character.isdigit() for character in header.split("#")[0]):
                content = max(min(indents), parent + 1)
            self._write(old.start, end, text, parent, content=content, comment=comment)
        else:
            self._write(old.start, end, text, parent, content=content)

    def _write(
        self, start: int, end: int, text: str, parent: int, *, content: int = -1, prefix: str = "",
        comment: str | None = None, entry: Entry | None = None,
    ) -> None:  # fmt: skip
        """Write *text* from *start* to *end*; the comment beside it stays beside it."""
        source = self.source
        if entry is not None and entry.colon < 0:
            raise CannotEdit(entry.start, "a key without a colon")
        if comment is None:
            comment_end = source.comment_end(end)
            comment = source.text[end:comment_end]
            end = comment_end
        if comment.startswith("#"):
            comment = " " + comment
        content = parent + self.style.step if content < 0 else content
        like = source.text[start] if not prefix else ""
        if not prefix and source.text[start - 1] not in " \t\n\r":
            like = '"'
        block = self._block_fits(source.next_line(end), content)
        place = Place(source.column(start) + len(prefix), parent, content, len(comment), block=block)
        first, *more = written(text, place, like=like)
        new_line = source.line_end(start)
        if more and first[:1] in (">", "|"):
            value = new_line.join([first + comment, *more])
        else:
            value = new_line.join([first, *more]) + comment
        self.edits.append(Edit(start, end, prefix + value))

    def _remove(self, entry: Entry, following: Entry | None, column: int) -> None:
        """Remove *entry*; *following* is the one after it, if that stays."""
        source = self.source
        start = entry.start
        if not source.is_first(start):
            # The first key of a card stands beside its dash: the second takes its place, or the dash is left alone.
            end = source.next_line(entry.end)
            is_next = following is not None and source.line_start(following.start) == end
            if following and is_next and not self._comments_within(start, end, entry.value):
                self.edits.append(Edit(start, following.start, ""))
                return
            line = source.text[: source.next_line(start)]
            self.edits.append(Edit(len(source.text[:start].rstrip(" \t")), len(line.rstrip(BREAKS)), ""))
            start = source.next_line(start)
        if start <= entry.end:
            self._remove_lines(start, entry.end, entry.value, column)

    def _remove_lines(self, start: int, end: int, held: Node, column: int) -> None:
        """Remove the lines from *start* to *end*, which are those of *held*; comments on lines of their own stay."""
        source = self.source
        if not source.is_first(start):
            raise CannotEdit(start, "something else stands on the same line")
        position, stop = source.line_start(start), source.next_line(end)
        kept = self._comments_within(position, stop, held)
        for low, high in [*kept, (stop, stop)]:
            if position < low:
                self.edits.append(Edit(position, low, ""))
            position = high
        if self.care is Care.MOVE_COMMENTS:
            for low, high in [*kept, *((low, high) for low, high, _ in source.comments_after(end))]:
                line = source.text[low:high]
                indentation = len(line) - len(line.lstrip(" \t"))
                if indentation > column:
                    self.edits.append(Edit(low, low + indentation, " " * column))

    def _comments_within(self, start: int, end: int, held: Node) -> list[tuple[int, int]]:
        """The lines from *start* to *end* that are comments and not part of a text or of brackets."""
        source = self.source
        leaves = list(self._leaves(held))
        lines = []
        while start < end:
            after = source.next_line(start)
            is_comment = source.text[start:after].lstrip(" \t").startswith("#")
            if is_comment and not any(low < start < high for low, high in leaves):
                lines.append((start, after))
            start = after
        return lines

    def _leaves(self, node: Node) -> Iterator[tuple[int, int]]:
        """From where to where texts and brackets go, all through *node*."""
        if isinstance(node, nodes.Sequence) and not self.source.is_flow(node):
            for item in node.items:
                yield from self._leaves(item)
        elif isinstance(node, nodes.Mapping) and not self.source.is_flow(node):
            for _, value in node.pairs:
                yield from self._leaves(value)
        else:
            yield node.start, self.source.own_end(node)

    def _add_lines(self, at: int, lines: Sequence[str]) -> None:
        end = self.source.line_end(max(0, at - 1))
        self.edits.append(Edit(at, at, "".join(line + end for line in lines)))

    def _replace(self, node: Node, text: str) -> None:
        self.edits.append(Edit(node.start, node.end, text))

    def _flow(self, indentation: int) -> FlowEditor:
        return FlowEditor(self.source, self.style, indentation=None if self.style.json else indentation)
