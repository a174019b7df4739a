"""Nobody is lost: a dropped line, a closed page, another device, a second tab, a host that was killed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.group.browser.room import DESKTOP, Room, room
from tests.group.sessions import QUESTIONS

pytestmark = pytest.mark.browser

HEAR = """() => {
  window.said = [];
  const region = document.getElementById("announcer");
  new MutationObserver(() => said.push(region.textContent.trim())).observe(region, { childList: true });
}"""


def typing(quiz: Room, page: Page, text: str) -> None:
    """Have the next question asked and *text* typed, and kept by the host."""
    quiz.host.do("next")
    page.get_by_label("Your answer").fill(text)
    quiz.host.until(lambda: text in quiz.running.state.round.drafts.values())


def test_a_page_that_was_closed_comes_back_with_what_was_typed(browser: Browser) -> None:
    """A phone drops a page that is out of sight; the player did nothing wrong."""
    with room(browser, QUESTIONS) as quiz:
        ann = quiz.join("Ann")
        typing(quiz, ann, "It is Par")
        ann.close()

        again = ann.context.new_page()
        again.goto(quiz.link)

        expect(again.get_by_label("Your answer")).to_have_value("It is Par")
        assert list(quiz.running.state.players) == ["p1"]


def test_a_personal_code_moves_a_player_to_another_device(browser: Browser) -> None:
    """A battery that is empty takes nobody's points or half an answer; the first device is told."""
    with room(browser, QUESTIONS) as quiz:
        ann = quiz.join("Ann")
        typing(quiz, ann, "It is Par")
        ann.get_by_role("button", name="Menu").click()
        personal = ann.get_by_label("Your personal code").inner_text()

        other = quiz.device(DESKTOP).new_page()
        other.goto(quiz.link)
        other.get_by_text("I was in this quiz on another device").click()
        other.get_by_label("Personal code").fill("WRONG-ONE")
        other.get_by_role("button", name="Come back").click()
        expect(other.get_by_role("alert")).to_have_text("Nobody has this personal code.")
        expect(other.get_by_label("Personal code")).to_be_focused()
        other.get_by_label("Personal code").fill(personal.lower())
        other.keyboard.press("Enter")

        expect(other.get_by_label("Your answer")).to_have_value("It is Par")
        expect(ann.get_by_role("heading", name="This quiz is open in another tab")).to_be_visible()
        assert list(quiz.running.state.players) == ["p1"]


def test_a_second_tab_is_the_same_player_and_can_be_taken_back(browser: Browser) -> None:
    """One who opens the link twice neither plays twice nor loses the first tab's text."""
    with room(browser, QUESTIONS) as quiz:
        first = quiz.join("Ann")
        typing(quiz, first, "It is Par")
        second = first.context.new_page()
        second.goto(quiz.link)
        second.get_by_label("Your answer").press_sequentially("is")
        expect(first.get_by_role("heading", name="This quiz is open in another tab")).to_be_visible()

        first.get_by_role("button", name="Use it here").click()

        expect(first.get_by_label("Your answer")).to_have_value("It is Paris")
        expect(second.get_by_role("button", name="Use it here")).to_be_visible()
        assert list(quiz.running.state.players) == ["p1"]


def test_what_is_handed_in_while_the_host_is_away_arrives_when_it_is_back(browser: Browser, tmp_path: Path) -> None:
    """The host's laptop may fall asleep or crash at any moment: the page says so, keeps the text, and sends it."""
    with room(browser, QUESTIONS, folder=tmp_path) as quiz:
        ann = quiz.join("Ann")
        typing(quiz, ann, "It is")
        session, port = quiz.running.state.opened.session, quiz.running.port
        quiz.stop_host()
        expect(ann.get_by_text("Reconnecting… What you type is kept.")).to_be_visible()
        ann.get_by_label("Your answer").fill("It is Paris")
        ann.get_by_role("button", name="Hand in").click()
        expect(ann.get_by_role("heading", name="Handing in…")).to_be_visible()

        quiz.resume_host(session, port=port)

        expect(ann.get_by_role("heading", name="Handed in")).to_be_visible()
        expect(ann.locator("#connection")).to_be_empty()
        assert [given.text for given in quiz.running.state.round.answers.values()] == ["It is Paris"]


