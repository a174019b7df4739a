"""The error tree: stable codes, and an exit code for each class."""

from __future__ import annotations

import inspect

import pytest

from quizzer import errors
from quizzer.cli.output import EXIT_BUG, exit_code
from quizzer.errors import DeckInvalid, ExportInvalid, GroupRefused, Problem, QuizzerError, SessionFileInvalid

CLASSES = [
    value
    for value in vars(errors).values()
    if inspect.isclass(value) and issubclass(value, QuizzerError) and value is not QuizzerError
]


def instance(kind: type[QuizzerError]) -> QuizzerError:
    if issubclass(kind, GroupRefused):
        return kind("closed", "x")
    return (
        kind((Problem("deck", "x"),))
        if issubclass(kind, DeckInvalid | ExportInvalid | SessionFileInvalid)
        else kind("x")
    )


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_an_exit_code(kind: type[QuizzerError]) -> None:
    """An error that nobody mapped would look like a crash."""
    assert exit_code(instance(kind)) != EXIT_BUG


def test_codes_are_distinct() -> None:
    """Scripts tell errors apart by their code."""
    codes = [kind.code for kind in CLASSES]
    assert len(codes) == len(set(codes))
