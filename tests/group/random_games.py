"""Random sessions: commands and events in any order, fitting or not, and what must hold after each of them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from random import Random

from quizzer.errors import GroupRefused, IllegalEvent
from quizzer.group import commands, events, views
from quizzer.group.commands import Command
from quizzer.group.events import Event, Mark, Scoring, Settings, Teams
from quizzer.group.game import apply, replay
from quizzer.group.names import folded
from quizzer.group.rules import decide
from quizzer.group.scoring import table, team_table
from quizzer.group.state import State
from tests.group.factories import START, Game, mark, opening

NAMES = ("Ann", "ann", "Аnn", "Ben", " Ben", "Cem", "Dee", "Eva", "F\u200bay", "Gus", "")
TEAMS = ("", "Blue", "blue", "Red", "Green", "\u202eRed")
TEXTS = ("", " ", "one", "two", "one and two", "\ud800", "x" * 8001)
QUALITIES = (0, 1, 2, 3, 4, 5)
FINAL = (
    events.Opened, events.Joined, events.Kicked, events.Asked, events.Extended, events.Paused, events.Unpaused,
    events.Closed, events.Graded, events.Revealed, events.Skipped, events.Ended,
)  # fmt: skip
"""Events that cannot happen again at once; of the others, the second one changes nothing."""


def settings(random: Random) -> Settings:
    """Any of the ways in which a session can be set up."""
    modes: tuple[Teams, ...] = ("none", "choose", "draw")
    kinds: tuple[Scoring, ...] = ("points", "speed")
    teams = random.choice(modes)
    names = ("Blue", "Red", "Green")[: random.randint(2, 3)]
    return Settings(
        seconds=random.randint(1, 60),
        scoring=random.choice(kinds),
        teams=teams,
        team_names=names if teams == "draw" or random.random() < 0.5 else (),
    )


def play(seed: int, *, steps: int = 40) -> Game:
    """A session of *steps* commands, many of which are refused, with all that must hold held up on the way."""
    random = Random(seed)
    game = Game(opening(questions=random.randint(1, 5), settings=settings(random)))
    for _ in range(steps):
        game.at += random.choice((0, 0, 1, 50, 400, 1_000, 5_000, 20_000, -3_000))
        command = any_command(random, game.state)
        before = game.state
        try:
            decided = decide(before, command, at=game.at)
        except GroupRefused:
            decided = ()
        assert game.state is before
        for event in decided:
            game.state = apply(game.state, event)
            game.log.append(event)
            again(game.state, event)
        if decided:
            holds(game.state)
            assert game.state.events == len(game.log)
        if random.random() < 0.1:
            astray(random, game.state)
    return game


def again(state: State, event: Event) -> None:
    """What happened once does not happen twice."""
    try:
        twice = apply(state, event)
    except IllegalEvent:
        assert isinstance(event, FINAL), event
        return
    assert not isinstance(event, FINAL), event
    assert dataclasses.replace(twice, events=state.events) == state


def astray(random: Random, state: State) -> None:
    """An event that nobody decided is refused, or leads to a state in which everything holds, too."""
    known = state.round.question if state.round else 0
    question, player = random.choice((known, known, 0, 1)), any_player(random, state)
    event = random.choice(EVENTS)(random, START + random.randint(0, 100_000), question, player)
    before, rounds = state.events, state.rounds
    try:
        after = apply(state, event)
    except IllegalEvent:
        after = None
    assert (state.events, state.rounds) == (before, rounds)
    if after is not None:
        holds(after)
        assert after.events == before + 1


def any_player(random: Random, state: State) -> str:
    """Somebody who is in, most of the time."""
    return f"p{random.randint(1, max(1, len(state.players)) + (random.random() < 0.1))}"


def any_command(random: Random, state: State) -> Command:
    """A command, mostly one that brings the session on."""
    question = state.round.question if state.round else 0
    player = any_player(random, state)
    likely: dict[str, Callable[[], Command]] = {
        "lobby": lambda: seldom(random, commands.Join(random.choice(NAMES), random.choice(TEAMS)), commands.Next()),
        "asking": lambda: seldom(random, commands.Answer(player, question, random.choice(TEXTS)), commands.Close()),
        "grading": lambda: any_marks(random, state),
        "judging": lambda: random.choice((any_judgement(random), commands.Reveal())),
        "revealed": lambda: random.choice((any_judgement(random), commands.Next())),
        "ended": commands.Tick,
    }
    if random.random() < 0.6:
        return likely[state.phase]()
    if random.random() < 0.02:
        return commands.End()
    return random.choice(COMMANDS)(random, state, question, player)


def seldom(random: Random, usual: Command, rare: Command) -> Command:
    """*rare* one time in four."""
    return usual if random.random() < 0.75 else rare


def any_marks(random: Random, state: State) -> commands.Marks:
    """Marks for the answers, and groups that are not always whole."""
    current = state.round
    players = list(current.answers) if current else []
    if random.random() < 0.1:
        players.append("p9")
    random.shuffle(players)
    cut = random.randint(0, len(players))
    groups = (tuple(players[:cut]), tuple(players[cut : len(players) - (random.random() < 0.2)]))
    return commands.Marks(
        current.question if current else 0, tuple((player, any_mark(random)) for player in players), groups
    )


def any_judgement(random: Random) -> commands.Judge:
    """A decision on a group that may be there."""
    return commands.Judge(random.choice((0, 0, 1, 2, -1)), random.choice((True, False, None)))


def any_mark(random: Random) -> Mark:
    """Any grade."""
    return mark(random.choice(QUALITIES), made=random.randint(0, 2))


COMMANDS: tuple[Callable[[Random, State, int, str], Command], ...] = (
    lambda random, _state, _q, _p: commands.Join(random.choice(NAMES), random.choice(TEAMS)),
    lambda random, _state, _q, p: commands.ChooseTeam(p, random.choice(TEAMS)),
    lambda random, _state, _q, p: commands.Consent(p, random.random() < 0.5),
    lambda random, _state, q, p: commands.Draft(p, q, random.choice(TEXTS)),
    lambda random, _state, q, p: commands.Answer(p, random.choice((q, q + 1)), random.choice(TEXTS)),
    lambda _random, _state, _q, _p: commands.Next(),
    lambda _random, _state, _q, _p: commands.Next(),
    lambda random, _state, _q, _p: commands.Extend(random.choice((-1, 0, 5, 30, 10_000))),
    lambda _random, _state, _q, _p: commands.Pause(),
    lambda _random, _state, _q, _p: commands.Unpause(),
    lambda _random, _state, _q, _p: commands.Close(),
    lambda random, state, _q, _p: commands.Tick(frozenset(random.sample(list(state.players), len(state.players) // 2))),
    lambda random, state, _q, _p: any_marks(random, state),
    lambda random, _state, _q, _p: any_judgement(random),
    lambda _random, _state, _q, _p: commands.Reveal(),
    lambda _random, _state, _q, _p: commands.Reveal(),
    lambda random, _state, _q, _p: commands.Skip() if random.random() < 0.3 else commands.Reveal(),
    lambda random, _state, _q, p: commands.Kick(p) if random.random() < 0.5 else commands.Next(),
    lambda random, _state, _q, _p: commands.DrawTeams(random.randint(0, 9)),
)

EVENTS: tuple[Callable[[Random, int, int, str], Event], ...] = (
    lambda random, at, _q, p: events.Joined(at, p, random.choice(("Ann", "Zoe", "Yan"))),
    lambda _random, at, _q, p: events.TeamChosen(at, p, "Zebras"),
    lambda _random, at, _q, p: events.Consented(at, p, yes=True),
    lambda _random, at, _q, p: events.Kicked(at, p),
    lambda _random, at, q, _p: events.Asked(at, q, at + 1000),
    lambda _random, at, q, p: events.Drafted(at, p, q, "draft"),
    lambda _random, at, q, p: events.Answered(at, p, q, "answer"),
    lambda _random, at, _q, _p: events.Extended(at, 1, 2000),
    lambda random, at, _q, _p: events.Paused(at, random.choice((0, 500, 10**9))),
    lambda _random, at, _q, _p: events.Unpaused(at, at + 500),
    lambda _random, at, q, _p: events.Closed(at, q, "time"),
    lambda random, at, q, p: events.Graded(at, q, ((p, any_mark(random)),), ((p,),)),
    lambda random, at, q, _p: events.Judged(at, q, random.randint(-1, 2), accept=True),
    lambda _random, at, q, _p: events.Revealed(at, q),
    lambda _random, at, q, _p: events.Skipped(at, q),
    lambda _random, at, _q, _p: events.Ended(at),
    lambda _random, _at, _q, _p: opening(),
)


def holds(state: State) -> None:
    """What must be true of every state."""
    active = state.active
    assert [player.id for player in state.players.values()] == [f"p{n + 1}" for n in range(len(state.players))]
    assert len({folded(player.name) for player in state.players.values()}) == len(state.players)
    for number, past in enumerate(state.rounds):
        assert past.question == number
        assert past.revealed or past.skipped or past is state.rounds[-1]
        assert past.players <= active.keys()
        assert past.drafts.keys() | past.answers.keys() <= past.players
        assert past.marks.keys() <= past.answers.keys()
        grouped = [player for group in past.groups for player in group]
        assert sorted(grouped) == sorted(past.marks)
        assert past.awards.keys() == (past.players if past.revealed and not past.skipped else frozenset())
        assert all(0 <= given.after_ms <= past.clock.total_ms for given in past.answers.values())
        assert all(0 <= award.points <= 100 for award in past.awards.values())
    places = table(state)
    assert sorted(line.player for line in places) == sorted(active)
    for line in places:
        awards = [past.awards[line.player] for past in state.rounds if line.player in past.awards]
        assert line.points == sum(award.points for award in awards)
        assert line.right_ms == sum(award.after_ms for award in awards if award.right)
        better = sum((other.points, -other.right_ms) > (line.points, -line.right_ms) for other in places)
        assert line.place == better + 1
    in_teams = [player for player in active.values() if player.team]
    assert sum(line.players for line in team_table(state)) == len(in_teams)
    assert len({folded(player.team) for player in in_teams}) == len({player.team for player in in_teams})


def check(game: Game) -> None:
    """What must be true of a whole session: its log gives it again, and the scores are what the log says."""
    assert replay(game.log) == game.state
    assert {line.player: line.points for line in table(game.state)} == scores(game.log)
    for past in game.state.rounds:
        assert {player: given.text for player, given in past.answers.items()} == answers(game.log, past.question)
    shown = [views.host(game.state, at=game.at), *(views.you(game.state, player) for player in game.state.players)]
    assert game.event.secret not in json.dumps(shown, allow_nan=False, ensure_ascii=False).encode().decode()


def scores(log: list[Event]) -> dict[str, int]:
    """Each player's points, told from the log without the state: the same rules, written a second time."""
    start = log[0]
    assert isinstance(start, events.Opened)
    late = lateness(log) if start.settings.scoring == "speed" else {}
    gone = {event.player for event in log if isinstance(event, events.Kicked)}
    total = {event.player: 0 for event in log if isinstance(event, events.Joined) and event.player not in gone}
    skipped = {event.question for event in log if isinstance(event, events.Skipped)}
    revealed = {event.question for event in log if isinstance(event, events.Revealed)} - skipped
    judged = {(event.question, event.group): event.accept for event in log if isinstance(event, events.Judged)}
    for event in log:
        if isinstance(event, events.Graded) and event.question in revealed:
            for number, group in enumerate(event.groups):
                for player in total.keys() & set(group):
                    full = points(dict(event.marks)[player], judged.get((event.question, number)))
                    total[player] += int(full * (1 - late.get((event.question, player), 0) / 2) + 0.5)
    return total


