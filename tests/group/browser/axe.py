"""Accessibility as axe-core sees it."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Literal

from playwright.sync_api import Page

ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES: tuple[tuple[Literal["light", "dark"], tuple[str, ...]], ...] = (("light", ALL), ("dark", ("color-contrast",)))
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, nodes }) => ["serious", "critical"].includes(impact)
    ? nodes.map((node) => `${id}: ${node.html.slice(0, 120)}: ${node.failureSummary}`) : []);
}"""


def problems(page: Page) -> list[str]:
    """What axe-core finds serious or worse on *page* as it stands: in light colours all, in dark ones the contrast.

    And whether it has to be scrolled sideways, which axe-core does not look at.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(script())
    found = ["scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {problem}" for problem in page.evaluate(RUN, list(rules))]
    page.emulate_media(color_scheme="light")
    return found


@functools.cache
def script() -> str:
    """axe-core itself, once in each page; reading it anew for each run would take longer than the run."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
