"""What a session came to, from its events."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from quizzer.decks import cardlist
from quizzer.errors import UsageError
from quizzer.group import commands, studylist, tables
from quizzer.group.events import Settings
from quizzer.group.game import replay
from quizzer.group.overruled import overrules
from quizzer.group.results import SessionResults, results, thinned
from quizzer.group.takehome import take_home
from tests.group.factories import Game, mark, opening, question

HOSTILE = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a;=1+1", "\x1b[31m", "<b>")


def played(*, settings: Settings | None = None) -> Game:
    """Three questions to Ann and Ben: the first revealed after a decision, the second skipped, the third asked."""
    game = Game(opening(settings=settings))
    game.join("Ann", "Ben", "Kim")
    game.do(commands.Consent("p1", True), commands.Next())
    game.answer(5_000, p1="all of it", p2="half of it", p3="gone")
    game.grade(("p1",), ("p2",), ("p3",), p2=mark(2, made=1), p3=mark(1, made=0))
    game.do(commands.Judge(1, True), commands.Kick("p3"), commands.Reveal())
    game.do(commands.Next())
    game.answer(1_000, p1="x")
    game.do(commands.Skip())
    game.do(commands.Next())
    game.answer(1_000, p2="y")
    return game


def test_players_questions_and_points_are_told_apart() -> None:
    """One that was skipped or stopped counts for nobody; who was sent away is nowhere."""
    found = results(played().log)
    assert [(one.name, one.place, one.points, one.right, one.right_ms) for one in found.players] == [
        ("Ann", 1, 100, 1, 5_000),
        ("Ben", 2, 80, 1, 5_000),
    ]
    assert [one.outcome for one in found.questions] == ["revealed", "skipped", "open"]
    (first,) = found.counted
    assert (first.asked, first.said, first.right, first.accepted, first.rejected) == (2, 2, 2, 1, 0)
    assert [(point.text, point.made, point.asked) for point in first.points] == [("one", 2, 2), ("two", 1, 2)]
    assert first.covered == 0.75
    assert (found.kicked, found.ended) == (1, False)


def test_the_best_answer_is_of_somebody_who_lets_it_be_shown() -> None:
    """However good the others' are."""
    best = results(played().log).counted[0].best
    assert best is not None
    assert best.text == "all of it"
    silent = [event for event in played().log if type(event).__name__ != "Consented"]
    assert results(silent).counted[0].best is None


def test_a_session_that_stopped_anywhere_has_results() -> None:
    """A killed host leaves a log that ends wherever it was."""
    log = played().log
    for length in range(1, len(log) + 1):
        found = results(log[:length])
        assert sum(player.points for player in found.players) == sum(
            answer.points for player in found.players for answer in player.answers
        )


def test_teams_stand_as_their_players_do_on_average() -> None:
    """As in the table that everybody saw."""
    game = Game(opening(settings=Settings(teams="choose", team_names=("Blue", "Red"))))
    game.join("Ann", "Ben", team="Blue")
    game.join("Cleo", team="Red")
    game.do(commands.Next())
    game.answer(p1="a", p3="b")
    game.grade()
    game.do(commands.Reveal(), commands.End())
    found = results(game.log)
    assert [(team.team, team.points) for team in found.teams] == [("Red", 100), ("Blue", 50)]
    assert [player.team for player in found.players] == ["Blue", "Red", "Blue"]
    assert found.ended


def test_what_was_failed_most_comes_first() -> None:
    """By the share of those who were asked; what everybody knew is not in the list."""
    game = Game(opening(questions=3))
    game.join("Ann", "Ben")
    for wrong in (("p1",), (), ("p1", "p2")):
        game.do(commands.Next())
        game.answer(p1="a", p2="b")
        game.grade(**{player: mark(1, made=0) for player in wrong})
        game.do(commands.Reveal())
    found = results(game.log)
    assert [one.number for one in found.failed_most] == [3, 1]
    text = studylist.text(found, most=10)
    assert text.splitlines()[1] == "deck/card-2  # 0 of 2 right: Question 2?"
    assert cardlist.read(text.encode(), path="") == ("deck/card-2", "deck/card-0")
    assert cardlist.read(studylist.text(found, most=1).encode(), path="") == ("deck/card-2",)


