"""Results of live sessions as commands show them: lists, tables, JSON and files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quizzer.cli import exporting
from quizzer.cli.output import Result, print_problem
from quizzer.errors import GroupError, Problem
from quizzer.group.past import Glance
from quizzer.group.results import AnswerResult, PlayerResult, QuestionResult, SessionResults
from quizzer.scheduling.days import instant
from quizzer.text import printable

_PLAYERS = 30
"""Shown where not all are asked for."""
_FAILED = 5
_QUESTION = 70
_NARROWEST = 12

Json = dict[str, Any]  # a JSON object


def when(at_ms: int) -> str:
    """An instant by this machine's clock, to the minute."""
    return instant(at_ms * 1000).astimezone().strftime("%Y-%m-%d %H:%M")


def listed(glances: Sequence[Glance], broken: Sequence[GroupError]) -> Result:
    """The list of sessions; those that cannot be read are named, and hide none of the others."""
    problems = tuple(Problem(error.code, error.message, hint=error.hint) for error in broken)

    def show() -> None:
        _print_list(glances)
        for problem in problems:
            print_problem(problem, severity="warning")

    return Result({"sessions": [_glance(one) for one in glances]}, show, problems, findings=bool(problems))


def _glance(one: Glance) -> Json:
    opened = one.kept.opened
    return {
        "number": one.number, "id": one.kept.session, "title": opened.title, "decks": list(opened.decks),
        "opened": instant(opened.at * 1000).isoformat(), "players": one.players, "kicked": one.kicked,
        "questions": len(opened.questions), "revealed": one.revealed, "ended": one.kept.ended,
        "path": str(one.kept.path),
    }  # fmt: skip


def _print_list(glances: Sequence[Glance]) -> None:
    if not glances:
        click.echo("no session yet: `quizzer host DECK` begins one, `quizzer party DECK` one around one keyboard")
        return
    rows = [
        (str(one.number), when(one.kept.opened.at), one.kept.opened.title, str(one.players),
         str(one.kicked or ""), f"{one.revealed} of {len(one.kept.opened.questions)}",
         "" if one.kept.ended else "not ended")
        for one in glances
    ]  # fmt: skip
    _print_table(("", "opened", "about", "players", "sent away", "questions", ""), rows)
    click.echo("`quizzer group results NUMBER` shows one")


def show(found: SessionResults, *, everything: bool) -> None:
    """The results in the terminal."""
    opened = found.opened
    skipped = sum(one.outcome == "skipped" for one in found.questions)
    state = "" if found.ended else "; not ended"
    counts = _count(len(found.players), "player") + (f" ({found.kicked} sent away)" if found.kicked else "")
    counts += f", {_count(len(found.counted), 'question')}"
    counts += f", {skipped} skipped" if skipped else ""
    click.echo(printable(f"{' '.join(opened.title.split())}, {when(opened.at)}: {counts}{state}"))
    click.echo(f"session {opened.session}")
    if found.teams:
        rows = [(str(team.place), team.team, str(team.players), f"{team.points:.1f}") for team in found.teams]
        _headed("Teams", ("", "team", "players", "points"), rows)
    shown = found.players if everything else found.players[:_PLAYERS]
    if shown:
        _headed("Players", ("", "player", "team", "points", "right"), [_player_row(one) for one in shown])
    if len(shown) < len(found.players):
        click.echo(f"and {len(found.players) - len(shown)} more (--all)")
    if found.questions:
        _headed(
            "Questions", ("", "question", "right", "points made", ""), [_question_row(one) for one in found.questions]
        )
    _show_failed(found)


def _show_failed(found: SessionResults) -> None:
    failed = found.failed_most[:_FAILED]
    if not failed:
        return
    click.echo("\nFailed most")
    for one in failed:
        click.echo(printable(f"  {one.question.card}: {_short(one.question.text)}"))
        missed = sorted((point for point in one.points if point.made < point.asked), key=lambda point: point.made)
        for point in missed[:3]:
            click.echo(printable(f"    {point.made} of {point.asked} made: {_short(point.text)}"))
    click.echo(
        f"`quizzer group study-list {found.opened.session[:13]} --output weak.txt` makes a list to study of them"
    )


def _player_row(one: PlayerResult) -> tuple[str, ...]:
    return str(one.place), one.name, one.team, str(one.points), f"{one.right} of {len(one.answers)}"


