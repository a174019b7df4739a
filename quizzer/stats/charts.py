"""Charts for a terminal of any width, of characters alone: colour only underlines what their shapes say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quizzer.stats.summary import DayTotals, Share
from quizzer.text import printable

Role = Literal["text", "strong", "quiet", "chart"]
Span = tuple[str, Role]
Line = list[Span]

WEEKS = 53
_HEIGHT = 5
_WIDEST_TRACK = 40
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "")


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that charts are made of."""

    shades: str
    """No answer, then four shades."""
    steps: str
    """A column's top, from nothing to a whole cell."""
    track: str
    """Outside of a range, inside of it, the share itself."""


FINE = Marks(
    "\u00b7\u2591\u2592\u2593\u2588", " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588", "\u00b7\u2501\u25cf"
)
PLAIN = Marks(".-+*#", " .:|#", ".=o")
"""For an output that has ASCII only."""


def calendar(
    days: Mapping[date, DayTotals], *, today: date, bounds: Sequence[int], width: int, marks: Marks = FINE
) -> list[Line]:
    """A row a weekday and a column a week, up to *today*, as many weeks as there is room for, at most a year."""
    room = width - 4
    cell = 2 if room >= 2 * WEEKS else 1
    weeks = min(WEEKS, room // cell)
    monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    months = [" "] * (weeks * cell)
    free = 0
    for week in range(weeks):
        start = monday + timedelta(days=7 * week)
        if start.day <= 7 and week * cell >= free and (weeks - week) * cell >= 3:
            months[week * cell : week * cell + 3] = f"{start:%b}"
            free = week * cell + 4
    lines: list[Line] = [[("    " + "".join(months).rstrip(), "quiet")]]
    for weekday, name in enumerate(_WEEKDAYS):
        dates = [monday + timedelta(days=7 * week + weekday) for week in range(weeks)]
        cells = "".join(_shade(days, day, bounds, marks).ljust(cell) for day in dates if day <= today)
        lines.append([(f"{name:4}", "quiet"), (cells.rstrip(), "chart")])
    return [*lines, _legend(bounds, width=width, marks=marks)]


def _shade(days: Mapping[date, DayTotals], day: date, bounds: Sequence[int], marks: Marks) -> str:
    answers = days[day].all_answers if day in days else 0
    return marks.shades[sum(answers >= bound for bound in bounds)]


def _legend(bounds: Sequence[int], *, width: int, marks: Marks) -> Line:
    ends = [*bounds[1:], None]
    names = ["0", *(_span(low, high) for low, high in zip(bounds, ends, strict=True))]
    if sum(map(len, names)) + 4 * len(names) + 4 > width:
        names = [str(bound) for bound in (0, *bounds)]
    line: Line = [("    ", "text")]
    for shade, name in zip(marks.shades, names, strict=True):
        line += [(shade, "chart"), (f" {name}  ", "quiet")]
    if sum(len(text) for text, _ in line) + 13 <= width:
        line.append(("answers a day", "quiet"))
    return line


def _span(low: int, high: int | None) -> str:
    if high is None:
        return f"{low}+"
    return f"{low}-{high - 1}" if high - 1 > low else str(low)


def columns(
    values: Sequence[float], *, first: date, today: date, width: int, most: float = 0, marks: Marks = FINE
) -> list[Line]:
    """A column a day from *first* on, on a scale up to *most*, or to the highest.

    A column that is higher than *most* is cut. Where there is no room for all, those nearest to today stay.
    """
    room = width - len(f"{most or max(values, default=0):,.0f}") - 1
    if len(values) > room:
        dropped = len(values) - room if today > first else 0
        values, first = values[dropped : dropped + room], first + timedelta(days=dropped)
    most = most or max(values, default=0) or 1
    top = f"{most:,.0f}"
    cell = max(1, min(4, room // max(1, len(values))))
    lines: list[Line] = []
    for row in range(_HEIGHT - 1, -1, -1):
        text = "".join((_step(value / most * _HEIGHT, row, marks) * max(1, cell - 1)).ljust(cell) for value in values)
        axis = top if row == _HEIGHT - 1 else "0" if row == 0 else ""
        lines.append([(axis.rjust(len(top)) + " ", "quiet"), (text.rstrip(), "chart")])
    dates = _dates(len(values), cell, first, (today - first).days, room=room)
    return [*lines, [(" " * (len(top) + 1) + dates, "quiet")]]


def _step(height: float, row: int, marks: Marks) -> str:
    """The cell in this *row* of a column so many rows high; whatever is more than nothing is seen."""
    whole = len(marks.steps) - 1
    level = max(0, min(whole, round((height - row) * whole)))
    return marks.steps[max(level, 1) if row == 0 and height > 0 else level]


def _dates(count: int, cell: int, first: date, today: int, *, room: int) -> str:
    """Today and a date every week under the columns, wherever they do not touch and there is room."""
    length = count * cell
    text = [" "] * min(length + 6, room)
    labels = [(today, "today")] if 0 <= today < count else []
    for number in range(0, count, 7):
        day = first + timedelta(days=number)
        labels.append((number, f"{day.day} {day:%b}"))
    for number, label in labels:
        start = number * cell
        if number == today:
            start = max(0, min(start, length - len(label)))
        around = text[max(0, start - 1) : start + len(label) + 1]
        if start + len(label) <= len(text) and not "".join(around).strip():
            text[start : start + len(label)] = label
    return "".join(text).rstrip()


def shares(rows: Sequence[tuple[str, Share, str]], *, width: int, marks: Marks = FINE) -> list[Line]:
    """A line for each (label, share, note): the share on a track from 0 to 100 % with its range, then its counts.

    Where it gets narrow, the track goes first, then the note, then the percentage; never the counts.
    """
    label_width = min(max((cells(one_line(label)) for label, *_ in rows), default=0), max(16, width // 3))
    columns = [
        [f"{share.passed:,} of {share.total:,}" if share.total else "-" for _, share, _ in rows],
        [share.percent for _, share, _ in rows],
        [note for *_, note in rows],
    ]
    columns = [column for column in columns if any(column)]
    while len(columns) > 1 and label_width + _width(columns) > width:
        columns.pop()
    label_width = min(label_width, max(4, width - _width(columns)))
    track = min(_WIDEST_TRACK, width - label_width - _width(columns) - 2)
    lines: list[Line] = []
    for number, (label, share, _) in enumerate(rows):
        line: Line = [(fitted(label, label_width), "text")]
        if track >= 10:
            line.append(("  " + _track(share, track, marks), "chart"))
        line += [(f"  {column[number]:>{max(map(cells, column))}}", "text") for column in columns]
        lines.append(line)
    return lines


def _width(columns: Sequence[Sequence[str]]) -> int:
    """What *columns* take beside each other, each after two blanks."""
    return sum(max(map(cells, column)) + 2 for column in columns)


def _track(share: Share, width: int, marks: Marks) -> str:
    outside, inside, dot = marks.track[0], marks.track[1], marks.track[2]
    if share.ratio is None:
        return outside * width
    low, high = (round(end * (width - 1)) for end in share.range)
    text = [inside if low <= place <= high else outside for place in range(width)]
    text[round(share.ratio * (width - 1))] = dot
    return "".join(text)


def items(rows: Sequence[tuple[str, str, str]], *, width: int) -> list[Line]:
    """(count, text, card): the text on the count's line, the card after it or, where there is no room, below."""
    margin = max((len(count) for count, *_ in rows), default=0) + 2
    lines: list[Line] = []
    for count, text, card in rows:
        shown = one_line(text)
        room = width - margin
        tail = f"  {one_line(card)}"
        if room - cells(tail) >= max(24, cells(shown)) or room - cells(tail) >= 48:
            words = fitted(shown, min(cells(shown), room - cells(tail)))
            lines.append([(count.ljust(margin), "text"), (words, "text"), (tail, "quiet")])
        else:
            lines += [
                [(count.ljust(margin), "text"), (fitted(shown, min(cells(shown), room)), "text")],
                [(" " * margin + fitted(tail.strip(), min(cells(tail) - 2, room)), "quiet")],
            ]
    return lines


def one_line(text: str) -> str:
    """*text* of a deck on one line, safe for a terminal."""
    return " ".join(printable(text).split())


def cells(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or c in "\u200c\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def fitted(text: str, width: int) -> str:
    """*text* on one line in exactly *width* columns of a terminal, cut where it is too long."""
    text = one_line(text[: 20 * width + 20])
    if cells(text) > width:
        end = len(text)
        while end and cells(text[:end]) > width - 3:
            end -= 1
        text = text[:end].rstrip() + "..."[: max(0, width)]
    return text + " " * (width - cells(text))
