"""`quizzer group`: what became of live sessions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.group.results import SessionResults

TABLE: Commands = {
    "results": ("quizzer.cli.group:results", "List past sessions, or show how one went."),
    "study-list": ("quizzer.cli.group_study_list:study_list", "List what the group failed most, to be studied."),
    "take-home": ("quizzer.cli.group_take_home:take_home", "Write the session file of a player."),
}
CSV_TABLES = ("answers", "players", "teams", "questions", "points")


@click.command("group", cls=LazyGroup, table=TABLE, short_help="Show what became of live sessions.")
def group() -> None:
    """Show what became of the live sessions and parties that were held on this machine.

    \b
    Examples:
      quizzer group results
      quizzer group results last --html report.html
      quizzer group study-list last --output weak.txt
    """


@click.command("results", short_help="List past sessions, or show how one went.")
@click.argument("session", metavar="[ID]", required=False)
@click.option("--csv", "csv_file", metavar="FILE", help="Write a table for a spreadsheet into FILE; - is stdout.")
@click.option("--table", "csv_table", type=click.Choice(CSV_TABLES), help="What --csv writes (default: every answer).")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write a report into a page.")
@click.option("--anonymous", is_flag=True, help="Leave the players' names out of the page, so that it can be shared.")
@click.option("--all", "everything", is_flag=True, help="Show every player, however many there were.")
@reports("group results")
def results(
    session: str | None,
    csv_file: str | None,
    csv_table: str | None,
    html: Path | None,
    anonymous: bool,
    everything: bool,
) -> Result:
    """List the sessions that were held on this machine, or show how the one with this ID went.

    ID is the number in the list, `last`, or the session's id (its beginning is enough). A session that goes on, or
    whose host was stopped, has results too. What each player said is for the host; --anonymous leaves the names out of
    the page, but for those who let their best answers be shown.

    \b
    Examples:
      quizzer group results
      quizzer group results last
      quizzer group results 3 --csv answers.csv
      quizzer group results last --csv players.csv --table players
      quizzer group results last --html report.html --anonymous
    """
    _refuse_contradictions(session, csv=csv_file is not None, html=html is not None, table=csv_table, anon=anonymous)
    from quizzer.cli import group_results
    from quizzer.cli.compose import paths
    from quizzer.group import past
    from quizzer.group.journal import sessions

    folder = paths().sessions
    if session is None:
        return group_results.listed(*past.sessions(folder))
    found = past.results_of(past.named(sessions(folder)[0], session))
    written = []
    if html is not None:
        written.append(_html(found, html, named=not anonymous))
    if csv_file is not None:
        text = group_results.table(found, csv_table or "answers", csv_file)
        if text is not None:
            return Result(group_results.data(found), lambda: group_results.to_stdout(text))
        written.append(csv_file)
    if written:
        return Result(
            {**group_results.data(found), "written": written}, "\n".join(f"{path}: written" for path in written)
        )
    return Result(group_results.data(found), lambda: group_results.show(found, everything=everything))


def _refuse_contradictions(session: str | None, *, csv: bool, html: bool, table: str | None, anon: bool) -> None:
    """Nothing, where what was asked for goes together."""
    if session is None and (csv or html):
        raise UsageError("which session?", hint="name one: `quizzer group results last --html report.html`")
    if table and not csv:
        raise UsageError("--table says what --csv writes", hint="add --csv FILE")
    if anon and not html:
        raise UsageError("--anonymous is for the page", hint="add --html FILE")


def _html(found: SessionResults, path: Path, *, named: bool) -> str:
    from quizzer.cli import group_results, pages
    from quizzer.reports.session import page

    pages.write(path, page(found, when=group_results.when(found.opened.at), named=named))
    return str(path)
