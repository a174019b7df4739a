"""The page that a host makes of a session, as a browser shows it; and what such pages are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from quizzer.reports import page as reports
from quizzer.reports import session
from tests.group.browser.axe import problems
from tests.group.browser.room import PATIENCE_MS, Watch
from tests.reports.test_page import whole_page
from tests.reports.test_session import evening

pytestmark = pytest.mark.browser

VIEWPORTS: tuple[ViewportSize, ...] = ({"width": 1280, "height": 800}, {"width": 360, "height": 740})
WHEN = "2026-03-02 20:00"


@pytest.mark.parametrize("which", ["named", "anonymous", "every part"])
def test_a_report_is_accessible(browser: Browser, tmp_path: Path, which: str) -> None:
    """It is passed on to everybody who played: axe finds it accessible on desktop and phone, folded and unfolded, in
    light and dark; it asks for nothing and complains of nothing."""
    told = whole_page("text") if which == "every part" else session.page(evening(), when=WHEN, named=which == "named")
    report = tmp_path / "report.html"
    report.write_text(reports.render(told), encoding="utf-8")
    watch = Watch()
    with browser.new_context(reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", watch.over)
        shown = context.new_page()
        shown.goto(report.as_uri())
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        assert [found for unfolded in (False, True) for found in all_problems(shown, unfolded=unfolded)] == []
    assert (watch.trouble, watch.requests) == ([], [report.as_uri()])


def all_problems(page: Page, *, unfolded: bool) -> list[str]:
    page.evaluate("(open) => document.querySelectorAll('details').forEach((one) => { one.open = open; })", unfolded)
    found = []
    for viewport in VIEWPORTS:
        page.set_viewport_size(viewport)
        found += [f"{viewport['width']}: {problem}" for problem in problems(page)]
    return found
