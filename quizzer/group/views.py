"""What everybody, each player and the host are shown, as JSON-ready values; the server puts rendered Markdown in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from quizzer.group.events import Question
from quizzer.group.scoring import Place, best, right, table, team_table
from quizzer.group.state import Round, State
from quizzer.group.teams import names as team_names

TABLE_LINES = 10
"""Lines of the table that everybody gets; each player is told their own place besides."""

View = dict[str, Any]  # a JSON object


def room(state: State, *, at: int, present: Collection[str] = ()) -> View:
    """What everyone may see; the same for all, so that it is made once."""
    current, settings, active = state.round, state.opened.settings, state.active
    shown = current is not None and state.phase not in ("lobby", "ended")
    sizes: dict[str, int] = {}
    for player in active.values():
        sizes[player.team] = sizes.get(player.team, 0) + 1
    revealed = any(past.revealed for past in state.rounds)
    return {
        "t": "room",
        "rev": state.events,
        "title": state.opened.title,
        "phase": state.phase,
        "count": len(active),
        "here": sum(player in active for player in present),
        "teams_mode": settings.teams,
        "teams_open": settings.teams == "choose" and not settings.team_names,
        "teams": [{"name": team, "players": sizes.get(team, 0)} for team in team_names(state)],
        "scoring": settings.scoring,
        "questions": len(state.opened.questions),
        "question": {"number": current.question, "text": _asked(state).text} if current and shown else None,
        "clock": _clock(current, at=at) if current and state.phase == "asking" else None,
        "answered": sum(current.done(player) for player in current.answers) if current and shown else 0,
        "asked": len(current.players) if current and shown else 0,
        "reveal": _reveal(state, current) if current and state.phase == "revealed" else None,
        "table": _table(state) if revealed else [],
        "team_table": _teams(state) if revealed else [],
    }


def you(state: State, player: str, *, places: Mapping[str, Place] | None = None) -> View:
    """What only *player* sees; *places*, from `places`, saves making the table for each of many players."""
    who, current = state.players[player], state.round
    place = (places_by_player(state) if places is None else places).get(player)
    asked = current is not None and player in current.players and state.phase != "ended"
    given = current.answers.get(player) if current and asked else None
    return {
        "t": "you",
        "name": who.name,
        "team": who.team,
        "consents": who.consents,
        "kicked": who.kicked,
        "place": place.place if place else None,
        "points": place.points if place else 0,
        "question": current.question if current and asked else None,
        "draft": (current.pending(player) or "") if current and asked else "",
        "answer": given.text if given else None,
        "handed_in": given.handed_in if given else False,
        "mark": _mark(current, player) if current and asked and state.phase == "revealed" else None,
    }


def places_by_player(state: State) -> dict[str, Place]:
    """Each player's line of the table; empty before the first reveal."""
    if not any(past.revealed for past in state.rounds):
        return {}
    return {line.player: line for line in table(state)}


def people(state: State, *, present: Collection[str], ids: bool) -> View:
    """Who is in, who is there and who has answered, not what; *ids*, which the host kicks by, are for the host only."""
    here, current = frozenset(present), state.round
    asking = current if state.phase in ("asking", "grading", "judging") else None
    players = []
    for player in state.active.values():
        line: View = {"id": player.id} if ids else {}
        line |= {"name": player.name, "team": player.team, "here": player.id in here}
        players.append(line | {"answered": asking is not None and asking.done(player.id)})
    return {"t": "people", "players": players}


def groups(state: State) -> View:
    """The answers to decide on, grouped, without names; empty where there is nothing to decide."""
    current = state.round
    lines = []
    if current is not None and state.phase in ("judging", "revealed") and not current.skipped:
        for number, players in enumerate(current.groups):
            if players:
                lines.append(_group(current, number, players))
    return {"t": "groups", "question": current.question if current else None, "groups": lines}


def host(state: State, *, at: int, present: Collection[str] = ()) -> View:
    """All that the host's screen shows, with the link's code."""
    return {
        "t": "host",
        "code": state.opened.code,
        "room": room(state, at=at, present=present),
        "people": people(state, present=present, ids=True)["players"],
        "groups": groups(state)["groups"],
    }


def _clock(current: Round, *, at: int) -> View:
    clock = current.clock
    return {"left_ms": clock.left(at=at), "total_ms": clock.total_ms, "paused": clock.paused}


def _reveal(state: State, current: Round) -> View:
    question = _asked(state)
    marks = {} if current.skipped else current.marks
    made = [point for mark in marks.values() for point in mark.made]
    return {
        "reference": question.answers[0] if question.answers else "",
        "others": list(question.answers[1:]),
        "explanation": question.explanation,
        "sources": list(question.sources),
        "points": [
            {"text": point, "made": made.count(point), "of": _asked_count(current)} for point in question.points
        ],
        "right": sum(award.right for award in current.awards.values()),
        "best": None if current.skipped else _best(state, current),
        "skipped": current.skipped,
    }


def _asked_count(current: Round) -> int:
    return 0 if current.skipped else len(current.players)


def _best(state: State, current: Round) -> View | None:
    player = best(state, current)
    return {"name": state.players[player].name, "text": current.answers[player].text} if player else None


def _table(state: State) -> list[View]:
    lines = table(state)[:TABLE_LINES]
    return [
        {
            "place": line.place,
            "name": state.players[line.player].name,
            "points": line.points,
            "team": state.players[line.player].team,
        }
        for line in lines
    ]


def _teams(state: State) -> list[View]:
    return [{"place": line.place, "name": line.team, "points": round(line.points, 1)} for line in team_table(state)]


def _mark(current: Round, player: str) -> View | None:
    mark, award = current.marks.get(player), current.awards.get(player)
    if mark is None or award is None:
        return None
    return {
        "verdict": mark.verdict,
        "score": round(mark.score, 2),
        "made": list(mark.made),
        "missed": list(mark.missed),
        "reason": mark.reason,
        "right": award.right,
        "points": award.points,
        "by_host": current.decision(player) is not None,
    }


def _group(current: Round, number: int, players: tuple[str, ...]) -> View:
    mark, accept = current.marks[players[0]], current.judged.get(number)
    return {
        "group": number,
        "texts": list(dict.fromkeys(current.answers[player].text for player in players)),
        "count": len(players),
        "score": round(mark.score, 2),
        "verdict": mark.verdict,
        "reason": mark.reason,
        "accept": accept,
        "right": right(mark, accept=accept),
    }


def _asked(state: State) -> Question:
    return state.opened.questions[state.rounds[-1].question]
