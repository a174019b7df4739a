"""Who is in which team: chosen, or drawn so that the teams are of one size give or take a player."""

from __future__ import annotations

from random import Random

from quizzer.errors import GroupRefused
from quizzer.group import events
from quizzer.group.events import Event
from quizzer.group.names import checked, likenesses
from quizzer.group.state import Player, State

MAX_TEAMS = 50
"""That players may name; each is shown to everybody."""


def names(state: State) -> tuple[str, ...]:
    """The teams there are: those that the host named, then those that players named, in order of appearance."""
    named = (player.team for player in state.active.values() if player.team)
    return tuple(dict.fromkeys((*state.opened.settings.team_names, *named)))


def for_joiner(state: State, wanted: str) -> str:
    """The team of somebody who joins: the one chosen, or the smallest where teams are drawn already."""
    mode = state.opened.settings.teams
    if mode == "choose" and wanted.strip():
        return _spelled(state, wanted)
    if mode == "draw" and (state.phase != "lobby" or any(player.team for player in state.active.values())):
        return _smallest(state)
    return ""


def chosen(state: State, player: Player, wanted: str) -> str:
    """The team that *player* changes to; after the lobby only players without a team still choose one."""
    if state.opened.settings.teams != "choose":
        raise GroupRefused("no-choice", "players do not choose teams in this session")
    if state.phase != "lobby" and player.team:
        raise GroupRefused("not-now", "teams are changed in the lobby only")
    return _spelled(state, wanted)


def drawn(state: State, *, seed: int | str, at: int) -> tuple[Event, ...]:
    """Everyone into a team by lot; a second draw replaces the first."""
    settings = state.opened.settings
    if settings.teams != "draw" or not settings.team_names:
        raise GroupRefused("no-choice", "teams are not drawn in this session")
    if state.phase != "lobby":
        raise GroupRefused("not-now", "teams are drawn in the lobby only")
    lots = list(state.active)
    Random(seed).shuffle(lots)
    teams = settings.team_names
    drawn_team = {player: teams[number % len(teams)] for number, player in enumerate(lots)}
    return tuple(
        events.TeamChosen(at, player.id, drawn_team[player.id])
        for player in state.active.values()
        if player.team != drawn_team[player.id]
    )


def placed(state: State, *, at: int) -> tuple[Event, ...]:
    """Before the first question: the draw that the host forgot; nothing where everyone who should has a team."""
    settings = state.opened.settings
    if settings.teams != "draw" or not settings.team_names or all(player.team for player in state.active.values()):
        return ()
    return drawn(state, seed=settings.team_names[0] + state.opened.session, at=at)


def _smallest(state: State) -> str:
    sizes = dict.fromkeys(state.opened.settings.team_names, 0)
    for player in state.active.values():
        if player.team in sizes:
            sizes[player.team] += 1
    return min(sizes, key=sizes.__getitem__, default="")


def _spelled(state: State, wanted: str) -> str:
    """*wanted* as the team is spelled: one of the host's teams, or any where the host named none."""
    there = names(state)
    spelled = {likeness: team for team in reversed(there) for likeness in likenesses(team)}
    for likeness in likenesses(wanted):
        if likeness in spelled:
            return spelled[likeness]
    if state.opened.settings.team_names:
        raise GroupRefused("no-team", "there is no such team")
    if len(there) >= MAX_TEAMS:
        raise GroupRefused("no-team", "there are no more new teams: choose one of those there are")
    return checked(wanted)
