"""The rules: what each command does where the session stands, as events, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizzer.errors import GroupRefused
from quizzer.group import commands, events, pacing, teams
from quizzer.group.commands import Command
from quizzer.group.events import Event
from quizzer.group.game import next_player
from quizzer.group.names import checked, likenesses
from quizzer.group.state import Player, Round, State

ANSWER_CHARACTERS = 8000
"""The longest answer; a page of a book has 2,000."""

MAX_PLAYERS = 5000
"""More than one laptop can carry; keeps a flood of joiners from filling its memory."""


def decide(state: State, command: Command, *, at: int) -> tuple[Event, ...]:
    """The events that *command*, given at the instant *at*, leads to; none where it changes nothing.

    Raises GroupRefused where it does not fit. A tick and marks, which nobody asked for, are never refused for
    coming too late.
    """
    if state.phase == "ended":
        if isinstance(command, commands.Tick | commands.Marks):
            return ()
        raise GroupRefused("over", "the session is over")
    found: tuple[Event, ...] = _RULES[type(command)](state, command, at)
    return found


def _join(state: State, command: commands.Join, at: int) -> tuple[Event, ...]:
    name = checked(command.name)
    if any(likeness in state.names for likeness in likenesses(name)):
        raise GroupRefused("name-taken", f"the name {name!r} is taken, or looks like one that is")
    if len(state.players) >= MAX_PLAYERS:
        raise GroupRefused("full", "no more players can join")
    return (events.Joined(at, next_player(state), name, teams.for_joiner(state, command.team)),)


def _choose_team(state: State, command: commands.ChooseTeam, at: int) -> tuple[Event, ...]:
    player = _player(state, command.player)
    team = teams.chosen(state, player, command.team)
    return () if team == player.team else (events.TeamChosen(at, player.id, team),)


def _draw_teams(state: State, command: commands.DrawTeams, at: int) -> tuple[Event, ...]:
    return teams.drawn(state, seed=command.seed, at=at)


def _consent(state: State, command: commands.Consent, at: int) -> tuple[Event, ...]:
    player = _player(state, command.player)
    return () if player.consents == command.yes else (events.Consented(at, player.id, command.yes),)


def _draft(state: State, command: commands.Draft, at: int) -> tuple[Event, ...]:
    player, text = _player(state, command.player), _text(command.text)
    asking = _open(state, command.question, player, text, at=at)
    if asking is None or asking.drafts.get(player.id, _given(asking, player)) == text:
        return ()
    return (events.Drafted(at, player.id, command.question, text),)


def _answer(state: State, command: commands.Answer, at: int) -> tuple[Event, ...]:
    player, text = _player(state, command.player), _text(command.text)
    asking = _open(state, command.question, player, text, at=at)
    if asking is None or (player.id not in asking.drafts and _given(asking, player) == text):
        return ()
    return (events.Answered(at, player.id, command.question, text),)


def _kick(state: State, command: commands.Kick, at: int) -> tuple[Event, ...]:
    return (events.Kicked(at, _player(state, command.player).id),)


def _marks(state: State, command: commands.Marks, at: int) -> tuple[Event, ...]:
    """Marks of players who were kicked while grading ran fall away; those of a skipped question, all."""
    current = state.round
    if state.phase != "grading" or current is None or current.question != command.question:
        return ()
    marks = tuple((player, mark) for player, mark in command.marks if player in current.answers)
    if dict(marks).keys() != current.answers.keys():
        raise GroupRefused("marks-missing", "the grader has left out an answer")
    waiting = dict.fromkeys(current.answers)
    groups = []
    for group in command.groups:
        kept = tuple(player for player in dict.fromkeys(group) if player in waiting)
        for player in kept:
            del waiting[player]
        if kept:
            groups.append(kept)
    groups.extend((player,) for player in waiting)
    return (events.Graded(at, command.question, tuple(dict(marks).items()), tuple(groups)),)


def _judge(state: State, command: commands.Judge, at: int) -> tuple[Event, ...]:
    current = state.round
    if current is None or state.phase not in ("judging", "revealed") or current.skipped:
        raise GroupRefused("not-now", "there are no answers to decide on now")
    if not 0 <= command.group < len(current.groups) or not current.groups[command.group]:
        raise GroupRefused("no-group", "there is no such group of answers")
    if current.judged.get(command.group) == command.accept:
        return ()
    return (events.Judged(at, current.question, command.group, command.accept),)


def _player(state: State, player: str) -> Player:
    found = state.players.get(player)
    if found is None:
        raise GroupRefused("unknown-player", "there is no such player")
    if found.kicked:
        raise GroupRefused("kicked", "the host has taken this player out")
    return found


def _text(text: str) -> str:
    """*text* as it is kept: what could not be saved as UTF-8 or stands for no character is replaced or left out."""
    if len(text) > ANSWER_CHARACTERS:
        raise GroupRefused("too-long", f"an answer has at most {ANSWER_CHARACTERS} characters")
    if text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        "\ufffd" if "\ud800" <= character <= "\udfff" else character
        for character in plain
        if character in "\n\t" or not (character < " " or "\x7f" <= character <= "\x9f")
    )


def _open(state: State, question: int, player: Player, text: str, *, at: int) -> Round | None:
    """The open question; None where *text* counts already though the question is closed."""
    current = state.round
    if current is not None and current.question == question and player.id in current.players:
        if state.phase == "asking" and not pacing.overdue(current.clock, at=at):
            return current
        if _given(current, player) == text:
            return None
    raise GroupRefused("closed", "the question is closed")


def _given(asking: Round, player: Player) -> str | None:
    given = asking.answers.get(player.id)
    return None if given is None else given.text


_RULES: dict[type, Callable[[State, Any, int], tuple[Event, ...]]] = {  # each takes the command that it stands under
    commands.Join: _join,
    commands.ChooseTeam: _choose_team,
    commands.Consent: _consent,
    commands.Draft: _draft,
    commands.Answer: _answer,
    commands.Next: pacing.advance,
    commands.Extend: pacing.extend,
    commands.Pause: pacing.pause,
    commands.Unpause: pacing.unpause,
    commands.Close: pacing.close,
    commands.Tick: pacing.tick,
    commands.Marks: _marks,
    commands.Judge: _judge,
    commands.Reveal: pacing.reveal,
    commands.Skip: pacing.skip,
    commands.Kick: _kick,
    commands.DrawTeams: _draw_teams,
    commands.End: pacing.end,
}
