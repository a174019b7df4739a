"""Which cards a study session asks: what is due, new and to be repeated, within the day's limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from quizzer.cli import compose
from quizzer.scheduling.pace import Answer, Pace, pace_of, seconds_by_deck, usual_cards
from quizzer.scheduling.portion import Amount, Budget, Budgets, backlog_portion, weakest_first, within
from quizzer.scheduling.queue import Limits, Row, build
from quizzer.storage.agenda import WINDOW

if TYPE_CHECKING:
    from quizzer.config import Config
    from quizzer.storage.agenda import Agenda

Kind = Literal["flagged", "leeches", "missed", "new", "due"]
KINDS: tuple[Kind, ...] = ("flagged", "leeches", "missed", "new", "due")

CANDIDATES = 2_000
"""So many of the longest overdue cards are looked at for the weakest; no day has more."""


class Wanted(NamedTuple):
    """What a session is asked to consist of."""

    new: int | None = None
    """New cards at most; None: what the limits leave."""
    limit: int | None = None
    tag: str | None = None
    ahead_days: int = 0
    cram: bool = False
    only: Kind | None = None
    everything: bool = False
    """Whatever is due, without the daily limits."""
    cards: str = ""
    """A file that lists the cards to choose from; empty: all."""


class Portion(NamedTuple):
    """A session's cards, in order, and what is left for other days."""

    rows: tuple[Row, ...]
    waiting: int = 0
    """Due cards that today's limits leave for later."""
    a_day: int | None = None
    """Where a backlog is spread: how many cards that come back a day has."""
    back: bool = False
    """Whether the learner comes back after a day or more without an answer."""

    @property
    def new(self) -> int:
        """Cards never answered before."""
        return sum(row.due is None and not row.repeat for row in self.rows)

    @property
    def repeats(self) -> int:
        """Cards answered below 4 today."""
        return sum(row.repeat for row in self.rows)

    @property
    def reviews(self) -> int:
        """Cards that come back."""
        return len(self.rows) - self.new - self.repeats


class Past:
    """The last answers, read from the log when they are first asked for."""

    def __init__(self, agenda: Agenda, day: date) -> None:
        """*day*: the learning day that it is."""
        self._agenda = agenda
        self._day = day
        self._answers: list[Answer] | None = None

    @property
    def answers(self) -> Sequence[Answer]:
        """The last answers, oldest first."""
        if self._answers is None:
            from quizzer.storage.habit import Habit  # most sessions have no limit that asks for it

            self._answers = Habit(self._agenda.database).recent()
        return self._answers

    @property
    def pace(self) -> Pace:
        """How long the learner takes for a card."""
        return pace_of(self.answers)

    @property
    def seconds(self) -> dict[str, float]:
        """Deck id -> how long it was studied today."""
        return seconds_by_deck(self.answers, day=self._day.toordinal())

    def studied_since(self, day: date) -> bool:
        """Whether there is an answer of *day* or later."""
        return any(answer.day >= day.toordinal() for answer in self.answers)

    @property
    def usual(self) -> float:
        """Cards on a usual day."""
        return usual_cards(self.answers, before=self._day.toordinal())


def portion(agenda: Agenda, day: date, wanted: Wanted, *, past: Past | None = None) -> Portion:
    """The cards for a session on *day*."""
    config = compose.config()
    among = _among(agenda, wanted, config)
    if wanted.cram:
        suspended = wanted.only in ("flagged", "leeches", "missed")
        rows = agenda.all_cards(tag=wanted.tag, among=among, suspended=suspended)
        return Portion(build(rows, at=day, limits=Limits(new=len(rows), total=wanted.limit), seed=day.toordinal()))
    past = past or Past(agenda, day)
    done = agenda.answered(day)
    due = [] if wanted.only == "new" else agenda.due(day, tag=wanted.tag, among=among, ahead_days=wanted.ahead_days)
    budgets = _budgets(config, wanted, done, past)
    a_day = None if _is_limited(config, wanted) else _backlog(due, day, done, past)
    if a_day is not None:
        left = a_day - sum(reviews for _, reviews in done.values())
        budgets = Budgets(Budget(budgets.overall.new, left, budgets.overall.seconds), budgets.decks)
    pace = past.pace if _counts_minutes(config) else Pace()
    chosen = within(_ordered(due, day), budgets, pace)
    left_out = len(due) - len(chosen)
    if left_out:
        if len(due) == WINDOW:
            due = agenda.due(day, tag=wanted.tag, among=among, ahead_days=wanted.ahead_days, limit=CANDIDATES)
        chosen = within(weakest_first(due, at=day), budgets, pace)
        all_due = len(due)
        if all_due == CANDIDATES:
            all_due = agenda.count_due(day, tag=wanted.tag, among=among, ahead_days=wanted.ahead_days)
        left_out = all_due - len(chosen)
    new = [] if wanted.only == "due" else _new(agenda, day, wanted, budgets, among)
    if left_out and wanted.new is None:
        # Whoever cannot keep up with what is due is not helped by more of it.
        asked = {row.card for row in chosen}
        behind = {row.deck for row in due if row.card not in asked}
        new = [row for row in new if a_day is None and row.deck not in behind]
    repeats = [] if wanted.only == "new" else agenda.repeats(day, tag=wanted.tag, among=among)
    asked_now = (*within([*chosen, *_ordered(new, day)], budgets, pace), *_ordered(repeats, day))
    back = a_day is not None and not past.studied_since(day - timedelta(days=1))
    return Portion(asked_now if wanted.limit is None else asked_now[: wanted.limit], left_out, a_day, back)


