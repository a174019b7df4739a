"""How well cards are remembered: the log in the database as FSRS and memory models need it, whatever schedules them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from quizzer.scheduling.histories import History, Recorder
from quizzer.scheduling.recall import Strength, strength_of
from quizzer.scheduling.replay import Course
from quizzer.scheduling.schedulers import Schedulers
from quizzer.storage.connection import translated
from quizzer.storage.database import Database
from quizzer.storage.replaying import courses


def strengths(
    database: Database, cards: Collection[str] | None = None, *, before: date | None = None
) -> dict[str, Strength]:
    """Card key -> what is known of its memory, for *cards* (keys now) or all; only those that a review has moved.

    With *before*, as it was known when that learning day began.
    Only the facts of these cards are read, and nothing is written.
    """
    schedulers = Schedulers(database.rules)
    found = {}
    with translated(database.path):
        replayed = courses(
            database.connection, lambda card: Course(schedulers.memory_model(card)),
            day_start_hour=database.rules.day_start_hour, cards=cards, before=before,
        )  # fmt: skip
        for card, course in replayed:
            known = strength_of(course.schedule(card), schedulers.memory_model(card))
            if known is not None:
                found[card] = known
    return found


def histories(database: Database, decks: Collection[str] | None = None) -> list[History]:
    """The answers that moved memories, card by card, of the decks with these ids or of all; retired cards included."""
    with translated(database.path):
        recorded = courses(database.connection, lambda card: Recorder(), day_start_hour=database.rules.day_start_hour)
        return [
            history
            for card, recorder in recorded
            if decks is None or card.partition("/")[0] in decks
            for history in recorder.histories
        ]
