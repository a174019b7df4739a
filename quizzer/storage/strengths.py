"""How well cards are remembered, from an FSRS replay of the log in the database, whatever schedules them."""

from __future__ import annotations

from collections.abc import Collection

from quizzer.scheduling.recall import Strength, strength_of
from quizzer.scheduling.schedulers import Schedulers
from quizzer.storage.connection import translated
from quizzer.storage.database import Database
from quizzer.storage.replaying import courses


def strengths(database: Database, cards: Collection[str] | None = None) -> dict[str, Strength]:
    """Card key -> what is known of its memory, for *cards* (keys now) or all; only those that a review has moved.

    Only the facts of these cards are read, and nothing is written.
    """
    schedulers = Schedulers(database.rules)
    found = {}
    with translated(database.path):
        replayed = courses(
            database.connection, schedulers.memory_model, day_start_hour=database.rules.day_start_hour, cards=cards
        )
        for card, course in replayed:
            known = strength_of(course.schedule(card), schedulers.memory_model(card))
            if known is not None:
                found[card] = known
    return found
