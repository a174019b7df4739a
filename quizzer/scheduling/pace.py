"""How long a learner takes for a card, from the answers that are in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

LONGEST_ANSWER_SECONDS = 240.0
LONGEST_READING_SECONDS = 120.0
"""Whoever takes longer has gone for a coffee."""

NEW_SECONDS = 90.0
REVIEW_SECONDS = 60.0
PRIOR_CARDS = 5
"""So many cards at the seconds above count beside one's own, so that one long answer makes no forecast."""


class Answer(NamedTuple):
    """An answer as far as its time goes, in the order in which answers were given."""

    card: str
    session_id: str
    at_us: int
    latency_ms: int
    day: int
    """The ordinal of its learning day."""
    first: bool
    """Whether it is the first answer to its card."""


class Pace(NamedTuple):
    """Seconds for one card, the reading of its feedback and its repeats that day included."""

    new_seconds: float = NEW_SECONDS
    review_seconds: float = REVIEW_SECONDS

    def seconds(self, *, new: int, reviews: int) -> float:
        """How long so many new cards and so many others take."""
        return new * self.new_seconds + reviews * self.review_seconds

    def minutes(self, *, new: int, reviews: int) -> int:
        """The same in whole minutes, at least one where there is a card."""
        seconds = self.seconds(new=new, reviews=reviews)
        return max(round(seconds / 60), 1 if seconds else 0)


def seconds_of(answers: Sequence[Answer]) -> list[float]:
    """How long each answer took: typing it, and reading what it was worth.

    What follows the last answer of a session was not measured; it counts as the others do on average.
    """
    reading: list[float | None] = [None] * len(answers)
    for index, (one, following) in enumerate(pairwise(answers)):
        if one.session_id == following.session_id:
            seconds = (following.at_us - one.at_us) / 1e6 - following.latency_ms / 1e3
            if seconds >= 0:  # else a clock was set back
                reading[index] = min(seconds, LONGEST_READING_SECONDS)
    known = [seconds for seconds in reading if seconds is not None]
    usual = sum(known) / len(known) if known else 0.0
    return [
        min(max(answer.latency_ms, 0) / 1e3, LONGEST_ANSWER_SECONDS) + (usual if read is None else read)
        for answer, read in zip(answers, reading, strict=True)
    ]


def pace_of(answers: Sequence[Answer]) -> Pace:
    """The pace that *answers* show, the usual one where there are none."""
    seconds: dict[tuple[int, str], float] = defaultdict(float)
    began: set[tuple[int, str]] = set()
    for answer, taken in zip(answers, seconds_of(answers), strict=True):
        seconds[answer.day, answer.card] += taken
        if answer.first:
            began.add((answer.day, answer.card))
    new = [taken for key, taken in seconds.items() if key in began]
    reviews = [taken for key, taken in seconds.items() if key not in began]
    return Pace(_mean(new, prior=NEW_SECONDS), _mean(reviews, prior=REVIEW_SECONDS))


def _mean(values: Sequence[float], *, prior: float) -> float:
    return (sum(values) + PRIOR_CARDS * prior) / (len(values) + PRIOR_CARDS)


def seconds_by_deck(answers: Sequence[Answer], *, day: int) -> dict[str, float]:
    """Deck id -> how long its cards took on the learning day with the ordinal *day*."""
    found: dict[str, float] = defaultdict(float)
    for answer, taken in zip(answers, seconds_of(answers), strict=True):
        if answer.day == day:
            found[answer.card.partition("/")[0]] += taken
    return dict(found)


def usual_cards(answers: Iterable[Answer], *, before: int) -> float:
    """How many cards a day of study has had on average before the day with the ordinal *before*; 0 without one."""
    days = groupby(sorted({(answer.day, answer.card) for answer in answers if answer.day < before}), lambda key: key[0])
    sizes = [len(list(cards)) for _, cards in days]
    # The first day may have begun before the answers that are known.
    whole = sizes[1:] or sizes
    return sum(whole) / len(whole) if whole else 0.0
