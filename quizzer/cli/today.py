"""`quizzer` alone: today at a glance, then the first card."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from quizzer.cli import compose
from quizzer.cli.planned import plan_summary
from quizzer.cli.portion import Past, Portion, Wanted, portion
from quizzer.storage.agenda import WINDOW
from quizzer.storage.habit import Habit
from quizzer.study.overview import LAST_DAYS, Overview

if TYPE_CHECKING:
    from quizzer.storage.agenda import Agenda


def overview(agenda: Agenda, day: date, *, found: Portion, past: Past) -> Overview:
    """What *day* looks like; *found*: its portion."""
    reviews = found.reviews
    if reviews == WINDOW:
        reviews = agenda.count_due(day) - found.waiting
    habit = Habit(agenda.database)
    streak, studied_today = habit.streak(day)
    return Overview(
        day=day, reviews=reviews, repeats=found.repeats, new=found.new, waiting=found.waiting,
        minutes=past.pace.minutes(new=found.new, reviews=reviews + found.repeats), streak_days=streak,
        studied_today=studied_today, answers=tuple(habit.by_day(day, days=LAST_DAYS)), plan=plan_summary(agenda, day),
    )  # fmt: skip


def today() -> None:
    """Show the day and, where somebody sits at a terminal, wait for the key that begins it."""
    from quizzer.cli.sitting import conduct, desk, lead, name_broken, screen_for, spread_of  # the parts of a session
    from quizzer.cli.unfinished import unfinished
    from quizzer.study.today import BARS, today_lines

    wanted = Wanted()
    database = compose.database()
    left = unfinished(database, (), wanted)
    opened = desk(left.mark.decks if left else (), database)
    past = Past(opened.agenda, opened.day)
    found = portion(opened.agenda, opened.day, wanted, past=past)
    screen = screen_for(opened.library, plain=False)
    name_broken(opened.library.found)
    if not database.meta("facts_applied"):
        from quizzer.study.pages import welcome

        screen.show(welcome())
    page = today_lines(
        overview(opened.agenda, opened.day, found=found, past=past), bars=screen.waits and _can_print(BARS)
    )
    screen.show([*page, left.said] if left else [*page, *spread_of(found)])
    if (found.rows or left) and not screen.start():
        return
    if left:
        conduct(opened, screen, left.wanted, Portion(left.mark.queue), introduced=True, left=left)
    else:
        lead(opened, screen, wanted, found, introduced=True)


def _can_print(text: str) -> bool:
    """Whether standard output's encoding has these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
