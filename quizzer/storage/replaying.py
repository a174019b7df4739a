"""The log worked through card by card in one pass, without an object for each fact."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from quizzer.scheduling.days import EPOCH_ORDINAL
from quizzer.scheduling.replay import Course
from quizzer.storage.log import VOIDED

C = TypeVar("C", bound=Course)

_SOME = """where card in (select value from json_each(:cards)
    union all select alias from aliases where card in (select value from json_each(:cards)))"""

_VOIDED = f"select number from {{}} where id in ({VOIDED})"
_DECIDED = f"""select review.number, decision.quality
    from decisions as decision join reviews as review on review.id = decision.review_id
    where decision.id not in ({VOIDED}) order by decision.at_us, decision.id"""


def _steps(where: str, *, aliases: bool) -> str:
    """The order of replay, over all cards or some; facts by number, since a hundred thousand ids take their time.

    Without aliases, reviews come in order out of their index, and nothing is sorted but the events.
    """
    key = "coalesce((select alias.card from aliases as alias where alias.alias = fact.card), fact.card)"
    key = key if aliases else "fact.card"
    return f"""
    select {key} as key, at_us, id, number, utc_offset_minutes, mode, quality, null from reviews as fact {where}
    union all
    select {key} as key, at_us, id, number, utc_offset_minutes, kind, null, value from events as fact {where}
    order by key, at_us, id"""


def courses(
    connection: sqlite3.Connection,
    begin: Callable[[str], C],
    *,
    day_start_hour: int,
    cards: Collection[str] | None = None,
    before: date | None = None,
) -> Iterator[tuple[str, C]]:
    """Each card's key with its course at the end of its facts; of *cards* (keys now), or of all in the log.

    *begin* gives the course of the card with a key. With *before*, only facts of earlier learning days count.
    """
    end = before.toordinal() if before else 0
    select = connection.execute
    voided_reviews, voided_events = (
        {row[0] for row in select(_VOIDED.format(table))} for table in ("reviews", "events")
    )  # fmt: skip
    decided = dict(select(_DECIDED).fetchall())
    aliases = select("select exists (select 1 from aliases)").fetchone()[0]
    chosen = {} if cards is None else {"cards": json.dumps(sorted(cards))}
    rows = select(_steps(_SOME if chosen else "", aliases=aliases), chosen)
    day_start_seconds = day_start_hour * 3600
    for card, steps in groupby(rows, itemgetter(0)):
        course = begin(card)
        review = course.review
        for _, at_us, _, number, utc_offset_minutes, kind, quality, value in steps:
            # As `day_ordinal`, without a call for each of a million facts.
            day = (at_us // 1_000_000 + utc_offset_minutes * 60 - day_start_seconds) // 86_400 + EPOCH_ORDINAL
            if end and day >= end:
                continue
            if value is None:
                if number not in voided_reviews:
                    review(at_us, day, kind, decided.get(number, quality))
            elif number not in voided_events:
                course.event(day, kind, value)
        yield card, course
