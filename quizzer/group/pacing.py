"""The host's pace: which question is open, how long, and what follows; the part of the rules that minds the clock."""

from __future__ import annotations

from quizzer.errors import GroupRefused
from quizzer.group import commands, events, teams
from quizzer.group.events import Event
from quizzer.group.state import Clock, Round, State

GRACE_MS = 500
"""How long after the end of its clock a question still takes answers: what was sent in time may arrive late."""

LONGEST_EXTENSION_SECONDS = 3600


def due(state: State) -> int | None:
    """The instant at which a tick will close the open question, if nothing happens before; None where none will."""
    current = state.round
    if state.phase != "asking" or current is None or current.clock.paused:
        return None
    return current.clock.ends + GRACE_MS


def overdue(clock: Clock, *, at: int) -> bool:
    """Whether *clock* ended so long before *at* that no answer counts any more."""
    return not clock.paused and at > clock.ends + GRACE_MS


def advance(state: State, command: commands.Next, at: int) -> tuple[Event, ...]:
    """From the lobby or a reveal to the next question, or to the end."""
    if state.phase not in ("lobby", "revealed"):
        raise GroupRefused("question-open", "the question has to be closed and revealed, or skipped, first")
    question = len(state.rounds)
    if question == len(state.opened.questions):
        return (events.Ended(at),)
    if not state.active:
        raise GroupRefused("nobody", "nobody has joined yet")
    asked = events.Asked(at, question, at + state.opened.settings.seconds * 1000)
    return (*teams.placed(state, at=at), asked) if state.phase == "lobby" else (asked,)


def extend(state: State, command: commands.Extend, at: int) -> tuple[Event, ...]:
    """More time for the open question, whether its clock runs or stands."""
    current = _asking(state)
    if not 1 <= command.seconds <= LONGEST_EXTENSION_SECONDS:
        raise GroupRefused("bad-seconds", f"the time can be extended by 1 to {LONGEST_EXTENSION_SECONDS} seconds")
    if overdue(current.clock, at=at):
        raise GroupRefused("closed", "the time is up")
    return (events.Extended(at, command.seconds, current.clock.total_ms + command.seconds * 1000),)


def pause(state: State, command: commands.Pause, at: int) -> tuple[Event, ...]:
    """The clock stands; answers are taken all the same."""
    clock = _asking(state).clock
    if clock.paused:
        return ()
    if clock.left(at=at) == 0:
        raise GroupRefused("closed", "the time is up")
    return (events.Paused(at, clock.left(at=at)),)


def unpause(state: State, command: commands.Unpause, at: int) -> tuple[Event, ...]:
    """The clock runs on from where it stood."""
    clock = _asking(state).clock
    return (events.Unpaused(at, at + clock.left(at=at)),) if clock.paused else ()


def close(state: State, command: commands.Close, at: int) -> tuple[Event, ...]:
    """No more answers, because the host says so."""
    return (events.Closed(at, _asking(state).question, "host"),)


def tick(state: State, command: commands.Tick, at: int) -> tuple[Event, ...]:
    """Close the question when its time is up, or when everyone who is there has handed in an answer.

    A clock that stands closes nothing: the host has stopped the game.
    """
    current = state.round
    if state.phase != "asking" or current is None or current.clock.paused:
        return ()
    if at >= current.clock.ends + GRACE_MS:
        return (events.Closed(at, current.question, "time"),)
    waited = command.present & current.players
    if waited and all(current.done(player) for player in waited):
        return (events.Closed(at, current.question, "all"),)
    return ()


def reveal(state: State, command: commands.Reveal, at: int) -> tuple[Event, ...]:
    """The points count."""
    if state.phase != "judging" or state.round is None:
        raise GroupRefused("not-now", "there is nothing to reveal now")
    return (events.Revealed(at, state.round.question),)


def skip(state: State, command: commands.Skip, at: int) -> tuple[Event, ...]:
    """The question counts for nobody, even if its points counted already."""
    current = state.round
    if state.phase == "lobby" or current is None:
        raise GroupRefused("not-now", "there is no question to skip now")
    return () if current.skipped else (events.Skipped(at, current.question),)


def end(state: State, command: commands.End, at: int) -> tuple[Event, ...]:
    """The session is over; a question that was not revealed counts for nobody."""
    current = state.round
    if current is None or state.phase == "revealed":
        return (events.Ended(at),)
    return (events.Skipped(at, current.question), events.Ended(at))


def _asking(state: State) -> Round:
    if state.phase != "asking" or state.round is None:
        raise GroupRefused("not-now", "no question is open now")
    return state.round
