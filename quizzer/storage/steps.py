"""The answers of each card in order, as they are counted: not undone, with the quality that a person decided last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from quizzer.stats.tally import Step

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
_STEP = "r.at_us, r.utc_offset_minutes, r.mode, r.quality, r.verdict = 'unsure', r.latency_ms, r.points_missed <> '[]'"


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
) -> Iterator[tuple[str, list[Step]]]:
    """Each card's key now with its answers in order, from the facts within *bounds*; of *cards* or of all."""
    decided = _decided(connection, bounds, cards)
    for card, rows in _rows(connection, bounds, cards, "null"):
        yield card, [_step(row, decided) for row in rows]


def points(
    connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str]
) -> Iterator[tuple[str, list[tuple[Step, list[str], list[str]]]]]:
    """As `steps`, each answer with the points that it made and missed."""
    decided = _decided(connection, bounds, cards)
    for card, rows in _rows(connection, bounds, cards, "r.points_made, r.points_missed"):
        yield card, [(_step(row, decided), json.loads(row[9]), json.loads(row[10])) for row in rows]


def _rows(
    connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str] | None, columns: str
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:  # what sqlite3 gives
    voided = _voided(connection, bounds)
    query = f"""
        select {_KEY} as key, r.id, {_STEP}, {columns} from reviews as r
        where r.number <= :reviews {_chosen(cards)} order by key, r.at_us, r.id"""
    parameters = {"reviews": bounds.reviews, "cards": json.dumps(sorted(cards or ()))}
    for card, rows in groupby(connection.execute(query, parameters), itemgetter(0)):
        yield card, [row for row in rows if row[1] not in voided]


def _chosen(cards: Collection[str] | None) -> str:
    return "" if cards is None else _SOME


def _step(row: tuple[Any, ...], decided: dict[str, int]) -> Step:
    at_us, offset, mode, graded, unsure, milliseconds, incomplete = row[2:9]
    return Step(at_us, offset, mode, graded, decided.get(row[1]), unsure, milliseconds, incomplete)


def _voided(connection: sqlite3.Connection, bounds: Bounds) -> set[str]:
    query = "select value from events where kind = 'void' and number <= ?"
    return {row[0] for row in connection.execute(query, (bounds.events,))}


def _decided(connection: sqlite3.Connection, bounds: Bounds, cards: Collection[str] | None) -> dict[str, int]:
    """Review id -> the quality decided last."""
    voided = _voided(connection, bounds)
    of_cards = "" if cards is None else f"and d.review_id in (select r.id from reviews as r where true {_SOME})"
    query = f"""
        select d.id, d.review_id, d.quality from decisions as d
        where d.number <= :decisions {of_cards} order by d.at_us, d.id"""
    rows = connection.execute(query, {"decisions": bounds.decisions, "cards": json.dumps(sorted(cards or ()))})
    return {review: quality for fact, review, quality in rows if fact not in voided}
