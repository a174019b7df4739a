"""The plan for today: made once a day from what was known in the morning, kept, and followed by all commands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import quizzer
from quizzer.cli import compose
from quizzer.cli.clock import now
from quizzer.storage.goals import facts_before, goal, goal_since

if TYPE_CHECKING:
    from quizzer.config import Config
    from quizzer.scheduling.goal import Goal
    from quizzer.scheduling.plan import Limits, Plan
    from quizzer.storage.agenda import Agenda
    from quizzer.storage.database import Database


def follow_plan(agenda: Agenda, day: date | None = None) -> Goal | None:
    """Let the *agenda* follow the plan for today, where the learner has a goal; the goal, be it past or not."""
    wanted = goal(agenda.database)
    if wanted is None:
        return None
    day = day or compose.today()
    if wanted.leads(day):
        agenda.follow(plan_for(wanted, agenda.database, day))
    return wanted


def plan_for(wanted: Goal, database: Database, day: date, *, afresh: bool = False) -> Plan:
    """The plan on *day*; *afresh*: decks may have changed since it was made."""
    from quizzer.storage import plancache  # json, and the types of a plan

    stamp = _stamp(wanted, database, day)
    path = compose.paths().plan
    found = None if afresh else plancache.load(path, stamp)
    if found is None:
        found = _made(wanted, database, day)
        plancache.save(path, stamp, found)
    return found


def _stamp(wanted: Goal, database: Database, day: date) -> str:
    """Differs wherever the plan could."""
    config = compose.config()
    offset = now().utcoffset() or timedelta()
    began = datetime.combine(day, time(hour=config.day_start_hour), UTC) - offset
    known = facts_before(database, int(began.timestamp()) * 1_000_000)
    limits = (config.new_per_day, config.reviews_per_day, config.minutes_per_day)
    own = [(deck, sorted(table.items())) for deck, table in sorted(config.deck.items())]
    return repr((quizzer.__version__, day.isoformat(), wanted.value, known, limits, config.fsrs_parameters, own))


def _made(wanted: Goal, database: Database, day: date) -> Plan:
    compose.before_numpy()
    from quizzer.scheduling.plan import Item, plan
    from quizzer.storage.agenda import Agenda
    from quizzer.storage.database import Database
    from quizzer.storage.strengths import acquaintance

    library = compose.library()
    other = Database(database.path, rules=database.rules)  # the caller's agenda may look at some decks only
    try:
        agenda = Agenda(other, library.index_path, library.active)
        cards = [row.card for row in agenda.all_cards() if wanted.concerns(row.deck)]
        learner = acquaintance(other, set(cards), before=day)
        limits = _limits(wanted, compose.config(), agenda, day, cards=len(cards))
    finally:
        other.close()
    items = [
        Item(card, found.model, found.stability_days, found.difficulty, found.last_day)
        if (found := learner.strengths.get(card))
        else Item(card, learner.model(card))
        for card in cards
    ]
    return plan(items, today=day, by=wanted.by, limits=limits, seed=wanted.by.toordinal())


def _limits(wanted: Goal, config: Config, agenda: Agenda, day: date, *, cards: int) -> Limits:
    """What a day may have; where the plan is for one deck, its own limits too."""
    from quizzer.cli.portion import Past  # the learner's pace, where minutes are counted
    from quizzer.scheduling.plan import Limits, own_limit

    own = config.for_deck(wanted.decks[0]) if len(wanted.decks) == 1 else config
    new = min(config.new_per_day, own.new_per_day)
    reviews = [float(c.reviews_per_day) for c in (config, own) if c.reviews_per_day is not None]
    minutes = [c.minutes_per_day for c in (config, own) if c.minutes_per_day is not None]
    if not minutes:
        # By the days that the plan had when it was made: what is left of them must not let the last days grow.
        since = goal_since(agenda.database) or day
        return Limits(new, min(reviews, default=float(own_limit(cards, (wanted.by - since).days))))
    pace = Past(agenda, day).pace
    return Limits(new, min(60.0 * min(minutes) / pace.review_seconds, *reviews), pace.new_seconds / pace.review_seconds)
