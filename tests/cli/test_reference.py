"""The command reference in the documentation."""

from __future__ import annotations

from pathlib import Path

from quizzer.cli.reference import reference


def test_the_command_reference_is_up_to_date() -> None:
    """A reference that drifts misleads; `python -m quizzer.cli.reference > docs/commands.md` makes it anew."""
    assert (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8") == reference()
