"""The bookmark of the last study session, beside the log, and what became of its cards."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from quizzer.model import Review
from quizzer.scale import REPEAT_BELOW_QUALITY
from quizzer.storage.connection import transaction, translated
from quizzer.storage.database import Database
from quizzer.storage.rows import REVIEW_COLUMNS, review_of
from quizzer.storage.voids import NOT_VOIDED

_KEY = "session"
_SAVE = "insert or replace into meta (key, value) values (?, ?)"
_REMOVE = "delete from meta where key = ? and value = ?"
# A session's id was made before those of its answers.
_ANSWERS = f"""
    select {REVIEW_COLUMNS}, coalesce((select d.quality from decisions as d where d.review_id = r.id
        and {NOT_VOIDED.format("d.id")} order by d.at_us desc, d.id desc limit 1), r.quality)
    from reviews as r where r.id > :session and r.session_id = :session and {NOT_VOIDED.format("r.id")} order by r.id"""
_GONE = f"""
    select card from schedules where card in (select value from json_each(:cards)) and (
        suspended = 1 or buried_until > :day
        or (:practice = 0 and last_day = :day and last_quality >= {REPEAT_BELOW_QUALITY})
        or (:practice = 0 and last_day >= :day and card not in (select value from json_each(:begun))))"""


def save(database: Database, text: str) -> None:
    """Keep *text* as the bookmark, in place of the one before.

    Raises:
        StorageError: it could not be written.
    """
    with translated(database.path), transaction(database.connection):
        database.connection.execute(_SAVE, (_KEY, text))


def load(database: Database) -> str:
    """The bookmark; empty where there is none."""
    with translated(database.path):
        return str(database.meta(_KEY) or "")


def remove(database: Database, text: str) -> None:
    """Forget the bookmark, unless another session has put its own in its place meanwhile."""
    with translated(database.path), transaction(database.connection):
        database.connection.execute(_REMOVE, (_KEY, text))


def answers(database: Database, session_id: str) -> list[tuple[Review, int]]:
    """The session's reviews that were not undone, in the order in which they were given, with the quality decided."""
    with translated(database.path):
        found = database.connection.execute(_ANSWERS, {"session": session_id}).fetchall()
    return [(review_of(row[:-1]), row[-1]) for row in found]


def gone(database: Database, cards: Collection[str], *, begun: Collection[str], day: date, practice: bool) -> list[str]:
    """Those of *cards* that are not to be asked any more on *day*.

    They were suspended or buried, or, where it is no *practice*, answered in another session: those not in *begun*, or
    those that have reached 4.
    """
    values = {"cards": json.dumps(sorted(cards)), "begun": json.dumps(sorted(begun)), "day": day.isoformat(),
              "practice": int(practice)}  # fmt: skip
    with translated(database.path):
        return [str(row[0]) for row in database.connection.execute(_GONE, values)]
