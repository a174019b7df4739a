"""Restoring: after every kind of loss, checked before anything is replaced, and with what was there kept."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quizzer.errors import DatabaseLocked, DatabaseTooNew, StorageError
from quizzer.model import Fact
from quizzer.storage.backup import back_up
from quizzer.storage.restore import restore
from quizzer.storage.store import SqliteStore
from tests.factories import review
from tests.storage.test_failures import filled

DAY = date(2026, 3, 2)
NOISE = b"\xa5\x17noise!" * 3000


@pytest.fixture
def backup(path: Path) -> Path:
    """A backup of a database with 200 answers, which was used on since."""
    filled(path)
    made = back_up(path, path.parent / "backups", DAY).path
    store = SqliteStore(path)
    store.merge([review(900)])
    store.close()
    return made


@pytest.fixture
def keep(path: Path) -> Path:
    """The name under which the replaced database stays."""
    return path.parent / "backups" / "before-restore.db"


def facts(path: Path) -> list[Fact]:
    """All facts of the database, which is sound."""
    store = SqliteStore(path)
    assert store.integrity() == []
    cards = [row[0] for row in store.connection.execute("select distinct card from reviews order by card")]
    found = [fact for card in cards for fact in store.facts(card)]
    store.close()
    return found


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite(path: Path) -> None:
    path.write_bytes(NOISE)


def overwrite_inside(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5\x17noise!" * ((path.stat().st_size - 4096) // 8))


def empty_beside_a_log(path: Path) -> None:
    path.with_name("quizzer.db-wal").write_bytes(b"what was not yet moved into the file")
    os.truncate(path, 0)


def leave_a_stale_log(path: Path) -> None:
    path.with_name("quizzer.db-wal").write_bytes(NOISE)
    path.with_name("quizzer.db-shm").write_bytes(NOISE)
    overwrite(path)


@pytest.mark.parametrize(
    "damage",
    [truncate, overwrite, overwrite_inside, empty_beside_a_log, leave_a_stale_log, Path.unlink],
    ids=lambda damage: damage.__name__,
)
def test_a_backup_restores_after_every_loss(
    path: Path, backup: Path, keep: Path, damage: Callable[[Path], None]
) -> None:
    """What the backup held is there again, and what the disk still had is kept as it was, the log included."""
    expected = facts(backup)
    damage(path)
    before = path.read_bytes() if path.exists() else None
    log = path.with_name("quizzer.db-wal")
    log_before = log.read_bytes() if log.exists() else None
    done = restore(backup, path, keep=keep)
    assert facts(path) == expected
    assert done.contents.answers == 200
    assert (done.kept.read_bytes() if done.kept else None) == before
    if log_before is not None:
        assert keep.with_name("before-restore.db-wal").read_bytes() == log_before


def test_a_sound_database_is_kept_with_everything_in_it(path: Path, backup: Path, keep: Path) -> None:
    """Restoring by mistake can be undone: the kept file restores as a backup does."""
    expected = facts(path)
    done = restore(backup, path, keep=keep)
    assert done.before is not None
    assert done.before.answers == 201
    restore(keep, path, keep=keep)
    assert facts(path) == expected
    assert sorted(file.name for file in keep.parent.iterdir()) == [
        "before-restore--2.db".replace("--", "-"), "before-restore.db", backup.name,
    ]  # fmt: skip


@pytest.mark.parametrize("damage", [truncate, overwrite, overwrite_inside], ids=lambda damage: damage.__name__)
def test_a_damaged_backup_replaces_nothing(
    path: Path, backup: Path, keep: Path, damage: Callable[[Path], None]
) -> None:
    """A second loss is not the remedy for the first."""
    before = path.read_bytes()
    damage(backup)
    with pytest.raises(StorageError):
        restore(backup, path, keep=keep)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["quizzer.db"]
    assert not list(path.parent.glob(".restoring-*"))


def test_a_backup_of_a_newer_version_replaces_nothing(path: Path, backup: Path, keep: Path) -> None:
    """This version could not open it afterwards."""
    other = sqlite3.connect(backup)
    other.execute("pragma user_version = 999")
    other.close()
    with pytest.raises(DatabaseTooNew):
        restore(backup, path, keep=keep)
    assert len(facts(path)) == 201


def test_a_backup_of_an_older_version_is_brought_up_to_date(path: Path, keep: Path, tmp_path: Path) -> None:
    """Whoever restores after an update gets a database that this version can use at once."""
    old = sqlite3.connect(tmp_path / "old.db")
    old.executescript((Path(__file__).parent / "released" / "schema-1.sql").read_text())
    old.close()
    before = (tmp_path / "old.db").read_bytes()
    assert restore(tmp_path / "old.db", path, keep=keep).contents.answers == 2
    assert facts(path)
    assert (tmp_path / "old.db").read_bytes() == before


def test_a_database_in_use_is_not_replaced(path: Path, backup: Path, keep: Path) -> None:
    """The session in the other window would go on writing into a file that nobody finds again."""
    session = SqliteStore(path)
    session.merge([review(901)])
    with pytest.raises(DatabaseLocked, match="another window"):
        restore(backup, path, keep=keep)
    session.merge([review(902)])
    session.close()
    assert len(facts(path)) == 203
    assert not keep.exists()


RESTORE = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from quizzer.storage import restore as module
    backup, path, keep, step = *map(Path, sys.argv[1:4]), int(sys.argv[4])
    count = 0
    def dying(function):
        def call(*arguments, **named):
            global count
            count += 1
            if count == step:
                os.kill(os.getpid(), 9)
            return function(*arguments, **named)
        return call
    for owner, name in ((os, "link"), (os, "unlink"), (os, "replace"), (Path, "unlink"), (Path, "replace")):
        setattr(owner, name, dying(getattr(owner, name)))
    module.restore(backup, path, keep=keep)
    """)


@pytest.mark.parametrize("step", range(1, 12))
def test_killed_at_any_step_it_leaves_the_old_or_the_new_database(
    path: Path, backup: Path, keep: Path, step: int
) -> None:
    """And trying again works, whatever the first attempt left behind."""
    old, new = facts(path), facts(backup)
    program = [sys.executable, "-c", RESTORE, str(backup), str(path), str(keep), str(step)]
    subprocess.run(program, check=False, cwd=Path(__file__).parents[2])
    assert facts(path) in (old, new)
    restore(backup, path, keep=keep)
    assert facts(path) == new
    assert not list(path.parent.glob(".restoring-*"))
