"""The log of facts in SQLite, and the schedules replayed from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from quizzer.model import CardEvent, Decision, Fact, Review, Schedule
from quizzer.ports import Scheduler
from quizzer.scheduling.replay import advance, replay
from quizzer.scheduling.sm2 import Sm2
from quizzer.storage.connection import transaction, translated
from quizzer.storage.database import FACTS, Database
from quizzer.storage.identity import next_id
from quizzer.storage.rows import (
    DECISION_COLUMNS,
    EVENT_COLUMNS,
    REVIEW_COLUMNS,
    SCHEDULE_COLUMNS,
    decision_of,
    decision_row,
    event_of,
    event_row,
    microseconds,
    review_of,
    review_row,
    schedule_of,
    schedule_row,
)


def _insertion(table: str, columns: str) -> str:
    marks = ", ".join("?" * len(columns.split(",")))
    return f"insert into {table} ({columns}) values ({marks})"


_INSERT_REVIEW = _insertion("reviews", REVIEW_COLUMNS)
_INSERT_DECISION = _insertion("decisions", DECISION_COLUMNS)
_INSERT_EVENT = _insertion("events", EVENT_COLUMNS)
_SAVE_SCHEDULE = _insertion("schedules", SCHEDULE_COLUMNS).replace("insert", "insert or replace", 1)
_COUNT_FACT = "update meta set value = value + 1 where key = 'facts_applied'"
_KEYS = "select ?1 union all select alias from aliases where card = ?1"


class SqliteStore:
    """`quizzer.ports.Store` on a SQLite file."""

    def __init__(self, opened: Database | Path, *, scheduler: Scheduler | None = None) -> None:
        """*opened*: a database, or the path of one to open. Its schedules are replayed where they are in doubt.

        Raises:
            StorageError: the narrowest class for what is wrong with the file.
        """
        database = Database(opened) if isinstance(opened, Path) else opened
        self.database = database
        self.path = database.path
        self.connection = database.connection
        self.scheduler: Scheduler = scheduler or Sm2()
        self._device_id = str(database.meta("device_id"))
        self._last_id: str | None = None
        if database.in_doubt:
            self.rebuild()

    @property
    def device_id(self) -> str:
        """Identifies this machine in the log."""
        return self._device_id

    def close(self) -> None:
        """Release the file."""
        self.database.close()

    def new_id(self, at: datetime) -> str:
        """A UUIDv7 for a fact made *at*, greater than every id that this device has made."""
        if self._last_id is None:
            query = " union all ".join(f"select max(id) from {name}" for name in ("reviews", "decisions", "events"))
            with translated(self.path):
                ids = [row[0] for row in self.connection.execute(query) if row[0] is not None]
            self._last_id = max(ids, default=None)
        self._last_id = next_id(microseconds(at) // 1000, self._last_id)
        return self._last_id

    def record(self, review: Review, schedule: Schedule | None) -> None:
        """Append *review* and save *schedule* in one transaction, durable on return.

        Where another session has moved the card meanwhile, or a later fact is already there, the card's schedule is
        replayed from the log instead.
        """
        with translated(self.path), transaction(self.connection):
            before = self._schedule(review.card)
            late = self._has_later_fact(review)
            self.connection.execute(_INSERT_REVIEW, review_row(review))
            self.connection.execute(_COUNT_FACT)
            if late or advance(before, review, self.scheduler) != schedule:
                self._replay(review.card)
            elif schedule is not None:
                self.connection.execute(_SAVE_SCHEDULE, schedule_row(schedule))

    def decide(self, decision: Decision) -> Schedule | None:
        """Append *decision* in one transaction, durable on return; the card's schedule after it."""
        with translated(self.path), transaction(self.connection):
            self.connection.execute(_INSERT_DECISION, decision_row(decision))
            self.connection.execute(_COUNT_FACT)
            found = self.connection.execute("select card from reviews where id = ?", (decision.review_id,)).fetchone()
            return self._replay(self._current_key(found[0])) if found else None

    def add_event(self, event: CardEvent) -> Schedule | None:
        """Append *event* in one transaction, durable on return; the card's schedule after it."""
        with translated(self.path), transaction(self.connection):
            self.connection.execute(_INSERT_EVENT, event_row(event))
            self.connection.execute(_COUNT_FACT)
            return self._replay(self._current_key(event.card))

    def schedule(self, card: str) -> Schedule | None:
        """The schedule of the card with this key, or None if it was never touched."""
        with translated(self.path):
            return self._schedule(card)

    def facts(self, card: str) -> list[Fact]:
        """Every fact about the card, former keys included, in the order (at, id), voided ones included."""
        with translated(self.path):
            return self._facts(card)

    def reviewed_on(self, day: date) -> int:
        """How many cards were moved on this learning day."""
        with translated(self.path):
            query = "select count(*) from schedules where last_day = ? and reviews > 0"
            count: int = self.connection.execute(query, (day.isoformat(),)).fetchone()[0]
            return count

    def last_review(self) -> Review | None:
        """The latest review in the log that was not undone."""
        query = (
            f"select {REVIEW_COLUMNS} from reviews where id not in (select value from events where kind = 'void') "
            "order by at_us desc, id desc limit 1"
        )
        with translated(self.path):
            row = self.connection.execute(query).fetchone()
        return review_of(row) if row else None

    def set_aliases(self, aliases: Mapping[str, str]) -> None:
        """Let the facts of each former key count for its key now; only what changed is replayed."""
        with translated(self.path):
            known = self.database.aliases()
            changed = {alias: card for alias, card in aliases.items() if known.get(alias) != card}
            gone = [alias for alias in known if alias not in aliases]
            if not changed and not gone:
                return
            with transaction(self.connection):
                self.connection.executemany("delete from aliases where alias = ?", [(alias,) for alias in gone])
                self.connection.executemany("insert or replace into aliases values (?, ?)", list(changed.items()))
                touched = {
                    *changed,
                    *changed.values(),
                    *gone,
                    *(known[alias] for alias in (*gone, *changed) if alias in known),
                }
                for card in touched:
                    self._replay(card)

    def rebuild(self) -> None:
        """Replay the whole log: after this, ``schedules`` says what the facts say."""
        with translated(self.path), transaction(self.connection):
            self.connection.execute("delete from schedules")
            cards = {
                row[0] for row in self.connection.execute("select card from reviews union select card from events")
            }
            for card in {self._current_key(card) for card in cards}:
                self._replay(card)
            applied = self.connection.execute(FACTS).fetchone()[0]
            self.connection.execute("update meta set value = ? where key = 'facts_applied'", (applied,))

    def integrity(self) -> list[str]:
        """What is wrong with the file, in words; empty when it is sound and its schedules follow from its log."""
        with translated(self.path):
            damage = [str(row[0]) for row in self.connection.execute("pragma integrity_check(10)") if row[0] != "ok"]
            if damage:
                return damage
            keys = {row[0] for row in self.connection.execute("select card from reviews union select card from events")}
            current = {self._current_key(key) for key in keys}
            saved = {row[0] for row in self.connection.execute("select card from schedules")}
            wrong = [key for key in sorted(current | saved) if self._replayed(key) != self._schedule(key)]
        return [f"the schedule of {key!r} does not follow from the log" for key in wrong[:10]]

    def _current_key(self, card: str) -> str:
        row = self.connection.execute("select card from aliases where alias = ?", (card,)).fetchone()
        return str(row[0]) if row else card

    def _schedule(self, card: str) -> Schedule | None:
        row = self.connection.execute(f"select {SCHEDULE_COLUMNS} from schedules where card = ?", (card,)).fetchone()
        return schedule_of(row) if row else None

    def _facts(self, card: str) -> list[Fact]:
        select = self.connection.execute
        reviews = [
            review_of(row) for row in select(f"select {REVIEW_COLUMNS} from reviews where card in ({_KEYS})", (card,))
        ]
        decisions = select(
            f"select {DECISION_COLUMNS} from decisions where review_id in "
            f"(select id from reviews where card in ({_KEYS}))", (card,)
        )  # fmt: skip
        events = select(f"select {EVENT_COLUMNS} from events where card in ({_KEYS})", (card,))
        facts: list[Fact] = [*reviews, *map(decision_of, decisions), *map(event_of, events)]
        return sorted(facts, key=lambda fact: (fact.at, fact.id))

    def _replayed(self, card: str) -> Schedule | None:
        return replay(self._facts(card), self.scheduler, card=card)

    def _replay(self, card: str) -> Schedule | None:
        """Save what the card's facts amount to; a former key keeps no schedule of its own."""
        schedule = None if self._current_key(card) != card else self._replayed(card)
        if schedule is None:
            self.connection.execute("delete from schedules where card = ?", (card,))
        else:
            self.connection.execute(_SAVE_SCHEDULE, schedule_row(schedule))
        return schedule

    def _has_later_fact(self, review: Review) -> bool:
        at_us = microseconds(review.at)
        query = (
            "select exists (select 1 from reviews where card = ?1 and (at_us, id) > (?2, ?3)) "
            "or exists (select 1 from events where card = ?1 and (at_us, id) > (?2, ?3))"
        )
        return bool(self.connection.execute(query, (review.card, at_us, review.id)).fetchone()[0])
