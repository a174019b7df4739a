"""The last days of the log: answers with the time they took, days in a row. Nothing here reads the whole log."""

from __future__ import annotations

from datetime import date

from quizzer.scheduling.days import day_ordinal
from quizzer.scheduling.pace import Answer
from quizzer.storage.connection import translated
from quizzer.storage.database import Database
from quizzer.storage.voids import NOT_VOIDED

RECENT_ANSWERS = 400
"""Enough to know a learner's pace by."""

# The time that an undone answer took is gone all the same. In a game or a mock interview others set the pace.
_RECENT = """
    select coalesce(alias.card, r.card), r.session_id, r.at_us, r.latency_ms, r.utc_offset_minutes,
           not exists (select 1 from reviews as earlier where earlier.card = r.card and earlier.at_us < r.at_us)
    from (select id, card, session_id, at_us, latency_ms, utc_offset_minutes from reviews
          where mode not in ('group', 'mock') order by at_us desc limit :limit) as r
    left join aliases as alias on alias.alias = r.card order by r.id"""

# A learning day as days since 1970, and the microsecond at which it began where the learner was.
_DAY = "((r.at_us / 1000000 + r.utc_offset_minutes * 60 - :start_seconds) / 86400)"
_BEGAN = f"(({_DAY} * 86400 - r.utc_offset_minutes * 60 + :start_seconds) * 1000000)"
_STREAK = f"""
    with recursive studied (day, began_us) as (
        select {_DAY}, {_BEGAN} from reviews as r
        where r.number = (select last.number from reviews as last where last.at_us < :until_us
                          and {_DAY.replace("r.", "last.")} <= :today and {NOT_VOIDED.format("last.id")}
                          order by last.at_us desc limit 1) and {_DAY} >= :today - 1
        union
        select {_DAY}, {_BEGAN} from studied as s join reviews as r
        where r.number = (select last.number from reviews as last where last.at_us < s.began_us
                          and {NOT_VOIDED.format("last.id")} order by last.at_us desc limit 1) and {_DAY} >= s.day - 1)
    select count(distinct day), coalesce(max(day) >= :today, 0) from studied"""
_BY_DAY = f"""
    select {_DAY} as day, count(*) from reviews as r
    where r.at_us >= :from_us and {NOT_VOIDED.format("r.id")} group by day"""

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = 86_400_000_000


class Habit:
    """Questions about the last days, each answered by one statement."""

    def __init__(self, database: Database) -> None:
        """*database*: its rules say when a day begins."""
        self._database = database
        self._start_seconds = database.rules.day_start_hour * 3600

    def recent(self, *, limit: int = RECENT_ANSWERS) -> list[Answer]:
        """The last answers in the order in which they were given, undone ones included."""
        with translated(self._database.path):
            found = self._database.connection.execute(_RECENT, {"limit": limit}).fetchall()
        hour = self._database.rules.day_start_hour
        return [
            Answer(card, session_id, at_us, latency_ms, day_ordinal(at_us, offset, day_start_hour=hour), bool(first))
            for card, session_id, at_us, latency_ms, offset, first in found
        ]

    def streak(self, today: date) -> tuple[int, bool]:
        """Learning days in a row with an answer, up to *today*, and whether today is one of them.

        A day that has only begun does not break it. Each day is looked for before the one after it began, so that a
        long log is not read: a night flight west can hide an answer given in that night.
        """
        ordinal = today.toordinal() - _EPOCH
        # A bound for the index; what a wrong clock has dated after today does not count.
        values = {"today": ordinal, "until_us": (ordinal + 2) * _DAY_US, "start_seconds": self._start_seconds}
        with translated(self._database.path):
            days, studied_today = self._database.connection.execute(_STREAK, values).fetchone()
        return int(days), bool(studied_today)

    def by_day(self, today: date, *, days: int) -> list[int]:
        """How many answers each of the last *days* learning days had, *today* last."""
        ordinal = today.toordinal() - _EPOCH
        values = {"from_us": (ordinal - days - 1) * _DAY_US, "start_seconds": self._start_seconds}
        with translated(self._database.path):
            counted = dict(self._database.connection.execute(_BY_DAY, values).fetchall())
        return [counted.get(ordinal - back, 0) for back in range(days - 1, -1, -1)]
