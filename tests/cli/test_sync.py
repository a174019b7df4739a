"""`quizzer sync`, between homes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.conftest import Run, envelope

DECK = """quizzer: 1
deck: {id: sky}
cards:
  - {id: blue, question: Why is the sky blue?, answers: [Scattering.]}
  - {id: red, question: Why are sunsets red?, answers: [Scattering.]}
"""

On = Callable[..., CompletedProcess[str]]


@pytest.fixture
def folder(decks: Path, tmp_path: Path) -> Path:
    """The folder that something keeps the same on all machines."""
    (decks / "sky.yaml").write_text(DECK)
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def on(quizzer: Run, tmp_path: Path) -> On:
    """Runs a command on the machine of this name."""
    return lambda machine, *arguments: quizzer(*arguments, QUIZZER_HOME=str(tmp_path / machine))


def suspended(done: CompletedProcess[str]) -> int:
    count: int = envelope(done.stdout)["data"]["suspended"]
    return count


def test_machines_come_to_the_same_schedule(on: On, folder: Path) -> None:
    """What a newcomer reads on the first, on the second, and when there is nothing more to do."""
    on("desk", "card", "suspend", "sky/blue")
    on("lap", "card", "suspend", "sky/red")
    assert on("desk", "sync", str(folder)).stdout.startswith(
        "no other machine has written here yet; 1 entry written to "
    )
    took = on("lap", "sync", str(folder))
    assert took.returncode == 0
    assert took.stdout.startswith("1 entry taken in, 1 entry written to quizzer-")
    on("desk", "sync", str(folder))
    assert [suspended(on(machine, "due", "--json")) for machine in ("desk", "lap")] == [2, 2]
    assert on("lap", "sync", str(folder)).stdout.startswith("0 entries taken in, nothing to write")


def test_a_half_written_file_is_said_and_waited_for(on: On, folder: Path) -> None:
    """Exit code 1: a script may try again."""
    on("desk", "card", "suspend", "sky/blue")
    on("desk", "sync", str(folder))
    (file,) = folder.iterdir()
    content = file.read_bytes()
    os.truncate(file, len(content) - 5)
    waiting = on("lap", "sync", str(folder))
    assert waiting.returncode == 1
    assert f"{file.name}: not all of it is there yet; sync again when it is" in waiting.stdout
    file.write_bytes(content)
    assert on("lap", "sync", str(folder)).returncode == 0
    assert suspended(on("lap", "due", "--json")) == 1


def test_refused_lines_are_named_with_their_place(on: On, folder: Path) -> None:
    """Their text reaches no terminal as an escape sequence, and the envelope has them all."""
    (folder / "quizzer-\x1b[31menemy.jsonl").write_text("{}\n" * 8)
    refused = on("desk", "sync", str(folder))
    assert refused.returncode == 1
    assert "enemy.jsonl:1: refused: not a line of quizzer's" in refused.stdout
    assert "3 more lines refused" in refused.stdout
    assert "\x1b" not in refused.stdout
    (file,) = envelope(on("desk", "sync", str(folder), "--json").stdout)["data"]["files"]
    assert len(file["refused"]) == 8


def test_a_clock_that_is_ahead_is_said(on: On, quizzer: Run, folder: Path, tmp_path: Path) -> None:
    """Its cards would be due too late, and nobody would know why."""
    quizzer("card", "suspend", "sky/blue", now="2096-03-02T09:00", QUIZZER_HOME=str(tmp_path / "desk"))
    on("desk", "sync", str(folder))
    warned = on("lap", "sync", str(folder))
    assert warned.returncode == 1
    assert "sky/blue: dated 2096-03-02" in warned.stdout
    assert on("lap", "sync", str(folder)).returncode == 0


def test_a_folder_that_is_not_there_is_refused(on: On, folder: Path) -> None:
    """A mistyped name must not look like a machine that has nothing new."""
    done = on("desk", "sync", str(folder / "Dorpbox"))
    assert done.returncode == 5
    assert "no such folder" in done.stderr
    assert not (folder / "Dorpbox").exists()
