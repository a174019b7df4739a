"""From every released schema to the newest, after a backup, all or nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizzer.errors import DatabaseTooNew
from quizzer.model import Fact
from quizzer.scheduling.replay import replay
from quizzer.scheduling.sm2 import Sm2
from quizzer.storage.connection import connect
from quizzer.storage.migrations import MIGRATIONS, migrate
from quizzer.storage.store import SqliteStore
from tests.factories import decision, event, review

RELEASED = sorted((Path(__file__).parent / "released").glob("schema-*.sql"))
"""What each released version wrote, as `sqlite3 .dump` says it; the file of a release is never edited."""


def version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("pragma user_version").fetchone()[0]
    return number


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_a_database_of_every_release_opens_with_all_its_facts(path: Path, released: Path) -> None:
    """Nobody loses a history by installing a newer version, nor by skipping some in between."""
    path.parent.mkdir()
    written = sqlite3.connect(path)
    written.executescript(released.read_text())
    written.close()
    store = SqliteStore(path)
    one, two = review(1, quality=2), review(2, card="deck/other", answer="naïve")
    facts: list[Fact] = [one, event(4, "flag", value="a note"), decision(3, one, 4)]
    assert store.facts("deck/card") == facts
    assert store.facts("deck/other") == [two]
    assert store.schedule("deck/card") == replay(facts, Sm2())
    assert store.device_id == "0123456789abcdef0123456789abcdef"
    assert store.integrity() == []
    assert version(store.connection) == len(MIGRATIONS)
    store.close()


def test_the_newest_schema_has_its_file() -> None:
    """A release whose schema is not kept here could not be tested by the next one."""
    assert len(RELEASED) == len(MIGRATIONS)


def test_a_migration_is_preceded_by_a_backup(path: Path) -> None:
    """Whatever the new version does wrong, the old file is still there, as private as the first."""
    SqliteStore(path).close()
    connection = connect(path)
    migrate(connection, path, migrations=(*MIGRATIONS, ("create table added (x integer) strict",)))
    assert version(connection) == len(MIGRATIONS) + 1
    connection.close()
    (backup,) = path.parent.glob("*before-schema-*")
    assert backup.stat().st_mode & 0o777 == 0o600
    SqliteStore(backup).close()
    with pytest.raises(DatabaseTooNew):
        SqliteStore(path)


OPENING = """
import sys
from pathlib import Path
from quizzer.storage.store import SqliteStore
SqliteStore(Path(sys.argv[1])).close()
"""


def test_programs_that_open_an_old_file_at_the_same_time_back_it_up_once(path: Path) -> None:
    """The backup is of the old schema, whoever came first; none of the programs stumbles over another."""
    path.parent.mkdir()
    written = sqlite3.connect(path)
    written.executescript(RELEASED[0].read_text())
    written.executemany(
        "insert into aliases values (?, 'deck/card')",
        [(f"old/{number}" + "x" * 1000,) for number in range(2000)],
    )
    written.commit()
    written.close()
    root = Path(__file__).parents[2]
    openings = [
        subprocess.Popen([sys.executable, "-c", OPENING, str(path)], cwd=root, stderr=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    for opening in openings:
        _, complaints = opening.communicate()
        assert opening.returncode == 0, complaints
    (backup,) = path.parent.glob("*before-schema-*")
    old = sqlite3.connect(backup)
    assert version(old) == 1
    assert old.execute("select count(*) from reviews").fetchone()[0] == 2
    old.close()


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    """Half a schema could be read by no version."""
    SqliteStore(path).close()
    connection = connect(path)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, migrations=(*MIGRATIONS, ("create table added (x integer)", "no sql")))
    assert version(connection) == len(MIGRATIONS)
    assert connection.execute("select count(*) from sqlite_schema where name = 'added'").fetchone()[0] == 0
    connection.close()
    SqliteStore(path).close()
