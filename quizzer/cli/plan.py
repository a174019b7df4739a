"""`quizzer plan`: be ready by a date."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.daily_plan import plan_for
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError
from quizzer.model import CardEvent
from quizzer.scheduling.goal import MOST_DAYS, Goal
from quizzer.storage.goals import goal

if TYPE_CHECKING:
    from quizzer.scheduling.plan import Plan
    from quizzer.storage.database import Database


@click.command("plan", short_help="Be ready by a date: daily load and expected recall.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--by", metavar="DATE", help="The day to be ready on, such as 2026-12-15.")
@click.option("--cards", "with_cards", is_flag=True, help="Show when each card is reviewed.")
@click.option("--clear", is_flag=True, help="End the plan: study goes back to normal.")
@reports("plan")
def plan(decks: tuple[str, ...], by: str | None, with_cards: bool, clear: bool) -> Result:
    """Be ready by a date with the cards of each DECK, or of all; without --by, show the plan that there is.

    From then on `quizzer study` asks what the plan has for the day: reviews are moved so that most is recalled on the
    date, within your daily limits. The plan is made anew every morning from your answers, so a missed day is absorbed.
    After the date, study is as it was before.

    \b
    Examples:
      quizzer plan --by 2026-12-15
      quizzer plan --by 2026-12-15 bert --cards
      quizzer plan --clear
    """
    if clear and (by or decks or with_cards):
        raise UsageError("--clear ends the plan, so it goes with nothing else", hint="leave the rest out")
    if decks and not by:
        raise UsageError("the decks of a plan go with its date", hint=f"quizzer plan --by DATE {' '.join(decks)}")
    day, database = compose.today(), compose.database()
    if clear:
        return _cleared(database, day)
    if by:
        _set(database, Goal(_date(by, day), _ids(decks)))
    wanted = goal(database)
    if wanted is None or not wanted.leads(day):
        return _none(wanted, day)
    return _shown(wanted, database, plan_for(wanted, database, day, afresh=True), with_cards=with_cards)


def _date(text: str, day: date) -> date:
    try:
        by = date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"--by {text!r} is not a date", hint="write it as 2026-12-15") from error
    if by <= day:
        raise UsageError(f"--by {by} is not after today, {day}", hint="a plan needs at least one day to study on")
    if (by - day).days > MOST_DAYS:
        raise UsageError(f"--by {by} is too far away", hint=f"a plan reaches at most {MOST_DAYS} days ahead")
    return by


def _ids(decks: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the decks chosen, which a goal names them by; none where all are."""
    found = compose.library(decks)
    return tuple(dict.fromkeys(deck.id for deck in found.selected(decks) if deck.usable)) if decks else ()


def _set(database: Database, wanted: Goal | None) -> None:
    """Note the goal as a fact, where it is not what it was; None ends it."""
    if goal(database) == wanted:
        return
    store = compose.store(database)
    at = now()
    event = CardEvent(store.new_id(at), store.device_id, at.astimezone(UTC), "", "plan", wanted.value if wanted else "",
                      utc_offset_minutes(at))  # fmt: skip
    store.add_event(event)


def _cleared(database: Database, day: date) -> Result:
    before = goal(database)
    _set(database, None)
    if before is None or not before.leads(day):
        return Result({"plan": None}, "there was no plan; study is as always")
    return Result({"plan": None}, f"the plan for {before.by} is ended; study is as always")


def _none(wanted: Goal | None, day: date) -> Result:
    if wanted is None:
        return Result({"plan": None}, "no plan. `quizzer plan --by DATE` makes one, for an interview or an exam")
    when = "today" if wanted.by == day else f"on {wanted.by}"
    return Result({"plan": None, "last": wanted.by.isoformat()}, f"the day of your plan was {when}; study is as always"
                  if wanted.by < day else "today is the day: good luck! Study is as always")  # fmt: skip


def _shown(wanted: Goal, database: Database, made: Plan, *, with_cards: bool) -> Result:
    from quizzer.cli.plan_page import page
    from quizzer.scheduling.topics import topics
    from quizzer.storage.agenda import Agenda

    library = compose.library()
    rows = Agenda(database, library.index_path, library.active).all_cards()
    by_topic = topics(made, {row.card: row.tags for row in rows})
    data: dict[str, Any] = {  # a JSON object
        "plan": {
            "by": made.by.isoformat(), "today": made.today.isoformat(), "days": (made.by - made.today).days,
            "decks": list(wanted.decks) or None, "expected_recall": made.recall, "recall_without": made.now,
            "limits": dataclasses.asdict(made.limits),
            "load": [{"day": load.day.isoformat(), "new": load.new, "reviews": load.reviews} for load in made.load],
            "topics": [dataclasses.asdict(topic) for topic in by_topic],
            "today_cards": [card.card for card in made.of_today()],
            "left_out": [card.card for card in made.left_out], "drop_first": [card.card for card in made.to_drop()],
            "cards": [
                {"card": card.card, "new": card.new, "days": [day.isoformat() for day in card.days],
                 "expected_recall": card.recall, "recall_without": card.now}
                for card in made.cards
            ],
        }
    }  # fmt: skip
    return Result(data, lambda: page(made, by_topic, decks=wanted.decks, with_cards=with_cards))
