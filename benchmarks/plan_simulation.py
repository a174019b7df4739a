"""Three simulated learners, 200 cards, 120 days: does a plan for the last day beat SM-2 and FSRS at the same load?

An interview is known of from the first day on, or it is announced after 78 days of SM-2. From there on each learner
studies by a plan, by SM-2, and by FSRS, each with the same number of reviews:

- SM-2 has no knob, so its own number of reviews is the measure;
- the plan is as it comes; where it would take more reviews than SM-2, its least gain is raised until it does not;
- FSRS gets the desired retention with which it takes at least as many as the plan, and a second try: a lower one that
  leaves reviews for the last days, on which it reviews ahead up to 30 cards a day, as many as the plan may.

The planner sees qualities and days, as the log has them, and FSRS's default parameters; never the learner.

Run: python -m benchmarks.plan_simulation [SEED ...]
"""

from __future__ import annotations

import bisect
import copy
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from typing import Protocol

from quizzer.scheduling.fsrs import DEFAULT_PARAMETERS, RATINGS, Fsrs
from quizzer.scheduling.histories import Answer
from quizzer.scheduling.plan import LEAST_GAIN, Item, Limits, plan
from quizzer.scheduling.recall import memory
from quizzer.scheduling.sm2 import next_sm2
from quizzer.scheduling.tuning import tuned

CARDS = 200
DAYS = 120
ANNOUNCEMENTS = (0, 78)
"""The days on which the plan is made for the first time."""
NEW_PER_DAY = 10
REVIEWS_PER_DAY = 30
"""The plan's daily limit; the rivals have none, except where they review ahead."""
SEEDS = (1, 2, 3)
START = date(2026, 3, 2)
LEAST_GAINS = (LEAST_GAIN, 0.01, 0.02, 0.04, 0.08)
LOWER_RETENTIONS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
OTHER_PARAMETERS = (
    0.12, 0.62, 1.35, 4.8, 6.9, 0.75, 2.7, 0.01, 1.55, 0.22, 0.68, 1.7, 0.09, 0.31, 1.35, 0.5, 2.1, 0.6, 0.1, 0.06,
    0.24,
)  # fmt: skip
"""Forgets sooner, and learns more slowly, than the default ones say."""


class Learner(Protocol):
    """Somebody with 200 memories. Schedulers see only the answers."""

    def recall(self, card: int, day: int) -> float:
        """The probability that the card is known on that day."""

    def answer(self, card: int, day: int) -> int:
        """Quality 0 to 5 of an answer on that day, which changes the memory."""


class FsrsLearner:
    """Remembers as FSRS-6 says, with the parameters given."""

    def __init__(self, parameters: Sequence[float], seed: int) -> None:
        self.model = Fsrs(parameters)
        self.draw = random.Random(seed)
        self.memories: dict[int, tuple[float, float, int]] = {}

    def recall(self, card: int, day: int) -> float:
        """As `Learner` says."""
        if card not in self.memories:
            return 0.0
        stability, _, last = self.memories[card]
        return self.model.retrievability(stability, day - last)

    def answer(self, card: int, day: int) -> int:
        """As `Learner` says."""
        if card not in self.memories:
            quality = self.draw.choices((1, 3, 4, 5), (0.24, 0.1, 0.49, 0.17))[0]
            self.memories[card] = (*self.model.first(RATINGS[quality]), day)
            return quality
        known = self.draw.random() < self.recall(card, day)
        quality = self.draw.choices((3, 4, 5), (0.22, 0.63, 0.15))[0] if known else self.draw.choice((0, 1, 2))
        stability, difficulty, last = self.memories[card]
        self.memories[card] = (*self.model.next(stability, difficulty, RATINGS[quality], day - last), day)
        return quality


