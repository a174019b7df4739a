"""The command reference in the documentation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_command_reference_is_up_to_date() -> None:
    """A reference that drifts misleads; `python -m quizzer.cli.reference > docs/commands.md` makes it anew.

    In a process of its own: a command that another test has run alone keeps its help option without `-h`.
    """
    made = subprocess.run([sys.executable, "-m", "quizzer.cli.reference"], capture_output=True, check=True, text=True)
    assert (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8") == made.stdout
