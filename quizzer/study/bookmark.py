"""Where a session stands, so that one that was interrupted goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quizzer.scheduling.queue import Row
from quizzer.study.session import Outcome, Session


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What a session set out to ask, and what of it was skipped; what was answered is in the log."""

    session_id: str
    day: date
    decks: tuple[str, ...]
    """As they were named when the session was started."""
    options: Mapping[str, Any]
    """As they were given then, ready for JSON."""
    queue: tuple[Row, ...]
    skipped: tuple[str, ...] = ()

    def text(self) -> str:
        """The bookmark as JSON; `read` gives it back."""
        rows = [[row.card, row.deck, row.due and row.due.isoformat(), row.repeat] for row in self.queue]
        return json.dumps([self.session_id, self.day.isoformat(), self.decks, self.options, rows, self.skipped])


def read(text: str) -> Bookmark | None:
    """The bookmark that *text* holds; None where it holds none that this version can read."""
    try:
        session_id, day, decks, options, rows, skipped = json.loads(text)
        queue = tuple(
            Row(str(card), str(deck), due=None if due is None else date.fromisoformat(due), repeat=bool(repeat))
            for card, deck, due, repeat in rows
        )
        return Bookmark(str(session_id), date.fromisoformat(day), tuple(decks), dict(options), queue, tuple(skipped))
    except (ValueError, TypeError):
        return None


def go_on(session: Session, *, answered: Sequence[Outcome], skipped: Collection[str], gone: Collection[str]) -> None:
    """Bring *session*, which begins with its whole queue, to where it was.

    *answered*: its answers that were not undone, in their order; *gone*: keys of cards that are not to be asked now.
    """
    for outcome in answered:
        session.recall(outcome)
    for card in skipped:
        session.skip_card(card)
    for card in gone:
        session.set_aside(card)
