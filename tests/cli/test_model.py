"""`quizzer model`."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run


def test_the_bundled_model_is_shown_whole(quizzer: Run) -> None:
    """A damaged download would grade wrongly and say nothing."""
    data = json.loads(quizzer("model", "show", "--json").stdout)["data"]
    assert (data["name"], data["as_published"], data["exported"]) == ("all-MiniLM-L6-v2", True, False)


def test_show_is_the_default(quizzer: Run) -> None:
    """`quizzer model` alone answers the commonest question."""
    assert quizzer("model").stdout == quizzer("model", "show").stdout


@pytest.mark.model
@pytest.mark.usefixtures("ready_home")
def test_a_prepared_model_is_left_alone(quizzer: Run) -> None:
    """Set-up may run it every time."""
    done = quizzer("model", "prepare")
    assert done.returncode == 0
    assert "is ready in" in done.stdout
    assert done.stderr == ""
