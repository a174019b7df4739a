"""Backups: whole or not at all, thinned out with time, and never the last good one for a worse one."""

from __future__ import annotations

import os
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import DatabaseDamaged, StorageError
from quizzer.storage.backup import DAYS_KEPT, WEEKS_KEPT, back_up, backups, contents, copy_to, kept, made_on
from quizzer.storage.copying import UNFINISHED
from quizzer.storage.store import SqliteStore
from tests.factories import START, review
from tests.storage.test_failures import filled, in_process

DAY = date(2026, 3, 2)


@pytest.fixture
def folder(path: Path) -> Path:
    """Where the backups go."""
    return path.parent / "backups"


def test_a_backup_holds_everything_and_is_private(store: SqliteStore, path: Path, folder: Path) -> None:
    """Made while a session has the database open, with its last answer still in the write-ahead log."""
    store.merge([review(1), review(2, at=START + timedelta(days=1))])
    made = back_up(path, folder, DAY)
    assert (made.facts, made.answers, made.last) == (2, 2, START + timedelta(days=1))
    assert [file.name for file in folder.iterdir()] == ["quizzer-2026-03-02.db"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made_on(folder, DAY)
    again = SqliteStore(made.path)
    assert again.facts("deck/card") == store.facts("deck/card")
    assert again.integrity() == []
    again.close()


def test_the_backup_of_a_day_is_brought_up_to_date(store: SqliteStore, path: Path, folder: Path) -> None:
    """One file a day, however often it is made."""
    back_up(path, folder, DAY)
    store.merge([review(1)])
    assert back_up(path, folder, DAY).facts == 1
    assert len(backups(folder)) == 1


def test_a_backup_with_fewer_facts_does_not_replace_one_with_more(path: Path, folder: Path) -> None:
    """The database was deleted and begun anew: the copy of what it held is what the learner will ask for."""
    filled(path, reviews=5)
    back_up(path, folder, DAY)
    path.unlink()
    filled(path, reviews=1)
    assert back_up(path, folder, DAY).path.name == "quizzer-2026-03-02-2.db"
    assert sorted(contents(file).facts for file in backups(folder)) == [1, 5]


def test_old_backups_are_thinned_out_but_never_the_fullest(path: Path, folder: Path) -> None:
    """Days, then weeks; and the one that holds most stays, whatever became of the database after it."""
    filled(path, reviews=3)
    fullest = back_up(path, folder, DAY).path
    path.unlink()
    filled(path, reviews=1)
    for days in range(1, 80):
        back_up(path, folder, DAY + timedelta(days=days))
    found = backups(folder)
    assert len(found) == DAYS_KEPT + WEEKS_KEPT + 1
    assert found[-1] == fullest
    assert found[0].name == f"quizzer-{DAY + timedelta(days=79)}.db"


@given(st.sets(st.integers(0, 400), max_size=60))
def test_the_last_days_and_the_last_of_each_week_stay(offsets: set[int]) -> None:
    """Whatever days there are: none of the last seven goes, and no two of the older ones are of one week."""
    days = sorted((DAY + timedelta(days=offset) for offset in offsets), reverse=True)
    stay = kept([Path(f"quizzer-{day}.db") for day in days])
    kept_days = sorted((date.fromisoformat(path.stem[8:]) for path in stay), reverse=True)
    assert kept_days[:DAYS_KEPT] == days[:DAYS_KEPT]
    weeks = [day.isocalendar()[:2] for day in kept_days[DAYS_KEPT:]]
    assert len(weeks) == len(set(weeks)) <= WEEKS_KEPT


def test_a_damaged_database_replaces_no_sound_backup(path: Path, folder: Path) -> None:
    """Copying damage every day would leave nothing to restore after a week."""
    filled(path)
    sound = back_up(path, folder, DAY).path.read_bytes()
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5\x17noise!" * ((path.stat().st_size - 8192) // 8))
    with pytest.raises(DatabaseDamaged):
        back_up(path, folder, DAY)
    assert [file.read_bytes() for file in folder.iterdir()] == [sound]


def test_what_a_killed_backup_left_behind_is_removed_later(path: Path, folder: Path) -> None:
    """Not at once: another process may just be writing it."""
    filled(path, reviews=1)
    folder.mkdir()
    old, fresh = folder / f"quizzer-2026-03-01.db.a{UNFINISHED}", folder / f"quizzer-2026-03-02.db.b{UNFINISHED}"
    for leftover in (old, fresh):
        leftover.touch()
    os.utime(old, (0, 0))
    back_up(path, folder, DAY)
    assert (old.exists(), fresh.exists()) == (False, True)


FILL_THE_DISK = """
    import resource, sys
    from datetime import date
    from pathlib import Path
    from quizzer.errors import DiskFull
    from quizzer.storage.backup import back_up
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        back_up(Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 3, 2))
    except DiskFull as error:
        print("full", bool(error.hint))
    """


@pytest.mark.parametrize("limit_bytes", [4096, 20_000, 100_000])
def test_a_full_disk_leaves_the_old_backup_whole(path: Path, folder: Path, limit_bytes: int) -> None:
    """The new one did not fit; the old one is still the one to restore, and no half of the new one is left."""
    filled(path, reviews=10)
    old = back_up(path, folder, DAY).path.read_bytes()
    store = SqliteStore(path)
    store.merge([review(n, card=f"deck/{n}", answer="words " * 200) for n in range(100, 300)])
    store.close()
    assert in_process(FILL_THE_DISK, path, folder, limit_bytes) == ["full True"]
    assert [file.read_bytes() for file in folder.iterdir()] == [old]


def test_a_copy_elsewhere_that_cannot_be_written_says_so(path: Path, tmp_path: Path) -> None:
    """No half of a file is left where the learner believes a backup to be."""
    filled(path, reviews=1)
    with pytest.raises(StorageError):
        copy_to(path, tmp_path / "missing" / "copy.db")
    assert not (tmp_path / "missing").exists()


def test_a_file_of_another_program_is_no_backup(tmp_path: Path) -> None:
    """Its contents would be taken for answers."""
    other = sqlite3.connect(tmp_path / "theirs.db")
    other.execute("create table theirs (x)")
    other.close()
    with pytest.raises(DatabaseDamaged, match="another program"):
        contents(tmp_path / "theirs.db")
