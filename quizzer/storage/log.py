"""The facts in the database: appended, never changed, and read back for a card."""

from __future__ import annotations

import sqlite3

from quizzer.model import CardEvent, Decision, Fact, Review
from quizzer.storage.rows import (
    DECISION_COLUMNS,
    EVENT_COLUMNS,
    REVIEW_COLUMNS,
    decision_of,
    decision_row,
    event_of,
    event_row,
    review_of,
    review_row,
)
from quizzer.storage.voids import NOT_VOIDED as NOT_VOIDED  # noqa: PLC0414  re-exported: they belong to the log
from quizzer.storage.voids import VOIDED as VOIDED  # noqa: PLC0414

KEYS = "select ?1 union all select alias from aliases where card = ?1"
"""The key of a card and its former ones."""


def _insertion(table: str, columns: str) -> str:
    marks = ", ".join("?" * len(columns.split(",")))
    # A fact that is there already stays as it is: a second attempt after an error must not double it.
    return f"insert into {table} ({columns}) values ({marks}) on conflict (id) do nothing"


_INSERT_REVIEW = _insertion("reviews", REVIEW_COLUMNS)
_INSERT_DECISION = _insertion("decisions", DECISION_COLUMNS)
_INSERT_EVENT = _insertion("events", EVENT_COLUMNS)
_DECISIONS_OF = f"""
    select {DECISION_COLUMNS} from decisions where review_id in (select id from reviews where card in ({KEYS}))"""
# A void counts wherever it was made: a machine on which the card had another key may have made it.
_EVENTS_OF = f"""
    with named as (select id from reviews where card in ({KEYS}) union all select id from events where card in ({KEYS})
        union all select id from decisions where review_id in (select id from reviews where card in ({KEYS})))
    select {EVENT_COLUMNS} from events where card in ({KEYS})
    union select {EVENT_COLUMNS} from events where kind = 'void' and value in (select id from named)"""
_CARD_OF_ID = """
    select card from reviews where id = ?1 union all select card from events where id = ?1
    union all select card from reviews where id in (select review_id from decisions where id = ?1)"""
_COUNT_FACT = "update meta set value = value + 1 where key = 'facts_applied'"


def append(connection: sqlite3.Connection, fact: Fact) -> bool:
    """Append *fact* in the caller's transaction, which replays its card; False if it was there already."""
    if isinstance(fact, Review):
        added = connection.execute(_INSERT_REVIEW, review_row(fact)).rowcount
    elif isinstance(fact, Decision):
        added = connection.execute(_INSERT_DECISION, decision_row(fact)).rowcount
    else:
        added = connection.execute(_INSERT_EVENT, event_row(fact)).rowcount
    if added:
        connection.execute(_COUNT_FACT)
    return bool(added)


def card_of(connection: sqlite3.Connection, fact: Fact) -> str | None:
    """The key that *fact*'s card had when it was made; None for a decision on a review that has not arrived."""
    if not isinstance(fact, Decision):
        return fact.card
    row = connection.execute("select card from reviews where id = ?", (fact.review_id,)).fetchone()
    return str(row[0]) if row else None


def fact(connection: sqlite3.Connection, identity: str) -> Fact | None:
    """The fact with this id, whichever kind it is of."""
    query = "select {} from {} where id = ?"
    if row := connection.execute(query.format(REVIEW_COLUMNS, "reviews"), (identity,)).fetchone():
        return review_of(row)
    if row := connection.execute(query.format(DECISION_COLUMNS, "decisions"), (identity,)).fetchone():
        return decision_of(row)
    row = connection.execute(query.format(EVENT_COLUMNS, "events"), (identity,)).fetchone()
    return event_of(row) if row else None


def cards_of(connection: sqlite3.Connection, fact: Fact) -> set[str]:
    """Keys of the cards whose schedule *fact* may change: its own, and that of the fact which it voids."""
    own = card_of(connection, fact)
    found = set() if own is None else {own}
    if isinstance(fact, CardEvent) and fact.kind == "void":
        found.update(str(row[0]) for row in connection.execute(_CARD_OF_ID, (fact.value,)))
    return found


def facts_of(connection: sqlite3.Connection, card: str) -> list[Fact]:
    """Every fact about the card, former keys included, in the order (at, id), voided ones included."""
    select = connection.execute
    facts: list[Fact] = [
        *map(review_of, select(f"select {REVIEW_COLUMNS} from reviews where card in ({KEYS})", (card,))),
        *map(decision_of, select(_DECISIONS_OF, (card,))),
        *map(event_of, select(_EVENTS_OF, (card,))),
    ]
    return sorted(facts, key=lambda fact: (fact.at, fact.id))


def latest(connection: sqlite3.Connection, card: str) -> tuple[int, str]:
    """(microseconds since 1970, id) of the card's last review or event in that order; (0, "") if there is none."""
    query = (
        f"select at_us, id from (select at_us, id from reviews where card in ({KEYS}) "
        f"union all select at_us, id from events where card in ({KEYS})) order by at_us desc, id desc limit 1"
    )
    return connection.execute(query, (card,)).fetchone() or (0, "")


def last_id(connection: sqlite3.Connection, device_id: str) -> str | None:
    """The greatest id that the device has given to a fact."""
    query = "select id from {} where device_id = ? order by id desc limit 1"
    tables = ("reviews", "decisions", "events")
    rows = [connection.execute(query.format(table), (device_id,)).fetchone() for table in tables]
    return max((str(row[0]) for row in rows if row), default=None)


def last_review(connection: sqlite3.Connection) -> Review | None:
    """The review made last that was not undone: by its id, which ascends even when a clock has jumped back."""
    query = f"select {REVIEW_COLUMNS} from reviews where id not in ({VOIDED}) order by id desc limit 1"
    row = connection.execute(query).fetchone()
    return review_of(row) if row else None
