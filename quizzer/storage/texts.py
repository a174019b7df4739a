"""How cards were worded when they were answered or flagged: kept by digest, so that a later change can be shown."""

from __future__ import annotations

import json
import sqlite3

from quizzer.model import Card, CardText, Wording
from quizzer.scheduling.days import instant
from quizzer.storage.log import KEYS, NOT_VOIDED
from quizzer.storage.rows import storable

_KEEP = "insert into card_texts (digest, question, answers) values (?, ?, ?) on conflict (digest) do nothing"
_FLAGGED = "insert into flagged_texts (event_id, digest) values (?, ?) on conflict (event_id) do nothing"
# An answer that was given elsewhere (in Anki) has no digest: nobody knows how the card was worded there.
_WORDINGS = f"""
    select r.card_digest, max(r.at_us), t.question, t.answers
    from reviews as r left join card_texts as t on t.digest = r.card_digest
    where r.card in ({KEYS}) and r.card_digest != '' and {NOT_VOIDED.format("r.id")}
    group by r.card_digest order by max(r.at_us) desc, max(r.id) desc"""


def keep(connection: sqlite3.Connection, card: Card) -> None:
    """Keep the wording of *card*, in the caller's transaction; one that is kept already stays as it is."""
    if card.digest:
        connection.execute(_KEEP, (card.digest, storable(card.question), json.dumps(card.answers)))


def keep_flagged(connection: sqlite3.Connection, event_id: str, card: Card) -> None:
    """Keep the wording that the event is about, in the caller's transaction."""
    keep(connection, card)
    if card.digest:
        connection.execute(_FLAGGED, (event_id, card.digest))


def wordings(connection: sqlite3.Connection, card: str) -> list[Wording]:
    """Every wording to which the card, former keys included, was answered, the last one first."""
    return [
        Wording(digest, instant(at_us), None if question is None else CardText(question, tuple(json.loads(answers))))
        for digest, at_us, question, answers in connection.execute(_WORDINGS, (card,))
    ]
