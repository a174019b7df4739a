"""`quizzer due`: counts for a prompt or a status bar."""

from __future__ import annotations

import dataclasses

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports


@click.command("due", short_help="Count what is due, for a prompt or a status bar.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@reports("due")
def due(decks: tuple[str, ...]) -> Result:
    """Count the cards that are due and new today (of each DECK, or of all).

    \b
    Examples:
      quizzer due
      quizzer due bert --json
    """
    day = compose.today()
    config = compose.config()
    counts = compose.agenda(compose.library(decks), compose.database()).counts(day, leech_lapses=config.leech_lapses)
    new = max(0, min(config.new_per_day - counts.new_today, counts.new_available))
    data = {"day": day.isoformat(), "new": new, **dataclasses.asdict(counts)}
    data["next_due"] = counts.next_due.isoformat() if counts.next_due else None
    text = f"{counts.due} due, {counts.repeat} to repeat, {new} new"
    if not counts.due + counts.repeat + new:
        text = f"nothing due; next on {counts.next_due}" if counts.next_due else "nothing due"
    return Result(data, text)
