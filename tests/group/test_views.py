"""What people see of a session, and above all what they do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizzer.group import commands, views
from quizzer.group.events import Settings
from tests.group.factories import Game, mark, opening

PRESENT = frozenset({"p1", "p2"})


@pytest.fixture
def game() -> Game:
    """Three players of two teams at the first question; Ann has handed in, Ben is typing."""
    started = Game(opening(settings=Settings(teams="choose", team_names=("Blue", "Red"))))
    started.join("Ann", "Ben", team="Blue")
    started.join("Cem", team="Red")
    started.do(commands.Next())
    started.answer(10_000, p1="ann says this")
    started.do(commands.Draft("p2", 0, "ben types this"))
    return started


def room(game: Game) -> dict[str, Any]:
    return views.room(game.state, at=game.at, present=PRESENT)


def test_the_lobby_shows_who_can_come_and_nothing_to_come() -> None:
    """No question before it is asked, no reference before the reveal."""
    game = Game()
    game.join("Ann")
    found = room(game)
    assert (found["phase"], found["count"], found["here"], found["questions"]) == ("lobby", 1, 1, 3)
    assert (found["question"], found["clock"], found["reveal"], found["table"]) == (None, None, None, [])
    assert "Question" not in json.dumps(found)


def test_an_open_question_shows_its_text_and_clock(game: Game) -> None:
    """And how many have answered, not what."""
    found = room(game)
    assert found["question"] == {"number": 0, "text": "Question 0?"}
    assert found["clock"] == {"left_ms": 80_000, "total_ms": 90_000, "paused": False}
    assert (found["answered"], found["asked"]) == (1, 3)
    assert found["teams"] == [{"name": "Blue", "players": 2}, {"name": "Red", "players": 1}]
    game.do(commands.Pause())
    assert room(game)["clock"]["paused"]


@pytest.mark.parametrize("phase", ["asking", "grading", "judging"])
def test_nothing_is_given_away_before_the_reveal(game: Game, phase: str) -> None:
    """Neither the reference nor anybody's answer or mark, to the room and to players."""
    if phase != "asking":
        game.do(commands.Close())
    if phase == "judging":
        game.grade()
    shown = json.dumps([room(game), views.you(game.state, "p3")])
    for secret in ("Answer 0", "ann says", "ben types", "because", "00" * 32):
        assert secret not in shown
    people = json.dumps(views.people(game.state, present=PRESENT, ids=False))
    assert "p1" not in people
    assert views.you(game.state, "p1")["mark"] is None


def test_a_player_sees_what_is_their_own(game: Game) -> None:
    """Also after coming back on another device: the answer and what was being typed."""
    ann, ben = views.you(game.state, "p1"), views.you(game.state, "p2")
    assert (ann["answer"], ann["handed_in"], ann["draft"]) == ("ann says this", True, "")
    assert (ben["answer"], ben["draft"], ben["question"], ben["place"]) == (None, "ben types this", 0, None)


def test_the_host_sees_answers_grouped_without_names(game: Game) -> None:
    """What was said decides, not who said it; what is not graded yet is not there."""
    assert views.groups(game.state)["groups"] == []
    game.do(commands.Close())
    game.grade(("p1", "p2"), p1=mark(2, made=1))
    game.do(commands.Judge(0, accept=True))
    assert views.groups(game.state)["groups"] == [
        {
            "group": 0, "texts": ["ann says this", "ben types this"], "count": 2, "score": 0.4, "verdict": "fail",
            "reason": "because", "accept": True, "right": True,
        }
    ]  # fmt: skip
    assert "Ann" not in json.dumps(views.groups(game.state))


def test_the_reveal_shows_what_the_room_made(game: Game) -> None:
    """The reference, the points of the card with how many made them, and the table."""
    game.grade(p1=mark(4, made=1), p2=mark(1, made=2))
    game.do(commands.Reveal())
    found = room(game)
    assert found["reveal"] == {
        "reference": "Answer 0.", "others": [], "explanation": "", "sources": [],
        "points": [{"text": "one", "made": 2, "of": 3}, {"text": "two", "made": 1, "of": 3}],
        "right": 1, "best": None, "skipped": False,
    }  # fmt: skip
    assert found["table"][0] == {"place": 1, "name": "Ann", "points": 80, "team": "Blue"}
    assert found["team_table"] == [
        {"place": 1, "name": "Blue", "points": 60.0}, {"place": 2, "name": "Red", "points": 0}
    ]  # fmt: skip
    you = views.you(game.state, "p1", places=views.places_by_player(game.state))
    assert (you["place"], you["points"]) == (1, 80)
    assert you["mark"] == {
        "verdict": "pass", "score": 0.8, "made": ["one"], "missed": ["two"], "reason": "because", "right": True,
        "points": 80, "by_host": False,
    }  # fmt: skip
    assert views.you(game.state, "p3")["mark"] is None


def test_the_best_answer_needs_its_authors_consent(game: Game) -> None:
    """The best of those who let theirs be shown, and only a right one; consent can be taken back."""
    game.answer(p3="cem says this")
    game.grade(p3=mark(3, made=1))
    game.do(commands.Reveal())
    game.do(commands.Consent("p3", yes=True))
    assert room(game)["reveal"]["best"] == {"name": "Cem", "text": "cem says this"}
    game.do(commands.Consent("p1", yes=True))
    assert room(game)["reveal"]["best"] == {"name": "Ann", "text": "ann says this"}
    game.do(commands.Consent("p1", yes=False), commands.Judge(1, accept=False))
    assert room(game)["reveal"]["best"] is None


def test_a_decision_of_the_host_shows_in_the_mark(game: Game) -> None:
    """The player learns that a person decided."""
    game.grade(p1=mark(1, made=0))
    game.do(commands.Judge(0, accept=True), commands.Reveal())
    found = views.you(game.state, "p1")["mark"]
    assert (found["right"], found["by_host"], found["points"]) == (True, True, 60)


def test_a_skipped_question_shows_its_reference_without_results(game: Game) -> None:
    """People want to know the answer of a dropped question, too."""
    game.grade()
    game.do(commands.Skip())
    found = room(game)["reveal"]
    assert (found["reference"], found["skipped"], found["right"], found["best"]) == ("Answer 0.", True, 0, None)
    assert found["points"][0] == {"text": "one", "made": 0, "of": 0}
    assert room(game)["table"] == []
    assert views.you(game.state, "p1")["mark"] is None


def test_people_shows_who_is_there_and_who_has_answered(game: Game) -> None:
    """So that the host knows whom the room waits for; ids are the host's, to kick by."""
    game.do(commands.Kick("p3"))
    assert views.people(game.state, present=PRESENT, ids=True)["players"] == [
        {"id": "p1", "name": "Ann", "team": "Blue", "here": True, "answered": True},
        {"id": "p2", "name": "Ben", "team": "Blue", "here": True, "answered": False},
    ]
    assert views.you(game.state, "p3")["kicked"]


def test_after_the_end_the_table_stays(game: Game) -> None:
    """The last screen is the result."""
    game.grade()
    game.do(commands.Reveal(), commands.End())
    found = views.host(game.state, at=game.at, present=PRESENT)
    assert (found["room"]["phase"], found["room"]["question"], found["groups"]) == ("ended", None, [])
    assert len(found["room"]["table"]) == 3
    assert views.you(game.state, "p1")["points"] == 100


def test_every_view_is_json_and_nothing_of_the_secret() -> None:
    """The secret of the session signs every token; it must not reach even the host's page."""
    game = Game()
    game.join("Ann")
    assert "00" * 32 not in json.dumps(views.host(game.state, at=game.at), allow_nan=False)
