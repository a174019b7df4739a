"""Puts a study session together: its cards, its screen, its log; and leads it to its end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.output import print_problem
from quizzer.cli.portion import Portion, Wanted, portion
from quizzer.cli.unfinished import Place, Unfinished, unfinished
from quizzer.errors import DeckError, Problem, UnknownCard
from quizzer.study.pages import Line, spread

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library
    from quizzer.model import Card
    from quizzer.scheduling.queue import Row
    from quizzer.storage.agenda import Agenda
    from quizzer.storage.database import Database
    from quizzer.study.screen import Screen


@dataclass(frozen=True, slots=True)
class Desk:
    """The decks and the log, open for a day's study."""

    decks: tuple[str, ...]
    library: Library
    database: Database
    agenda: Agenda
    day: date


def desk(decks: tuple[str, ...], database: Database) -> Desk:
    """The decks that *decks* select, or all, and the log in *database*."""
    day = compose.today()
    library = compose.library(decks, progress=_progress)
    return Desk(decks, library, database, compose.agenda(library, database), day)


def _progress(done: int, total: int) -> None:
    """A line on stderr while many decks are read for the first time."""
    if total >= 20 and (done % 20 == 0 or done == total) and sys.stderr.isatty():
        click.echo(f"\rreading decks: {done} of {total}", nl=done == total, err=True)


def begin(decks: tuple[str, ...], wanted: Wanted, *, plain: bool, fresh: bool) -> None:
    """A session of what is *wanted* of *decks*, or of all; one that was interrupted goes on unless *fresh*."""
    database = compose.database()
    left = None if fresh else unfinished(database, decks, wanted)
    opened = desk(decks if left is None else left.mark.decks, database)
    screen = screen_for(opened.library, plain=plain)
    name_broken(opened.library.found)
    if left is not None:
        screen.show([left.said])
        conduct(opened, screen, left.wanted, Portion(left.mark.queue), left=left)
    else:
        lead(opened, screen, wanted, portion(opened.agenda, opened.day, wanted))


def screen_for(library: Library, *, plain: bool, to_stderr: bool = False) -> Screen:
    """The terminal where there is one that can move its cursor, else plain lines; *to_stderr*: stdout is kept free.

    Its grader knows the decks of *library*.
    """
    from quizzer.study.warmup import Warmup

    warmup = Warmup(lambda report: compose.deck_grader(lambda: library, progress=report))
    if to_stderr or needs_lines(plain=plain):
        from quizzer.study.plain import PlainScreen

        return PlainScreen(warmup, eager=is_typed(), to_stderr=to_stderr)
    from quizzer.study.terminal import TerminalScreen

    return TerminalScreen(warmup, colour=not os.environ.get("NO_COLOR"))


def is_typed() -> bool:
    """Whether a person sits at standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def needs_lines(*, plain: bool) -> bool:
    """Whether only plain lines will do: asked for, or no terminal, or one that cannot move its cursor."""
    return plain or not is_typed() or not sys.stdout.isatty() or _is_dumb()


def _is_dumb() -> bool:
    """Whether the terminal cannot move its cursor. Windows' consoles can, and set no ``TERM``."""
    return os.name == "posix" and os.environ.get("TERM", "") in ("dumb", "unknown", "")


def name_broken(found: Sequence[FoundDeck]) -> None:
    """Say which decks cannot be studied; the others go on."""
    for deck in found:
        if deck.problems:
            problem = Problem("deck", f"left out: {len(deck.problems)} to correct", deck.path,
                              hint=f"run `quizzer deck check {deck.path}`")  # fmt: skip
            print_problem(problem, severity="warning")


def spread_of(found: Portion) -> list[Line]:
    """What to say where today has not all that is due."""
    return spread(waiting=found.waiting, today=found.reviews, a_day=found.a_day, back=found.back)


def lead(opened: Desk, screen: Screen, wanted: Wanted, found: Portion, *, introduced: bool = False) -> None:
    """Ask the cards *found*; where there are none, say so and offer what else there is.

    *introduced*: the learner has seen already what today has.
    """
    if not found.rows:
        from quizzer.cli.nothing_due import otherwise

        found, wanted = otherwise(opened.agenda, opened.day, screen, wanted, found)
    elif not introduced:
        screen.show(spread_of(found))
    if found.rows:
        conduct(opened, screen, wanted, found, introduced=introduced)


def _more(opened: Desk, wanted: Wanted, found: Portion) -> Callable[[], Sequence[Row]]:
    """The cards after these: due ones come in windows, and whoever gets through one goes on with the next."""
    if wanted.cram or wanted.limit is not None or found.waiting or wanted.cards:
        return tuple
    further = Wanted(0, None, wanted.tag, wanted.ahead_days, only=wanted.only, everything=wanted.everything)
    return lambda: portion(opened.agenda, opened.day, further).rows


def loader(library: Library, decks: Sequence[str]) -> Callable[[str], Card]:
    """Gives each card as its deck is at that moment: decks are edited, renamed and broken while people study."""
    first = True

    def load(key: str) -> Card:
        nonlocal first
        if not first:
            try:
                library.refresh(decks)
            except DeckError as error:
                raise UnknownCard(f"no card {key!r} found", hint=error.hint) from error
        first = False
        return library.card(key)

    return load


def conduct(
    opened: Desk,
    screen: Screen,
    wanted: Wanted,
    found: Portion,
    *,
    introduced: bool = False,
    left: Unfinished | None = None,
) -> None:
    """Lead the session; whatever ends it, what was answered is saved and summed up. *left*: it was begun before."""
    from quizzer.study.conduct import Conductor
    from quizzer.study.pages import counted, summary, welcome
    from quizzer.study.screen import Clock
    from quizzer.study.session import Learner, Session

    config = compose.config()
    store = compose.store(opened.database)
    if not introduced and not opened.database.meta("facts_applied"):
        screen.show(welcome())
    if left is not None:
        store.follow_id(left.mark.session_id)
    learner = Learner(store.device_id, left.mark.session_id if left else store.new_id(now()), config.player)
    session = Session(found.rows, learner, day=opened.day, mode="cram" if wanted.cram else "study")
    if left is not None:
        left.go_on(session, opened.library)
    place = Place(opened, wanted, session)
    clock = Clock(now, utc_offset_minutes, lambda: time.monotonic() * 1000)
    conductor = Conductor(
        session, screen, store=store, schedulers=store.schedulers, load=loader(opened.library, opened.decks),
        clock=clock, more=_more(opened, wanted, found), leech_lapses=config.leech_lapses, keep=place.keep,
        planned=opened.agenda.planned,
    )  # fmt: skip
    try:
        conductor.run()
    except (KeyboardInterrupt, click.Abort):
        click.echo("")
        saved = f"stopped; saved in this session: {counted(len(session.outcomes), 'answer')}"
        screen.show([Line("text", f"{saved}; `quizzer` goes on from here today")])
        raise
    place.leave()
    tomorrow = week = still = 0
    if session.outcomes:  # counting costs time on a large collection, and without an answer there is nothing to tell
        counts = compose.agenda(opened.library, opened.database).counts(compose.today())
        tomorrow, week, still = counts.tomorrow, counts.week, counts.due
    screen.show([Line("text", ""), *summary(session.outcomes, tomorrow=tomorrow, week=week, still=still)])