def test_what_is_typed_offline_is_sent_when_the_network_is_back(browser: Browser) -> None:
    """A lift or a tunnel: typing goes on."""
    with room(browser, QUESTIONS) as quiz:
        ann = quiz.join("Ann")
        typing(quiz, ann, "It is")
        ann.context.set_offline(True)
        ann.get_by_label("Your answer").fill("It is Paris")
        expect(ann.get_by_text("Reconnecting… What you type is kept.")).to_be_visible()
        assert "It is Paris" not in quiz.running.state.round.drafts.values()
        ann.context.set_offline(False)

        quiz.host.until(lambda: "It is Paris" in quiz.running.state.round.drafts.values())


def test_what_stands_there_when_the_clock_ends_counts(browser: Browser) -> None:
    """As the page says; the last seconds and the end are said aloud, and the focus stays where somebody types."""
    with room(browser, QUESTIONS, seconds=8) as quiz:
        ann = quiz.join("Ann", DESKTOP)
        ann.evaluate(HEAR)
        quiz.host.do("next")
        quiz.host.do("pause")  # a slow machine would not have typed in time
        expect(ann.get_by_label("Your answer")).to_be_focused()
        ann.keyboard.type("Paris")
        expect(ann.get_by_label("Your answer")).to_have_value("Paris")
        quiz.host.do("unpause")
        quiz.host.phase("judging")

        assert [given.text for given in quiz.running.state.round.answers.values()] == ["Paris"]
        expect(ann.get_by_label("Your answer")).to_be_focused()
        expect(ann.get_by_label("Your answer")).not_to_be_editable()
        expect(ann.locator("#announcer")).to_contain_text("The host looks at the close calls.")
        said = " ".join(ann.evaluate("said"))
        assert said.index("Question 1 of 3.") < said.index("5 seconds left.") < said.index("The host looks")


def test_an_answer_that_is_changed_and_left_as_it_was_counts_as_it_was(browser: Browser) -> None:
    """To look at one's answer again must not cost anything."""
    with room(browser, QUESTIONS) as quiz:
        ann, ben = quiz.join("Ann", DESKTOP), quiz.join("Ben")
        quiz.host.do("next")
        ann.keyboard.type("Paris")
        ann.get_by_role("button", name="Hand in").click()
        ann.get_by_role("button", name="Change it").click()
        expect(ann.get_by_label("Your answer")).to_be_focused()
        ann.keyboard.type(", or not")
        quiz.host.until(lambda: "Paris, or not" in quiz.running.state.round.drafts.values())
        ann.get_by_role("button", name="Leave it as it was").click()
        expect(ann.get_by_role("heading", name="Handed in")).to_be_visible()
        ben.get_by_role("button", name="I don't know").click()

        quiz.host.phase("judging")

        assert [given.text for given in quiz.running.state.round.answers.values()] == ["Paris", ""]


def test_somebody_who_was_taken_out_is_told_and_stays_out(browser: Browser) -> None:
    """A page that came back by itself would undo what the host did."""
    with room(browser, QUESTIONS) as quiz:
        ann, ben = quiz.join("Ann"), quiz.join("Ben")
        quiz.host.do("kick", player=quiz.host.player("Ben"))
        expect(ben.get_by_role("heading", name="The host has taken you out of the quiz")).to_be_visible()
        ben.reload()
        expect(ben.get_by_role("heading", name="The host has taken you out of the quiz")).to_be_visible()
        expect(ann.get_by_text("1 player is here")).to_be_visible()