class ExponentialLearner:
    """No FSRS: forgets exponentially; each card's memory grows by a factor of its own, more when it was fading.

    The grader errs in 4 of 100 answers, and which pass an answer gets says nothing of the memory.
    """

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.factors = [self.draw.uniform(1.5, 5.0) for _ in range(CARDS)]
        self.beginnings = [self.draw.uniform(2.0, 10.0) for _ in range(CARDS)]
        self.memories: dict[int, tuple[float, int]] = {}

    def recall(self, card: int, day: int) -> float:
        """As `Learner` says."""
        if card not in self.memories:
            return 0.0
        days, last = self.memories[card]
        return exp(-(day - last) / days)

    def answer(self, card: int, day: int) -> int:
        """As `Learner` says."""
        if card not in self.memories:
            known, days = self.draw.random() < 0.5, self.beginnings[card]
        else:
            days, chance = self.memories[card][0], self.recall(card, day)
            known = self.draw.random() < chance
            grown = days * (1 + self.factors[card] * (1 - chance) ** 0.5)
            days = grown if known else max(self.beginnings[card], 0.4 * days)
        self.memories[card] = (days, day)
        if self.draw.random() < 0.04:
            known = not known
        return self.draw.choices((3, 4, 5), (0.3, 0.5, 0.2))[0] if known else self.draw.choice((0, 1, 2))


LEARNERS: dict[str, Callable[[int], Learner]] = {
    "FSRS-6, default parameters": lambda seed: FsrsLearner(DEFAULT_PARAMETERS, seed),
    "FSRS-6, other parameters": lambda seed: FsrsLearner(OTHER_PARAMETERS, seed),
    "exponential, noisy grades": ExponentialLearner,
}


@dataclass
class Log:
    """What the schedulers know: both memories of every card that was answered, from the same answers."""

    sm2: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    fsrs: dict[int, tuple[float, float]] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    model: Fsrs = field(default_factory=Fsrs)
    answers: dict[int, list[Answer]] = field(default_factory=dict)

    def take(self, card: int, day: int, quality: int) -> None:
        """Note an answer."""
        elapsed_days = day - self.last[card] if card in self.last else 0
        self.answers.setdefault(card, []).append(Answer(0, day, elapsed_days, quality))
        self.sm2[card] = next_sm2(*self.sm2.get(card, (0, 250, 0)), quality)
        rating = RATINGS[quality]
        if card in self.fsrs:
            self.fsrs[card] = self.model.next(*self.fsrs[card], rating, day - self.last[card])
        else:
            self.fsrs[card] = self.model.first(rating)
        self.last[card] = day


@dataclass
class Run:
    """What came of the days studied."""

    reviews: int = 0
    passed: int = 0
    busiest: int = 0
    recall: float = 0.0
    """The learner's, on the day."""
    expected: tuple[float, ...] = ()
    """The plan's expectation on each of its mornings."""

    @property
    def retention(self) -> float:
        """The share of answers that were right."""
        return self.passed / max(1, self.reviews)


Choose = Callable[[Log, int], list[int]]
"""The cards of a day."""


def study(learner: Learner, log: Log, choose: Choose, days: range) -> Run:
    """Study what *choose* says on each of *days*; the learner and the log go on from where they are."""
    run = Run()
    for day in days:
        cards = choose(log, day)
        for card in cards:
            quality = learner.answer(card, day)
            log.take(card, day, quality)
            run.passed += quality >= 3
        run.reviews += len(cards)
        run.busiest = max(run.busiest, len(cards))
    run.recall = statistics.fmean(learner.recall(card, DAYS) for card in range(CARDS))
    return run


def by_sm2(log: Log, day: int) -> list[int]:
    """What SM-2 has due, and ten new cards."""
    due = [card for card, last in log.last.items() if last + log.sm2[card][2] <= day]
    return [*due, *range(len(log.last), min(CARDS, len(log.last) + NEW_PER_DAY))]


def by_fsrs(retention: float) -> Choose:
    """What FSRS has due with that desired retention, and ten new cards."""
    model = Fsrs(desired_retention=retention)
    return lambda log, day: [
        *(card for card, last in log.last.items() if last + model.interval_days(log.fsrs[card][0]) <= day),
        *range(len(log.last), min(CARDS, len(log.last) + NEW_PER_DAY)),
    ]


def ahead(choose: Choose, since: int) -> Choose:
    """The same, and on the days *since* then what was not seen for longest, up to 30 cards a day."""

    def chosen(log: Log, day: int) -> list[int]:
        cards = choose(log, day)
        if day >= since:
            rest = [card for card, last in log.last.items() if last < since and card not in set(cards)]
            cards += sorted(rest, key=lambda card: log.last[card])[: max(0, REVIEWS_PER_DAY - len(cards))]
        return cards

    return chosen


