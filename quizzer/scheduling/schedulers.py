"""The scheduler of every card, made from the rules once; whatever is scheduled or replayed asks here."""

from __future__ import annotations

from collections.abc import Iterable

from quizzer.model import Fact, Review, Schedule
from quizzer.ports import Scheduler
from quizzer.scheduling import replay
from quizzer.scheduling.fsrs import DEFAULT_PARAMETERS, Fsrs
from quizzer.scheduling.rules import Rules
from quizzer.scheduling.sm2 import Sm2


def scheduler(rules: Rules) -> Scheduler:
    """The scheduler that *rules* name, without a look at those of single decks."""
    if rules.scheduler == "sm2":
        return Sm2(maximum_interval_days=rules.maximum_interval_days)
    return memory_model(rules)


def memory_model(rules: Rules) -> Fsrs:
    """FSRS with the parameters in *rules*, whichever scheduler they name."""
    return Fsrs(
        rules.fsrs_parameters or DEFAULT_PARAMETERS,
        desired_retention=rules.desired_retention,
        maximum_interval_days=rules.maximum_interval_days,
    )


class Schedulers:
    """Schedules cards as *rules* say, each by the scheduler of its deck."""

    def __init__(self, rules: Rules | None = None) -> None:
        """*rules*: SM-2 for every card where none are given."""
        self.rules = rules or Rules()
        self._overall = scheduler(self.rules)
        self._decks = {deck_id: scheduler(own) for deck_id, own in self.rules.decks.items()}
        self._model = memory_model(self.rules)
        self._models = {deck_id: memory_model(own) for deck_id, own in self.rules.decks.items()}
        self._advanced: tuple[Schedule | None, Review | None, Schedule | None] = (None, None, None)
        """The last step that was asked for: from this schedule, by this review, to that schedule."""

    def of(self, card: str) -> Scheduler:
        """The scheduler of the card with this key."""
        return self._decks.get(card.partition("/")[0], self._overall) if self._decks else self._overall

    def memory_model(self, card: str) -> Fsrs:
        """FSRS as it is set for the card with this key, also where SM-2 schedules it: SM-2 predicts no recall."""
        return self._models.get(card.partition("/")[0], self._model) if self._models else self._model

    def advance(self, schedule: Schedule | None, review: Review) -> Schedule | None:
        """The schedule after *review*, which is later than all that *schedule* knows; see `replay.advance`.

        Asked for the same once more, as a store does that checks what it is to save, it computes nothing.
        """
        before, by, after = self._advanced
        if by is not review or before is not schedule:
            after = replay.advance(schedule, review, self.of(review.card), day_start_hour=self.rules.day_start_hour)
            self._advanced = (schedule, review, after)
        return after

    def replay(self, facts: Iterable[Fact], *, card: str) -> Schedule | None:
        """The schedule that the facts of the card with the key *card* amount to; see `replay.replay`."""
        return replay.replay(facts, self.of(card), card=card, day_start_hour=self.rules.day_start_hour)
