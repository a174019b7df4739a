"""What is due and what is new: the schedules joined with the index of decks, in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizzer.scale import PASSING_QUALITY, REPEAT_BELOW_QUALITY
from quizzer.scheduling.queue import Row, drawn
from quizzer.storage.connection import translated
from quizzer.storage.database import Database

if TYPE_CHECKING:
    from quizzer.scheduling.plan import Plan

WINDOW = 500
"""Due cards fetched at once; a session that gets through them asks again."""

Among = Collection[str] | None
"""Keys of the cards that count; None: all."""

_NEVER = 2**31
"""More lapses than a card has."""

_ASKED = "s.suspended = 0 and s.reviews > 0 and (s.buried_until is null or s.buried_until <= :day)"
_PLANNED_DUE = """coalesce((select case when s.last_day is null or p.day > s.last_day then p.day
    when s.last_quality < 3 then p.again when s.last_quality = 3 then p.hard when s.last_quality = 4 then p.good
    else p.easy end from temp.planned as p where p.card = s.card), s.due)"""
"""Where a plan is followed, it says when its cards come, and for one answered today, when it comes next."""
_UNPLANNED = "not exists (select 1 from temp.planned as p where p.card = c.card and p.day > :day)"
_DUE = f"{_ASKED} and {{due}} <= :until and (s.last_day is null or s.last_day < :day)"
# `cross join` fixes the order: schedules by their index on `due`, and for each a look into the index of cards. The plus
# keeps SQLite from probing that index once for each of the active files instead of reading the one row and comparing.
_JOINED = (
    "from schedules as s cross join decks.cards as c on c.card = s.card "
    "where c.answered = 1 and +c.file in (select file from temp.active)"
)
_TAGGED = (
    "(:tag is null or exists (select 1 from json_each(c.tags) where value = :tag)) "
    "and (:among is null or c.card in (select value from json_each(:among)))"
)
_COLUMNS = "c.card, c.deck, c.tags, {due}, s.last_day"


class Counts(NamedTuple):
    """How much there is to study, counting only cards that the decks found still have."""

    due: int
    repeat: int
    new_available: int
    new_today: int
    """New cards first answered today."""
    answered_today: int
    """Cards answered today."""
    tomorrow: int
    """Scheduled cards due on the next learning day, without today's backlog."""
    week: int
    """Scheduled cards due within the next seven learning days, without today's backlog."""
    suspended: int
    leeches: int
    """Cards forgotten so often that they are leeches, suspended or not."""
    next_due: date | None
    """The first later learning day on which a card is due."""


