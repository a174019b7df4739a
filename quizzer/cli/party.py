"""`quizzer party`: a quiz for people around one keyboard, without a network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.output import Result, reports
from quizzer.cli.session_questions import Order, Wanted, question_options
from quizzer.errors import GroupError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from quizzer.group.events import Question
    from quizzer.group.journal import Journal
    from quizzer.group.party import Grading
    from quizzer.group.state import State
    from quizzer.ports import Grader, Judgement
    from quizzer.study.shared_keyboard import SharedLines, SharedTerminal


@click.command("party", short_help="Play a quiz around one keyboard, in turns.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("-p", "--player", "players", metavar="NAME", multiple=True, help="A player; once for each.")
@question_options
@click.option(
    "--seconds", type=click.IntRange(5, 3600), metavar="S", help="How long each turn may take (default: any time)."
)
@click.option("--stars", is_flag=True, help="Show * instead of letters while somebody types.")
@click.option("--keep", metavar="NAME", help="At the end put this player's answers into your own schedule.")
@click.option("--resume", is_flag=True, help="Go on with the last party that was left.")
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
@reports("party")
def party(
    decks: tuple[str, ...],
    players: tuple[str, ...],
    count: int,
    tag: str | None,
    order: Order,
    seed: int | None,
    seconds: int | None,
    stars: bool,
    keep: str | None,
    resume: bool,
    plain: bool,
) -> Result:
    """Play a quiz on each DECK, or on all, around one keyboard: everybody answers every question, in turns.

    What is typed is gone from the screen before the next player sits down. Then you see all answers with their points,
    decide on those of which the grader is not sure, and argue about the others. Every answer is on disk before the
    next one is asked for. Nothing goes into your own schedule, unless you say with --keep whose answers are yours.

    \b
    Examples:
      quizzer party bert -p Ann -p Ben
      quizzer party bert -p Ann -p Ben -p Cleo --questions 5 --seconds 120
      quizzer party --resume
    """
    if resume and (decks or players):
        raise UsageError("--resume begins no new party, so a DECK or --player says nothing", hint="leave them out")
    keyboard = _keyboard(plain=plain, stars=stars, as_json=bool(click.get_current_context().params.get("as_json")))
    if resume:
        journal = _last()
    else:
        names = checked_names(players or _asked_for(keyboard))
        if keep:
            _find(names, keep)
        journal = _begun(Wanted(decks, count, tag, order, seed), names, seconds)
    try:
        state = _played(journal, keyboard, keep=keep)
    finally:
        journal.close()
    if state.phase != "ended":
        return Result(_data(state), "")
    from quizzer.cli.group_after import closing_lines

    lines = closing_lines(state)
    if keep:
        from quizzer.cli.import_session import taken_in  # the log
        from quizzer.group.takehome import take_home

        lines.append(str(taken_in(take_home(state, _keeper(state, keep))).text))
    return Result(_data(state), "\n".join(lines))


def _keeper(state: State, name: str) -> str:
    """The id of the player called *name*.

    Raises:
        UsageError: nobody is.
    """
    players = list(state.active.values())
    return players[_find([one.name for one in players], name)].id


def _find(names: Sequence[str], name: str) -> int:
    from quizzer.group.names import folded

    for number, one in enumerate(names):
        if folded(one) == folded(name):
            return number
    raise UsageError(f"--keep {name!r}: nobody is called that", hint=f"the players are {', '.join(names)}")


def _keyboard(*, plain: bool, stars: bool, as_json: bool) -> SharedTerminal | SharedLines:
    from quizzer.cli import compose
    from quizzer.cli.sitting import is_typed, needs_lines
    from quizzer.study.shared_keyboard import SharedLines, SharedTerminal
    from quizzer.study.warmup import Warmup

    warmup = Warmup(lambda report: compose.grader(progress=report))
    if as_json or needs_lines(plain=plain):
        return SharedLines(warmup, eager=is_typed(), to_stderr=as_json)
    from quizzer.group.drawing import drawn

    colour = not os.environ.get("NO_COLOR")
    return SharedTerminal(
        warmup, colour=colour, stars=stars, draw=lambda blocks, width: drawn(blocks, width=width, colour=colour)
    )


def _asked_for(keyboard: SharedTerminal | SharedLines) -> list[str]:
    """The names that people type."""
    if not keyboard.person:
        raise UsageError("who plays?", hint="name each player: -p Ann -p Ben")
    names: list[str] = []
    while True:
        ask = "Who plays? First name" if not names else "Next name (Enter: that's all)"
        name = click.prompt(ask, default="", show_default=False, prompt_suffix=" > ", err=True).strip()
        if not name and names:
            return names
        if name:
            try:
                names = checked_names([*names, name])
            except UsageError as error:
                click.echo(error.message, err=True)


def checked_names(names: Sequence[str], *, what: str = "player") -> list[str]:
    """*names* as they are kept; *what* they name.

    Raises:
        UsageError: one cannot be a name, or looks like another one.
    """
    from quizzer.errors import GroupRefused
    from quizzer.group.names import checked, likenesses

    kept_names: list[str] = []
    seen: set[str] = set()
    for name in names:
        try:
            kept = checked(name)
        except GroupRefused as error:
            raise UsageError(f"{what} {name!r}: {error.message}") from error
        if not seen.isdisjoint(likenesses(kept)):
            raise UsageError(f"{what} {name!r}: the name is taken, or looks like one that is")
        seen.update(likenesses(kept))
        kept_names.append(kept)
    return kept_names


def _begun(wanted: Wanted, names: Sequence[str], seconds: int | None) -> Journal:
    """A new party's log, with its players in."""
    from quizzer.cli import compose
    from quizzer.cli.clock import now
    from quizzer.cli.session_questions import chosen
    from quizzer.group.commands import Join
    from quizzer.group.events import Opened, Settings
    from quizzer.group.game import apply, opened
    from quizzer.group.journal import Journal
    from quizzer.group.party import UNLIMITED_SECONDS
    from quizzer.group.rules import decide
    from quizzer.storage.identity import next_id

    found = chosen(wanted)
    at = _milliseconds(now())
    # Nobody joins a party over a network: it has no code, and no secret to make tokens of.
    settings = Settings(seconds=seconds or UNLIMITED_SECONDS)
    event = Opened(at, next_id(at, None), found.title, found.decks, found.questions, settings, code="", secret="")
    state, joined = opened(event), []
    for name in names:
        for one in decide(state, Join(name), at=at):
            state = apply(state, one)
            joined.append(one)
    journal = Journal.create(compose.paths().sessions, event)
    journal.append(joined)
    return journal


