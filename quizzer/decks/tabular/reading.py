"""Reads a table of questions: one that quizzer wrote, or anybody's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from quizzer.decks.editing.changes import Value, changed
from quizzer.decks.fitting import fitted
from quizzer.decks.markdown.entries import Entry, QuestionList, Remark
from quizzer.decks.markdown.placeholders import is_placeholder
from quizzer.decks.tabular.cells import BAR, TAG_SEPARATORS, text_of, texts_of, undefused
from quizzer.decks.tabular.columns import IGNORED, LIST_FIELDS, Column, column, columns
from quizzer.errors import TableInvalid
from quizzer.model import Card

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 16 * 1024 * 1024
_SAMPLE = 64 * 1024
_NAME_THEM = "name the columns: --columns question,answer; what a column may be called is in docs/interop.md"


class Row(NamedTuple):
    """The cells of a row, and the lines on which it stands."""

    line: int
    end_line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out, as far as the user says; empty: as the table itself says.

    *columns*: fields in the order of the columns, ``-`` for one that is left out, or ``Frage=question`` for what a
    column of the header is. *header*: whether the first row is one, where *columns* goes by order.
    """

    delimiter: str = ""
    columns: tuple[str, ...] = ()
    header: bool = False


def read(text: str, *, name: str = "", layout: Layout = Layout()) -> QuestionList:
    """The questions of the table *text*; *name* is the title of its deck.

    Raises:
        TableInvalid: it is no table, or no column holds questions.
    """
    delimiter = layout.delimiter or _sniffed(text, layout)
    rows = list(_rows(text, delimiter))
    if not rows:
        raise TableInvalid("the table is empty", hint="its first row names the columns: question,answer,tags")
    fields, body = _laid_out(rows, layout)
    remarks = [
        Remark(rows[0].line, rows[0].end_line, f"column {cell!r} is not known and is left out")
        for cell, field in zip(rows[0].cells, fields, strict=False)
        if field is None and cell.strip() and body is not rows and not layout.columns
    ]
    entries = [entry for row in body if (entry := _entry(row, fields, remarks)) is not None]
    return QuestionList(name, tuple(entries), tuple(remarks))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows that have anything in them.

    Raises:
        TableInvalid: a quote is not closed, or stands where none may stand.
    """
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, reader.line_num, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "a quote in a quoted cell is written twice; a cell with line breaks stands in quotes"
        raise TableInvalid(f"the row that begins on line {line}: {error}", hint=hint) from error
    finally:
        csv.field_size_limit(before)


def _sniffed(text: str, layout: Layout) -> str:
    """The delimiter under which the header is known best, and after that the rows are most even."""

    def merit(delimiter: str) -> tuple[int, int, int]:
        rows = _first_rows(text, delimiter)
        if not rows:
            return 0, 0, 0
        names = {part.partition("=")[0].strip().lower() for part in layout.columns if "=" in part}
        known = sum(column(cell) is not None or cell.strip().lower() in names for cell in rows[0])
        width = len(rows[0])
        fits = width == len(layout.columns) or (not layout.columns and width > 1)
        return known, int(fits), sum(len(row) == width for row in rows) if width > 1 else 0

    return max(DELIMITERS, key=merit)  # the first of equals: the comma


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    sample = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for cells in sample:
            rows += [cells] if any(cells) else []
            if len(rows) == 20:
                break
    except csv.Error:
        pass  # a cell that the sample cuts; what is whole says enough
    return rows


def _laid_out(rows: Sequence[Row], layout: Layout) -> tuple[list[Column | None], Sequence[Row]]:
    """The columns, and the rows below the header."""
    if not layout.columns:
        fields = columns(rows[0].cells)
        if not any(field and field.field == "question" for field in fields):
            names = ", ".join(repr(cell.strip()[:40]) for cell in rows[0].cells[:8])
            raise TableInvalid(f"no column is called 'question'; the first row has {names}", hint=_NAME_THEM)
        return fields, rows[1:]
    if any("=" in part for part in layout.columns):
        return _by_name(rows[0], layout.columns), rows[1:]
    fields = [None if part == IGNORED else _known(part) for part in layout.columns]
    _need_question(fields)
    return fields, rows[1:] if layout.header else rows


def _by_name(header: Row, mapping: Sequence[str]) -> list[Column | None]:
    """The columns of *header*, as *mapping* (``Frage=question``) says."""
    wanted: dict[str, Column | None] = {}
    for part in mapping:
        name, equals, field = part.rpartition("=")
        if not equals:
            raise TableInvalid(f"{part!r} names a column by its place, and others by name", hint=_NAME_THEM)
        wanted[name.strip().lower()] = None if field == IGNORED else _known(field)
    found = [cell.strip().lower() for cell in header.cells]
    if missing := [name for name in wanted if name not in found]:
        names = ", ".join(repr(cell.strip()[:40]) for cell in header.cells[:8])
        raise TableInvalid(f"no column is called {missing[0]!r}; the first row has {names}", hint=_NAME_THEM)
    fields = [wanted[name] if name in wanted else column(name) for name in found]
    _need_question(fields)
    return fields


def _known(name: str) -> Column:
    found = column(name)
    if found is None:
        raise TableInvalid(f"{name!r} is no field of a card", hint=_NAME_THEM)
    return found


def _need_question(fields: Sequence[Column | None]) -> None:
    if not any(field and field.field == "question" for field in fields):
        raise TableInvalid("no column is the question", hint=_NAME_THEM)


def _entry(row: Row, fields: Sequence[Column | None], remarks: list[Remark]) -> Entry | None:
    """The question of a row; None where it has none."""

    def remark(text: str) -> None:
        remarks.append(Remark(row.line, row.end_line, text))

    values: dict[str, Value] = {}
    for cell, field in zip(row.cells, fields, strict=False):
        if field is not None and cell.strip():
            _take(values, field, undefused(cell))
    if any(cell.strip() for cell in row.cells[len(fields) :]):
        remark(f"more cells than columns: the row has {len(row.cells)}, the header {len(fields)}; the rest is left out")
    name = str(values.pop("id", ""))
    values["difficulty"] = str(values.get("difficulty", "")).lower()
    card, reasons = fitted(changed(Card(id=name, deck_id="", question="", line=row.line), values))
    for reason in reasons:
        remark(reason)
    return None if card is None else Entry(card, row.line, row.end_line)


def _take(values: dict[str, Value], field: Column, cell: str) -> None:
    """Add what *cell* holds to *values*."""
    if field.field not in LIST_FIELDS:
        values[field.field] = text_of(cell)
        return
    if not field.single:
        found = texts_of(cell, TAG_SEPARATORS if field.field == "tags" else BAR)
    elif field.field == "answers" and is_placeholder(text_of(cell)):
        found = ()
    else:
        found = (text_of(cell),)
    before = cast("tuple[str, ...]", values.get(field.field, ()))
    values[field.field] = (*before, *(text for text in found if text not in before or field.field != "tags"))
