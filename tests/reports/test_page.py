"""The one template of reports: safe, self-contained, complete."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzer.reports import charts
from quizzer.reports.page import (
    MARK,
    Answer,
    Answers,
    Cell,
    Figure,
    Fold,
    Page,
    Part,
    Prose,
    Section,
    Table,
    Tile,
    Tiles,
    render,
)

TODAY = date(2026, 3, 5)
HOSTILE = (
    "</style></title><script>alert(1)</script><img src=https://example.com/x onerror=alert(1)> \x1b[31m\u202e \"'&"
)


def whole_page(text: str) -> Page:
    """A page with every kind of part and every kind of chart, *text* wherever one can stand."""
    table = Table((text, "number"), ((text, "1"), (Cell(text, text), "2")), (1,), caption=text)
    drawings = (
        charts.columns([(TODAY + timedelta(days=n), n) for n in range(30)], unit=text, narrow_days=10),
        charts.calendar({TODAY: 3}, today=TODAY, bounds=(1, 5, 10, 20)),
        charts.shares([charts.ShareRow(text, 0.5, 0.2, 0.8, text)]),
    )
    parts: tuple[Part, ...] = (
        Prose((text,)), Tiles((Tile(text, text, text),)), table, *(Figure(d, text, table, text) for d in drawings),
        Answers((Answer(text, text, text, (text,), (text,), text, False),)), Fold(text, table),
    )  # fmt: skip
    return Page(text, text, (Section(text, parts, text),), text)


class Elements(HTMLParser):
    """Collects elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_hostile_texts_stay_texts() -> None:
    """Decks and answers are other people's words: no element, attribute or control character comes from them."""
    html = render(whole_page(HOSTILE))
    found = Elements(html)
    assert not {"script", "img", "iframe", "object", "base", "form"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "alert(1)" in "".join(found.text)


def test_nothing_is_loaded_from_anywhere() -> None:
    """The page works from a mail attachment on a train; the only addresses are names of XML vocabularies."""
    html = render(whole_page("text"))
    assert {value for name, value in Elements(html).attributes if name in ("src", "href", "xlink:href")} == {"data:,"}
    assert set(re.findall(r"https?://[^\s\"'<>]+", html)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "url(" not in html
    assert "@import" not in html


def test_the_policy_permits_the_page_its_own_style_and_nothing_else() -> None:
    """A browser refuses whatever an escaped text might still have smuggled in."""
    html = render(whole_page("text"))
    (policy,) = (value for name, value in Elements(html).attributes if value.startswith("default-src"))
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_a_report_is_known_by_its_mark() -> None:
    """By it, a later report may take its place."""
    assert MARK in render(Page("a", "b", ()))[:2000]


def test_colours_are_variables_so_that_one_drawing_serves_light_dark_and_print() -> None:
    """A colour of Vega's own would be unreadable on one of the backgrounds."""
    html = render(whole_page("text"))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', html))
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none", "transparent"}
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[0]
    for name in {colour[4:-1] for colour in colours if colour.startswith("var(--")}:
        assert style.count(f"{name}: ") == 3, f"{name} needs a light, a dark and a printed value"


@settings(deadline=None, max_examples=10)
@given(st.text())
@example("\x1b[31m\x00")
@example("\ud800 \uffff \ufffe \u2028 \u202e")
@example("long " * 50_000)
@example("a label that is cut: " + "\U0001f525" * 40)
def test_any_text_is_printed_whole(text: str) -> None:
    """Whatever was typed can be reported, lone surrogates included."""
    figure = Figure(charts.shares([charts.ShareRow(text, 0.5, 0, 1, text)]), text, Table((text,), ()))
    html = render(Page("a report", text, (Section(text, (Prose((text,)), figure)),)))
    html.encode()
    assert "<h1>a report</h1>" in html


@pytest.mark.parametrize("counts", [{}, {TODAY: 1}, {TODAY - timedelta(days=4000): 9, TODAY: 10**9}])
def test_a_calendar_of_any_length_is_a_year_long(counts: dict[date, int]) -> None:
    """The first day looks like a beginning, and ten years still fit."""
    drawing = charts.calendar(counts, today=TODAY, bounds=(1, 2, 3, 4))
    assert drawing.wide.count("var(--heat-") > 350
    assert drawing.narrow.count("var(--heat-") > 160