def test_a_card_list_names_the_line_that_is_none() -> None:
    """Somebody edits it by hand."""
    assert cardlist.read(b"\xef\xbb\xbf# x\n\n a/b # c\r\na/b\n", path="f") == ("a/b",)
    with pytest.raises(UsageError, match=r"f:2: 'a b' is not the key of a card"):
        cardlist.read(b"a/b\na b\n", path="f")
    with pytest.raises(UsageError, match="not a text"):
        cardlist.read(b"\xff", path="f")


def hostile() -> SessionResults:
    """Everything that a player or a deck's author can write, written to do harm."""
    event = opening(title=HOSTILE[0])
    asked = tuple(replace(question(number), text=text, points=(text,)) for number, text in enumerate(HOSTILE))
    game = Game(replace(event, questions=asked))
    game.join("=1+1", "@A1", "-2")
    for text in HOSTILE:
        game.do(commands.Next())
        game.answer(p1=text, p2=text)
        game.grade()
        game.do(commands.Reveal())
    return results(game.log)


@pytest.mark.parametrize("name", list(tables.TABLES))
def test_no_cell_is_a_formula(name: str) -> None:
    """A name or an answer must not run when the host opens the results in a spreadsheet."""
    text = tables.text(hostile(), name)
    assert tables.is_ours(text)
    assert "\x1b" not in text
    for line in csv.reader(io.StringIO(text, newline="")):
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), cell
            assert ";=" not in cell
    assert not tables.is_ours("my,own\r\n")


def test_a_table_has_what_was_said() -> None:
    """One row for each question that a player was asked."""
    rows = list(csv.DictReader(io.StringIO(tables.text(results(played().log), "answers"), newline="")))
    assert [(row["player"], row["answer"], row["right"], row["awarded"], row["decided_by_host"]) for row in rows] == [
        ("Ann", "all of it", "yes", "100", "no"),
        ("Ben", "half of it", "yes", "80", "yes"),
    ]


def test_a_hosts_decisions_are_proposals_without_names() -> None:
    """They may be passed on to whoever keeps the deck."""
    (found,) = overrules(played().state)
    assert (found.card, found.answer, found.quality, found.decided, found.by) == (
        "deck/card-0",
        "half of it",
        2,
        4,
        "host",
    )
    assert "Ben" not in str(found)
    assert found.review_id == take_home(played().state, "p2").fact_id(take_home(played().state, "p2").answers[0])


def test_a_decision_on_a_question_that_was_dropped_proposes_nothing() -> None:
    """Nor does one that was taken back, nor one on a blank answer."""
    for undo in (commands.Skip(), commands.Judge(0, None)):
        game = Game()
        game.join("Ann")
        game.do(commands.Next())
        game.answer(p1="a")
        game.grade(("p1",))
        game.do(commands.Judge(0, False), undo)
        assert overrules(game.state) == []


def test_a_long_log_is_thinned_without_a_change() -> None:
    """Every keystroke is in it, and none matters that was typed over."""
    game = Game(opening(questions=2))
    game.join("Ann", "Ben", "Cleo")
    for number in range(2):
        game.do(commands.Next())
        for text in ("a", "ab", "abc"):
            game.do(*(commands.Draft(player, number, text) for player in ("p1", "p2")), after_ms=2_000)
        game.answer(1_000, p1="abcd")
        game.do(commands.Draft("p1", number, "abcde"), after_ms=2_000)
        game.grade()
        game.do(commands.Reveal())
    short = thinned(game.log)
    assert len(short) == len(game.log) - 2 * 5
    assert replace(replay(short), events=0) == replace(game.state, events=0)
