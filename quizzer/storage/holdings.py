"""Everything that a database holds, record by record, and the union of it with what comes from elsewhere.

The union is the same in whatever order, and however often, records come: facts are never changed; of two versions of
anything else one always wins.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quizzer.model import CardEvent, Decision, Fact, Review
from quizzer.scheduling.days import instant, microseconds
from quizzer.storage import log
from quizzer.storage.connection import transaction, translated
from quizzer.storage.records import FlaggedWording, KeptWording, Record, SettledProposal, as_data
from quizzer.storage.rows import DECISION_COLUMNS, EVENT_COLUMNS, REVIEW_COLUMNS
from quizzer.storage.store import SqliteStore


@functools.lru_cache(maxsize=4096)
def _decode(text: str) -> list[Any]:
    """The list that a column holds as JSON; points come again with every answer to their card. Not to be changed."""
    values: list[Any] = json.loads(text)
    return values


_FACTS = (
    ("review", "reviews", REVIEW_COLUMNS), ("decision", "decisions", DECISION_COLUMNS),
    ("event", "events", EVENT_COLUMNS),
)  # fmt: skip
"""Type of a record, its table, and its columns in the order of the record's keys."""
_LISTS = frozenset(("points_made", "points_missed", "flags"))
_WORDINGS = "select digest, question, answers from card_texts order by digest"
_FLAGGED = "select event_id, digest from flagged_texts order by event_id"
_SETTLED = "select card, wording, outcome, at_us from settled_proposals order by card, wording"
# Wordings that differ only in line breaks have one digest.
_KEEP_WORDING = """insert into card_texts (digest, question, answers) values (?, ?, ?)
    on conflict (digest) do update set question = excluded.question, answers = excluded.answers
    where (excluded.question, excluded.answers) < (question, answers)"""
_KEEP_FLAGGED = """insert into flagged_texts (event_id, digest) values (?, ?)
    on conflict (event_id) do update set digest = excluded.digest where excluded.digest < digest"""
_KEEP_SETTLED = """insert into settled_proposals (card, wording, outcome, at_us) values (?, ?, ?, ?)
    on conflict (card, wording) do update set outcome = excluded.outcome, at_us = excluded.at_us
    where (excluded.at_us, excluded.outcome) > (at_us, outcome)"""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of records from elsewhere."""

    added: frozenset[str]
    """Ids of the facts that were not there yet."""
    contrary: tuple[int, ...]
    """Which of the records are facts whose id another fact has: the first one stays."""


def objects(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every record as `as_data` gives it, the facts of each kind in the order (at, id): on all machines the same.

    Straight from the rows: a long history is gone through at every synchronization.
    """
    select = connection.execute
    for name, table, columns in _FACTS:
        keys = ["at" if column == "at_us" else column for column in columns.split(", ")]
        lists = [key for key in keys if key in _LISTS]
        for row in select(f"select {columns} from {table} order by at_us, id"):
            fact = {"type": name, **dict(zip(keys, row, strict=True))}
            fact["at"] = instant(fact["at"]).isoformat()
            for key in lists:
                fact[key] = _decode(fact[key])
            yield fact
    for digest, question, answers in select(_WORDINGS):
        yield as_data(KeptWording(digest, question, tuple(_decode(answers))))
    for row in select(_FLAGGED):
        yield as_data(FlaggedWording(*row))
    for card, wording, outcome, at_us in select(_SETTLED):
        yield as_data(SettledProposal(card, wording, outcome, instant(at_us)))


def take_in(store: SqliteStore, found: Iterable[Record]) -> TakenIn:
    """Unite what the store holds with the records *found*, in any order, whether they are there already or not.

    Raises:
        StorageError: they could not be saved.
    """
    facts: dict[str, Fact] = {}
    contrary = []
    added = set()
    with translated(store.path), transaction(store.connection):
        for number, record in enumerate(found):
            if not isinstance(record, Review | Decision | CardEvent):
                _keep(store.connection, record)
                continue
            known = facts.get(record.id) or log.fact(store.connection, record.id)
            if known is None:
                facts[record.id] = record
                added.add(record.id)
            elif known != record:
                contrary.append(number)
    store.merge(facts.values())
    return TakenIn(frozenset(added), tuple(contrary))


def _keep(connection: sqlite3.Connection, record: KeptWording | FlaggedWording | SettledProposal) -> None:
    if isinstance(record, KeptWording):
        connection.execute(_KEEP_WORDING, (record.digest, record.question, json.dumps(record.answers)))
    elif isinstance(record, FlaggedWording):
        connection.execute(_KEEP_FLAGGED, (record.event_id, record.digest))
    else:
        row = (record.card, record.wording, record.outcome, microseconds(record.at))
        connection.execute(_KEEP_SETTLED, row)
