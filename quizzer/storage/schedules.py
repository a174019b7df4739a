"""The schedules in the database: a cache of the log's replay, kept up to date and rebuilt when in doubt."""

from __future__ import annotations

import dataclasses
import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping

from quizzer.model import FsrsMemory, Schedule
from quizzer.scheduling.replay import Course
from quizzer.scheduling.schedulers import Schedulers
from quizzer.storage.database import FACTS
from quizzer.storage.log import facts_of
from quizzer.storage.replaying import courses
from quizzer.storage.rows import SCHEDULE_COLUMNS, Row, schedule_of, schedule_row

_SAVE = f"insert or replace into schedules ({SCHEDULE_COLUMNS}) values ({', '.join('?' * 11)})"
_ONE = f"select {SCHEDULE_COLUMNS} from schedules where card = ?"


class Schedules:
    """The table ``schedules``. Every method that writes does so in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, schedulers: Schedulers) -> None:
        """*schedulers* compute whatever is replayed."""
        self.connection = connection
        self.schedulers = schedulers

    def get(self, card: str) -> Schedule | None:
        """The saved schedule of the card with this key."""
        row = self.connection.execute(_ONE, (card,)).fetchone()
        return schedule_of(row) if row else None

    def save(self, schedule: Schedule) -> None:
        """Save *schedule* in place of the one before."""
        self.connection.execute(_SAVE, schedule_row(schedule))

    def current_key(self, card: str) -> str:
        """The key now of a card that had the key *card*."""
        row = self.connection.execute("select card from aliases where alias = ?", (card,)).fetchone()
        return str(row[0]) if row else card

    def replay(self, card: str) -> Schedule | None:
        """Save what the card's facts amount to, and return it; a former key keeps no schedule of its own."""
        schedule = None
        if self.current_key(card) == card:
            schedule = self.schedulers.replay(facts_of(self.connection, card), card=card)
        if schedule is not None:
            self.save(schedule)
        elif self.connection.execute("delete from schedules where card = ?", (card,)).rowcount:
            # This row is not missing: see the trigger on the table.
            self.connection.execute("update meta set value = value - 1 where key = 'schedules_missing'")
        return schedule

    def set_aliases(self, aliases: Mapping[str, str], known: Mapping[str, str]) -> None:
        """Exchange the *known* aliases (former key -> key now) for *aliases*; cards touched by it are replayed."""
        changed = [(alias, card) for alias, card in aliases.items() if known.get(alias) != card]
        gone = [alias for alias in known if alias not in aliases]
        self.connection.executemany("delete from aliases where alias = ?", [(alias,) for alias in gone])
        self.connection.executemany("insert or replace into aliases (alias, card) values (?, ?)", changed)
        alias_of_before = [alias for alias in (*gone, *(alias for alias, _ in changed)) if alias in known]
        touched = {*gone, *(key for pair in changed for key in pair), *(known[alias] for alias in alias_of_before)}
        for card in touched:
            self.replay(card)

    def rebuild(self) -> None:
        """Replay the whole log: after this, the table says what the facts say."""
        stale = {row[0] for row in self.connection.execute("select card from schedules")}
        self.connection.executemany(_SAVE, self._rows(stale.discard))
        # Rows are replaced where they stand: deleting each of them first takes as long as all the rest.
        self.connection.executemany("delete from schedules where card = ?", [(card,) for card in stale])
        applied = self.connection.execute(FACTS).fetchone()[0]
        state = {"facts_applied": applied, "schedules_missing": 0, "rules": self.schedulers.rules.stamp}
        self.connection.executemany("insert or replace into meta (key, value) values (?, ?)", state.items())

    def _rows(self, tell: Callable[[str], None]) -> Iterator[Row]:
        """The rows of all schedules, made anew; *tell* hears the key of each."""
        for schedule in self._replayed():
            tell(schedule.card)
            yield schedule_row(schedule)

    def disown(self) -> None:
        """Leave the next program that opens the file in doubt: the saved schedules were made by different rules."""
        self.connection.execute("update meta set value = '' where key = 'rules'")

    def wrong(self) -> list[str]:
        """Keys of cards whose saved schedule is not what their facts amount to."""
        right = {schedule.card: schedule for schedule in self._replayed()}
        saved = {
            row[0]: schedule_of(row) for row in self.connection.execute(f"select {SCHEDULE_COLUMNS} from schedules")
        }
        return sorted(card for card in right.keys() | saved.keys() if not _agree(right.get(card), saved.get(card)))

    def _replayed(self) -> Iterator[Schedule]:
        """The schedule of every card in the log that has one."""
        day_start_hour = self.schedulers.rules.day_start_hour
        replayed = courses(
            self.connection, lambda card: Course(self.schedulers.of(card)), day_start_hour=day_start_hour
        )
        for card, course in replayed:
            schedule = course.schedule(card)
            if schedule is not None:
                yield schedule


def _agree(one: Schedule | None, other: Schedule | None) -> bool:
    """Whether two schedules are the same; floats may differ in their last digits from one machine to another."""
    if one is None or other is None or not isinstance(one.memory, FsrsMemory):
        return one == other
    if not isinstance(other.memory, FsrsMemory):
        return False
    close = math.isclose(one.memory.stability_days, other.memory.stability_days) and math.isclose(
        one.memory.difficulty, other.memory.difficulty
    )
    return close and dataclasses.replace(one, memory=other.memory) == other
