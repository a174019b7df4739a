"""Cards chosen by what became of them: flagged, forgotten again and again, or missed the last time."""

from __future__ import annotations

from quizzer.model import MOVING_MODES
from quizzer.scale import PASSING_QUALITY
from quizzer.storage.connection import translated
from quizzer.storage.database import Database
from quizzer.storage.log import NOT_VOIDED

_FLAGGED = f"""
    select coalesce(alias.card, f.card) from events as f left join aliases as alias on alias.alias = f.card
    where f.kind = 'flag' and {NOT_VOIDED.format("f.id")}"""
_LEECHES = "select card from schedules where :threshold > 0 and lapses >= :threshold"
_MODES = ", ".join(f"'{mode}'" for mode in sorted(MOVING_MODES))
_MISSED = f"""
    select s.card from schedules as s where s.reviews > 0 and (
        select coalesce((select d.quality from decisions as d where d.review_id = r.id and {NOT_VOIDED.format("d.id")}
                         order by d.at_us desc, d.id desc limit 1), r.quality)
        from reviews as r
        where r.card in (select s.card union all select alias from aliases where card = s.card)
              and r.mode in ({_MODES}) and {NOT_VOIDED.format("r.id")}
        order by r.at_us desc, r.id desc limit 1) < {PASSING_QUALITY}"""


def flagged(database: Database) -> set[str]:
    """Keys of cards with a flag that is not cleared."""
    return _keys(database, _FLAGGED)


def leeches(database: Database, *, threshold: int) -> set[str]:
    """Keys of cards forgotten *threshold* times or more, suspended ones included; none for 0."""
    return _keys(database, _LEECHES, threshold=threshold)


def missed(database: Database) -> set[str]:
    """Keys of cards whose last answer was wrong, repeats and practice left out."""
    return _keys(database, _MISSED)


def _keys(database: Database, query: str, **values: int) -> set[str]:
    with translated(database.path):
        return {str(row[0]) for row in database.connection.execute(query, values)}