def _ordered(rows: Sequence[Row], day: date) -> Sequence[Row]:
    until = max([day, *(row.due for row in rows if row.due)])
    return build(rows, at=until, limits=Limits(new=len(rows)), seed=day.toordinal())


def _among(agenda: Agenda, wanted: Wanted, config: Config) -> set[str] | None:
    """Keys of the cards of this kind and in this list; None where neither chooses among cards."""
    of_kind = _of_kind(agenda, wanted.only, config)
    if not wanted.cards:
        return of_kind
    from quizzer.cli import card_lists  # only where it is asked for

    listed = card_lists.listed(wanted.cards, agenda.database.aliases())
    return listed if of_kind is None else listed & of_kind


def _of_kind(agenda: Agenda, only: Kind | None, config: Config) -> set[str] | None:
    if only in (None, "new", "due"):
        return None
    from quizzer.storage import choice  # only where it is asked for

    if only == "leeches":
        return choice.leeches(agenda.database, threshold=config.leech_lapses)
    return choice.flagged(agenda.database) if only == "flagged" else choice.missed(agenda.database)


def _is_limited(config: Config, wanted: Wanted) -> bool:
    """Whether the learner has said how much a day may have, or that everything is wanted now."""
    return wanted.everything or wanted.ahead_days > 0 or bool(config.reviews_per_day or config.minutes_per_day)


def _counts_minutes(config: Config) -> bool:
    return config.minutes_per_day is not None or any("minutes_per_day" in table for table in config.deck.values())


def _backlog(due: Sequence[Row], day: date, done: dict[str, tuple[int, int]], past: Past) -> int | None:
    overdue = sum(row.due is not None and row.due < day for row in due)
    answered = sum(reviews for _, reviews in done.values())
    # Without the learner's past the portion is the least there is: only where that is exceeded is the past read.
    if backlog_portion(overdue=overdue, done=answered, usual=0) is None:
        return None
    return backlog_portion(overdue=overdue, done=answered, usual=past.usual)


def _budgets(config: Config, wanted: Wanted, done: dict[str, tuple[int, int]], past: Past) -> Budgets:
    """What is left of the day's limits."""
    seconds = past.seconds if _counts_minutes(config) else {}
    spent = {deck: Amount(*done.get(deck, (0, 0)), seconds.get(deck, 0.0)) for deck in done.keys() | seconds.keys()}
    total = Amount(
        sum(amount.new for amount in spent.values()),
        sum(amount.reviews for amount in spent.values()),
        sum(amount.seconds for amount in spent.values()),
    )
    overall = _budget(wanted, config.new_per_day, config.reviews_per_day, config.minutes_per_day).less(total)
    decks = {
        deck: _budget(
            wanted, table.get("new_per_day"), table.get("reviews_per_day"), table.get("minutes_per_day")
        ).less(spent.get(deck, Amount()))
        for deck, table in config.deck.items()
    }
    return Budgets(overall, decks)


def _budget(wanted: Wanted, new: int | None, reviews: int | None, minutes: int | None) -> Budget:
    fresh = None if wanted.new is not None else new
    if wanted.everything or wanted.ahead_days:
        return Budget(fresh)
    return Budget(fresh, reviews, None if minutes is None else 60.0 * minutes)


def _new(agenda: Agenda, day: date, wanted: Wanted, budgets: Budgets, among: set[str] | None) -> list[Row]:
    allowed = budgets.overall.new if wanted.new is None else wanted.new
    decks = {deck: budget.new for deck, budget in budgets.decks.items() if budget.new is not None}
    return agenda.new(
        day, tag=wanted.tag, among=among, limit=max(0, allowed or 0), deck_limits=decks, seed=day.toordinal()
    )
