"""The log worked through card by card in one pass, without an object for each fact."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from quizzer.scheduling.days import day_ordinal
from quizzer.scheduling.replay import Course
from quizzer.storage.log import VOIDED

C = TypeVar("C", bound=Course)

_SOME = """where card in (select value from json_each(:cards)
    union all select alias from aliases where card in (select value from json_each(:cards)))"""


def _steps(where: str) -> str:
    """The order of replay, over all cards or some."""
    return f"""
    select coalesce((select alias.card from aliases as alias where alias.alias = fact.card), fact.card) as key,
           fact.at_us, fact.id, fact.utc_offset_minutes, fact.kind, fact.quality, fact.value
    from (select card, at_us, id, utc_offset_minutes, mode as kind, quality, null as value from reviews {where}
          union all select card, at_us, id, utc_offset_minutes, kind, null, value from events {where}) as fact
    order by key, fact.at_us, fact.id"""


def courses(
    connection: sqlite3.Connection,
    begin: Callable[[str], C],
    *,
    day_start_hour: int,
    cards: Collection[str] | None = None,
) -> Iterator[tuple[str, C]]:
    """Each card's key with its course at the end of its facts; of *cards* (keys now), or of all in the log.

    *begin* gives the course of the card with a key.
    """
    select = connection.execute
    voided = {row[0] for row in select(VOIDED)}
    decisions = select("select review_id, quality, id from decisions order by at_us, id")
    decided = {review_id: quality for review_id, quality, fact_id in decisions if fact_id not in voided}
    rows = select(_steps("")) if cards is None else select(_steps(_SOME), {"cards": json.dumps(sorted(cards))})
    for card, steps in groupby(rows, itemgetter(0)):
        course = begin(card)
        for _, at_us, fact_id, utc_offset_minutes, kind, quality, value in steps:
            if fact_id in voided:
                continue
            day = day_ordinal(at_us, utc_offset_minutes, day_start_hour=day_start_hour)
            if value is None:
                course.review(at_us, day, kind, decided.get(fact_id, quality))
            else:
                course.event(day, kind, value)
        yield card, course
