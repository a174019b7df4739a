"""A plan in words and tables, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quizzer.cli.schedule_words import percent
from quizzer.scheduling.plan import WEAK, Plan
from quizzer.scheduling.topics import Topic
from quizzer.study.pages import counted, in_days
from quizzer.text import printable

DAYS_SHOWN = 21
NAMED = 5
BAR = 30


def page(plan: Plan, topics: Sequence[Topic], *, decks: Sequence[str], with_cards: bool) -> None:
    """Print *plan*."""
    console = Console()
    when = in_days(plan.by, today=plan.today)
    click.echo(f"Be ready {when}, with {counted(len(plan.cards), 'card')} of {', '.join(decks) or 'all decks'}.")
    if not plan.cards:
        click.echo("There is no card to plan. `quizzer deck list` shows the decks found.")
        return
    click.echo(f"Expected recall that day: {percent(plan.recall)} with this plan, {percent(plan.now)} without study.")
    today = plan.load[0]
    click.echo(f"Today: {counted(today.new, 'new card')}, {counted(today.reviews, 'review')}.")
    click.echo("")
    console.print(_loads(plan))
    if len(plan.load) > DAYS_SHOWN:
        rest = plan.load[DAYS_SHOWN:]
        busiest = max(rest, key=lambda load: load.new + load.reviews)
        click.echo(f"then {counted(len(rest), 'day')} more, the busiest on {busiest.day} with "
                   f"{counted(busiest.new + busiest.reviews, 'card')} (`--json` has every day)")  # fmt: skip
    if topics:
        click.echo("")
        console.print(_topics(topics))
    _infeasible(plan)
    if with_cards:
        click.echo("")
        console.print(_cards(plan))
    click.echo("")
    click.echo(
        "The expectation is FSRS's, fitted to your answers until this morning. `quizzer study` follows the plan."
    )


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False, header_style="bold")


def _loads(plan: Plan) -> Table:
    table = _table("day", "new", "reviews", "")
    most = max(load.new + load.reviews for load in plan.load)
    for load in plan.load[:DAYS_SHOWN]:
        total = load.new + load.reviews
        bar = "#" * round(BAR * total / most) if most else ""
        table.add_row(f"{load.day:%a} {load.day}", str(load.new), str(load.reviews), bar)
    return table


def _topics(topics: Sequence[Topic]) -> Table:
    table = _table("topic", "cards", "expected", "without study")
    for topic in topics:
        table.add_row(Text(printable(topic.tag)), str(topic.cards), percent(topic.recall), percent(topic.now))
    return table


def _infeasible(plan: Plan) -> None:
    """What the limits leave no room for, and what to drop first."""
    out, weak = plan.left_out, plan.to_drop()
    if out:
        click.echo("")
        click.echo(f"{counted(len(out), 'new card')} cannot be learned by then within your daily limits: "
                   f"{_named([card.card for card in out])}.")  # fmt: skip
        click.echo("More `new_per_day`, `reviews_per_day` or `minutes_per_day` in config.toml make room for them.")
    if weak:
        click.echo("")
        click.echo(f"{counted(len(weak), 'card')} will stay below {percent(WEAK)}. Who has too much to learn drops "
                   f"first what gains the least: {_named([card.card for card in weak])}.")  # fmt: skip
        click.echo("`quizzer card suspend CARD` drops one.")


def _named(cards: Sequence[str]) -> str:
    more = f" and {len(cards) - NAMED} more (`--json` names them)" if len(cards) > NAMED else ""
    return printable(", ".join(cards[:NAMED])) + more


def _cards(plan: Plan) -> Table:
    table = _table("card", "expected", "reviewed on, if it is remembered every time")
    for card in sorted(plan.cards, key=lambda card: (card.days[:1] or (plan.by,), card.card)):
        days = ", ".join(f"{day:%d %b}" for day in card.days) or "not any more"
        table.add_row(Text(printable(card.card)), percent(card.recall), days)
    return table
