"""A report's page: the parts that it can have, and the one template that turns them into HTML."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from quizzer.text import printable

TEMPLATES = Path(__file__).parent / "templates"
MARK = '<meta name="generator" content="quizzer">'
"""Stands in the head of every page: what carries it may be replaced by the next one."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that is looked at first."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Numbers side by side."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with a small note below its text."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads; columns whose index is in *numbers* are aligned to the right."""

    kind: ClassVar[str] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    numbers: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart as SVG, drawn for a wide page and for a phone."""

    wide: str
    narrow: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with what it says in words, and its numbers as a table to fold out."""

    kind: ClassVar[str] = "figure"
    drawing: Drawing
    summary: str
    """Read out in place of the drawing."""
    table: Table
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with what was answered to it."""

    question: str
    verdict: str
    answer: str
    made: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    note: str = ""
    passed: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions and answers one after another."""

    kind: ClassVar[str] = "answers"
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """A long table to fold out; not printed."""

    kind: ClassVar[str] = "fold"
    summary: str
    table: Table


Part = Prose | Tiles | Table | Figure | Answers | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under a heading; *note* says what is counted."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footer: str = "Made by quizzer on this machine; nothing on this page is loaded from anywhere."


def render(page: Page) -> str:
    """The page as one HTML document; its policy forbids scripts and requests of every kind."""
    import jinja2  # 100 ms
    from markupsafe import Markup

    def shown(value: Any) -> Any:  # what jinja passes: any value of a template's expression
        return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, finalize=shown,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The drawings are Vega's own SVG, in which every text is escaped already.
    environment.filters["drawn"] = Markup
    return environment.get_template("page.html").render(
        page=page, style=Markup(style), style_digest=digest, generator=Markup(MARK)
    )
