"""How likely a card is recalled on a day: FSRS's answer, also for cards that SM-2 schedules, from the same facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from quizzer.model import Fact, FsrsMemory, Schedule
from quizzer.scheduling.fsrs import RATINGS, Fsrs
from quizzer.scheduling.histories import History
from quizzer.scheduling.replay import replay
from quizzer.scheduling.rules import DAY_START_HOUR


@dataclass(frozen=True, slots=True)
class Strength:
    """What is known of a card's memory after its last review that moved it."""

    stability_days: float
    """Days until the probability of recall has fallen to 0.9."""
    difficulty: float
    """1 to 10."""
    last_day: date
    """The learning day of that review."""
    model: Fsrs = field(compare=False)
    """Goes on from here: `Fsrs.next` after another review, `Fsrs.retrievability` without one."""

    def recall(self, on: date) -> float:
        """The probability, 0 to 1, that the card is recalled on the learning day *on* if it is not reviewed before."""
        return self.model.retrievability(self.stability_days, (on - self.last_day).days)


def strength(facts: Iterable[Fact], model: Fsrs, *, day_start_hour: int = DAY_START_HOUR) -> Strength | None:
    """What *model* makes of one card's *facts*, in any order; None for a card that no review has moved.

    For many cards see `quizzer.storage.strengths`, which reads the log once.
    """
    return strength_of(replay(facts, model, day_start_hour=day_start_hour), model)


def memory(model: Fsrs, history: History) -> tuple[float, float]:
    """(stability in days, difficulty) after the answers of *history*, of which there is at least one."""
    first, *later = history
    stability, difficulty = model.first(RATINGS[first.quality])
    for answer in later:
        stability, difficulty = model.next(stability, difficulty, RATINGS[answer.quality], answer.elapsed_days)
    return stability, difficulty


def strength_of(schedule: Schedule | None, model: Fsrs) -> Strength | None:
    """What *schedule*, which *model* made, knows of its card's memory; None for a card that no review has moved."""
    if schedule is None or schedule.last_day is None or not isinstance(schedule.memory, FsrsMemory):
        return None
    return Strength(schedule.memory.stability_days, schedule.memory.difficulty, schedule.last_day, model)
