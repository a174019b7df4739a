"""Problems reach GitHub as workflow commands, and nothing that a deck says can become a command of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.cli.annotations import annotation
from quizzer.errors import Problem


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, outside of any workflow."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return tmp_path


def test_a_problem_becomes_one_line() -> None:
    """Path, line, column, title and message, the hint below it."""
    problem = Problem("unknown-key", "unknown key 'x'", "decks/a.yaml", 5, 3, "did you mean 'y'?")

    assert annotation(problem, "error") == (
        "::error file=decks/a.yaml,line=5,col=3,title=quizzer%3A unknown-key::unknown key 'x'%0Adid you mean 'y'?"
    )


def test_special_characters_are_escaped() -> None:
    """As GitHub's toolkit does it: percent signs first, colons and commas in properties."""
    problem = Problem("yaml", "100 %: a,\r\nb\x1b[0m", "a,b:c%.yaml", 1, 1)

    line = annotation(problem, "warning")

    assert line == ("::warning file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=quizzer%3A yaml::100 %25: a,%0Ab\ufffd[0m")


def test_a_deck_cannot_smuggle_a_command_in() -> None:
    """`::stop-commands::` on a line of its own would silence the rest of the log."""
    problem = Problem("x", "text\n::stop-commands::pause\r::add-mask::x", "a.yaml", 1, 1, "\n::set-output name=x::y")

    assert "\n" not in annotation(problem, "error")
    assert "\r" not in annotation(problem, "error")


def test_a_problem_without_a_place_has_none() -> None:
    """GitHub then shows it on the run's page."""
    assert annotation(Problem("x", "y"), "notice") == "::notice title=quizzer%3A x::y"


def test_paths_begin_at_the_root_of_the_repository(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step may run in a folder of it; GitHub knows files from the root."""
    (work / "repo" / "lists").mkdir(parents=True)
    monkeypatch.chdir(work / "repo" / "lists")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(work / "repo"))

    for path in ("a.yaml", str(work / "repo" / "lists" / "a.yaml")):
        assert "file=lists/a.yaml," in annotation(Problem("x", "y", path, 1, 1), "error")
    outside = str(work / "other.yaml")
    assert f"file={outside}," in annotation(Problem("x", "y", outside, 1, 1), "error")
