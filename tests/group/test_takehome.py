"""What a player takes home from a session's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.schema import card_digest
from quizzer.group import commands, sessionfile
from quizzer.group.state import State
from quizzer.group.takehome import take_home
from quizzer.model import Decision, Review
from quizzer.scheduling.days import instant
from tests.group.factories import START, Game, mark, opening, question

BLANK = ""


def session(*said: str | None, judge: bool | None = None) -> State:
    """Ann and Ben are asked so many questions; Ann says this to each, Ben always the same."""
    game = Game(opening(questions=len(said)))
    game.join("Ann", "Ben")
    for text in said:
        game.do(commands.Next())
        game.answer(4_000, p2="b")
        if text is not None:
            game.answer(p1=text)
        game.grade(p1=mark(1, made=0))
        if judge is not None:
            group = next(number for number, players in enumerate(game.round.groups) if "p1" in players)
            game.do(commands.Judge(group, judge))
        game.do(commands.Reveal())
    return game.state


def said(*given: str | None) -> list[tuple[str, str]]:
    return [(one.card, one.text) for one in take_home(session(*given), "p1").answers]


def test_an_answer_is_taken_home_with_its_question_and_grade() -> None:
    """Enough to be studied where the deck is not."""
    taken = take_home(session("a", "b"), "p1")
    assert (taken.player, taken.person, taken.title, taken.at) == ("Ann", "p1", "A deck", instant(START * 1000))
    first = taken.answers[0]
    assert (first.card, first.question, first.references, first.points) == (
        "deck/card-0", "Question 0?", ("Answer 0.",), ("one", "two"),
    )  # fmt: skip
    assert (first.text, first.quality, first.missed, first.right, first.by_host) == (
        "a",
        1,
        ("one", "two"),
        False,
        False,
    )
    assert (first.at, first.after_ms) == (instant((START + 4_000) * 1000), 4_000)


def test_silence_is_not_knowing_unless_the_player_had_left() -> None:
    """A dropped phone must not undo what its owner knows."""
    assert said("a", None, "c") == [("deck/card-0", "a"), ("deck/card-1", ""), ("deck/card-2", "c")]
    assert said("a", None) == [("deck/card-0", "a"), ("deck/card-1", "")]
    assert said("a", None, None) == [("deck/card-0", "a")]
    assert said(None) == []


def test_a_silent_answer_misses_every_point() -> None:
    """As a blank one does that was handed in."""
    silent = take_home(session("a", None), "p1").answers[1]
    assert (silent.quality, silent.verdict, silent.missed, silent.flags) == (0, "fail", ("one", "two"), ("blank",))


def test_the_hosts_word_follows_the_answer_as_a_fact_of_its_own() -> None:
    """Right after it, so that what the player decides later counts more."""
    taken = take_home(session("a", judge=True), "p1")
    review, decision = taken.facts(taken.answers[0], utc_offset_minutes=60)
    assert isinstance(review, Review)
    assert isinstance(decision, Decision)
    assert (review.quality, review.mode, review.utc_offset_minutes) == (1, "group", 60)
    assert (decision.quality, decision.by, decision.review_id) == (4, "host", review.id)
    assert timedelta(0) < decision.at - review.at < timedelta(milliseconds=1)


def test_what_did_not_count_stays_there() -> None:
    """Skipped, not revealed, or asked before the player came."""
    game = Game(opening(questions=3))
    game.join("Ann")
    game.do(commands.Next())
    game.answer(p1="a")
    game.do(commands.Skip(), commands.Next())
    game.answer(p1="b")
    game.grade()
    assert take_home(game.state, "p1").answers == ()
    game.do(commands.Reveal())
    game.join("Ben")
    assert [one.text for one in take_home(game.state, "p1").answers] == ["b"]
    assert take_home(game.state, "p2").answers == ()


def test_what_is_taken_home_twice_is_the_same() -> None:
    """A page that is loaded again gives the same file."""
    first, second = (sessionfile.write(take_home(session("a", None, "c"), "p1")) for _ in range(2))
    assert first == second


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_was_typed_can_be_taken_home(text: str) -> None:
    """One odd character must not cost a player the evening."""
    asked = question(digest=card_digest("Question 0?", ("Answer 0.",)))
    game = Game(replace(opening(), questions=(asked,)))
    game.join("Ann")
    game.do(commands.Next())
    game.answer(p1=text)
    game.grade()
    game.do(commands.Reveal())
    taken = take_home(game.state, "p1")
    assert sessionfile.read(sessionfile.write(taken).encode(), latest=taken.at + timedelta(days=1)) == taken
