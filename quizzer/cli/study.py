"""`quizzer study`: today's cards, due ones first."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.output import print_problem
from quizzer.errors import DeckError, Problem, UnknownCard, UsageError
from quizzer.scheduling.queue import Limits, Row, build
from quizzer.study.pages import Line

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library
    from quizzer.model import Card, Mode
    from quizzer.storage.agenda import Agenda, Counts
    from quizzer.storage.store import SqliteStore
    from quizzer.study.screen import Screen

MORE_AHEAD_DAYS = 30


@click.command("study", short_help="Study what is due, then new cards.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--new",
    type=click.IntRange(0, 10_000),
    metavar="N",
    help="At most N new cards now (default: what is left of new_per_day).",
)
@click.option("--limit", type=click.IntRange(1, 100_000), metavar="N", help="At most N cards in this session.")
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@click.option(
    "--ahead", type=click.IntRange(1, 3650), metavar="DAYS", help="Also cards that come due within DAYS days."
)
@click.option("--cram", is_flag=True, help="Every card, whatever is due; the schedule stays as it is.")
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
def study(
    decks: tuple[str, ...],
    new: int | None,
    limit: int | None,
    tag: str | None,
    ahead: int | None,
    cram: bool,
    plain: bool,
) -> None:
    """Study what is due today, then new cards; of each DECK, or of all.

    You type an answer in your own words. It is graded on this machine and saved; then you see which points you made
    and which you missed. Cards below 4 are asked again until they score 4.

    \b
    Examples:
      quizzer study
      quizzer study bert --new 5 --limit 15
      quizzer study --tag pretraining --plain
    """
    if cram and (ahead or new is not None):
        raise UsageError(
            "--cram asks every card, so it goes with neither --ahead nor --new", hint="leave one of them out"
        )
    day = compose.today()
    library = compose.library(decks, progress=_progress)
    database = compose.database()
    agenda = compose.agenda(library, database)
    seed = day.toordinal()
    rows = _rows(agenda, day, new=new, tag=tag, ahead_days=ahead or 0, cram=cram, limit=limit, seed=seed)
    screen = _screen(plain=plain)
    _name_broken(library.found)
    if not rows:
        rows = _nothing_due(agenda, day, screen, tag=tag, limit=limit, seed=seed)
    if not rows:
        return
    mode: Mode = "cram" if cram else "study"
    more: Callable[[], tuple[Row, ...]] = tuple
    if not cram and limit is None:
        # The agenda gives due cards in windows: whoever gets through one goes on with the next.
        more = partial(_rows, agenda, day, new=0, tag=tag, ahead_days=ahead or 0, cram=False, limit=None, seed=seed)
    _conduct(
        rows, screen, store=compose.store(database), day=day, mode=mode, load=_loader(library, decks),
        count=lambda: compose.agenda(library, database).counts(day), more=more,
    )  # fmt: skip


def _progress(done: int, total: int) -> None:
    """A line on stderr while many decks are read for the first time."""
    if total >= 20 and (done % 20 == 0 or done == total) and sys.stderr.isatty():
        click.echo(f"\rreading decks: {done} of {total}", nl=done == total, err=True)


def _rows(
    agenda: Agenda,
    day: date,
    *,
    new: int | None,
    tag: str | None,
    ahead_days: int,
    cram: bool,
    limit: int | None,
    seed: int,
) -> tuple[Row, ...]:
    """The queue of this session."""
    if cram:
        rows = agenda.all_cards(tag=tag)
        return build(rows, at=day, limits=Limits(new=len(rows), total=limit), seed=seed)
    allowed = max(0, compose.config().new_per_day - agenda.new_today(day)) if new is None else new
    rows = agenda.due(day, tag=tag, ahead_days=ahead_days)
    until = max([day, *(row.due for row in rows if row.due)])
    rows = [*rows, *agenda.new(day, tag=tag, limit=allowed, seed=seed), *agenda.repeats(day, tag=tag)]
    return build(rows, at=until, limits=Limits(new=allowed, total=limit), seed=seed)


def _screen(*, plain: bool) -> Screen:
    """The terminal where there is one that can move its cursor, else plain lines."""
    from quizzer.study.warmup import Warmup

    warmup = Warmup(lambda report: compose.grader(progress=report))
    typed = sys.stdin is not None and sys.stdin.isatty()
    if plain or not typed or not sys.stdout.isatty() or _is_dumb():
        from quizzer.study.plain import PlainScreen

        return PlainScreen(warmup, eager=typed)
    from quizzer.study.terminal import TerminalScreen

    return TerminalScreen(warmup, colour=not os.environ.get("NO_COLOR"))


def _is_dumb() -> bool:
    """Whether the terminal cannot move its cursor. Windows' consoles can, and set no ``TERM``."""
    return os.name == "posix" and os.environ.get("TERM", "") in ("dumb", "unknown", "")


