"""The root command: version, help, mistyped commands, exit codes, and what it imports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from quizzer import __version__
from tests.conftest import Run


def test_version_is_one_line(quizzer: Run) -> None:
    """Scripts and bug reports read it."""
    assert quizzer("--version").stdout == f"quizzer {__version__}\n"


def test_a_mistyped_command_is_a_usage_error_with_the_nearest_name(quizzer: Run) -> None:
    """Exit code 2, where to look, and what was probably meant."""
    result = quizzer("confg")
    assert result.returncode == 2
    assert (
        result.stderr == "quizzer: error: no such command 'confg'; did you mean 'config'?\nhint: see `quizzer --help`\n"
    )


def test_a_usage_error_is_an_envelope_when_json_is_asked_for(quizzer: Run) -> None:
    """A program that asked for JSON never has to parse text."""
    result = quizzer("config", "--json", "--nonsense")
    assert result.returncode == 2
    envelope = json.loads(result.stdout)
    assert envelope["status"] == "error"
    assert envelope["errors"][0]["code"] == "usage"


def test_a_broken_configuration_names_the_file_and_every_problem(quizzer: Run, home: Path) -> None:
    """Exit code 4, all problems at once."""
    home.mkdir()
    (home / "config.toml").write_text("new_per_day = -1\ncolour = 'red'\n")
    result = quizzer("config")
    assert result.returncode == 4
    assert "config.toml" in result.stderr
    assert "'new_per_day' must be" in result.stderr
    assert "unknown key 'colour'" in result.stderr


def test_help_loads_nothing_heavy() -> None:
    """Help and version are the first thing that people time."""
    code = (
        "import sys; from quizzer.cli.main import root; root.main(['-h'], standalone_mode=False); print(*sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(output.splitlines()[-1].split())
    assert not loaded & {
        "rich",
        "numpy",
        "yaml",
        "sqlite3",
        "torch",
        "onnxruntime",
        "prompt_toolkit",
        "sqlite_utils",
        "json",
    }


def test_an_error_envelope_names_its_command(quizzer: Run) -> None:
    """A script that runs several commands knows which failed."""
    result = quizzer("card", "show", "bert/nosuch", "--json")
    envelope = json.loads(result.stdout)
    assert (result.returncode, envelope["command"], envelope["status"]) == (2, "card show", "error")
    assert json.loads(quizzer("card", "show", "--json").stdout)["command"] == "card show"


def test_debug_is_understood_after_the_command_too(quizzer: Run) -> None:
    """It is what the message about a bug asks for."""
    assert quizzer("due", "--debug").returncode == 0
