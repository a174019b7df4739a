"""Do the rules of a live session hold, and are they quick enough for a large room?

    python -m benchmarks.group_rules [SESSIONS] [PLAYERS]

Plays SESSIONS random sessions (100,000 unless given) beyond those of the tests and stops at the first one that breaks
a rule; then times single commands, a view of everybody, and the replay of a log, with PLAYERS players (2,000).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from quizzer.group import commands, views
from quizzer.group.commands import Command
from quizzer.group.game import replay
from tests.group.factories import Game, mark, opening
from tests.group.random_games import check, play

FIRST_SEED = 1_000_000
ROUNDS = 10


def main() -> None:
    """Random sessions, then the times."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    players = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    began, happened = time.process_time(), 0
    for seed in range(FIRST_SEED, FIRST_SEED + sessions):
        try:
            game = play(seed)
            check(game)
        except AssertionError:
            print(f"seed {seed} breaks a rule")
            raise
        happened += len(game.log)
    print(f"{sessions} random sessions, {happened} events: all rules hold, {time.process_time() - began:.0f} s CPU")
    big_room(players)


def big_room(players: int) -> None:
    """CPU time of what happens in a session with many players."""
    print(f"{players} players; microseconds of CPU for one")
    game = Game(opening(questions=ROUNDS))
    ids = [f"p{number + 1}" for number in range(players)]
    each("join", game, [commands.Join(f"Player {number}") for number in range(players)])
    for question in range(ROUNDS):
        game.do(commands.Next())
        first = question == 0
        each("draft", game, [commands.Draft(player, question, "half an answer") for player in ids], show=first)
        each("answer", game, [commands.Answer(player, question, f"answer of {player}") for player in ids], show=first)
        if first:
            show("tick with all present", lambda: game.do(commands.Tick(frozenset(ids[1:]))))
        else:
            game.do(commands.Close())
        marks = tuple((player, mark(int(player[1:]) % 6)) for player in game.round.answers)
        groups = tuple(tuple(ids[start : start + 20]) for start in range(0, players, 20))
        graded = commands.Marks(question, marks, groups)
        each("marks", game, [graded], show=first)
        each("reveal", game, [commands.Reveal()], show=first)
    show("the room's view", lambda: views.room(game.state, at=game.at, present=ids))
    places = views.places_by_player(game.state)
    show("a player's view", lambda: views.you(game.state, ids[-1], places=places))
    show("the host's view", lambda: views.host(game.state, at=game.at, present=ids))
    began = time.process_time()
    assert replay(game.log) == game.state
    spent = time.process_time() - began
    print(f"replay of {len(game.log)} events: {spent:.2f} s, {spent / len(game.log) * 1e6:.0f} a piece")


def each(name: str, game: Game, asked: list[Command], *, show: bool = True) -> None:
    """Carry out *asked*, and print the mean time of one."""
    began = time.process_time()
    game.do(*asked)
    if show:
        print(f"{name:>22} {(time.process_time() - began) / len(asked) * 1e6:8.0f}")


def show(name: str, act: Callable[[], object]) -> None:
    """Print the time of *act*."""
    began = time.process_time()
    act()
    print(f"{name:>22} {(time.process_time() - began) * 1e6:8.0f}")


if __name__ == "__main__":
    main()
