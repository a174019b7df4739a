"""Problems as GitHub's workflow commands, which put them beside the lines of a pull request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from quizzer.errors import Problem
from quizzer.text import printable

Level = Literal["error", "warning", "notice"]

WORKSPACE_VARIABLE = "GITHUB_WORKSPACE"


def annotation(problem: Problem, level: Level) -> str:
    """One line, such as ``::error file=decks/a.yaml,line=5,col=3,title=unknown-key::unknown key 'x'; did you ...``.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    properties = {
        "file": _from_workspace(problem.path) if problem.path else "",
        "line": str(problem.line or 1) if problem.path else "",
        "col": str(problem.column or 1) if problem.path else "",
        "title": f"quizzer: {problem.code}",
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    message = problem.message + (f"\n{problem.hint}" if problem.hint else "")
    return f"::{level} {said}::{_data(message)}"


def _from_workspace(path: str) -> str:
    """*path* as GitHub knows the file: from the root of the repository, whatever the folder of the step."""
    workspace = os.environ.get(WORKSPACE_VARIABLE, "").strip()
    if workspace:
        whole = Path(os.path.normpath(Path.cwd() / path))
        if whole.is_relative_to(workspace):
            path = str(whole.relative_to(workspace))
    return Path(path).as_posix()


def _data(text: str) -> str:
    return printable(text.replace("\r\n", "\n").replace("\r", "\n")).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
