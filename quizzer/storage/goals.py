"""The day to be ready by: the latest ``plan`` event without a card, synchronized and undone as all facts are."""

from __future__ import annotations

from datetime import date

from quizzer.scheduling.days import day_ordinal
from quizzer.scheduling.goal import Goal, goal_of
from quizzer.storage.connection import translated
from quizzer.storage.database import Database

# Every command that counts asks this: the types of the log, which `storage.log` imports, would cost it 10 ms.
_LATEST = """
    select e.value from events as e where e.card = '' and e.kind = 'plan'
    and not exists (select 1 from events as void where void.kind = 'void' and void.value = e.id)
    order by e.at_us desc, e.id desc limit 1"""


def goal(database: Database) -> Goal | None:
    """What the learner wants to be ready for, be it past or not; None where there is nothing, or it was ended."""
    with translated(database.path):
        row = database.connection.execute(_LATEST).fetchone()
    return goal_of(row[0]) if row else None


def goal_since(database: Database) -> date | None:
    """The learning day on which that goal was set."""
    query = _LATEST.replace("e.value", "e.at_us, e.utc_offset_minutes", 1)
    with translated(database.path):
        row = database.connection.execute(query).fetchone()
    hour = database.rules.day_start_hour
    return date.fromordinal(day_ordinal(*row, day_start_hour=hour)) if row else None


def facts_before(database: Database, at_us: int) -> int:
    """How many answers and events were made before *at_us* (microseconds since 1970): a plan is made of these."""
    query = "select (select count(*) from reviews where at_us < ?1) + (select count(*) from events where at_us < ?1) + "
    # Decisions overrule answers of a morning's past only where they were made before it, but arrive when they arrive.
    query += "(select count(*) from decisions where at_us < ?1)"
    with translated(database.path):
        return int(database.connection.execute(query, (at_us,)).fetchone()[0])