def _question_row(one: QuestionResult) -> tuple[str, ...]:
    if one.outcome != "revealed":
        return (
            str(one.number),
            _short(one.question.text),
            "",
            "",
            "skipped" if one.outcome == "skipped" else "not revealed",
        )
    host = [f"{one.accepted} accepted"] if one.accepted else []
    host += [f"{one.rejected} rejected"] if one.rejected else []
    points = f"{sum(point.made for point in one.points)} of {sum(point.asked for point in one.points)}"
    return (
        str(one.number), _short(one.question.text), f"{one.right} of {one.asked}", points if one.points else "-",
        ", ".join(host),
    )  # fmt: skip


def _headed(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    click.echo(f"\n{heading}")
    _print_table(columns, rows)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len  # only where there is a table to draw
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    kept = [number for number, head in enumerate(columns) if any(row[number] for row in rows)]
    shown = [[printable(" ".join(row[number].split())) for number in kept] for row in rows]
    heads = [columns[number] for number in kept]
    widths = [max(map(cell_len, column)) for column in zip(heads, *shown, strict=True)]
    # The longest text gives way where the terminal is narrow; figures do not.
    over = sum(widths) + 2 * (len(widths) - 1) - console.width
    longest = max(range(len(widths)), key=widths.__getitem__, default=0)
    for number, (head, width) in enumerate(zip(heads, widths, strict=True)):
        narrowed = max(_NARROWEST, width - over) if over > 0 and number == longest else width
        table.add_column(head, no_wrap=True, overflow="ellipsis", width=narrowed)
    for cells in shown:
        table.add_row(*map(Text, cells))
    console.print(table)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUESTION else f"{line[: _QUESTION - 3]}..."


def data(found: SessionResults) -> Json:
    """The results as JSON."""
    opened = found.opened
    names = {player.id: player.name for player in found.players}
    return {
        "session": opened.session, "title": opened.title, "decks": list(opened.decks),
        "opened": instant(opened.at * 1000).isoformat(), "last": instant(found.last_at * 1000).isoformat(),
        "ended": found.ended, "scoring": opened.settings.scoring, "kicked": found.kicked,
        "players": [_player_data(one) for one in found.players],
        "teams": [
            {"place": team.place, "team": team.team, "points": team.points, "players": team.players}
            for team in found.teams
        ],
        "questions": [_question_data(one, names) for one in found.questions],
        "failed_most": [one.question.card for one in found.failed_most],
    }  # fmt: skip


def _player_data(one: PlayerResult) -> Json:
    return {
        "place": one.place, "player": one.name, "team": one.team, "points": one.points, "right": one.right,
        "seconds_over_right": one.right_ms / 1000, "answers": [_answer_data(answer) for answer in one.answers],
    }  # fmt: skip


def _answer_data(one: AnswerResult) -> Json:
    return {
        "number": one.question + 1, "answer": one.text, "seconds": None if one.text is None else one.after_ms / 1000,
        "handed_in": one.handed_in, "right": one.right, "points": one.points, "by_host": one.by_host,
        "verdict": one.mark.verdict, "score": one.mark.score, "quality": one.mark.quality,
        "points_made": list(one.mark.made), "points_missed": list(one.mark.missed), "flags": list(one.mark.flags),
    }  # fmt: skip


def _question_data(one: QuestionResult, names: dict[str, str]) -> Json:
    best = one.best
    return {
        "number": one.number, "card": one.question.card, "question": one.question.text, "outcome": one.outcome,
        "asked": one.asked, "answered": one.said, "right": one.right, "covered": one.covered,
        "accepted": one.accepted, "rejected": one.rejected,
        "points": [{"text": point.text, "made": point.made, "asked": point.asked} for point in one.points],
        "best": None if best is None else {"player": names[best.player], "answer": best.text},
    }  # fmt: skip


def table(found: SessionResults, name: str, path: str) -> str | None:
    """Write the table called *name* into the file *path*; where that is ``-``, its text for stdout."""
    from quizzer.group import tables

    text = tables.text(found, name)
    if path == "-":
        return text

    def is_ours(there: Path) -> bool:
        with there.open("rb") as file:
            return tables.is_ours(file.read(500).decode("utf-8", "replace"))

    hint = "name another file, or remove that one"
    exporting.write(Path(path), text.encode("utf-8", "replace"), is_ours=is_ours, example=f"{name}.csv", hint=hint)
    return None


def to_stdout(text: str) -> None:
    """A table to a pipe as it is; to a terminal without what it would obey."""
    exporting.to_stdout(text)
