"""`quizzer mock`: an interview against the clock, and the reports of earlier ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.study.interview import Interview

QUESTIONS = 10


@click.command("mock", short_help="Take a mock interview against the clock.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--questions", type=click.IntRange(1, 500), metavar="N", help="How many questions (default 10).")
@click.option(
    "--minutes",
    type=click.FloatRange(0.05, 1440),
    metavar="M",
    help="How long, in minutes (default 2 a question).",
)
@click.option("--tag", metavar="TAG", help="Only questions with this tag.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53),
    metavar="NUMBER",
    help="Draw the questions by this number: the same one, on the same day, draws the same.",
)
@click.option("--resume", is_flag=True, help="Go on with the last interview that was interrupted.")
@click.option("--list", "listed", is_flag=True, help="List the interviews so far.")
@click.option("--report", "name", metavar="ID", help="Report an interview again: its number, its id, or `last`.")
@click.option("--settle", is_flag=True, help="Before the report, decide on answers of which the grader is not sure.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the report into a page, too.")
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
@reports("mock")
def mock(
    decks: tuple[str, ...],
    questions: int | None,
    minutes: float | None,
    tag: str | None,
    seed: int | None,
    resume: bool,
    listed: bool,
    name: str | None,
    settle: bool,
    html: Path | None,
    plain: bool,
) -> Result:
    """Take a mock interview on each DECK, or on all: questions against the clock, no feedback until the end.

    What is weak or due is asked more often, and new cards may come. Every answer is saved at once; the schedule stays
    as it is. Then comes the report: how you did by topic, what every answer left out, better or worse than the last
    time, and what to study next.

    \b
    Examples:
      quizzer mock bert
      quizzer mock bert --questions 5 --minutes 8 --tag pretraining
      quizzer mock --list
      quizzer mock --report last --html report.html
    """
    _refuse_contradictions(
        takes=[word for word, given in (("a DECK", decks), ("--questions", questions), ("--minutes", minutes),
                                        ("--tag", tag), ("--seed", seed is not None)) if given],
        looks=[word for word, given in (("--resume", resume), ("--list", listed), ("--report", name)) if given],
        settle=settle, html=html is not None,
    )  # fmt: skip
    from quizzer.cli.mock_sitting import Order, Room  # the log and the decks

    as_json = bool(click.get_current_context().params.get("as_json"))
    room = Room.opened(decks, plain=plain, as_json=as_json)
    if listed:
        return _listed(room.interviews())
    if name is not None:
        return room.report(name, settle=settle, html=html)
    if resume:
        return room.resume(html=html)
    return room.begin(Order(decks, questions or QUESTIONS, minutes, tag, seed), html=html)


def _refuse_contradictions(*, takes: list[str], looks: list[str], settle: bool, html: bool) -> None:
    """Nothing, where what was asked for goes together."""
    hint = "see `quizzer mock --help`"
    if len(looks) > 1:
        raise UsageError(f"{looks[0]} and {looks[1]} do not go together", hint=hint)
    if looks and takes:
        raise UsageError(f"{looks[0]} begins no new interview, so {takes[0]} says nothing", hint=hint)
    if settle and looks != ["--report"]:
        raise UsageError("--settle goes with --report ID", hint="quizzer mock --report last --settle")
    if html and looks == ["--list"]:
        raise UsageError("--html writes one report", hint="quizzer mock --report last --html report.html")


def _listed(interviews: list[Interview]) -> Result:
    from quizzer.cli.interviews import interview_data

    return Result([interview_data(one) for one in interviews], lambda: _print(interviews))


def _print(interviews: list[Interview]) -> None:
    if not interviews:
        click.echo("no mock interview yet: `quizzer mock DECK` begins one")
        return
    from rich.console import Console  # only where there is a table to draw
    from rich.table import Table
    from rich.text import Text

    from quizzer.cli.interviews import HEADS, row
    from quizzer.text import printable

    table = Table(*HEADS, box=None, pad_edge=False, header_style="bold")
    for one in interviews:
        table.add_row(*(Text(printable(text)) for text in row(one)))
    Console().print(table)
