"""A database that is locked, read-only, damaged, too new or on a full disk: clear words, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizzer.errors import DatabaseDamaged, DatabaseLocked, DatabaseReadOnly, DatabaseTooNew, DiskFull, StorageError
from quizzer.storage.database import Database
from quizzer.storage.store import SqliteStore
from tests.factories import review


def filled(path: Path, *, reviews: int = 200) -> None:
    """A database with so many reviews, closed."""
    store = SqliteStore(path)
    store.merge([review(n, card=f"deck/{n}", answer="words " * 40) for n in range(reviews)])
    store.close()


def in_process(script: str, *arguments: object) -> list[str]:
    """What a Python process of its own prints when it runs *script*, line by line."""
    program = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_locked_database_says_so(path: Path) -> None:
    """The answer is not in the log, the learner knows, and a second attempt works."""
    filled(path, reviews=1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    store = SqliteStore(Database(path, busy_seconds=0.01))
    fact = review(900)
    with pytest.raises(DatabaseLocked, match="another program"):
        store.record(fact, store.schedulers.advance(None, fact))
    other.execute("rollback")
    other.close()
    store.record(fact, store.schedulers.advance(None, fact))
    assert store.facts(fact.card) == [fact]
    assert store.integrity() == []
    store.close()


@pytest.mark.parametrize("bytes_left", [1, 99, 100, 4096, 5000, -4096, -1])
def test_a_truncated_database_is_refused_as_it_is(path: Path, bytes_left: int) -> None:
    """Going on with half a file would make the loss complete; the file stays for whoever can save it."""
    filled(path)
    os.truncate(path, bytes_left if bytes_left > 0 else path.stat().st_size + bytes_left)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged) as caught:
        SqliteStore(path)
    assert caught.value.hint is not None
    assert path.read_bytes() == before


def test_noise_in_place_of_the_database_is_refused_as_it_is(path: Path) -> None:
    """A file that some other program wrote over is not made worse."""
    path.parent.mkdir()
    path.write_bytes(b"\xa5\x17noise" * 3000)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_noise_inside_the_database_is_reported(path: Path) -> None:
    """Damage that shows only later is named as what it is, not as a bug."""
    filled(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5\x17noise!" * ((path.stat().st_size - 4096) // 8))
    with pytest.raises(DatabaseDamaged):
        SqliteStore(path).facts("deck/7")


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    """What a crash at the very first start may leave behind is no obstacle to the second."""
    path.parent.mkdir()
    path.touch()
    store = SqliteStore(path)
    assert store.integrity() == []
    store.close()


def test_an_empty_file_beside_a_log_with_content_is_refused(path: Path) -> None:
    """SQLite would delete the log, which may hold the only copy of the latest answers."""
    filled(path)
    log = path.with_name("quizzer.db-wal")
    log.write_bytes(b"what was not yet moved into the file")
    os.truncate(path, 0)
    with pytest.raises(DatabaseDamaged, match="the log beside it"):
        SqliteStore(path)
    assert log.exists()


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    """Pointing QUIZZER_HOME at the wrong folder must not add tables to somebody's data."""
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("create table theirs (x)")
    other.execute("pragma user_version = 1")
    other.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused(path: Path) -> None:
    """An older version cannot know what the newer one's facts mean."""
    filled(path, reviews=1)
    other = sqlite3.connect(path)
    other.execute("pragma user_version = 999")
    other.close()
    with pytest.raises(DatabaseTooNew, match="999"):
        SqliteStore(path)


def test_a_folder_in_place_of_the_database_is_refused(path: Path) -> None:
    """The message names what is in the way."""
    path.mkdir(parents=True)
    with pytest.raises(DatabaseDamaged, match="a folder"):
        SqliteStore(path)


def test_a_file_in_place_of_the_home_folder_is_refused(tmp_path: Path) -> None:
    """QUIZZER_HOME may point at anything."""
    (tmp_path / "home").touch()
    with pytest.raises(StorageError):
        SqliteStore(tmp_path / "home" / "quizzer.db")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="quizzer-"))
    yield folder
    shutil.rmtree(folder)


AS_NOBODY = """
    import os, sys
    from pathlib import Path
    from quizzer.errors import StorageError
    from quizzer.storage.store import SqliteStore
    from tests.factories import review
    path = Path(sys.argv[1])
    if os.getuid() == 0:  # root may write everywhere
        os.setgid(65534); os.setuid(65534)
    try:
        store = SqliteStore(path)
        fact = review(900)
        store.record(fact, store.schedulers.advance(None, fact))
    except StorageError as error:
        print(type(error).__name__, bool(error.hint))
    """


@pytest.mark.parametrize("closed", ["file", "folder", "both", "home"])
def test_what_cannot_be_written_says_so(open_folder: Path, closed: str) -> None:
    """A read-only disk, or a file that belongs to somebody else: the answer is refused, not lost in silence."""
    home = open_folder / "home"
    path = home / "quizzer.db"
    if closed != "home":
        filled(path, reviews=1)
    for each in (open_folder, *open_folder.rglob("*")):
        if os.getuid() == 0:
            os.chown(each, 65534, 65534)
    if closed in ("file", "both"):
        path.chmod(0o400)
    if closed in ("folder", "both"):
        home.chmod(0o500)
    if closed == "home":
        open_folder.chmod(0o500)
    try:
        assert in_process(AS_NOBODY, path) == [f"{DatabaseReadOnly.__name__} True"]
    finally:
        for each in (open_folder, home):
            if each.exists():
                each.chmod(0o700)


FILL_THE_DISK = """
    import resource, sys
    from pathlib import Path
    from quizzer.errors import DiskFull
    from quizzer.storage.store import SqliteStore
    from tests.factories import review
    store = SqliteStore(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    def write(number):
        fact = review(number, card=f"deck/{number}", answer="words " * 200)
        store.record(fact, store.schedulers.advance(store.schedule(fact.card), fact))
    number = 0
    try:
        while number < 10_000:
            write(number)
            number += 1
    except DiskFull as error:
        print(number, bool(error.hint))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    write(number)
    print(store.integrity())
    """


@pytest.mark.parametrize("limit_bytes", [150_000, 400_000, 1_000_000])
def test_a_full_disk_loses_nothing_that_was_saved(path: Path, limit_bytes: int) -> None:
    """The answer that found no room can be saved once there is some; all before it are there, once."""
    full, sound = in_process(FILL_THE_DISK, path, limit_bytes)
    saved, hint = full.split()
    assert (hint, sound) == ("True", "[]")
    store = SqliteStore(path)
    count = store.connection.execute("select count(*), count(distinct card) from reviews").fetchone()
    assert count == (int(saved) + 1, int(saved) + 1)
    store.close()


NO_ROOM_TO_BEGIN = """
    import resource, sys
    from pathlib import Path
    from quizzer.errors import DiskFull
    from quizzer.storage.store import SqliteStore
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        SqliteStore(Path(sys.argv[1]))
    except DiskFull:
        print("full")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(SqliteStore(Path(sys.argv[1])).integrity())
    """


@pytest.mark.parametrize("limit_bytes", [0, 4096, 20_000])
def test_a_disk_too_full_for_a_first_start_can_be_started_on_later(path: Path, limit_bytes: int) -> None:
    """A half-made database must not stand in the way for ever."""
    assert in_process(NO_ROOM_TO_BEGIN, path, limit_bytes) == [DiskFull.code.removeprefix("storage-"), "[]"]
