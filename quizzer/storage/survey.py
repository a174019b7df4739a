"""Every card of the decks and every schedule, looked at once, in SQL: a hundred thousand rows stay out of Python."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quizzer.scale import REPEAT_BELOW_QUALITY
from quizzer.stats.summary import FORECAST_DAYS, Share, TagAggregate, hardest, weakest_first
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated
from quizzer.storage.retired import retired

MOST_CANDIDATES = 200
"""Cards whose missed points are looked up; the bound can be met only where as many cards are missed alike."""

# That cards begin with something keeps SQLite to the order of the keys, in which both tables are read from end to end.
_SCHEDULES = """from schedules as s left join decks.cards as c
    on c.card = s.card and +c.file in (select file from temp.active) where s.card >= ''"""
_ASKED = "s.reviews > 0 and s.suspended = 0"
_BACK = "(s.buried_until is null or s.buried_until <= :day)"
_ELSEWHERE = f"{_ASKED} and (c.answered is not 1 or not {_BACK})"
_IN_DECKS = (
    "exists (select 1 from decks.cards as c where c.card = t.card and +c.file in (select file from temp.active))"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the cards of the decks stand on a day; the numbers mean what those of `agenda.Counts` mean."""

    due: int
    repeat: int
    new: int
    suspended: int
    answered_today: int
    forecast: tuple[int, ...]
    """Cards due on the day (its backlog included), on the next one, and so on."""
    absent: dict[str, int]
    """Deck id -> learned cards that are not in the decks."""


def standing(agenda: Agenda, day: date, decks: Collection[str] | None = None) -> Standing:
    """How the cards of the agenda's decks stand on *day*; *decks*: ids of the decks chosen, None for all."""
    query = f"""
        select coalesce(sum(c.answered and (s.reviews > 0 or s.suspended or s.buried_until > :day)), 0),
            coalesce(sum(c.answered and s.suspended), 0),
            coalesce(sum(c.answered and {_ASKED} and s.due <= :day and {_BACK}
                and (s.last_day is null or s.last_day < :day)), 0),
            coalesce(sum(c.answered and {_ASKED} and s.last_day = :day and {_BACK}
                and s.last_quality < {REPEAT_BELOW_QUALITY}), 0),
            coalesce(sum(c.card is null and s.reviews > 0), 0), coalesce(sum({_ELSEWHERE}), 0)
        {_SCHEDULES}"""
    answered = """select coalesce(sum(answered), 0) from decks.files where id in (select file from temp.active)"""
    with translated(agenda.path):
        one = agenda.connection.execute
        started, suspended, due, repeat, absent, elsewhere = one(query, {"day": day.isoformat()}).fetchone()
        return Standing(
            due=due,
            repeat=repeat,
            new=one(answered).fetchone()[0] - started,
            suspended=suspended,
            answered_today=sum(
                sum(counts) for deck, counts in agenda.answered(day).items() if decks is None or deck in decks
            ),
            forecast=(due, *_forecast(agenda.connection, day, elsewhere=bool(elsewhere))[1:]),
            absent=retired(agenda) if absent else {},
        )


def _forecast(connection: sqlite3.Connection, day: date, *, elsewhere: bool) -> list[int]:
    """Cards due on each day, but for those of *day* itself.

    *elsewhere*: whether any card comes on another day than its schedule says, being buried, or not at all.
    """
    days = [(day + timedelta(days=ahead)).isoformat() for ahead in range(FORECAST_DAYS)]
    bounds = {"day": days[0], "last": days[-1]}
    # Out of the index alone.
    by_day = (
        f"select s.due, count(*) from schedules as s where {_ASKED} and s.due > :day and s.due <= :last group by s.due"
    )
    found = Counter(dict(connection.execute(by_day, bounds).fetchall()))
    if elsewhere:
        moved = f"select s.due, c.answered, coalesce(s.buried_until, '') {_SCHEDULES} and {_ELSEWHERE}"
        for due, answered, buried_until in connection.execute(moved, bounds):
            found[due] -= 1
            if answered:
                found[max(due, buried_until)] += 1
    return [found[due] for due in days]


def by_tag(agenda: Agenda) -> tuple[TagAggregate, ...]:
    """What is remembered of the cards under each tag, the weakest first, by the counts of `storage.tallies`."""
    query = """
        select c.tags, count(*), count(t.card), coalesce(sum(t.turns - 1), 0), coalesce(sum(t.passed), 0)
        from decks.cards as c left join counted_cards as t on t.card = c.card
        where c.file in (select file from temp.active) group by c.tags"""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    with translated(agenda.path):
        for tags, *counts in agenda.connection.execute(query):
            for tag in json.loads(tags):
                sums[tag] = [before + more for before, more in zip(sums[tag], counts, strict=True)]
    return weakest_first(
        [TagAggregate(tag, cards, seen, Share(passed, asked)) for tag, (cards, seen, asked, passed) in sums.items()]
    )


def hardest_cards(agenda: Agenda, *, limit: int) -> list[tuple[str, Share]]:
    """The cards of the decks that are surest to be hard, at most *limit*."""
    results = "select passed, turns - 1 from counted_cards where passed < turns - 1 group by turns, passed"
    cards = f"""select t.card from counted_cards as t where t.passed = ? and t.turns = ? + 1 and {_IN_DECKS}
        order by t.card limit ?"""
    with translated(agenda.path):
        execute = agenda.connection.execute
        return hardest(
            (Share(*counts) for counts in execute(results).fetchall()),
            lambda share: (row[0] for row in execute(cards, (share.passed, share.total, limit))),
            limit=limit,
        )


def incomplete(agenda: Agenda) -> Iterator[tuple[int, str]]:
    """(answers that missed a point, card) of the decks' cards, the most first, at most ``MOST_CANDIDATES``."""
    query = f"""select t.incomplete, t.card from counted_cards as t where t.incomplete > 0 and {_IN_DECKS}
        order by t.incomplete desc limit ?"""
    with translated(agenda.path):
        yield from agenda.connection.execute(query, (MOST_CANDIDATES,)).fetchall()
