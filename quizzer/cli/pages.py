"""Saves reports as HTML pages, never over a file that quizzer did not write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.errors import DeckChanged, DeckError, ReportUnwritable

if TYPE_CHECKING:
    from quizzer.reports.page import Page


def write(path: Path, page: Page) -> None:
    """Put *page* into the file *path*, as a whole or not at all; an earlier report in it is replaced.

    Raises:
        ReportUnwritable: it cannot be written, or something else is there.
    """
    from quizzer.decks.editing import saving  # 10 ms that a report in the terminal need not pay
    from quizzer.reports.page import MARK, render  # jinja2

    if path.is_dir():
        raise ReportUnwritable(f"{path}: is a folder", hint=f"name a file in it, such as {path / 'report.html'}")
    content, mark = render(page).encode(), MARK.encode()
    try:
        if not saving.create(path, content):
            saving.replace(path, content, expected=lambda found: not found or mark in found[:2000])
    except DeckChanged as error:
        message = f"{path}: is there already, and quizzer did not write it"
        raise ReportUnwritable(message, hint="name another file; this one is as it was") from error
    except DeckError as error:
        raise ReportUnwritable(error.message, hint="name a file in a folder that you can write to") from error
