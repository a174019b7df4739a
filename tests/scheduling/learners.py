"""Simulated learners: logs with a known truth behind them."""

from __future__ import annotations

from random import Random

from quizzer.scheduling.fsrs import AGAIN, DEFAULT_PARAMETERS, EASY, GOOD, HARD, Fsrs
from quizzer.scheduling.histories import Answer

QUALITIES = {AGAIN: 1, HARD: 3, GOOD: 4, EASY: 5}
FIRST_DAY = 738_000
FORGETFUL = (0.1, 0.4, 0.9, 2.5, *DEFAULT_PARAMETERS[4:8], 1.2, *DEFAULT_PARAMETERS[9:20], 0.3)
"""Parameters of somebody who forgets sooner than most."""


def learned(
    cards: int, *, answers: int = 8, seed: int = 1, parameters: tuple[float, ...] = FORGETFUL
) -> list[list[Answer]]:
    """The histories of somebody whose memory is FSRS with *parameters*, scheduled by FSRS with the default ones."""
    draw, truth, scheduler, histories = Random(seed), Fsrs(parameters), Fsrs(), []
    for card in range(cards):
        day, last_day, memory, history = FIRST_DAY + card % 40, 0, scheduler.initial(), list[Answer]()
        state: tuple[float, float] | None = None
        for _ in range(answers):
            elapsed_days = day - last_day if last_day else 0
            if state is None:
                rating = draw.choice([AGAIN, HARD, GOOD, GOOD, EASY])
                state = truth.first(rating)
            else:
                kept = draw.random() < truth.retrievability(state[0], elapsed_days)
                rating = draw.choice([HARD, GOOD, GOOD, EASY]) if kept else AGAIN
                state = truth.next(*state, rating, elapsed_days)
            at_us = (day - 719_163) * 86_400_000_000 + (9 * 3600 + card) * 1_000_000
            history.append(Answer(at_us, day, elapsed_days, QUALITIES[rating]))
            memory, interval_days = scheduler.review(memory, QUALITIES[rating], elapsed_days=elapsed_days)
            last_day, day = day, day + interval_days + draw.choice([0, 0, 0, 1, 5])
        histories.append(history)
    return histories
