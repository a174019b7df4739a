"""`quizzer host`: a live quiz from this machine, led in this terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quizzer.cli.output import Result, reports
from quizzer.cli.session_questions import Order, Wanted, question_options
from quizzer.errors import GroupError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzer.group.events import Scoring, Settings, Teams
    from quizzer.group.journal import Journal

TEAMS = ("Red", "Blue")
"""Where teams are drawn and nobody names them."""


@click.command("host", short_help="Host a live quiz: players join by phone, browser or terminal.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@question_options
@click.option(
    "--seconds", type=click.IntRange(5, 3600), metavar="S", default=90, help="For each question (default 90)."
)
@click.option("--scoring", type=click.Choice(("points", "speed")), default="points",
              help="Points for what is right and complete (default), or more the faster the answer came.")  # fmt: skip
@click.option("--teams", type=click.Choice(("none", "choose", "draw")), help="Players choose teams, or they are drawn.")
@click.option("--team", "team_names", metavar="NAME", multiple=True, help="A team; once for each.")
@click.option("--lan", is_flag=True, help="Open to the local network at once, so that phones can join.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="P", help="Port (default 8765, or any that is free).")
@click.option("--name", "names", metavar="HOST", multiple=True,
              help="A further host name that leads here, as with a proxy in front; once for each.")  # fmt: skip
@click.option(
    "--resume", is_flag=True, help="Go on with the last session that did not end: lobby, clock, scores, players."
)
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
@reports("host")
def host(
    decks: tuple[str, ...],
    count: int,
    tag: str | None,
    order: Order,
    seed: int | None,
    seconds: int,
    scoring: Scoring,
    teams: Teams | None,
    team_names: tuple[str, ...],
    lan: bool,
    port: int | None,
    names: tuple[str, ...],
    resume: bool,
    plain: bool,
) -> Result:
    """Host a live quiz on each DECK, or on all.

    The screen shows a link and a code; only this machine can join until you press l, or give --lan. Then phones on the
    same network can, by a QR code. Everybody answers in their own words; before points count, you see the answers by
    groups, without names, those nearest the threshold first, and accept or reject with one key. Everything is on disk
    before it takes effect: after a crash, --resume goes on from there.

    \b
    Examples:
      quizzer host bert
      quizzer host bert --questions 5 --seconds 120 --lan
      quizzer host bert --team Red --team Blue --teams draw
      quizzer host --resume
    """
    if resume and decks:
        raise UsageError("--resume begins no new quiz, so a DECK says nothing", hint="leave it out")
    as_json = bool(click.get_current_context().params.get("as_json"))
    if resume:
        journal = _last()
    else:
        journal = _begun(Wanted(decks, count, tag, order, seed), _settings(seconds, scoring, teams, team_names))
    from quizzer.cli.hosting import Hosted, held  # the server
    from quizzer.group.journal import discard, read

    try:
        state = held(Hosted(journal, lan=lan, port=port, names=frozenset(names), plain=plain, as_json=as_json))
    except GroupError:
        # It could not be served: there is nothing to resume, and no session to list.
        if not resume and len(read(journal.path)) == 1:
            discard(journal.path)
        raise
    finally:
        journal.close()
    from quizzer.cli.hosting import closing, result_data

    return Result(result_data(state), lambda: closing(state))


def _settings(seconds: int, scoring: Scoring, teams: Teams | None, named: Sequence[str]) -> Settings:
    from quizzer.cli.party import checked_names
    from quizzer.group.events import Settings

    if teams == "none" and named:
        raise UsageError("--team names a team where there are none", hint="leave out --teams none")
    mode: Teams = teams or ("choose" if named else "none")
    names = tuple(checked_names(named, what="team")) or (TEAMS if mode == "draw" else ())
    if mode == "draw" and len(names) < 2:
        raise UsageError("teams are drawn where there are at least two", hint="name each: --team Red --team Blue")
    return Settings(seconds=seconds, scoring=scoring, teams=mode, team_names=names)


def _begun(wanted: Wanted, settings: Settings) -> Journal:
    """A new session's log."""
    from quizzer.cli import compose
    from quizzer.cli.session_questions import chosen
    from quizzer.group.clock import HostClock
    from quizzer.group.events import Opened
    from quizzer.group.journal import Journal, sessions
    from quizzer.group.tokens import new_code, new_secret
    from quizzer.storage.identity import next_id

    found, at, folder = chosen(wanted), HostClock().now(), compose.paths().sessions
    latest = next((kept for kept in sessions(folder)[0] if kept.opened.secret), None)
    if latest is not None and not latest.ended:
        click.echo("The last quiz did not end; `quizzer host --resume` goes on with it.", err=True)
    opened = Opened(at, next_id(at, None), found.title, found.decks, found.questions, settings, code=new_code(),
                    secret=new_secret())  # fmt: skip
    return Journal.create(folder, opened)


def _last() -> Journal:
    """The log of the last session that did not end.

    Raises:
        GroupError: there is none.
    """
    from quizzer.cli import compose
    from quizzer.group.journal import Journal, sessions

    folder = compose.paths().sessions
    for kept in sessions(folder)[0]:
        if not kept.ended and kept.opened.secret:
            return Journal.open(folder, kept.session)
    raise GroupError("no quiz was left before its end", hint="`quizzer host DECK` begins one")
