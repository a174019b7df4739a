"""The flags that learners put on cards for the deck's maintainer, and that were not cleared."""

from __future__ import annotations

import sqlite3

from quizzer.decks.todo import Flag
from quizzer.scheduling.days import instant
from quizzer.storage.log import NOT_VOIDED

# Where the wording was not kept with the flag, it is that of the last answer before.
_OPEN = f"""
    select f.id, coalesce(alias.card, f.card), f.at_us, f.value, coalesce(t.digest,
        (select r.card_digest from reviews as r where r.card = f.card and r.at_us <= f.at_us
         and {NOT_VOIDED.format("r.id")} order by r.at_us desc, r.id desc limit 1), '')
    from events as f left join aliases as alias on alias.alias = f.card
    left join flagged_texts as t on t.event_id = f.id
    where f.kind = 'flag' and {NOT_VOIDED.format("f.id")} order by f.at_us, f.id"""


def open_flags(connection: sqlite3.Connection) -> list[Flag]:
    """Every flag that is not cleared, oldest first, under the key that its card has now."""
    return [
        Flag(identity, card, instant(at_us), note, digest)
        for identity, card, at_us, note, digest in connection.execute(_OPEN)
    ]
