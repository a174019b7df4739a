"""The rules' other half: how each event changes the state, for a live session and for the replay of its log alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from quizzer.errors import IllegalEvent
from quizzer.group import events
from quizzer.group.events import Event, Opened
from quizzer.group.names import folded, likenesses
from quizzer.group.scoring import awards
from quizzer.group.state import Clock, Given, Player, Round, State

K = TypeVar("K")
V = TypeVar("V")


def opened(event: Opened) -> State:
    """The state of a session that has just begun."""
    if not event.questions:
        raise IllegalEvent("a session without questions")
    return State(event, events=1, at=event.at)


def apply(state: State, event: Event) -> State:
    """*state* after *event*; raises IllegalEvent where it cannot follow."""
    if state.phase == "ended":
        raise IllegalEvent("an event after the end of the session")
    handler = _HANDLERS.get(type(event))
    if handler is None:
        raise IllegalEvent(f"event {state.events} cannot be {type(event).__name__!r}")
    return replace(handler(state, event), events=state.events + 1, at=event.at)


def replay(log: Iterable[Event]) -> State:
    """The state that *log*, from its first event on, amounts to."""
    state: State | None = None
    for event in log:
        if state is not None:
            state = apply(state, event)
        elif isinstance(event, Opened):
            state = opened(event)
        else:
            raise IllegalEvent("a log that does not begin with the opening of a session")
    if state is None:
        raise IllegalEvent("an empty log")
    return state


def _joined(state: State, event: events.Joined) -> State:
    _need(event.player == next_player(state), f"player {event.player!r} out of turn")
    name = folded(event.name)
    # Not by all that is alike: that may grow, and older logs must still be read.
    holder = state.players.get(state.names.get(name, ""))
    _need(holder is None or folded(holder.name) != name, f"name {event.name!r} twice")
    player = Player(event.player, event.name, event.team)
    names = {**state.names, name: player.id}
    for likeness in likenesses(event.name):
        names.setdefault(likeness, player.id)
    players = _with(state.players, player.id, player)
    state = replace(state, players=players, names=MappingProxyType(names))
    if state.phase != "asking":
        return state
    return _with_round(state, players=_round(state).players | {player.id})


def next_player(state: State) -> str:
    """The id of the next one to join."""
    return f"p{len(state.players) + 1}"


def _team_chosen(state: State, event: events.TeamChosen) -> State:
    return _with_player(state, replace(_active(state, event.player), team=event.team))


def _consented(state: State, event: events.Consented) -> State:
    return _with_player(state, replace(_active(state, event.player), consents=event.yes))


def _kicked(state: State, event: events.Kicked) -> State:
    """Out of every round, past ones too: nothing that a kicked player said or got is left."""
    gone = event.player
    state = _with_player(state, replace(_active(state, gone), kicked=True))
    return replace(state, rounds=tuple(_round_without(past, gone) for past in state.rounds))


def _round_without(past: Round, gone: str) -> Round:
    if gone not in past.players:
        return past
    return replace(
        past,
        players=past.players - {gone},
        drafts=_without(past.drafts, gone),
        answers=_without(past.answers, gone),
        marks=_without(past.marks, gone),
        groups=tuple(tuple(player for player in group if player != gone) for group in past.groups),
        awards=_without(past.awards, gone),
    )


def _asked(state: State, event: events.Asked) -> State:
    _phase(state, "lobby", "revealed")
    _need(event.question == len(state.rounds), f"question {event.question} out of turn")
    _need(event.question < len(state.opened.questions), f"no question {event.question}")
    asked = Round(event.question, event.at, Clock(event.ends - event.at, event.ends), frozenset(state.active))
    return replace(state, phase="asking", rounds=(*state.rounds, asked))


def _drafted(state: State, event: events.Drafted) -> State:
    asking = _asking(state, event.question, event.player)
    return _with_round(state, drafts=_with(asking.drafts, event.player, event.text))


def _answered(state: State, event: events.Answered) -> State:
    asking = _asking(state, event.question, event.player)
    given = Given(event.text, asking.clock.elapsed(at=event.at))
    return _with_round(
        state, answers=_with(asking.answers, event.player, given), drafts=_without(asking.drafts, event.player)
    )


def _extended(state: State, event: events.Extended) -> State:
    _phase(state, "asking")
    clock, more_ms = _round(state).clock, event.seconds * 1000
    _need(event.seconds > 0 and event.total_ms == clock.total_ms + more_ms, "an extension that does not fit the clock")
    longer = replace(clock, total_ms=event.total_ms)
    if clock.left_ms is None:
        return _with_round(state, clock=replace(longer, ends=clock.ends + more_ms))
    return _with_round(state, clock=replace(longer, left_ms=clock.left_ms + more_ms))


def _paused(state: State, event: events.Paused) -> State:
    _phase(state, "asking")
    clock = _round(state).clock
    _need(not clock.paused, "a second pause in a pause")
    _need(0 < event.left_ms <= clock.total_ms, f"a pause with {event.left_ms} ms left")
    return _with_round(state, clock=replace(clock, left_ms=event.left_ms))


def _unpaused(state: State, event: events.Unpaused) -> State:
    _phase(state, "asking")
    clock = _round(state).clock
    _need(clock.paused, "the end of a pause that never began")
    return _with_round(state, clock=replace(clock, left_ms=None, ends=event.ends))


def _closed(state: State, event: events.Closed) -> State:
    _phase(state, "asking")
    asking = _current(state, event.question)
    answers = _copied(asking.answers)
    for player in asking.drafts:
        text = asking.pending(player)
        if text is not None:
            answers[player] = Given(text, asking.clock.elapsed(at=event.at), handed_in=False)
    state = _with_round(state, answers=MappingProxyType(answers), drafts=MappingProxyType({}))
    return replace(state, phase="grading")


def _graded(state: State, event: events.Graded) -> State:
    _phase(state, "grading")
    closed, marks = _current(state, event.question), dict(event.marks)
    _need(marks.keys() == closed.answers.keys(), "marks that are not those of the answers")
    grouped = [player for group in event.groups for player in group]
    _need(len(grouped) == len(marks) and set(grouped) == marks.keys(), "groups that are not those of the answers")
    return replace(_with_round(state, marks=MappingProxyType(marks), groups=event.groups), phase="judging")


def _judged(state: State, event: events.Judged) -> State:
    """After the reveal, too: what players say for their answer then may change what they get."""
    _phase(state, "judging", "revealed")
    graded = _current(state, event.question)
    _need(not graded.skipped, "a decision on a question that counts for nobody")
    _need(0 <= event.group < len(graded.groups), f"no group {event.group}")
    if event.accept is None:
        state = _with_round(state, judged=_without(graded.judged, event.group))
    else:
        state = _with_round(state, judged=_with(graded.judged, event.group, event.accept))
    return _awarded(state) if state.phase == "revealed" else state


def _revealed(state: State, event: events.Revealed) -> State:
    _phase(state, "judging")
    _current(state, event.question)
    return replace(_awarded(_with_round(state, revealed=True)), phase="revealed")


def _skipped(state: State, event: events.Skipped) -> State:
    _phase(state, "asking", "grading", "judging", "revealed")
    _need(not _current(state, event.question).skipped, "a question skipped twice")
    empty: Mapping[str, Any] = MappingProxyType({})  # of drafts and of awards
    return replace(_with_round(state, skipped=True, awards=empty, drafts=empty), phase="revealed")


def _ended(state: State, event: events.Ended) -> State:
    _phase(state, "lobby", "revealed")
    return replace(state, phase="ended")


def _awarded(state: State) -> State:
    current = _round(state)
    question = state.opened.questions[current.question]
    return _with_round(state, awards=awards(current, question, state.opened.settings.scoring))


_HANDLERS: dict[type, Callable[[State, Any], State]] = {  # each takes the event that it stands under
    events.Joined: _joined,
    events.TeamChosen: _team_chosen,
    events.Consented: _consented,
    events.Kicked: _kicked,
    events.Asked: _asked,
    events.Drafted: _drafted,
    events.Answered: _answered,
    events.Extended: _extended,
    events.Paused: _paused,
    events.Unpaused: _unpaused,
    events.Closed: _closed,
    events.Graded: _graded,
    events.Judged: _judged,
    events.Revealed: _revealed,
    events.Skipped: _skipped,
    events.Ended: _ended,
}


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise IllegalEvent(message)


def _phase(state: State, *phases: str) -> None:
    _need(state.phase in phases, f"an event that has no place while the session is {state.phase!r}")


def _round(state: State) -> Round:
    _need(bool(state.rounds), "an event on a question before one was asked")
    return state.rounds[-1]


def _current(state: State, question: int) -> Round:
    current = _round(state)
    _need(current.question == question, f"an event on question {question}, which is not the current one")
    return current


def _active(state: State, player: str) -> Player:
    found = state.players.get(player)
    if found is None or found.kicked:
        raise IllegalEvent(f"player {player!r} is not in")
    return found


def _asking(state: State, question: int, player: str) -> Round:
    _phase(state, "asking")
    asking = _current(state, question)
    _need(player in asking.players, f"player {player!r} is not asked")
    return asking


def _with_player(state: State, player: Player) -> State:
    return replace(state, players=_with(state.players, player.id, player))


def _with_round(state: State, **changes: Any) -> State:  # fields of Round, as in dataclasses.replace
    return replace(state, rounds=(*state.rounds[:-1], replace(_round(state), **changes)))


def _with(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    changed = _copied(mapping)
    changed[key] = value
    return MappingProxyType(changed)


def _without(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    if key not in mapping:
        return mapping
    changed = _copied(mapping)
    del changed[key]
    return MappingProxyType(changed)


def _copied(mapping: Mapping[K, V]) -> dict[K, V]:
    """A copy that may be changed; a proxy's own is made 30 times as fast as one by ``dict``."""
    return mapping.copy() if isinstance(mapping, MappingProxyType) else dict(mapping)
