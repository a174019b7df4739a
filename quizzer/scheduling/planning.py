"""Finds a plan: prices of a review on each day that keep the load within its limits, and what is best at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zlib import crc32

import numpy as np

from quizzer.scheduling.booking import Book
from quizzer.scheduling.fsrs import AGAIN, EASY, GOOD, HARD, Fsrs
from quizzer.scheduling.fsrs_arrays import recall
from quizzer.scheduling.plan import Item, Limits
from quizzer.scheduling.policy import (
    SOFTNESS,
    STATES,
    Floats,
    Indices,
    Policy,
    Ratings,
    Spots,
    firsts,
    outcomes,
    quantile,
    soft,
    spots,
)

_ROUNDS = 60
"""Of changing the prices, at most; 10 to 30 are usual."""
_DAYS_WORKED = 5_400
"""Rounds times days, at most: a plan for a year, which is made anew every morning, has 14 rounds."""
_CLOSE = 0.04
"""Prices are found when every day's load is so near to its limit, or below it at the least price."""
_SAMPLE = 300
"""So many cards of a kind are looked at for the prices."""
_NEARLY = 0.01
"""A card may be reviewed today where another day would be better by less."""
_ENTRIES = 1_000_000
"""Of a table in memory at once."""
Course = tuple[int, ...]
"""Offsets from today of a card's reviews."""