def _name_broken(found: Sequence[FoundDeck]) -> None:
    """Say which decks cannot be studied; the others go on."""
    for deck in found:
        if deck.problems:
            problem = Problem("deck", f"left out: {len(deck.problems)} to correct", deck.path,
                              hint=f"run `quizzer deck check {deck.path}`")  # fmt: skip
            print_problem(problem, severity="warning")


def _nothing_due(
    agenda: Agenda, day: date, screen: Screen, *, tag: str | None, limit: int | None, seed: int
) -> tuple[Row, ...]:
    """Say when the next card is due, and offer to go ahead."""
    from quizzer.study.pages import counted, in_days

    counts = agenda.counts(day)
    if tag is not None and not agenda.all_cards(tag=tag):
        screen.show([Line("text", f"No card has the tag {tag!r}. `quizzer stats` lists the tags.")])
        return ()
    if counts.next_due is None and not counts.new_available:
        screen.show([Line("text", "There is no card to study here. `quizzer deck list` shows the decks found.")])
        return ()
    ahead = _rows(agenda, day, new=0, tag=tag, ahead_days=MORE_AHEAD_DAYS, cram=False, limit=limit or 10, seed=seed)
    lines = [Line("strong", "Nothing more is due today.")]
    if counts.next_due:
        lines.append(Line("text", f"The next card is due {in_days(counts.next_due, today=day)}."))
    if counts.new_available:
        five = "`quizzer study --new 5` starts with five of them"
        lines.append(Line("text", f"{counted(counts.new_available, 'card')} never answered yet: {five}."))
    if not ahead:
        lines.append(
            Line("text", "What was answered today cannot be moved again today; `quizzer study --cram` practises it.")
        )
    elif not screen.waits:
        lines.append(Line("text", f"`quizzer study --ahead {MORE_AHEAD_DAYS}` goes ahead."))
    screen.show(lines)
    wanted = bool(ahead) and screen.waits and click.confirm("Go ahead with the cards that come next?", default=False)
    return ahead if wanted else ()


def _loader(library: Library, decks: Sequence[str]) -> Callable[[str], Card]:
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


def _conduct(
    rows: tuple[Row, ...],
    screen: Screen,
    *,
    store: SqliteStore,
    day: date,
    mode: Mode,
    load: Callable[[str], Card],
    count: Callable[[], Counts],
    more: Callable[[], tuple[Row, ...]],
) -> None:
    """Lead the session; whatever ends it, what was answered is saved and summed up."""
    from quizzer.study.conduct import Conductor
    from quizzer.study.pages import counted, summary, welcome
    from quizzer.study.screen import Clock
    from quizzer.study.session import Learner, Session

    if not store.database.meta("facts_applied"):
        screen.show(welcome())
    learner = Learner(store.device_id, store.new_id(now()), compose.config().player)
    session = Session(rows, learner, day=day, mode=mode)
    clock = Clock(now, utc_offset_minutes, lambda: time.monotonic() * 1000)
    conductor = Conductor(session, screen, store=store, schedulers=store.schedulers, load=load, clock=clock, more=more,
                          leech_lapses=compose.config().leech_lapses)  # fmt: skip
    try:
        conductor.run()
    except (KeyboardInterrupt, click.Abort):
        click.echo("")
        screen.show([Line("text", f"stopped; saved in this session: {counted(len(session.outcomes), 'answer')}")])
        raise
    # Counting costs time on a large collection, and without an answer there is nothing to tell.
    counts = count() if session.outcomes else None
    tomorrow, week = (counts.tomorrow, counts.week) if counts else (0, 0)
    screen.show([Line("text", ""), *summary(session.outcomes, tomorrow=tomorrow, week=week)])
