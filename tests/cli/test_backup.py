"""`quizzer backup`, the backup that makes itself, and `quizzer restore`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Run, envelope

DECK = """quizzer: 1
deck: {id: sky}
cards:
  - {id: blue, question: Why is the sky blue?, answers: [Scattering.]}
  - {id: red, question: Why are sunsets red?, answers: [Scattering.]}
"""


@pytest.fixture(autouse=True)
def deck(decks: Path) -> None:
    (decks / "sky.yaml").write_text(DECK)


def test_a_day_on_which_something_was_saved_has_a_backup(quizzer: Run, home: Path) -> None:
    """Nobody thinks of backups; the one of the first command that saves anything is enough for a day."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    quizzer("card", "suspend", "sky/red", now="2026-03-02T10:00")
    quizzer("due", now="2026-03-03T09:00")
    quizzer("card", "resume", "sky/red", now="2026-03-04T09:00")
    names = [file.name for file in sorted((home / "backups").iterdir())]
    assert names == ["quizzer-2026-03-02.db", "quizzer-2026-03-04.db"]


def test_a_backup_that_fails_does_not_fail_the_command(quizzer: Run, home: Path) -> None:
    """What was asked for is done and saved; that it is not backed up is said."""
    home.mkdir()
    (home / "backups").touch()
    done = quizzer("card", "suspend", "sky/blue")
    assert done.returncode == 0
    assert "no backup of today was made" in done.stderr


def test_backup_brings_todays_up_to_date(quizzer: Run, home: Path) -> None:
    """By hand before a risky step, with what was saved since the morning."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    quizzer("card", "suspend", "sky/red", now="2026-03-02T10:00")
    data = envelope(quizzer("backup", "--json", now="2026-03-02T11:00").stdout)["data"]
    assert data["facts"] == 2
    assert Path(data["path"]) == home / "backups" / "quizzer-2026-03-02.db"


def test_backup_to_a_file_never_replaces_one(quizzer: Run, tmp_path: Path) -> None:
    """The name may be that of something dear."""
    quizzer("card", "suspend", "sky/blue")
    target = tmp_path / "copy.db"
    assert quizzer("backup", "--to", str(target)).returncode == 0
    before = target.read_bytes()
    again = quizzer("backup", "--to", str(target))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert target.read_bytes() == before


def test_there_is_nothing_to_back_up_before_the_first_answer(quizzer: Run, home: Path) -> None:
    """An empty file called a backup would be a false comfort."""
    assert quizzer("backup").returncode == 5
    assert not (home / "backups").exists()


def test_a_damaged_database_is_not_backed_up(quizzer: Run, home: Path) -> None:
    """The sound copy of this morning must not be exchanged for it."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    before = (home / "backups" / "quizzer-2026-03-02.db").read_bytes()
    os.truncate(home / "quizzer.db", 9000)
    done = quizzer("backup", now="2026-03-02T10:00")
    assert done.returncode == 5
    assert "quizzer restore" in done.stderr
    assert (home / "backups" / "quizzer-2026-03-02.db").read_bytes() == before


def test_restore_lists_what_there_is(quizzer: Run, home: Path) -> None:
    """The day and the number of answers tell which one to take; a damaged one is named as such."""
    assert "no backups yet" in quizzer("restore").stdout
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    quizzer("card", "resume", "sky/blue", now="2026-03-03T09:00")
    os.truncate(home / "backups" / "quizzer-2026-03-02.db", 9000)
    lines = quizzer("restore").stdout.splitlines()
    assert lines[0] == "2026-03-03  no answers yet"
    assert lines[1].startswith("2026-03-02  cut short")
    backups = envelope(quizzer("restore", "--json").stdout)["data"]["backups"]
    assert [backup["name"] for backup in backups] == ["2026-03-03", "2026-03-02"]
    assert backups[0]["facts"] == 2


@pytest.mark.parametrize("name", ["latest", "2026-03-02", "quizzer-2026-03-02.db"])
def test_restore_takes_a_backup_by_each_of_its_names(quizzer: Run, home: Path, name: str) -> None:
    """From a deleted database to a card that is suspended as it was."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    (home / "quizzer.db").unlink()
    done = quizzer("restore", name)
    assert done.returncode == 0, done.stderr
    assert envelope(quizzer("due", "--json").stdout)["data"]["suspended"] == 1


def test_restore_says_what_is_kept_and_how_to_go_back(quizzer: Run, home: Path) -> None:
    """A restore by mistake loses nothing."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    quizzer("card", "suspend", "sky/red", now="2026-03-02T10:00")
    done = quizzer("restore", "latest", now="2026-03-02T11:00")
    assert "quizzer restore before-restore-2026-03-02-110000.db" in done.stdout
    assert envelope(quizzer("due", "--json").stdout)["data"]["suspended"] == 1
    quizzer("restore", "before-restore-2026-03-02-110000.db", now="2026-03-02T11:01")
    assert envelope(quizzer("due", "--json").stdout)["data"]["suspended"] == 2


def test_restore_of_what_is_not_there_names_what_is(quizzer: Run, tmp_path: Path) -> None:
    """A day mistyped, or a file of another kind."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    missing = quizzer("restore", "2026-03-01")
    assert missing.returncode == 5
    assert "there are: 2026-03-02" in missing.stderr
    (tmp_path / "notes.txt").write_text("no database")
    assert quizzer("restore", str(tmp_path / "notes.txt")).returncode == 5


def test_an_empty_database_beside_backups_is_named(quizzer: Run, home: Path) -> None:
    """Whoever deleted the file, or moved the home, is told before studying from nothing."""
    quizzer("card", "suspend", "sky/blue")
    (home / "quizzer.db").unlink()
    for _ in range(2):
        assert "there are backups" in quizzer("due").stderr
    quizzer("restore", "latest")
    assert "there are backups" not in quizzer("due").stderr


def test_doctor_names_the_newest_backup_or_what_is_wrong_with_it(quizzer: Run, home: Path) -> None:
    """Whoever asks whether all is well wants to know that there is something to restore."""
    quizzer("card", "suspend", "sky/blue", now="2026-03-02T09:00")
    assert "the newest quizzer-2026-03-02.db" in quizzer("doctor").stdout
    os.truncate(home / "backups" / "quizzer-2026-03-02.db", 9000)
    assert "XX  backups: " in quizzer("doctor").stdout
