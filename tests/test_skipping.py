"""The run that decides whether a change may land leaves no browser test out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MARKED = "import pytest\n@pytest.mark.browser\ndef test_page():\n    pytest.skip('no browser')\n"
WHOLE = "import pytest\npytest.importorskip('no_such_browser')\ndef test_page(): pass\n"
FIXTURE = """import pytest
@pytest.fixture
def page():
    pytest.skip('no browser')
@pytest.mark.browser
def test_page(page): pass
"""
OTHER = "import pytest\ndef test_shell():\n    pytest.skip('no zsh')\n"


def run(folder: Path, text: str, required: str) -> subprocess.CompletedProcess[str]:
    """pytest, with what our tests share, on a module of that text in a folder of browser tests."""
    module = folder / "browser" / "test_module.py"
    module.parent.mkdir()
    module.write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-rs",
               "--rootdir", str(folder), "--config-file", os.devnull, str(module)]  # fmt: skip
    environment = {**os.environ, "QUIZZER_BROWSER_REQUIRED": required, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)


@pytest.mark.parametrize("text", [MARKED, FIXTURE, WHOLE], ids=["test", "fixture", "module"])
def test_a_skipped_browser_test_fails_where_a_browser_is_required(tmp_path: Path, text: str) -> None:
    """Or a machine without a browser would call everything green."""
    result = run(tmp_path, text, "1")
    assert result.returncode in {1, 2}, result.stdout
    assert "QUIZZER_BROWSER_REQUIRED is set" in result.stdout


@pytest.mark.parametrize("text", [MARKED, FIXTURE], ids=["test", "fixture"])
def test_a_browser_test_may_be_skipped_elsewhere(tmp_path: Path, text: str) -> None:
    """Nobody needs a browser in order to work on decks."""
    result = run(tmp_path, text, "")
    assert result.returncode == 0, result.stdout
    assert "1 skipped" in result.stdout


def test_other_tests_may_be_skipped(tmp_path: Path) -> None:
    """Not every machine has every shell."""
    assert run(tmp_path, OTHER, "1").returncode == 0
