"""How well cards are remembered: the log in the database as FSRS and memory models need it, whatever schedules them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from quizzer.scheduling.fsrs import Fsrs
from quizzer.scheduling.histories import History, Recorder
from quizzer.scheduling.recall import Strength, memory, strength_of
from quizzer.scheduling.replay import Course
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
            database.connection, lambda card: Course(schedulers.memory_model(card)),
            day_start_hour=database.rules.day_start_hour, cards=cards,
        )  # fmt: skip
        for card, course in replayed:
            known = strength_of(course.schedule(card), schedulers.memory_model(card))
            if known is not None:
                found[card] = known
    return found


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What is known of a learner: how well cards are remembered, by models that were fitted to the answers to them."""

    strengths: dict[str, Strength]
    """Card key -> its memory; only those that a review has moved."""
    schedulers: Schedulers
    models: dict[tuple[float, ...], Fsrs]
    """Parameters as they are configured -> the model fitted from there on."""

    def model(self, card: str) -> Fsrs:
        """The fitted model of the card with this key, also where it was never answered."""
        configured = self.schedulers.memory_model(card)
        return self.models.get(configured.parameters, configured)


def acquaintance(database: Database, cards: Collection[str], *, before: date) -> Acquaintance:
    """What the answers to *cards* (keys now) said of the learner when the learning day *before* began."""
    from quizzer.scheduling.tuning import tuned  # numpy

    schedulers = Schedulers(database.rules)
    groups: dict[tuple[float, ...], tuple[Fsrs, dict[str, Recorder]]] = {}
    with translated(database.path):
        recorded = courses(
            database.connection, lambda card: Recorder(), day_start_hour=database.rules.day_start_hour, cards=cards,
            before=before,
        )  # fmt: skip
        for card, recorder in recorded:
            model = schedulers.memory_model(card)
            groups.setdefault(model.parameters, (model, {}))[1][card] = recorder
    found: dict[str, Strength] = {}
    models = {}
    for parameters, (configured, recorders) in groups.items():
        answered = [history for recorder in recorders.values() for history in recorder.histories]
        model = models[parameters] = tuned(configured, answered)
        for card, recorder in recorders.items():
            if recorder.reviews:
                last_day = date.fromordinal(recorder.last_day)
                found[card] = Strength(*memory(model, recorder.histories[-1]), last_day, model)
    return Acquaintance(found, schedulers, models)


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
