"""Every card of the decks and every schedule, looked at once: in one pass each, however many questions there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import nlargest
from operator import itemgetter

from quizzer.scale import REPEAT_BELOW_QUALITY
from quizzer.stats.summary import FORECAST_DAYS
from quizzer.storage.agenda import Agenda
from quizzer.storage.connection import translated

MOST_CANDIDATES = 200
"""Cards whose missed points are looked up; the bound can be met only where as many cards are missed alike."""


@dataclass(slots=True)
class Standing:
    """How the cards of the decks stand on a day; the numbers mean what those of `agenda.Counts` mean."""

    due: int = 0
    repeat: int = 0
    new: int = 0
    suspended: int = 0
    answered_today: int = 0
    forecast: list[int] = field(default_factory=lambda: [0] * FORECAST_DAYS)
    """Cards due on the day (its backlog included), on the next one, and so on."""
    absent: Counter[str] = field(default_factory=Counter)
    """Deck id -> learned cards that are not in the decks."""


@dataclass(slots=True)
class Learned:
    """What the counts of single cards add up to, for the cards of the decks."""

    by_tags: dict[str, list[int]] = field(default_factory=dict)
    """Tags as the deck index spells them -> cards, cards seen, asked, passed."""
    retention: defaultdict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    """(passed, asked) -> cards."""
    incomplete: list[tuple[int, str]] = field(default_factory=list)
    """(answers that missed a point, card), the most first, at most ``MOST_CANDIDATES``."""


def cards_of(agenda: Agenda) -> dict[str, tuple[str, int]]:
    """Key -> (tags as the deck index spells them, whether it is answered) of every card of the agenda's decks."""
    query = "select card, tags, answered from decks.cards where file in (select file from temp.active)"
    with translated(agenda.path):
        return {card: (tags, answered) for card, tags, answered in agenda.connection.execute(query)}


def standing(
    agenda: Agenda, cards: dict[str, tuple[str, int]], day: date, decks: Collection[str] | None = None
) -> Standing:
    """How *cards* stand on *day*; *decks*: ids of the decks chosen, None for all."""
    found = Standing()
    today = day.isoformat()
    offsets = {(day + timedelta(days=ahead)).isoformat(): ahead for ahead in range(FORECAST_DAYS)}
    started = 0
    query = "select card, due, last_day, last_quality, reviews, suspended, coalesce(buried_until, '') from schedules"
    with translated(agenda.path):
        rows = agenda.connection.execute(query)
        for card, due, last_day, last_quality, reviews, suspended, buried_until in rows:
            answered_today = reviews > 0 and last_day == today
            if answered_today and (decks is None or card.partition("/")[0] in decks):
                found.answered_today += 1
            known = cards.get(card)
            if known is None:
                if reviews > 0:
                    found.absent[card.partition("/")[0]] += 1
                continue
            if not known[1]:
                continue
            started += reviews > 0 or suspended or buried_until > today
            if suspended:
                found.suspended += 1
            elif reviews > 0:
                back = max(due, buried_until)
                if back > today:
                    ahead = offsets.get(back)
                    if ahead is not None:
                        found.forecast[ahead] += 1
                elif last_day is None or last_day < today:
                    found.due += 1
                if answered_today and buried_until <= today and last_quality < REPEAT_BELOW_QUALITY:
                    found.repeat += 1
    found.forecast[0] = found.due
    found.new = sum(answered for _, answered in cards.values()) - started
    return found


def learned(counts: Iterable[tuple[str, int, int, int]], cards: dict[str, tuple[str, int]]) -> Learned:
    """What the *counts* of single cards (`storage.tallies`) say of *cards*."""
    found = Learned()
    by_tags = found.by_tags
    for tags, _ in cards.values():
        if tags in by_tags:
            by_tags[tags][0] += 1
        else:
            by_tags[tags] = [1, 0, 0, 0]
    incomplete = []
    for card, turns, passed, missing in counts:
        known = cards.get(card)
        if known is None:
            continue
        total = by_tags[known[0]]
        total[1] += 1
        total[2] += turns - 1
        total[3] += passed
        if passed < turns - 1:
            found.retention[passed, turns - 1].append(card)
        if missing:
            incomplete.append((missing, card))
    found.incomplete = nlargest(MOST_CANDIDATES, incomplete, key=itemgetter(0))
    return found
