"""`quizzer due`: counts for a prompt or a status bar."""

from __future__ import annotations

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.cli.portion import Past, Wanted, portion
from quizzer.cli.today import overview


@click.command("due", short_help="Count what is due, for a prompt or a status bar.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@reports("due")
def due(decks: tuple[str, ...]) -> Result:
    """Count the cards that are due and new today (of each DECK, or of all), as far as the daily limits go.

    \b
    Examples:
      quizzer due
      quizzer due bert --json
    """
    day = compose.today()
    agenda = compose.agenda(compose.library(decks), compose.database())
    counts = agenda.counts(day, leech_lapses=compose.config().leech_lapses)
    past = Past(agenda, day)
    today = portion(agenda, day, Wanted(), past=past)
    view = overview(agenda, day, found=today, past=past)
    reviews = view.reviews
    data = {
        "day": day.isoformat(), "new": today.new, "reviews": reviews, "waiting": today.waiting, "minutes": view.minutes,
        **counts._asdict(), "next_due": counts.next_due.isoformat() if counts.next_due else None,
        "streak_days": view.streak_days, "studied_today": view.studied_today, "answers_by_day": view.answers,
        "plan": view.plan and {"by": view.plan.by.isoformat(), "expected_recall": view.plan.expected},
    }  # fmt: skip
    text = f"{reviews} due, {counts.repeat} to repeat, {today.new} new"
    if today.waiting:
        text += f"; {today.waiting} can wait"
    elif not counts.due + counts.repeat + today.new:
        text = f"nothing due; next on {counts.next_due}" if counts.next_due else "nothing due"
    return Result(data, text)