def points(given: Mark, accept: bool | None) -> int:
    """Points for an answer to a question with two points."""
    right = given.quality >= 3 if accept is None else accept
    return 0 if accept is False else 60 * right + 20 * len(given.made)


def answers(log: list[Event], question: int) -> dict[str, str]:
    """What counts as each player's answer to *question*: what was last handed in, or typed by the close."""
    handed_in: dict[str, str] = {}
    typed: dict[str, str] = {}
    gone = {event.player for event in log if isinstance(event, events.Kicked)}
    for event in log:
        match event:
            case events.Drafted() if event.question == question:
                typed[event.player] = event.text
            case events.Answered() if event.question == question:
                handed_in[event.player] = event.text
                typed.pop(event.player, None)
            case events.Closed() if event.question == question:
                handed_in |= {player: text for player, text in typed.items() if text.strip()}
            case _:
                pass
    return {player: text for player, text in handed_in.items() if player not in gone}


def lateness(log: list[Event]) -> dict[tuple[int, str], float]:
    """How much of the time of each question had run when each player's answer came."""
    found: dict[tuple[int, str], float] = {}
    for number, event in enumerate(log):
        if isinstance(event, events.Closed):
            current = replay(log[: number + 1]).rounds[-1]
            for player, given in current.answers.items():
                found[event.question, player] = given.after_ms / current.clock.total_ms
    return found