class ByPlan:
    """What the plan says, made anew every morning."""

    def __init__(self, least_gain: float) -> None:
        self.least_gain = least_gain
        self.expected: list[float] = []

    def __call__(self, log: Log, day: int) -> list[int]:
        """As `Choose` says."""
        today = START + timedelta(days=day)
        model = tuned(log.model, list(log.answers.values()))
        items = [
            Item(str(card), model, *memory(model, log.answers[card]), START + timedelta(days=log.last[card]))
            if card in log.last
            else Item(str(card), model)
            for card in range(CARDS)
        ]
        made = plan(
            items, today=today, by=START + timedelta(days=DAYS), limits=Limits(NEW_PER_DAY, REVIEWS_PER_DAY),
            least_gain=self.least_gain,
        )  # fmt: skip
        self.expected.append(made.recall)
        return [int(card.card) for card in made.of_today()]


def planned(fork: Callable[[Choose], Run], most: int) -> tuple[float, Run]:
    """(least gain, run) of the plan that takes the most reviews, but no more than *most*."""
    for gain in LEAST_GAINS:
        choose = ByPlan(gain)
        run = fork(choose)
        run.expected = tuple(choose.expected)
        if run.reviews <= most:
            break
    return gain, run


class _Ahead(dict[int, Run]):
    """Runs of FSRS with a retention, by on how many of the last days they review ahead."""

    def __init__(self, fork: Callable[[Choose], Run], retention: float) -> None:
        self.fork, self.retention = fork, retention

    def __missing__(self, back: int) -> Run:
        run = self[back] = self.fork(ahead(by_fsrs(self.retention), DAYS - back))
        return run


def rivals(fork: Callable[[Choose], Run], reviews: int, announced: int) -> dict[str, Run]:
    """What FSRS makes of as many *reviews*, or a few more: by its desired retention, or by reviewing ahead."""
    percents = range(50, 100)
    percent = bisect.bisect_left(percents, reviews, key=lambda percent: fork(by_fsrs(percent / 100)).reviews)
    retention = percents[min(percent, len(percents) - 1)] / 100
    found = {f"FSRS, retention {retention:.2f}": fork(by_fsrs(retention))}
    best: tuple[str, Run] | None = None
    for lower in LOWER_RETENTIONS:
        days = range(1, DAYS - announced)
        runs_ahead = _Ahead(fork, lower)
        index = bisect.bisect_left(days, reviews, key=lambda back: runs_ahead[back].reviews)
        if index < len(days):
            run = runs_ahead[days[index]]
            if run.reviews <= 1.05 * reviews + REVIEWS_PER_DAY and (best is None or run.recall > best[1].recall):
                best = (f"FSRS {lower:.2f}, ahead on the last {days[index]} days", run)
    if best:
        found[best[0]] = best[1]
    return found


def measure(name: str, announced: int, seed: int) -> None:
    """Print the table of one learner."""
    learner, log = LEARNERS[name](seed), Log()
    before = study(learner, log, by_sm2, range(announced))
    print(f"{name}, seed {seed}; {announced} days of SM-2: {before.reviews} reviews, {before.retention:.2f} right")

    def fork(choose: Choose) -> Run:
        return study(copy.deepcopy(learner), copy.deepcopy(log), choose, range(announced, DAYS))

    plain = fork(by_sm2)
    gain, made = planned(fork, plain.reviews)
    runs = {f"plan, least gain {gain}": made, "SM-2": plain, **rivals(fork, made.reviews, announced)}
    for kind, run in runs.items():
        load = f"{run.reviews:5} reviews, {run.reviews / (DAYS - announced):4.1f} a day, at most {run.busiest:2}"
        print(f"  {kind:36} {load}; {run.retention:.2f} right; recall on the day {run.recall:.3f}")
    shown = ", ".join(
        f"{left} days before {made.expected[-left]:.3f}" for left in (120, 42, 14, 1) if left <= len(made.expected)
    )
    print(f"  expected by the plan: {shown}", flush=True)


def main() -> None:
    """Print everything; numbers as arguments: only those seeds."""
    for announced in ANNOUNCEMENTS:
        for name in LEARNERS:
            for seed in map(int, sys.argv[1:] or SEEDS):
                measure(name, announced, seed)


if __name__ == "__main__":
    main()
