"""The answers of each card in order, as they are counted: not undone, with the quality that a person decided last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from quizzer.stats.tally import PlainStep, Step

LOG_TABLES = ("reviews", "decisions", "events")
_KEY = "coalesce((select alias.card from aliases as alias where alias.alias = r.card), r.card)"
_SOME = """and r.card in (select value from json_each(:cards)
    union all select alias from aliases where card in (select value from json_each(:cards)))"""
_TOUCHED = f"""
    with named as (
        select review_id as id from decisions where number > :decisions
        union select value from events where kind = 'void' and number > :events
        union select d.review_id from decisions as d join events as void
            on void.value = d.id and void.kind = 'void' and void.number > :events)
    select {_KEY} from reviews as r where r.number > :reviews
    union select {_KEY} from reviews as r where r.id in (select id from named)"""
_STEP = """r.at_us, r.id, r.utc_offset_minutes, r.mode, r.quality, r.verdict = 'unsure', r.latency_ms,
    r.points_missed <> '[]'"""
_VOIDED = """
    select r.number from {} on r.id = void.value
    where void.kind = 'void' and void.number <= :events {}"""
_DECIDED = """
    select r.number, d.quality from {} on r.id = d.review_id
    where d.number <= :decisions {} and not exists (select 1 from events as void
        where void.kind = 'void' and void.value = d.id and void.number <= :events)
    order by d.at_us, d.id"""


class Bounds(NamedTuple):
    """The highest number in each table of the log: facts are numbered as they come, and none goes."""

    reviews: int
    decisions: int
    events: int


def bounds_of(connection: sqlite3.Connection) -> Bounds:
    """How far the log goes now."""
    query = "select coalesce(max(number), 0) from {}"
    return Bounds(*(connection.execute(query.format(table)).fetchone()[0] for table in LOG_TABLES))


def touched(connection: sqlite3.Connection, since: Bounds) -> set[str]:
    """Keys now of the cards whose answers, or what counts of them, the facts beyond *since* change."""
    return {row[0] for row in connection.execute(_TOUCHED, since._asdict())}


def steps(
    connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str] | None = None
) -> Iterator[tuple[str, list[PlainStep]]]:
    """Each card's key now with its answers in order, from the facts within *bounds*; of *cards* or of all."""
    told = _Told(connection, bounds, cards)
    voided, quality_of = told.voided, told.decided.get
    for card, rows in _rows(connection, bounds, cards, "null"):
        # What is in a row is spelled out: this is done for each of a million answers.
        yield (
            card,
            [
                (at_us, offset, mode, graded, quality_of(number), unsure, milliseconds, incomplete)
                for _, number, at_us, _, offset, mode, graded, unsure, milliseconds, incomplete, _ in rows
                if number not in voided
            ],
        )


def points(
    connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str]
) -> Iterator[tuple[str, list[tuple[Step, list[str], list[str]]]]]:
    """As `steps`, each answer with the points that it made and missed."""
    told = _Told(connection, bounds, cards)
    for card, rows in _rows(connection, bounds, cards, "r.points_made, r.points_missed"):
        yield card, [_step_with_points(row, told) for row in rows if row[1] not in told.voided]


def _step_with_points(row: tuple[Any, ...], told: _Told) -> tuple[Step, list[str], list[str]]:
    _, number, at_us, _, offset, mode, graded, unsure, milliseconds, incomplete, made, missed = row
    step = Step(at_us, offset, mode, graded, told.decided.get(number), unsure, milliseconds, incomplete)
    return step, json.loads(made), json.loads(missed)


def _rows(
    connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str] | None, columns: str
) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:  # what sqlite3 gives
    # The plus: to sort what one scan of the table gives is faster than to look into it for each row of an index.
    aliases = connection.execute("select exists (select 1 from aliases)").fetchone()[0]
    query = f"""
        select {_KEY if aliases else "+r.card"} as key, r.number, {_STEP}, {columns} from reviews as r
        where r.number <= :reviews {"" if cards is None else _SOME} order by key, r.at_us, r.id"""
    yield from groupby(connection.execute(query, _parameters(bounds, cards)), itemgetter(0))


class _Told:
    """What people did to answers afterwards; answers go by number, since ids take their time."""

    def __init__(self, connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str] | None) -> None:
        parameters = _parameters(bounds, cards)
        # The order of a cross join is kept: from the few to the many.
        voids, decisions = (
            ("events as void cross join reviews as r", "decisions as d cross join reviews as r")
            if cards is None
            else ("reviews as r cross join events as void", "reviews as r cross join decisions as d")
        )
        of_cards = "" if cards is None else _SOME
        self.voided = {row[0] for row in connection.execute(_VOIDED.format(voids, of_cards), parameters)}
        """Numbers of the answers that were undone."""
        self.decided: dict[int, int] = dict(
            connection.execute(_DECIDED.format(decisions, of_cards), parameters).fetchall()
        )
        """Number of an answer -> the quality decided last."""


def _parameters(bounds: Bounds, cards: Collection[str] | None) -> dict[str, int | str]:
    return {**bounds._asdict(), "cards": json.dumps(sorted(cards or ()))}
