"""Mock interviews in the log, and the cards that one may ask, in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from quizzer.model import Fact
from quizzer.scheduling.drawing import Candidate
from quizzer.scheduling.queue import Row, drawn
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated
from quizzer.storage.database import Database
from quizzer.storage.log import NOT_VOIDED
from quizzer.storage.rows import (
    DECISION_COLUMNS,
    EVENT_COLUMNS,
    REVIEW_COLUMNS,
    decision_of,
    event_of,
    review_of,
)
from quizzer.storage.strengths import strengths
from quizzer.study.interview import Interview, Plan, interviews, told

_EVENTS = f"select {EVENT_COLUMNS} from events where kind = 'mock'"
# By the index of cards: nothing is indexed by session, and a log is long.
_REVIEWS = f"""select {REVIEW_COLUMNS} from reviews where session_id = :session and mode = 'mock' and card in (
    select value from json_each(:cards)
    union select alias from aliases where card in (select value from json_each(:cards))
    union select card from aliases where alias in (select value from json_each(:cards)))"""
_DECISIONS = f"select {DECISION_COLUMNS} from decisions where review_id in (select value from json_each(:ids))"
_VOIDS = f"select {EVENT_COLUMNS} from events where kind = 'void' and value in (select value from json_each(:ids))"
_DECIDED = f"""(select d.quality from decisions as d where d.review_id = r.id and {NOT_VOIDED.format("d.id")}
    order by d.at_us desc, d.id desc limit 1)"""
_LAST = f"""
    select c.value, (select coalesce({_DECIDED}, r.quality) from reviews as r
                     where r.card in (select c.value union all select alias from aliases where card = c.value)
                     and {NOT_VOIDED.format("r.id")} order by r.at_us desc, r.id desc limit 1)
    from json_each(?) as c"""
_CANDIDATES = """
    select c.card, c.deck, c.tags, case when s.reviews > 0 then s.due end
    from decks.cards as c left join schedules as s on s.card = c.card
    where c.file in (select file from temp.active) and c.answered = 1
    and (:tag is null or exists (select 1 from json_each(c.tags) where value = :tag))
    and coalesce(s.suspended, 0) = 0 and (s.buried_until is null or s.buried_until <= :day)
    order by c.file, c.position"""


MOST = 2_000
"""So many cards are weighed; of more, as many are drawn before: every card's history is read, which takes time."""


def all_interviews(database: Database) -> list[Interview]:
    """Every interview of the log, the earliest first."""
    with translated(database.path):
        return interviews(_facts(database.connection), keys=database.aliases())


def _facts(connection: sqlite3.Connection) -> Iterable[Fact]:
    select = connection.execute
    events = [event_of(row) for row in select(_EVENTS)]
    yield from events
    ids: list[str] = []
    for plan in {plan.session_id: plan for event in events if isinstance(plan := told(event.value), Plan)}.values():
        parameters = {"session": plan.session_id, "cards": json.dumps(plan.cards)}
        reviews = [review_of(row) for row in select(_REVIEWS, parameters)]
        ids += [review.id for review in reviews]
        yield from reviews
    decisions = [decision_of(row) for row in select(_DECISIONS, {"ids": json.dumps(ids)})]
    yield from decisions
    ids += [decision.id for decision in decisions]
    yield from (event_of(row) for row in select(_VOIDS, {"ids": json.dumps(ids)}))


def candidates(
    agenda: Agenda, day: date, *, tag: str | None = None, seed: int = 0, most: int = MOST
) -> list[Candidate]:
    """Cards with an answer that are neither suspended nor put off: all, or *most* drawn by *seed*."""
    with translated(agenda.path):
        found = agenda.connection.execute(_CANDIDATES, {"tag": tag, "day": day.isoformat()}).fetchall()
        if len(found) > most:
            found = sorted(found, key=lambda row: drawn(row[0], seed=seed))[:most]
        last = dict(agenda.connection.execute(_LAST, (json.dumps([row[0] for row in found]),)).fetchall())
    known = strengths(agenda.database, {card for card, _, _, due in found if due is not None})
    return [
        Candidate(
            Row(card, deck, tuple(json.loads(tags)), None if due is None else date.fromisoformat(due)),
            known[card].recall(day) if card in known else None, last[card],
        )
        for card, deck, tags, due in found
    ]  # fmt: skip