class Agenda:
    """Questions about today, answered over the database's schedules and the deck index."""

    def __init__(self, database: Database, index: Path, active: Sequence[int]) -> None:
        """*index*: the library's index file; *active*: its numbers of the files that are studied."""
        self.database = database
        self.path = database.path
        self.connection: sqlite3.Connection = database.connection
        with translated(index):
            attached = {row[1] for row in self.connection.execute("pragma database_list")}
            if "decks" in attached:
                self.connection.execute("detach database decks")
            self.connection.execute("attach database ? as decks", (str(index),))
            self.connection.execute("create temp table if not exists active (file integer primary key) strict")
            self.connection.execute("delete from temp.active")
            self.connection.executemany("insert into temp.active values (?)", [(number,) for number in active])
            self.connection.execute("drop table if exists temp.planned")
            self.connection.execute(
                "create temp table planned (card text primary key, day text not null, again text, hard text, "
                "good text, easy text) strict, without rowid"
            )
        self.active = tuple(active)
        self.plan: Plan | None = None
        """The plan that is followed."""
        self._due = "s.due"

    def follow(self, plan: Plan) -> None:
        """Let *plan*, made for today, say when its cards are due; the others are due when they are."""
        rows: list[tuple[str | None, ...]] = []
        for card in plan.cards:
            first = card.days[0] if card.days else plan.by
            later = [(day or plan.by).isoformat() for day in card.next_days] or (None,) * 4
            rows.append((card.card, first.isoformat(), *later))
        with translated(self.path):
            self.connection.executemany("insert or replace into temp.planned values (?, ?, ?, ?, ?, ?)", rows)
        self.plan = plan
        self._due = _PLANNED_DUE

    def planned(self, card: str, quality: int) -> date | None:
        """When a card for today comes next by the plan, after an answer of *quality*; None: the plan does not say."""
        column = "again" if quality < PASSING_QUALITY else ("hard", "good", "easy")[quality - PASSING_QUALITY]
        with translated(self.path):
            row = self.connection.execute(f"select {column} from temp.planned where card = ?", (card,)).fetchone()
        return _day(row[0]) if row else None

    def due(
        self, day: date, *, tag: str | None = None, among: Among = None, ahead_days: int = 0, limit: int = WINDOW
    ) -> list[Row]:
        """Cards due by *day* (plus *ahead_days*), longest overdue first; with *tag* and *among* those only."""
        query = f"select {_COLUMNS} {_JOINED} and {_DUE} and {_TAGGED} order by {{due}} limit :limit"
        return self._rows(query, day, tag=tag, among=among, until=day + timedelta(days=ahead_days), limit=limit)

    def count_due(self, day: date, *, tag: str | None = None, among: Among = None, ahead_days: int = 0) -> int:
        """How many cards `due` finds where nothing limits it."""
        query = f"select count(*) {_JOINED} and {_DUE} and {_TAGGED}"
        parameters = _parameters(day, tag=tag, among=among, until=day + timedelta(days=ahead_days))
        with translated(self.path):
            return int(self.connection.execute(query.format(due=self._due), parameters).fetchone()[0])

    def repeats(self, day: date, *, tag: str | None = None, among: Among = None, limit: int = WINDOW) -> list[Row]:
        """Cards answered today whose last quality is below 4."""
        query = (
            f"select {_COLUMNS} {_JOINED} and {_ASKED} and s.last_day = :day "
            f"and s.last_quality < {REPEAT_BELOW_QUALITY} and {_TAGGED} order by s.last_reviewed_us limit :limit"
        )
        return self._rows(query, day, tag=tag, among=among, until=day, limit=limit, repeat=True)

    def new(
        self,
        day: date,
        *,
        tag: str | None = None,
        among: Among = None,
        limit: int,
        deck_limits: Mapping[str, int] | None = None,
        seed: int = 0,
    ) -> list[Row]:
        """At most *limit* answered cards without a review, each deck's first ones, decks taking turns.

        Where there are more decks than *limit*, *seed* draws which of them. *deck_limits*: deck id -> how many of that
        deck at most.
        """
        if limit <= 0:
            return []
        query = (
            "select c.card, c.deck, c.tags, null, null from decks.cards as c "
            f"where c.file = :file and c.answered = 1 and {_TAGGED} and {_UNPLANNED} "
            "and not exists (select 1 from schedules as s where s.card = c.card and "
            "(s.reviews > 0 or s.suspended = 1 or s.buried_until > :day)) order by c.position limit :limit"
        )
        most = deck_limits or {}
        by_file: dict[int, list[Row]] = {}
        for file in sorted(self.active, key=lambda file: drawn(str(file), seed=seed)):
            rows = self._rows(query, day, tag=tag, among=among, until=day, limit=limit, file=file)
            if rows := rows[: max(0, most.get(rows[0].deck, limit))] if rows else []:
                by_file[file] = rows
            if len(by_file) == limit:
                break
        in_order = [by_file[file] for file in self.active if file in by_file]
        turns = max(map(len, in_order), default=0)
        return [rows[turn] for turn in range(turns) for rows in in_order if turn < len(rows)][:limit]

    def all_cards(self, *, tag: str | None = None, among: Among = None, suspended: bool = False) -> list[Row]:
        """Every answered card, in the order of the decks, as if it were new; with *suspended* also those."""
        kept = (
            ""
            if suspended
            else "and not exists (select 1 from schedules as s where s.card = c.card and s.suspended = 1) "
        )
        query = (
            "select c.card, c.deck, c.tags, null, null from decks.cards as c "
            f"where c.file in (select file from temp.active) and c.answered = 1 {kept}"
            f"and {_TAGGED} order by c.file, c.position limit :limit"
        )
        return self._rows(query, date.min, tag=tag, among=among, until=date.min, limit=-1)

    def answered(self, day: date) -> dict[str, tuple[int, int]]:
        """Deck id -> how many of its cards were answered on *day* for the first time, and how many had come back."""
        query = (
            "select substr(card, 1, instr(card, '/') - 1) as deck, sum(reviews = 1), sum(reviews > 1) from schedules "
            "where last_day = :day and reviews > 0 group by deck"
        )
        with translated(self.path):
            found = self.connection.execute(query, {"day": day.isoformat()}).fetchall()
        return {deck: (new, reviews) for deck, new, reviews in found}

    def counts(self, day: date, *, leech_lapses: int = 0) -> Counts:
        """Today's numbers; *leech_lapses*: how many lapses make a leech, 0 where none is one."""
        parameters: dict[str, str | int] = {"day": day.isoformat(), "tomorrow": _later(day, 1), "week": _later(day, 7),
                                            "leech": leech_lapses or _NEVER}  # fmt: skip
        unseen = (
            "select (select coalesce(sum(answered), 0) from decks.files where id in (select file from temp.active)) - "
            f"(select count(*) {_JOINED} and (s.reviews > 0 or s.suspended = 1 or s.buried_until > :day))"
        )
        scheduled = (
            f"select coalesce(sum({self._due} <= :day and (s.last_day is null or s.last_day < :day)), 0), "
            f"coalesce(sum({self._due} = :tomorrow), 0), coalesce(sum({self._due} > :day and {self._due} <= :week), 0) "
            f"{_JOINED} and {_ASKED} and {self._due} <= :week"
        )
        repeat = (
            f"select count(*) {_JOINED} and {_ASKED} and s.last_day = :day and s.last_quality < {REPEAT_BELOW_QUALITY}"
        )
        later = f"select {self._due} {_JOINED} and {_ASKED} and {self._due} > :day order by {self._due} limit 1"
        today = "select count(*), coalesce(sum(reviews = 1), 0) from schedules where last_day = :day and reviews > 0"
        hard = (
            f"select coalesce(sum(s.suspended), 0), coalesce(sum(s.lapses >= :leech), 0) {_JOINED} "
            "and (s.suspended = 1 or s.lapses >= :leech)"
        )
        with translated(self.path):
            due, tomorrow, week = self._one(scheduled, parameters)
            answered_today, new_today = self._one(today, parameters)
            suspended, leeches = self._one(hard, parameters)
            next_due = self.connection.execute(later, parameters).fetchone()
            return Counts(
                due=due, repeat=self._one(repeat, parameters)[0], new_available=self._one(unseen, parameters)[0],
                new_today=new_today, answered_today=answered_today, tomorrow=tomorrow, week=week,
                suspended=suspended, leeches=leeches,
                next_due=date.fromisoformat(next_due[0]) if next_due else None,
            )  # fmt: skip

    def _one(self, query: str, parameters: Mapping[str, str | int]) -> tuple[int, ...]:
        row: tuple[int, ...] = self.connection.execute(query, parameters).fetchone()
        return row

    def _rows(
        self, query: str, day: date, *, tag: str | None, among: Among, until: date, limit: int,
        file: int | None = None, repeat: bool = False,
    ) -> list[Row]:  # fmt: skip
        parameters = _parameters(day, tag=tag, among=among, until=until) | {"limit": limit, "file": file}
        with translated(self.path):
            found = self.connection.execute(query.format(due=self._due), parameters).fetchall()
        return [
            Row(card, deck, tuple(json.loads(tags)), _day(due), repeat, _day(last))
            for card, deck, tags, due, last in found
        ]


def _parameters(day: date, *, tag: str | None, among: Among, until: date) -> dict[str, str | int | None]:
    chosen = None if among is None else json.dumps(sorted(among))
    return {"day": day.isoformat(), "tag": tag, "among": chosen, "until": until.isoformat()}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
