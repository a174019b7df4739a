"""What answers bring: awards for one question, and the tables that add them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizzer.group.events import Mark, Question, Scoring
from quizzer.group.state import Award, Round, State
from quizzer.scale import PASSING_QUALITY

RIGHT_POINTS = 60
"""For an answer that is right."""

FULL_POINTS = 40
"""For all points of the card; a share of it for a share of them."""

SPEED_SHARE = 0.5
"""What an answer in the last moment loses where speed counts."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the table."""

    place: int
    """From 1; equals share a place, and the next one's number counts them."""
    player: str
    points: int
    right: int
    """Answers that were right."""
    right_ms: int
    """Time spent on those."""


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """One line of the teams' table."""

    place: int
    team: str
    points: float
    players: int


def awards(round: Round, question: Question, scoring: Scoring) -> Mapping[str, Award]:  # noqa: A002  the field's word
    """What *round* brings everyone who is asked; who gave no answer gets nothing, and that in no time."""
    host = {player: accept for group, accept in round.judged.items() for player in round.groups[group]}
    found = {}
    for player in round.players:
        mark, given = round.marks.get(player), round.answers.get(player)
        if mark is None or given is None:
            found[player] = Award(0, False, 0)
            continue
        accept = host.get(player)
        full = _points(mark, question, accept=accept)
        if scoring == "speed":
            full *= 1 - SPEED_SHARE * given.after_ms / max(1, round.clock.total_ms)
        found[player] = Award(round_half_up(full), right(mark, accept=accept), given.after_ms)
    return MappingProxyType(found)


def right(mark: Mark, *, accept: bool | None) -> bool:
    """Whether an answer counts as right: as the host says, or else the grader."""
    return mark.quality >= PASSING_QUALITY if accept is None else accept


def share_made(mark: Mark, question: Question) -> float:
    """How much of the question the answer covers, 0 to 1: of its points, or by its score where it has none."""
    if not question.points:
        return min(1.0, max(0.0, mark.score))
    return min(1.0, len(mark.made) / len(question.points))


def table(state: State) -> tuple[Place, ...]:
    """All players who were not kicked, the best first; less time over right answers breaks ties."""
    totals = {player: [0, 0, 0] for player in state.active}
    for past in state.rounds:
        for player, award in past.awards.items():
            if player in totals:
                total = totals[player]
                total[0] += award.points
                if award.right:
                    total[1] += 1
                    total[2] += award.after_ms
    keys = {player: (-points, right_ms) for player, (points, _, right_ms) in totals.items()}
    order = sorted(totals, key=keys.__getitem__)
    numbers = _places(keys[player] for player in order)
    return tuple(Place(number, player, *totals[player]) for number, player in zip(numbers, order, strict=True))


def team_table(state: State) -> tuple[TeamPlace, ...]:
    """The teams that have players, the best first: the sum over questions of the mean award of who was asked."""
    active = state.active
    members: dict[str, list[str]] = {}
    for player in active.values():
        if player.team:
            members.setdefault(player.team, []).append(player.id)
    points = {team: _team_points(state, ids) for team, ids in members.items()}
    order = sorted(points, key=lambda team: (-points[team], team))
    numbers = _places(-points[team] for team in order)
    return tuple(
        TeamPlace(number, team, points[team], len(members[team])) for number, team in zip(numbers, order, strict=True)
    )


def best(state: State, played: Round) -> str | None:
    """Whose answer to the question is the best right one, of those who let theirs be shown; None: nobody's."""
    order = {player: number for number, player in enumerate(state.players)}

    def rank(player: str) -> tuple[float, ...]:
        mark, award = played.marks[player], played.awards[player]
        return (award.points, len(mark.made), mark.score, -award.after_ms, -order[player])

    willing = [
        player for player, award in played.awards.items()
        if award.right and state.players[player].consents and played.answers[player].text.strip()
    ]  # fmt: skip
    return max(willing, key=rank, default=None)


def round_half_up(value: float) -> int:
    """The nearest whole number; a half goes up, as people expect of points."""
    return int(value + 0.5)


def _points(mark: Mark, question: Question, *, accept: bool | None) -> float:
    if accept is False:
        return 0.0
    share = share_made(mark, question)
    if right(mark, accept=accept):
        return RIGHT_POINTS + FULL_POINTS * share
    return FULL_POINTS * share if question.points else 0.0


def _team_points(state: State, players: list[str]) -> float:
    total = 0.0
    for past in state.rounds:
        got = [past.awards[player].points for player in players if player in past.awards]
        if got:
            total += sum(got) / len(got)
    return round(total, 6)


def _places(keys: Iterable[object]) -> list[int]:
    """Place numbers for *keys* in order: 1, 2, 2, 4."""
    numbers: list[int] = []
    last: object = None
    for position, key in enumerate(keys, start=1):
        numbers.append(numbers[-1] if numbers and key == last else position)
        last = key
    return numbers
