"""Aggregates of the log for statistics, in SQL, one pass each."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from quizzer.model import MOVING_MODES
from quizzer.scale import PASSING_QUALITY
from quizzer.stats.summary import Share, TagAggregate
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated

_MODES = ", ".join(f"'{mode}'" for mode in sorted(MOVING_MODES))
_LEARNING_DAY = "date(r.at_us / 1000000 + r.utc_offset_minutes * 60 - :day_start_hour * 3600, 'unixepoch')"
_KEY = "coalesce(alias.card, r.card)"
# Not undone, and of a card of the decks chosen, those included that the decks do not have any more.
_COUNTS = f"""r.id not in (select value from events where kind = 'void') and (:decks is null
    or substr({_KEY}, 1, instr({_KEY}, '/') - 1) in (select value from json_each(:decks)))"""
_REVIEWS = "reviews as r left join aliases as alias on alias.alias = r.card"
# Answers that count: not undone, the quality as decided last, the first of a card on a learning day.
_ANSWERS = f"""
    with counted as (
        select {_KEY} as card, {_LEARNING_DAY} as day, min(r.at_us) as at_us,
               coalesce((select d.quality from decisions as d where d.review_id = r.id
                         and d.id not in (select value from events where kind = 'void')
                         order by d.at_us desc, d.id desc limit 1), r.quality) as quality
        from {_REVIEWS}
        where r.mode in ({_MODES}) and {_COUNTS}
        group by 1, day),
    numbered as (select card, day, quality, row_number() over (partition by card order by day) as turn from counted)
"""


class Progress:
    """What the log says of the past: retired cards count in it, as their answers were given."""

    def __init__(self, agenda: Agenda, decks: Collection[str] | None = None) -> None:
        """*agenda* has the deck index attached; *decks*: ids of the decks to look at, None for all there ever were."""
        self.agenda = agenda
        self._decks = None if decks is None else json.dumps(sorted(decks))

    def studied_days(self) -> set[date]:
        """Learning days with an answer of any mode."""
        query = f"select distinct {_LEARNING_DAY} from {_REVIEWS} where {_COUNTS}"
        return {date.fromisoformat(row[0]) for row in self._select(query)}

    def answers(self) -> int:
        """Answers of any mode that were not undone."""
        query = f"select count(*) from {_REVIEWS} where {_COUNTS}"
        return int(self._select(query)[0][0])

    def retention(self) -> Share:
        """Share of remembered among first answers of a day to cards seen on an earlier day."""
        query = (
            f"{_ANSWERS} select coalesce(sum(quality >= {PASSING_QUALITY}), 0), count(*) from numbered where turn > 1"
        )
        return Share(*self._select(query)[0])

    def tags(self) -> list[TagAggregate]:
        """Cards, cards seen, and retention under each tag, the weakest first."""
        query = f"""{_ANSWERS},
            by_card as (select card, sum(turn > 1) as asked, sum(turn > 1 and quality >= {PASSING_QUALITY}) as passed
                        from numbered group by card)
            select tag.value, count(distinct c.card), count(distinct b.card), coalesce(sum(b.passed), 0),
                   coalesce(sum(b.asked), 0)
            from decks.cards as c, json_each(c.tags) as tag left join by_card as b on b.card = c.card
            where c.file in (select file from temp.active) group by tag.value order by tag.value"""
        found = [
            TagAggregate(tag, cards, seen, Share(passed, asked))
            for tag, cards, seen, passed, asked in self._select(query)
        ]
        return sorted(found, key=lambda tag: (tag.retention.ratio is None, tag.retention.ratio or 0, tag.tag))

    def _select(self, query: str) -> list[Sequence[Any]]:  # what sqlite3 gives
        with translated(self.agenda.path):
            parameters = {"decks": self._decks, "day_start_hour": self.agenda.database.rules.day_start_hour}
            return self.agenda.connection.execute(query, parameters).fetchall()
