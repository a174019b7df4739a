"""The README's console blocks, run as a reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_readme_has_examples() -> None:
    """Else the test below would pass on nothing."""
    assert len(BLOCKS) >= 3


def test_the_bundled_deck_is_said_to_be_clean() -> None:
    """It is the example for every other one; whether it is true is tested below."""
    assert ("quizzer deck check bert", "1 deck checked, no problems\n") in BLOCKS


def test_every_page_of_the_documentation_is_linked() -> None:
    """Who starts at the README finds each at once; what only another page links to is not looked for."""
    linked = set(re.findall(r"\]\(docs/([^)#]+\.md)", README.read_text(encoding="utf-8")))
    assert {page.name for page in (README.parent / "docs").glob("*.md")} - linked == set()


@pytest.mark.model
@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[command[:40] for command, _ in BLOCKS])
def test_console_blocks_are_true(command: str, expected: str, ready_home: Path) -> None:
    """What the README shows is what the program prints; a line of dots stands for lines left out."""
    program = f"{shlex.quote(sys.executable)} -m quizzer"
    environment = os.environ | {"QUIZZER_HOME": str(ready_home)}
    words = re.sub(r"(^|\| )quizzer", lambda match: f"{match[1]}{program}", command)
    result = subprocess.run(words, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    pattern = ".*".join(re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE))
    assert re.fullmatch(pattern, result.stdout, re.DOTALL), result.stdout
