"""Answers whose grade a person changed, and what a deck's maintainer made of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from quizzer.decks.proposals import Outcome, Overrule
from quizzer.scheduling.days import instant, microseconds
from quizzer.storage.connection import transaction, translated
from quizzer.storage.database import Database
from quizzer.storage.log import NOT_VOIDED
from quizzer.storage.rows import Row, storable

_OVERRULES = f"""
    with last as (
        select d.review_id, d.quality, d.by, d.note,
               row_number() over (partition by d.review_id order by d.at_us desc, d.id desc) as n
        from decisions as d where {NOT_VOIDED.format("d.id")})
    select r.id, coalesce(alias.card, r.card), r.card_digest, r.player, r.at_us, r.answer, r.score, r.verdict,
           r.quality, r.points_missed, r.flags, r.grader, last.quality, last.by, last.note
    from last join reviews as r on r.id = last.review_id left join aliases as alias on alias.alias = r.card
    where last.n = 1 and r.answer <> '' and {NOT_VOIDED.format("r.id")}"""
_SETTLED = """select coalesce(alias.card, s.card), s.wording, s.outcome
    from settled_proposals as s left join aliases as alias on alias.alias = s.card"""
# Later than what it takes the place of, whatever the clock says: when machines unite, the latest counts.
_SETTLE = """insert into settled_proposals (card, wording, outcome, at_us) values (?, ?, ?, ?)
    on conflict (card, wording) do update set outcome = excluded.outcome, at_us = max(excluded.at_us, at_us + 1)"""


def overrules(connection: sqlite3.Connection) -> list[Overrule]:
    """Every review that was not undone and on which a person decided, with the decision that counts: the last one."""
    return [_overrule(row) for row in connection.execute(_OVERRULES)]


def _overrule(row: Row) -> Overrule:
    values = list(row)
    values[4] = instant(values[4])
    for index in (9, 10):
        values[index] = tuple(json.loads(values[index]))
    return Overrule(*values)


def settled(connection: sqlite3.Connection) -> dict[tuple[str, str], Outcome]:
    """(card key now, mark of a wording) -> what the maintainer made of it."""
    return {(card, wording): outcome for card, wording, outcome in connection.execute(_SETTLED)}


def settle(database: Database, outcomes: Iterable[tuple[str, str, Outcome]], *, at: datetime) -> None:
    """Note what the maintainer made of wordings (card key, mark, outcome), so that they do not come again.

    Raises:
        StorageError: it could not be noted.
    """
    at_us = microseconds(at)
    with translated(database.path), transaction(database.connection):
        database.connection.executemany(
            _SETTLE, [(storable(card), wording, outcome, at_us) for card, wording, outcome in outcomes]
        )