def _last() -> Journal:
    """The log of the last party that was left before its end.

    Raises:
        GroupError: there is none.
    """
    from quizzer.cli import compose
    from quizzer.group.journal import Journal, sessions

    folder = compose.paths().sessions
    for kept in sessions(folder)[0]:
        if not kept.ended and not kept.opened.secret:
            return Journal.open(folder, kept.session)
    raise GroupError("no party was left before its end", hint="`quizzer party DECK -p Ann -p Ben` begins one")


def _played(journal: Journal, keyboard: SharedTerminal | SharedLines, *, keep: str | None) -> State:
    """Where the party stands when it has ended or was left; refused before it goes on where *keep* names nobody."""
    from quizzer.cli.clock import now
    from quizzer.group.game import replay
    from quizzer.group.journal import read
    from quizzer.group.party import Left, Party

    state = replay(read(journal.path))
    if keep:
        _keeper(state, keep)
    played = Party(state, keyboard, record=journal.append, grade=grading(keyboard.grader),
                   now_ms=lambda: _milliseconds(now()))  # fmt: skip
    try:
        played.play()
    except (Left, KeyboardInterrupt, click.Abort) as left:
        click.echo("\nLeft; everything so far is kept. `quizzer party --resume` goes on from here.", err=True)
        if not isinstance(left, Left):
            raise
    return played.state


def grading(grader: Callable[[], Grader]) -> Grading:
    """Grades all answers to a question with the grader that *grader* gives."""

    def grade(question: Question, answers: Sequence[tuple[str, str]]) -> Judgement:
        from quizzer.group.marking import card_of, mark_of

        card, ready = card_of(question), grader()
        grades = ready.grade_many([(card, text) for _, text in answers])
        marks = tuple((player, mark_of(found)) for (player, _), found in zip(answers, grades, strict=True))
        return marks, tuple((player,) for player, _ in answers)

    return grade


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _data(state: State) -> dict[str, Any]:
    from quizzer.group.scoring import table

    return {
        "session": state.opened.session,
        "title": state.opened.title,
        "ended": state.phase == "ended",
        "table": [
            {"place": row.place, "name": state.players[row.player].name, "points": row.points, "right": row.right}
            for row in table(state)
        ],
    }
