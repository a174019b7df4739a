"""A team's evening: pages and terminals in one quiz, with all that goes wrong in one, up to the host's report."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Run, envelope
from tests.group.browser.room import DESKTOP, PHONE, Room, room
from tests.group.sessions import QUESTIONS
from tests.terminal import Terminal

pytestmark = pytest.mark.browser


def test_pages_and_terminals_play_one_quiz_up_to_its_report(browser: Browser, home: Path, quizzer: Run) -> None:
    """Three pages and two terminals; a drop and return, a kick, an overruled answer, and somebody who comes late."""
    with room(browser, QUESTIONS[:2], folder=home / "sessions") as quiz:
        link = quiz.running.link
        with (
            Terminal("join", link, "--plain", "--name", "Dot", "--no-keep") as dot,
            Terminal("join", link, "--plain", "--name", "Eve", "--no-keep") as eve,
        ):
            ann, ben = quiz.join("Ann", PHONE), quiz.join("Ben", DESKTOP)
            troll = quiz.join("Troll")
            quiz.host.do("kick", player=quiz.host.player("Troll"))
            expect(troll.get_by_role("heading", name="The host has taken you out")).to_be_visible()
            for name in ("Dot", "Eve"):
                quiz.host.player(name)
            quiz.host.do("next")
            dot.wait_for("capital of")
            dot.send("Paris\n\n")
            eve.wait_for("capital of")
            eve.send("Lutetia\n\n")
            ben = dropped_and_returned(quiz, ben)
            hand_in(ben, "Lutetia")
            hand_in(ann, "Paris")
            quiz.host.phase("judging")
            quiz.host.do("judge", group=quiz.host.group("Lutetia"), accept=True)
            quiz.host.reveal()
            expect(ben.locator(".verdict")).to_have_text("Right")
            eve.wait_for("[+] right")
            quiz.host.do("next")
            cat = quiz.join("Cat", PHONE)
            hand_in(cat, "Amsterdam, and The Hague")
            quiz.host.do("close")
            quiz.host.reveal()
            expect(cat.get_by_role("row", name="Cat (you)")).to_contain_text("100")
            quiz.host.do("next")
            assert (dot.end(), eve.end()) == (0, 0)
            expect(ann.get_by_text("of 5, with 100 points.")).to_be_visible()
        assert quiz.watch.trouble == []

    report = envelope(quizzer("group", "results", "last", "--json").stdout)["data"]
    points = {player["player"]: player["points"] for player in report["players"]}
    assert points == {"Ann": 100, "Dot": 100, "Cat": 100, "Ben": 60, "Eve": 60}


def hand_in(page: Page, text: str) -> None:
    page.get_by_label("Your answer").fill(text)
    page.get_by_role("button", name="Hand in").click()


def dropped_and_returned(quiz: Room, page: Page) -> Page:
    """The page of the same player after its browser has dropped it."""
    page.get_by_label("Your answer").fill("Lut")
    quiz.host.until(lambda: "Lut" in quiz.running.state.round.drafts.values())
    page.close()
    again = page.context.new_page()
    again.goto(quiz.link)
    expect(again.get_by_label("Your answer")).to_have_value("Lut")
    return again
