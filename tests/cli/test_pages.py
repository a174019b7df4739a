"""Reports are saved whole, and never over somebody's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.cli import pages
from quizzer.errors import ReportUnwritable
from quizzer.reports.page import Page

PAGE = Page("a report", "of today", ())


def test_a_report_replaces_an_earlier_one(tmp_path: Path) -> None:
    """The same command can run every evening; a folder that is missing is made."""
    path = tmp_path / "reports" / "progress.html"
    pages.write(path, PAGE)
    pages.write(path, Page("another", "", ()))
    assert "<h1>another</h1>" in path.read_text(encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A slip of the fingers must not cost a thesis."""
    path = tmp_path / "thesis.html"
    path.write_text("<h1>mine</h1>")
    with pytest.raises(ReportUnwritable, match="quizzer did not write it"):
        pages.write(path, PAGE)
    assert path.read_text() == "<h1>mine</h1>"


@pytest.mark.parametrize("name", [".", "file/report.html"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    """With what to do instead."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportUnwritable) as caught:
        pages.write(tmp_path / name, PAGE)
    assert caught.value.hint
