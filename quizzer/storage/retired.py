"""Cards that were learned and are in no deck now: not due, not lost."""

from __future__ import annotations

from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated
from quizzer.storage.database import Database

_RETIRED = """
    select substr(s.card, 1, instr(s.card, '/') - 1) as deck, count(*) from schedules as s
    where s.reviews > 0 and not exists (select 1 from decks.cards as c
        where c.card = s.card and +c.file in (select file from temp.active))
    group by deck order by deck"""


def retired(agenda: Agenda) -> dict[str, int]:
    """Deck id -> how many cards of it have a schedule and are not in the agenda's decks, by the deck's id."""
    with translated(agenda.path):
        return {str(deck): int(count) for deck, count in agenda.connection.execute(_RETIRED).fetchall()}


def card_keys(opened: Database, deck_id: str) -> list[str]:
    """Keys of the deck's cards that have a fact in the log."""
    # A range, not `like`: it uses the index on the card. "0" follows "/".
    query = " union ".join(f"select distinct card from {table} where card >= ? and card < ?" for table in _TABLES)
    bounds = (f"{deck_id}/", f"{deck_id}0")
    with translated(opened.path):
        return [str(row[0]) for row in opened.connection.execute(query, bounds * len(_TABLES))]


_TABLES = ("reviews", "events")
