"""A live session's results as tables for a spreadsheet, in which nothing that anybody typed is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from quizzer.decks.tabular.cells import defused
from quizzer.group.results import SessionResults
from quizzer.scheduling.days import instant
from quizzer.text import printable

_CELL_WITHIN = re.compile(r";(?=\s*[=+\-@])")
"""Where a spreadsheet that parts cells by semicolons would see another cell begin, and a formula in it."""

Value = str | int | float | bool | None
Row = Sequence[Value]


def text(results: SessionResults, name: str) -> str:
    """The table called *name* (of ``TABLES``) with its header, in the lines of RFC 4180."""
    header, rows = TABLES[name]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows(results))
    return written.getvalue()


def is_ours(start: str) -> bool:
    """Whether a file that begins with *start* is a table of this module's."""
    first = start.removeprefix("\ufeff").split("\r\n")[0].split("\n")[0]
    return first in {",".join(header) for header, _ in TABLES.values()}


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return str(value)
    value = value.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return defused(_CELL_WITHIN.sub(";'", printable(value)))


def _answers(results: SessionResults) -> Iterator[Row]:
    when = _when(results)
    for player in results.players:
        for one in player.answers:
            question = results.opened.questions[one.question]
            yield (
                results.opened.session, when, one.question + 1, question.card, question.text, player.name, player.team,
                one.text, one.right, one.points, one.by_host, one.mark.verdict, one.mark.score, one.mark.quality,
                " | ".join(one.mark.made), " | ".join(one.mark.missed),
                None if one.text is None else one.after_ms / 1000,
            )  # fmt: skip


def _players(results: SessionResults) -> Iterator[Row]:
    when = _when(results)
    for player in results.players:
        yield (
            results.opened.session, when, player.place, player.name, player.team, player.points, player.right,
            len(player.answers), player.right_ms / 1000,
        )  # fmt: skip


def _teams(results: SessionResults) -> Iterator[Row]:
    when = _when(results)
    for team in results.teams:
        yield results.opened.session, when, team.place, team.team, team.points, team.players


def _questions(results: SessionResults) -> Iterator[Row]:
    when = _when(results)
    for one in results.questions:
        yield (
            results.opened.session, when, one.number, one.question.card, one.question.text, one.outcome, one.asked,
            one.said, one.right, one.covered, one.accepted, one.rejected,
        )  # fmt: skip


def _points(results: SessionResults) -> Iterator[Row]:
    when = _when(results)
    for one in results.counted:
        for point in one.points:
            yield (
                results.opened.session, when, one.number, one.question.card, one.question.text, point.text, point.made,
                point.asked,
            )  # fmt: skip


def _when(results: SessionResults) -> str:
    return instant(results.opened.at * 1000).isoformat(timespec="seconds")


TABLES: dict[str, tuple[tuple[str, ...], Callable[[SessionResults], Iterator[Row]]]] = {
    "answers": (
        ("session", "opened", "number", "card", "question", "player", "team", "answer", "right", "awarded",
         "decided_by_host", "verdict", "score", "quality", "points_made", "points_missed", "seconds"),
        _answers,
    ),
    "players": (
        ("session", "opened", "place", "player", "team", "points", "right", "asked", "seconds_over_right"), _players,
    ),
    "teams": (("session", "opened", "place", "team", "points", "players"), _teams),
    "questions": (
        ("session", "opened", "number", "card", "question", "outcome", "asked", "answered", "right", "points_covered",
         "accepted_by_host", "rejected_by_host"),
        _questions,
    ),
    "points": (("session", "opened", "number", "card", "question", "point", "made", "asked"), _points),
}  # fmt: skip
"""Name -> the header, and what makes the rows."""
