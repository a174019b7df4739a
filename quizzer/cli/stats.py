"""`quizzer stats`: progress in numbers."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.stats.summary import Share, TagAggregate, streak_days
from quizzer.text import printable


@click.command("stats", short_help="Show progress: due, retention, streak, topics.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@reports("stats")
def stats(decks: tuple[str, ...]) -> Result:
    """Show what is due, how much is remembered, and which topics are weak (of each DECK, or of all).

    Retention is the share of cards remembered when they came back on a later day. Retired cards, which no deck has any
    more, count in what was answered and remembered, and never as due.

    \b
    Examples:
      quizzer stats
      quizzer stats bert --json
    """
    from quizzer.cli.retired import retired
    from quizzer.storage.progress import Progress

    day = compose.today()
    library = compose.library(decks)
    agenda = compose.agenda(library, compose.database())
    chosen = {deck.id for deck in library.selected(decks) if deck.usable} if decks else None
    progress = Progress(agenda, chosen)
    gone = retired(library, agenda)
    retired_cards = sum(count for deck_id, count in (gone.removed | gone.missing).items()
                        if chosen is None or deck_id in chosen)  # fmt: skip
    counts, retention, tags = agenda.counts(day), progress.retention(), progress.tags()
    streak, answers = streak_days(progress.studied_days(), today=day), progress.answers()
    data = {
        "day": day.isoformat(), "due_today": counts.due, "repeat_today": counts.repeat, "due_tomorrow": counts.tomorrow,
        "due_this_week": counts.week, "new": counts.new_available, "suspended": counts.suspended,
        "retired": retired_cards,
        "answered_today": counts.answered_today, "answers": answers, "streak_days": streak,
        "retention": _share(retention),
        "tags": [
            {"tag": tag.tag, "cards": tag.cards, "seen": tag.seen, "retention": _share(tag.retention)} for tag in tags
        ],
    }  # fmt: skip
    numbers = [
        ("due today", str(counts.due)), ("to repeat today", str(counts.repeat)), ("due tomorrow", str(counts.tomorrow)),
        ("due in the next 7 days", str(counts.week)), ("never answered", str(counts.new_available)),
        ("answered today", str(counts.answered_today)), ("answers in all", str(answers)),
        ("days in a row", str(streak)),
        ("remembered", str(retention) if retention.total else "no card has come back yet"),
        *([("retired: in no deck now", str(retired_cards))] if retired_cards else []),
    ]  # fmt: skip
    return Result(data, lambda: _print(numbers, tags))


def _share(share: Share) -> dict[str, Any]:  # a JSON object
    return {**dataclasses.asdict(share), "ratio": share.ratio}


def _print(numbers: list[tuple[str, str]], tags: list[TagAggregate]) -> None:
    for name, value in numbers:
        click.echo(f"{name:24} {value}")
    if not tags:
        return
    from rich.console import Console  # only where there is a table to draw
    from rich.table import Table
    from rich.text import Text

    table = Table("topic", "cards", "answered", "remembered", box=None, pad_edge=False, header_style="bold")
    for tag in tags:
        remembered = str(tag.retention) if tag.retention.total else "-"
        table.add_row(*(Text(printable(text)) for text in (tag.tag, str(tag.cards), str(tag.seen), remembered)))
    click.echo("")
    Console().print(table)
