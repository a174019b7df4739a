"""Whatever people call themselves, answer, or write into a deck is shown as text, and does nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from quizzer.group.events import Question
from tests.group.browser.axe import problems
from tests.group.browser.room import room

pytestmark = pytest.mark.browser

NAME = "<img src=x onerror=a()>"
TEAM = "<b onclick=a()>**Red**"
ANSWER = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> **Paris** [x](javascript:alert(1)) \u202eevil &lt; {{7*7}}"
)
QUESTION = Question(
    "capitals/fr", "d1",
    "<img src=x onerror=alert(1)> What is the *capital*? [a](javascript:alert(1)) [b](https://other.test/)",
    ("<script>alert(1)</script> Paris",),
    points=("<svg onload=alert(1)> Paris",),
    explanation="<iframe src=https://other.test/></iframe> ![x](https://other.test/x.png) Since 987.",
)  # fmt: skip


def test_hostile_names_answers_and_decks_are_shown_as_text(browser: Browser) -> None:
    """On the player's page and on the projector, at every stage of their way."""
    with room(browser, (QUESTION,), teams="choose") as quiz:
        stage, ann = quiz.stage(), quiz.join(NAME, viewport={"width": 320, "height": 640})
        wide = quiz.join("M" * 24)
        ann.get_by_label("A new team").fill(TEAM)
        ann.get_by_role("button", name="Add it").click()
        ann.get_by_label("My answer may be shown").check()
        expect(ann.get_by_role("heading", level=1)).to_have_text(f"You are in, {NAME}")
        expect(stage.get_by_role("listitem").first).to_have_text(f"{NAME} {TEAM}")
        quiz.host.do("next")
        expect(ann.locator("#question")).to_contain_text("<img src=x onerror=alert(1)> What is the capital?")
        expect(ann.locator("#question a")).to_have_attribute("href", "https://other.test/")
        expect(ann.locator("#question a")).to_have_attribute("rel", "noopener noreferrer nofollow")
        ann.get_by_label("Your answer").fill(ANSWER)
        ann.get_by_role("button", name="Hand in").click()
        expect(ann.get_by_role("blockquote")).to_have_text(ANSWER)
        wide.get_by_label("Your answer").fill("W" * 200)
        wide.get_by_role("button", name="Hand in").click()
        quiz.host.reveal()
        for page in (ann, stage):
            expect(page.locator(".best blockquote")).to_have_text(ANSWER)
            expect(page.locator(".best figcaption")).to_have_text(f"The best answer that may be shown, by {NAME}")
            expect(page.locator(".markdown", has_text="<script>alert(1)</script> Paris")).to_be_visible()
            expect(page.locator(".room-points")).to_contain_text("<svg onload=alert(1)> Paris")
            expect(page.get_by_role("rowheader", name=NAME).first).to_contain_text(TEAM)
        assert [problems(page) for page in (ann, wide, stage)] == [[], [], []]
        assert [page.locator("img, iframe, main script, svg svg").count() for page in (ann, stage)] == [0, 0]
        assert quiz.watch.trouble == []
        assert {url.split("/")[2] for url in quiz.watch.requests} == {quiz.site[7:]}


def test_the_policy_stops_a_script_that_would_get_into_the_page(browser: Browser) -> None:
    """The second line of defence, should the first one ever have a hole."""
    with room(browser, (QUESTION,)) as quiz:
        ann = quiz.join("Ann")
        tried = ann.evaluate(
            """() => {
              const tried = [];
              const attempt = (name, act) => { try { act(); } catch { tried.push(name); } };
              const script = document.createElement('script');
              attempt('script', () => { script.textContent = 'window.ran = true'; document.body.append(script); });
              attempt('html', () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'));
              attempt('handler', () => document.body.setAttribute('onclick', 'window.ran = true'));
              document.body.click();
              return [tried, Boolean(window.ran)];
            }"""
        )

        assert tried == [["script", "html", "handler"], False]
