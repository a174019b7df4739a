"""What `docs/reminders.md` says to write down works as it is written there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parents[1] / "docs" / "reminders.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
UNITS = re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def programs(home: Path) -> Path:
    """A folder for the path with ``quizzer`` and a ``notify-send`` that writes down what it is told."""
    folder = home.parent / "bin"
    folder.mkdir()
    (folder / "quizzer").write_text(f'#!/bin/sh\nexec {sys.executable} -m quizzer "$@"\n')
    (folder / "notify-send").write_text(f'#!/bin/sh\necho "$1: $2" >> {folder}/said\n')
    (folder / "quizzer-remind").write_text(SCRIPTS[0])
    for program in folder.iterdir():
        program.chmod(0o755)
    return folder


def run(shell: str, script: str, programs: Path) -> str:
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(programs / "cache")}
    return subprocess.run(
        [shell, "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=300
    ).stdout


def test_the_reminder_says_what_is_due(programs: Path) -> None:
    """And is silent where nothing is."""
    run("sh", "quizzer-remind", programs)
    assert (programs / "said").read_text() == "quizzer: 0 due, 0 to repeat, 10 new\n"

    (programs / "quizzer").write_text("#!/bin/sh\necho 'nothing due; next on 2026-12-01'\n")
    run("sh", "quizzer-remind", programs)
    assert (programs / "said").read_text().count("\n") == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_prompt_does_not_wait(programs: Path) -> None:
    """It shows what was asked last, and asks again in the background."""
    script = SCRIPTS[2] + "quizzer_due\n"
    assert run("bash", script, programs) == ""
    for _ in range(300):
        if shown := run("bash", script, programs):
            break
        time.sleep(0.1)
    assert shown == "0 due, 0 to repeat, 10 new\n"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_the_units_are_sound(programs: Path) -> None:
    """As systemd itself reads them."""
    service, timer = UNITS
    (programs / "quizzer.service").write_text(service)
    (programs / "quizzer.timer").write_text(timer)
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(programs / "quizzer.timer"), str(programs / "quizzer.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in result.stderr.splitlines() if "quizzer" in line]
    assert (result.returncode, ours) == (0, [])
