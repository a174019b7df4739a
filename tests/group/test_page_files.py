"""The page's files hold to what the strict content-security policy asks of them, and to what keeps text text."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

FOLDER = Path(str(resources.files("quizzer.group") / "web"))
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]

MAKES_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment")
RUNS_TEXT = re.compile(r"\beval\(|\bnew Function\b|set(?:Timeout|Interval)\(\s*[\"'`]")
NEEDS_A_SECURE_CONTEXT = re.compile(r"crypto\.subtle|randomUUID|navigator\.(?:clipboard|serviceWorker|wakeLock|share)")
ADDRESS = re.compile(r"(?<=[\"'`(])(?:https?:)?//[\w-]+\.[\w.-]+[^\s\"'`)]*")
SVG = "http://www.w3.org/2000/svg"  # a name, which no browser asks for


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("page", [path for path in FILES if path.suffix == ".html"], ids=named)
def test_a_page_has_no_inline_script_or_style(page: Path) -> None:
    """The policy forbids them, so that no text that slips into a page can act; a page with some would be broken."""
    text = page.read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<style|\bstyle=|\bon\w+=", text) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_only_one_script_makes_elements_of_markup(script: Path) -> None:
    """Names and answers are anybody's text: with one place to look at, it can be seen that they never get there."""
    found = MAKES_MARKUP.findall(script.read_text(encoding="utf-8"))

    assert found == (["DOMParser"] if script.name == "markup.js" else [])


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_no_script_runs_text_or_needs_https(script: Path) -> None:
    """The page is opened over plain HTTP on a local network, where browsers switch these off."""
    text = script.read_text(encoding="utf-8")

    assert RUNS_TEXT.findall(text) == []
    assert NEEDS_A_SECURE_CONTEXT.findall(text) == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_no_file_names_another_host(file: Path) -> None:
    """A quiz works in a room without internet, and tells nobody outside that it takes place."""
    assert [found for found in ADDRESS.findall(file.read_text(encoding="utf-8")) if found != SVG] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_what_a_script_imports_is_there(script: Path) -> None:
    """A missing module stops the whole page, and only in the browser."""
    for imported in re.findall(r"from \"(.+?)\"", script.read_text(encoding="utf-8")):
        assert (FOLDER / imported).is_file(), f"{script.name} imports {imported}"
