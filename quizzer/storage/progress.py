"""What the log says about progress: its counts, put together with the decks and the schedules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date

from quizzer.model import Card
from quizzer.stats.summary import (
    DayTotals,
    HardCard,
    MissedPoint,
    Share,
    Statistics,
    by_interval,
    streak_days,
)
from quizzer.stats.tally import ALL_DECKS, first_of_days
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated
from quizzer.storage.steps import bounds_of, points
from quizzer.storage.survey import by_tag, hardest_cards, incomplete, standing
from quizzer.storage.tallies import counted

LIMIT = 10
"""Hard cards and missed points that are named."""
_AT_ONCE = 50

CardOf = Callable[[str], Card]


def statistics(
    agenda: Agenda,
    *,
    day: date,
    decks: Collection[str] | None,
    card_of: CardOf,
    retired: Callable[[Mapping[str, int]], int],
) -> Statistics:
    """Everything about *day* and all days before it.

    *agenda* has the deck index attached; *decks*: ids of the decks to look at, None for all there ever were. *card_of*
    gives a card of the decks, *retired* how many of the learned cards that are not in the decks (by deck id) are
    retired.
    """
    now = standing(agenda, day, decks)
    counts = counted(agenda.database, {ALL_DECKS} if decks is None else decks)
    days = {date.fromordinal(ordinal): DayTotals(*numbers) for ordinal, numbers in counts.days.items()}
    intervals = {gap: Share(passed, asked) for gap, (asked, passed) in counts.intervals.items()}
    return Statistics(
        day=day, due=now.due, repeat=now.repeat, new=now.new, suspended=now.suspended, retired=retired(now.absent),
        answered_today=now.answered_today, streak_days=streak_days(days.keys(), today=day),
        total=DayTotals(*map(sum, zip(*counts.days.values(), strict=True))), days=days, forecast=now.forecast,
        intervals=by_interval(intervals), tags=by_tag(agenda),
        hardest=tuple(HardCard(card, card_of(card).question, share)
                      for card, share in hardest_cards(agenda, limit=LIMIT)),
        missed_points=_missed_points(agenda, list(incomplete(agenda)), card_of),
    )  # fmt: skip


def _missed_points(agenda: Agenda, incomplete: list[tuple[int, str]], card_of: CardOf) -> tuple[MissedPoint, ...]:
    """The points missed most often, of those that their cards still have.

    *incomplete* says how often each card was answered without some point, the most first: no point of a card can have
    been missed more often, so that a few cards tell.
    """
    connection = agenda.connection
    found: list[MissedPoint] = []
    for start in range(0, len(incomplete), _AT_ONCE):
        if len(found) == LIMIT and found[-1].missed >= incomplete[start][0]:
            break
        chosen = [card for _, card in incomplete[start : start + _AT_ONCE]]
        with translated(agenda.path):
            for card, answers in points(connection, bounds_of(connection), chosen):
                first = first_of_days(
                    [step for step, _, _ in answers], day_start_hour=agenda.database.rules.day_start_hour
                )
                graded = [(made, missed) for (step, made, missed), moves in zip(answers, first, strict=True)
                          if moves and step.decided is None]  # fmt: skip
                missed_counts = Counter(point for _, missed in graded for point in missed)
                all_counts = Counter(point for made, missed in graded for point in (*made, *missed))
                still = set(card_of(card).points) if missed_counts else set()
                found += [
                    MissedPoint(card, point, count, all_counts[point])
                    for point, count in missed_counts.items()
                    if point in still
                ]
        found = sorted(found, key=lambda point: (-point.missed, point.answers, point.card, point.point))[:LIMIT]
    return tuple(found)
