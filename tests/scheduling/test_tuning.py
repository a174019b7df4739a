"""A model fitted to a learner in a moment: what it makes of many answers, of few, and of none."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import fmean

from quizzer.scheduling.fsrs import Fsrs, are_parameters
from quizzer.scheduling.histories import History
from quizzer.scheduling.recall import memory
from quizzer.scheduling.tuning import tuned
from tests.scheduling.learners import FORGETFUL, learned


def surprise(model: Fsrs, histories: Sequence[History]) -> float:
    """Log loss of the last answer of each history, predicted from those before."""
    losses = []
    for history in histories:
        stability, _ = memory(model, history[:-1])
        chance = model.retrievability(stability, history[-1].elapsed_days)
        losses.append(-log(chance if history[-1].quality >= 3 else 1 - chance))
    return fmean(losses)


def expected(model: Fsrs, histories: Sequence[History], days: int) -> float:
    return fmean(model.retrievability(memory(model, history)[0], days) for history in histories)


def test_without_answers_the_model_stays_as_it_is() -> None:
    """A first answer says nothing of forgetting either."""
    model = Fsrs()
    assert tuned(model, []) is model
    assert tuned(model, [history[:1] for history in learned(5)]) is model


def test_a_learner_who_forgets_sooner_is_known_by_the_answers() -> None:
    """Answers that were not looked at are predicted better, and what is recalled in a month is hardly overrated."""
    seen = [history[:-1] for history in learned(150)]
    model, whole = tuned(Fsrs(), seen), learned(150)
    assert surprise(model, whole) < surprise(Fsrs(), whole)
    truth = expected(Fsrs(FORGETFUL), seen, 30)
    assert abs(expected(model, seen, 30) - truth) < abs(expected(Fsrs(), seen, 30) - truth) / 2
    assert are_parameters(model.parameters)


def test_few_answers_change_little() -> None:
    """One forgotten card makes nobody forgetful; what is configured otherwise stays."""
    (history,) = learned(1, answers=2)
    failed = [history[0], history[1]._replace(quality=0)]
    model = tuned(Fsrs(desired_retention=0.8, maximum_interval_days=99), [failed])
    assert abs(expected(model, [failed[:1]], 10) - expected(Fsrs(), [failed[:1]], 10)) < 0.15
    assert (model.desired_retention, model.maximum_interval_days) == (0.8, 99)


def test_the_same_answers_give_the_same_model() -> None:
    """A plan made twice in a morning is one plan; of very many cards some are looked at."""
    histories = learned(1200, answers=4)
    assert tuned(Fsrs(), histories).parameters == tuned(Fsrs(), list(histories)).parameters
