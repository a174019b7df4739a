"""What answers bring, by table."""

from __future__ import annotations

import dataclasses

import pytest

from quizzer.group import commands
from quizzer.group.events import Mark, Settings
from quizzer.group.scoring import table, team_table
from tests.group.factories import Game, mark, opening, question


def award(given: Mark, *, accept: bool | None = None, points: tuple[str, ...] = ("one", "two")) -> int:
    """What an answer with this mark brings its only player."""
    game = Game(dataclasses.replace(opening(), questions=(question(points=points),)))
    game.join("Ann")
    game.do(commands.Next())
    game.answer(p1="an answer")
    game.grade(p1=given)
    game.do(commands.Judge(0, accept), commands.Reveal())
    return game.points["p1"]


@pytest.mark.parametrize(
    ("quality", "made", "accept", "points"),
    [
        (5, 2, None, 100), (3, 1, None, 80), (3, 0, None, 60), (2, 2, None, 40), (2, 1, None, 20), (0, 0, None, 0),
        (0, 0, True, 60), (2, 1, True, 80), (5, 2, False, 0), (2, 1, False, 0),
    ],
)  # fmt: skip
def test_right_and_complete_bring_the_points(quality: int, made: int, accept: bool | None, points: int) -> None:
    """60 for right, 40 for all points of the card; the host's word stands above the grader's."""
    assert award(mark(quality, made=made), accept=accept) == points


@pytest.mark.parametrize(
    ("quality", "accept", "points"), [(5, None, 100), (4, None, 92), (2, None, 0), (2, True, 76), (5, False, 0)]
)
def test_a_card_without_points_goes_by_the_score(quality: int, accept: bool | None, points: int) -> None:
    """Where the card lists no points, the score says how complete a right answer is."""
    assert award(mark(quality, of=0), accept=accept, points=()) == points


def test_time_counts_only_among_equals() -> None:
    """Speed breaks ties over right answers; wrong ones cost no time."""
    game = Game(opening(questions=2))
    game.join("Ann", "Ben", "Cem", "Dee")
    game.do(commands.Next())
    game.answer(1000, p4="x")
    game.answer(4000, p1="a", p2="b", p3="c")
    game.grade(p4=mark(0, made=0), p3=mark(3, made=1))
    game.do(commands.Reveal(), commands.Next())
    game.answer(2000, p1="a", p2="b", p4="d")
    game.answer(5000, p3="c")
    game.grade(p1=mark(0, made=0), p2=mark(0, made=0), p3=mark(2, made=1))
    game.do(commands.Reveal())
    places = [(line.place, line.player, line.points, line.right, line.right_ms) for line in table(game.state)]
    assert places == [
        (1, "p4", 100, 1, 2000),
        (2, "p1", 100, 1, 5000),
        (2, "p2", 100, 1, 5000),
        (2, "p3", 100, 1, 5000),
    ]


def test_speed_takes_up_to_half() -> None:
    """The classic scoring, where the host wants it; pauses cost nothing."""
    game = Game(opening(questions=1, settings=Settings(seconds=100, scoring="speed")))
    game.join("Ann", "Ben", "Cem")
    game.do(commands.Next())
    game.answer(p1="at once")
    game.do(commands.Pause(), after_ms=50_000)
    game.do(commands.Unpause(), after_ms=70_000)
    game.answer(p2="half way")
    game.answer(50_000, p3="at the end")
    game.grade()
    game.do(commands.Reveal())
    assert game.points == {"p1": 100, "p2": 75, "p3": 50}


def test_a_team_scores_its_members_mean() -> None:
    """So that a small team has no disadvantage; no answer counts 0, and who was not yet there does not count."""
    game = Game(opening(questions=2, settings=Settings(teams="choose", team_names=("Blue", "Red"))))
    game.join("Ann", "Ben", team="Blue")
    game.join("Cem", "Dee", team="Red")
    game.join("Eva")
    game.do(commands.Next())
    game.answer(p1="a", p3="c", p4="d", p5="e")
    game.grade(p4=mark(3, made=0))
    game.do(commands.Reveal())
    game.join("Fay", team="Blue")
    game.do(commands.Next())
    game.answer(p6="f")
    game.grade()
    game.do(commands.Reveal())
    lines = [(line.place, line.team, line.points, line.players) for line in team_table(game.state)]
    assert lines == [(1, "Blue", pytest.approx(50 + 100 / 3), 3), (2, "Red", 80.0, 2)]
    game.do(commands.Kick("p2"))
    assert team_table(game.state)[0].points == 150.0
