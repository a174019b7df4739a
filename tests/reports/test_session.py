"""The page of a live session: whatever people typed stays text, and names stay out where they are to."""

from __future__ import annotations

from dataclasses import replace

from quizzer.group import commands
from quizzer.group.events import Settings
from quizzer.group.results import SessionResults, results
from quizzer.reports.page import render
from quizzer.reports.session import page
from tests.group.factories import Game, mark, opening, question
from tests.reports.test_page import HOSTILE, Elements

NAMES = ("<b>Ann</b>", "</td>Ben", "&lt;Cleo", "'\"-->Dee")


def evening() -> SessionResults:
    """Everything is hostile; one answer is missed, one silent, one question skipped, one stopped in the middle."""
    asked = tuple(
        question(number, text=HOSTILE, points=(HOSTILE, "two"), answers=(HOSTILE,), explanation=HOSTILE)
        for number in range(3)
    )
    settings = Settings(teams="choose", team_names=("<i>Blue", "Red"))
    game = Game(replace(opening(settings=settings, title=HOSTILE), questions=asked))
    game.join(*NAMES, team="<i>Blue")
    game.do(*(commands.Consent(f"p{number}", True) for number in (1, 2)), commands.Next())
    game.answer(p1=HOSTILE, p2=HOSTILE, p3="wrong")
    game.grade(p3=mark(1, made=0))
    game.do(commands.Judge(0, True), commands.Reveal(), commands.Next(), commands.Skip(), commands.Next())
    return results(game.log)


def test_nothing_that_was_typed_is_markup() -> None:
    """The host opens it in a browser, and mails it to the team."""
    for named in (True, False):
        found = Elements(render(page(evening(), when="today", named=named)))
        assert not {"script", "img", "b", "i"} & set(found.tags)
        assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]
        assert "alert(1)" in "".join(found.text)


def test_without_names_only_those_are_left_who_agreed_to_be_named() -> None:
    """And nothing tells who said nothing."""
    named, nameless = (
        "".join(Elements(render(page(evening(), when="today", named=one))).text) for one in (True, False)
    )
    assert all(name in named for name in NAMES)
    assert "Best answer that may be shown, by <b>Ann</b>" in nameless
    assert not any(name in nameless for name in NAMES[1:])
    assert "(nothing)" in named
    assert "(nothing)" not in nameless


def test_a_page_says_how_far_the_session_came() -> None:
    """A stopped host's page must not look like a whole evening's."""
    found = page(evening(), when="today")
    assert found.subtitle == "Live session of today; not ended"
    text = render(found)
    assert "Skipped: it counts for nobody." in text
    assert "The session stopped before its points." in text
    assert page(results([opening()]), when="today").subtitle == "Live session of today; nothing was asked"
