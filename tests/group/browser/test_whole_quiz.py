"""One quiz from the lobby to the session that is taken home, on a phone, a desktop and a projector."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.group.browser.axe import problems
from tests.group.browser.room import DESKTOP, Room, room
from tests.group.sessions import QUESTIONS

pytestmark = pytest.mark.browser


def test_from_the_lobby_to_the_session_that_is_taken_home(browser: Browser, tmp_path: Path) -> None:
    """What people see in every phase on every screen; axe finds it accessible in light and dark; no page complains, or
    asks another host for anything."""
    with room(browser, QUESTIONS[:2], teams="choose", team_names=("Blue", "Red")) as quiz:
        stage, ann, ben = quiz.stage(), quiz.join("Ann"), quiz.join("Ben", DESKTOP)
        gather(quiz, stage, ann, ben)
        ask(quiz, stage, ann, ben)
        overrule(quiz, stage, ann, ben)
        come_late(quiz, ann)
        take_home(quiz, stage, ann, tmp_path)

        assert quiz.watch.trouble == []
        assert {url.split("/")[2] for url in quiz.watch.requests if not url.startswith("blob:")} == {quiz.site[7:]}


def gather(quiz: Room, stage: Page, ann: Page, ben: Page) -> None:
    """The lobby: the projector shows how to join and who is in; players choose teams, and see their personal code."""
    expect(stage.locator(".code")).to_have_text(quiz.running.code)
    open_to_the_room(quiz, stage)
    ann.get_by_label("Blue").check()
    ben.get_by_label("Red").check()
    ann.get_by_label("My answer may be shown with my name").check()
    expect(stage.get_by_text("2 players are here")).to_be_visible()
    expect(stage.get_by_role("listitem").filter(has_text="Ann")).to_have_text("Ann Blue")
    ben.get_by_role("button", name="Menu").click()
    expect(ben.get_by_role("heading", name="Menu")).to_be_focused()
    expect(ben.get_by_label("Your personal code")).to_contain_text("-")
    assert_accessible(ann, ben, stage)
    ben.keyboard.press("Escape")


def open_to_the_room(quiz: Room, stage: Page) -> None:
    """A QR code that leads each phone to itself is none: until the network is let in, the projector says how."""
    closed = stage.get_by_text("press l in the host's terminal to let in phones on your network")
    expect(closed).to_be_visible()
    expect(stage.get_by_role("img")).to_have_count(0)
    assert_accessible(stage)
    quiz.running.open_lan()
    expect(stage.get_by_role("img", name=f"QR code of the link {quiz.running.hosting.link}")).to_be_visible()
    expect(closed).to_have_count(0)


def ask(quiz: Room, stage: Page, ann: Page, ben: Page) -> None:
    """The question, in Markdown, with a clock; handed in with the finger, and from the keyboard alone."""
    quiz.host.do("next")
    expect(ann.locator("#question em")).to_have_text("France")
    expect(ann.get_by_role("timer")).to_contain_text(":")
    expect(stage.get_by_role("timer")).to_contain_text(":")
    expect(ann.get_by_label("Your answer")).to_have_accessible_description(
        "What is the capital of France? What stands here when the clock ends counts, handed in or not."
    )
    assert_accessible(ann, stage)
    ann.get_by_label("Your answer").fill("Paris")
    ann.get_by_role("button", name="Hand in").click()
    expect(ann.locator("#announcer")).to_contain_text("Handed in.")
    expect(ben.get_by_label("Your answer")).to_be_focused()
    ben.keyboard.type("Lutetia")
    assert_accessible(ann, ben)
    ben.keyboard.press("Control+Enter")
    expect(ben.get_by_role("heading", name="The host looks at the close calls")).to_be_focused()


def overrule(quiz: Room, stage: Page, ann: Page, ben: Page) -> None:
    """What the host accepts is right; then everyone sees why, what the room made of it, and the table."""
    quiz.host.phase("judging")
    assert_accessible(ben, stage)
    quiz.host.do("judge", group=quiz.host.group("Lutetia"), accept=True)
    quiz.host.reveal()
    for page, points in ((ann, 100), (ben, 60)):
        expect(page.locator(".verdict")).to_have_text("Right")
        expect(page.locator(".banner")).to_contain_text(f"{points} of 100 for this question.")
        expect(page.get_by_text("Since 987.")).to_be_visible()
        expect(page.get_by_role("figure")).to_have_text("The best answer that may be shown, by AnnParis")
    expect(ben.locator(".banner")).to_contain_text("The host decided this one.")
    expect(ben.get_by_role("row", name="Ben (you)")).to_have_attribute("aria-current", "true")
    expect(ann.get_by_role("heading", name="Question 1 of 2: the answer")).to_be_focused()
    expect(stage.get_by_text("All 2 were right.")).to_be_visible()
    assert_accessible(ann, ben, stage)


def come_late(quiz: Room, ann: Page) -> None:
    """Who joins while a question is open answers it; who joins after that waits for the next. A draft counts."""
    quiz.host.do("next")
    cat = quiz.join("Cat")
    cat.get_by_label("Your answer").fill("The Hague, I think")
    ann.get_by_label("Your answer").fill("Amsterdam")
    quiz.host.until(lambda: len(quiz.running.state.round.drafts) == 2)
    quiz.host.do("close")
    quiz.host.phase("judging")
    dan = quiz.join("Dan")
    expect(dan.get_by_text("You came after this question was closed.")).to_be_visible()
    expect(ann.get_by_label("Your answer")).to_have_value("Amsterdam")
    expect(ann.get_by_label("Your answer")).not_to_be_editable()
    quiz.host.reveal()
    expect(ann.locator(".verdict")).to_have_text("Partly right")
    expect(ann.locator(".made li")).to_have_text(["Amsterdam is the capital"])
    expect(ann.locator(".missed li")).to_have_text(["the government sits in The Hague"])
    expect(ann.locator(".room-points li").first).to_contain_text("1 of 3")
    expect(cat.locator(".verdict")).to_have_text("Partly right")
    expect(dan.locator(".verdict")).to_have_text("Not asked")
    assert_accessible(ann, dan)


def take_home(quiz: Room, stage: Page, ann: Page, folder: Path) -> None:
    """The end: the final table, and the player's own session as a file."""
    quiz.host.do("next")
    expect(ann.get_by_text("You came 1st of 4, with 120 points.")).to_be_visible()
    expect(ann.get_by_role("table", name="Final table").get_by_role("row")).to_have_count(5)
    expect(stage.get_by_role("table", name="Teams, by average")).to_be_visible()
    assert_accessible(ann, stage)
    with ann.expect_download() as begun:
        ann.get_by_role("button", name="Download my session").click()
    begun.value.save_as(folder / begun.value.suggested_filename)
    taken = json.loads((folder / "quizzer-session.json").read_text(encoding="utf-8"))
    assert (taken["player"], [one["text"] for one in taken["answers"]]) == ("Ann", ["Paris", "Amsterdam"])
    expect(ann.locator("pre")).to_have_text("quizzer import session quizzer-session.json")


def assert_accessible(*pages: Page) -> None:
    for page in pages:
        assert problems(page) == []