class _Kind:
    """The cards that one memory model describes."""

    def __init__(self, numbers: list[int], items: Sequence[Item], *, today: date, days: int, ratings: Ratings) -> None:
        self.model: Fsrs = items[numbers[0]].model
        self.policy = Policy(self.model, days=days, ratings=ratings)
        self.ratings = ratings
        self.days = days
        self.first = firsts(self.model, ratings)
        self.new = [number for number in numbers if items[number].last_day is None]
        self.known = [number for number in numbers if items[number].last_day is not None]
        known = [items[number] for number in self.known]
        self.stability = np.array([item.stability_days for item in known], dtype=float)
        self.difficulty = np.array([item.difficulty for item in known], dtype=float)
        self.elapsed = np.array([(today - (item.last_day or today)).days for item in known], dtype=float)

    def options(self, which: Indices) -> tuple[Spots, Floats]:
        """(where these known cards are after a review on each day, their recall without one)."""
        stability, difficulty = self.stability[which], self.difficulty[which]
        elapsed = np.maximum(self.elapsed[which][:, None] + np.arange(self.days), 1.0)
        found = outcomes(self.model, stability[:, None], difficulty[:, None], elapsed, self.ratings)
        return found, recall(self.model, stability, self.elapsed[which] + self.days)

    def flat(self, options: Spots) -> Spots:
        """*options* as places in a table of shape (left, state)."""
        left = self.days - np.arange(self.days)
        return Spots(options.states + left[None, :, None] * STATES, options.weights)

    def chunks(self) -> Iterator[Indices]:
        """The known cards in parts whose tables fit into memory."""
        size = max(1, _ENTRIES // (16 * self.days))
        for start in range(0, len(self.known), size):
            yield np.arange(start, min(start + size, len(self.known)), dtype=np.int64)


class Planner:
    """Plans *items*; see `quizzer.scheduling.plan.plan`. Offsets count days from today."""

    def __init__(
        self, items: Sequence[Item], *, today: date, days: int, limits: Limits, seed: int, least_gain: float,
        ratings: Ratings | None = None,
    ) -> None:  # fmt: skip
        """*days*: from today until the day, at least 1; *limits* limit the reviews."""
        self.items, self.days, self.limits, self.seed, self.least_gain = items, days, limits, seed, least_gain
        self.capacity = float(limits.reviews or 0)
        groups: dict[tuple[float, ...], list[int]] = {}
        for number, item in enumerate(items):
            groups.setdefault(item.model.parameters, []).append(number)
        self.kinds = [
            _Kind(numbers, items, today=today, days=days, ratings=ratings or Ratings()) for numbers in groups.values()
        ]
        self.kind_of = {number: kind for kind in self.kinds for number in (*kind.known, *kind.new)}
        self.elapsed = {number: int(days) for kind in self.kinds
                        for number, days in zip(kind.known, kind.elapsed, strict=True)}  # fmt: skip
        self.chance = [crc32(f"{seed} {item.card}".encode("utf-8", "replace")) / 2**32 for item in items]
        self.prices = np.full(days + 1, least_gain)
        self.expected = np.zeros(days + 1)
        self._find_prices()
        self.reached = {id(kind): kind.policy.reached() for kind in self.kinds}

    def _find_prices(self) -> None:
        samples = []
        for kind in self.kinds:
            size = min(len(kind.known), _SAMPLE)
            which = np.linspace(0, len(kind.known) - 1, size).astype(np.int64) if size else np.zeros(0, dtype=np.int64)
            options, unreviewed = kind.options(which)
            samples.append((kind, kind.flat(options), unreviewed, len(kind.known) / max(1, size)))
        pace, before = np.full(self.days + 1, 2.0), np.zeros(self.days + 1)
        rounds = min(_ROUNDS, max(1, _DAYS_WORKED // self.days))
        for turn in range(rounds):
            load = np.zeros(self.days + 1)
            for kind, options, unreviewed, weight in samples:
                kind.policy.solve(self.prices)
                load += self._load(kind, options, unreviewed, weight)
            self.expected = load
            slack = (self.prices <= self.least_gain) & (load <= self.capacity)
            off = np.where(slack, 0.0, np.abs(load - self.capacity))[1:]
            if turn == rounds - 1 or off.max() <= max(0.5, _CLOSE * self.capacity):
                break
            # A price higher by the softness takes a day e times fewer reviews, if no other day's price changes. They
            # all do: so each day has a pace of its own, faster while its load stays too high or too low.
            excess = np.clip(np.log(np.maximum(load, 1e-3) / max(self.capacity, 1e-3)), -1.2, 1.2)
            side = np.sign(excess)
            pace = np.clip(pace * np.where(side == before, 1.2, 0.5), 0.1, 20.0)
            before = side
            self.prices = np.clip(self.prices + SOFTNESS * pace * excess, self.least_gain, 1.0)

    def _load(self, kind: _Kind, options: Spots, unreviewed: Floats, weight: float) -> Floats:
        """Reviews expected with so many days left, of one kind of cards."""
        policy, left = kind.policy, self.days - np.arange(self.days)
        load = np.zeros(self.days + 1)
        reviewed = np.zeros((self.days + 1, STATES))
        if len(unreviewed):
            share = soft(self._worths(kind, options, unreviewed).T).T[:, :-1] * weight
            load[left] += share.sum(axis=0)
            arriving = share[:, :, None] * options.weights
            reviewed += np.bincount(
                options.states.ravel(), weights=arriving.ravel(), minlength=reviewed.size
            ).reshape(reviewed.shape)  # fmt: skip
        for offset, count in enumerate(self._introduced(kind)):
            if count:
                load[self.days - offset] += count * self.limits.new_cost
                np.add.at(reviewed[self.days - offset], kind.first.states, kind.first.weights * count)
        return load + policy.flow(reviewed)

    def _worths(self, kind: _Kind, options: Spots, unreviewed: Floats) -> Floats:
        """What a first review on each day is worth, and (last) none at all: shape (card, day + 1)."""
        left = self.days - np.arange(self.days)
        reviewed = options.of(kind.policy.worth.ravel()) - self.prices[left]
        return np.concatenate([reviewed, unreviewed[:, None]], axis=1)

    def _introduced(self, kind: _Kind) -> list[int]:
        """How many new cards each day has; those that no day pays for are left out."""
        worth = [
            float(kind.first.of(kind.policy.worth[self.days - offset]))
            - self.limits.new_cost * self.prices[self.days - offset]
            for offset in range(self.days)
        ]
        share = len(kind.new) / max(1, sum(len(other.new) for other in self.kinds))
        most = ceil_share(self.limits.new, share)
        if self.limits.new_cost:
            most = min(most, int(self.capacity / self.limits.new_cost))
        counts, waiting = [0] * self.days, len(kind.new)
        for offset in range(self.days):
            if worth[offset] > self.least_gain:
                counts[offset] = min(most, waiting)
                waiting -= counts[offset]
        return counts

    def courses(self) -> list[Course]:
        """When each item is reviewed, if it is remembered every time."""
        wanted: list[tuple[int, float, int]] = []  # (offset, keenness, number)
        for kind in self.kinds:
            wanted += self._wanted(kind)
        today = sorted((row for row in wanted if row[0] == 0), key=lambda row: (-row[1], row[2]))
        book = Book(self)
        quota = self._quota()
        for _, _, number in today:
            if self.items[number].last_day is None:
                book.enter(number, 0)
            elif quota > 0 and book.fits(number, 0):
                book.enter(number, 0)
                quota -= 1
        for offset, _, number in sorted(wanted):
            if offset and not book.courses[number]:
                book.want(number, offset)
        book.fill()
        return [tuple(course) for course in book.courses]

    def _quota(self) -> int:
        """How many known cards are for today."""
        new = sum(self._introduced(kind)[0] for kind in self.kinds)
        return round(min(self.capacity, float(self.expected[self.days])) - new * self.limits.new_cost)

    def _wanted(self, kind: _Kind) -> Iterator[tuple[int, float, int]]:
        """(offset of a first review, how much better today is than any other day, number) of cards that have one."""
        offsets = [offset for offset, count in enumerate(self._introduced(kind)) for _ in range(count)]
        for number, offset in zip(kind.new, offsets, strict=False):
            yield offset, 1.0, number
        for which in kind.chunks():
            options, unreviewed = kind.options(which)
            worths = self._worths(kind, kind.flat(options), unreviewed)
            keen = worths[:, 0] - worths[:, 1:].max(axis=1)
            shares = soft(worths.T).T
            for index, number in enumerate(which):
                card = kind.known[number]
                if keen[index] > -_NEARLY:
                    yield 0, float(keen[index]), card
                choice = 1 + quantile(shares[index][1:], self.chance[card])
                if choice < self.days:
                    yield choice, float(keen[index]), card

    def memory_after(self, number: int, course: Sequence[int], rating: int = GOOD) -> tuple[float, float]:
        """(stability, difficulty) of an item after the reviews of *course*, all good but the last with *rating*."""
        item, kind = self.items[number], self.kind_of[number]
        stability, difficulty, last = item.stability_days, item.difficulty, None
        for turn, offset in enumerate(course):
            given = rating if turn == len(course) - 1 else GOOD
            if stability is None or difficulty is None:
                stability, difficulty = kind.model.first(given)
            else:
                elapsed = offset - last if last is not None else offset + self.elapsed[number]
                stability, difficulty = kind.model.next(stability, difficulty, given, max(1, elapsed))
            last = offset
        return stability or 0.0, difficulty or 0.0

    def next_offset(self, number: int, memory: tuple[float, float], offset: int) -> int | None:
        """When an item that has this *memory* after a review at *offset* comes next; None: not before the day."""
        kind, left = self.kind_of[number], self.days - offset
        spot = spots(np.array(memory[0]), np.array(memory[1]))
        shares = (kind.policy.choice[left][:, spot.states] * spot.weights).sum(axis=-1)
        option = quantile(shares, self.chance[number])
        return None if option == len(kind.policy.intervals) else offset + int(kind.policy.intervals[option])

    def recall(self, number: int, course: Course, now: float) -> float:
        """The expected recall on the day of an item with this *course*."""
        if not course:
            return now
        kind, item = self.kind_of[number], self.items[number]
        reached = self.reached[id(kind)][self.days - course[0]]
        if item.stability_days is None or item.difficulty is None:
            return float(kind.first.of(reached))
        elapsed = np.array(max(1, self.elapsed[number] + course[0]), dtype=float)
        spot = outcomes(kind.model, np.array(item.stability_days), np.array(item.difficulty), elapsed, kind.ratings)
        return float(spot.of(reached))

    def following(self, number: int, course: Course) -> tuple[int | None, ...]:
        """When a card for today comes next, after each rating; nothing for other cards."""
        if not course or course[0] != 0:
            return ()
        ratings = (AGAIN, HARD, GOOD, EASY)
        return tuple(self.next_offset(number, self.memory_after(number, course[:1], rating), 0) for rating in ratings)

    def load(self, courses: Sequence[Course]) -> list[tuple[int, int]]:
        """(new cards, reviews) of each day, with the reviews of what will be forgotten on the way."""
        new, reviews = [0] * self.days, [0] * self.days
        for item, course in zip(self.items, courses, strict=True):
            for turn, offset in enumerate(course):
                (new if item.last_day is None and not turn else reviews)[offset] += 1
        # Today's cards are known; later days also have what will have been forgotten on the way.
        for offset in range(1, self.days):
            forgotten = min(self._room(new[offset]), round(float(self.expected[self.days - offset])))
            reviews[offset] = max(reviews[offset], forgotten)
        return list(zip(new, reviews, strict=True))

    def _room(self, new: int) -> int:
        """Reviews that go beside so many new cards."""
        return max(0, int(self.capacity - new * self.limits.new_cost))


def ceil_share(whole: int, share: float) -> int:
    """*share* of *whole*, rounded up."""
    return int(-(-whole * share // 1))
