"""`quizzer stats`: progress in numbers and charts."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.stats.summary import Statistics


@click.command("stats", short_help="Show progress: due, retention, streak, topics.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--html", "html", metavar="FILE", help="Write a page with charts to FILE instead.")
@reports("stats")
def stats(decks: tuple[str, ...], html: str | None) -> Result:
    """Show what is due, how much is remembered, and what is weak (of each DECK, or of all).

    A calendar of answers, the cards due in the next 30 days, the time spent, what was remembered by interval and by
    topic, the cards forgotten most, the points missed most, and where you overruled the grader.

    "Remembered" is the share of cards known when they came back on a later day; below ten cards there is no percentage,
    and the range beside it says where the true one lies (95 %). Retired cards, which no deck has any more, count in
    what was answered and remembered, and never as due.

    With --html, all of it is one page that needs no network: for a browser, a phone or paper.

    \b
    Examples:
      quizzer stats
      quizzer stats bert --json
      quizzer stats --html progress.html
    """
    from quizzer.cli.stats_json import as_json

    found = _statistics(decks)
    if html is None:
        return Result(as_json(found), functools.partial(_print, found))
    from quizzer.cli import pages
    from quizzer.reports.progress import page

    pages.write(Path(html), page(found, decks=decks))
    return Result({**as_json(found), "html": html}, f"{html}: written; open it in a browser")


def _statistics(decks: tuple[str, ...]) -> Statistics:
    """What the log, the decks and the schedules say now."""
    from quizzer.cli.retired import of_decks
    from quizzer.storage.progress import statistics

    library = compose.library(decks)
    agenda = compose.agenda(library, compose.database())
    chosen = {deck.id for deck in library.selected(decks) if deck.usable and deck.id} if decks else None

    def retired(absent: Mapping[str, int]) -> int:
        gone = of_decks(library, {deck: count for deck, count in absent.items() if chosen is None or deck in chosen})
        return sum((gone.removed | gone.missing).values())

    return statistics(agenda, day=compose.today(), decks=chosen, card_of=library.card, retired=retired)


STYLES: dict[str, dict[str, object]] = {
    "text": {}, "strong": {"bold": True}, "quiet": {"dim": True}, "chart": {"fg": "green"},
}  # fmt: skip
"""Colour only underlines what the characters already say."""


def _print(statistics: Statistics) -> None:
    """The lines as wide as the terminal; without colour in a pipe, under NO_COLOR and on a dumb terminal."""
    from quizzer.stats import charts
    from quizzer.stats.pages import pages

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    marks = (
        charts.FINE if _can_print("".join((charts.FINE.shades, charts.FINE.steps, charts.FINE.track))) else charts.PLAIN
    )
    for line in pages(statistics, width=shutil.get_terminal_size().columns, marks=marks):
        click.echo("".join(_styled(text, STYLES[role] if colour else {}) for text, role in line).rstrip())


def _styled(text: str, style: dict[str, object]) -> str:
    return click.style(text, **style) if style else text  # type: ignore[arg-type]  # keyword names of click.style


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
