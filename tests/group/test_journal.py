"""The log of a session on disk."""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import GroupError, IllegalEvent, StorageError
from quizzer.group import events, journal
from quizzer.group.journal import Journal
from tests.group.sessions import SESSION, START, opened

JOINED = events.Joined(START + 1, "p1", "Ann")
ASKED = events.Asked(START + 2, 0, START + 90_002)
ANSWERED = events.Answered(START + 3, "p1", 0, "Paris \u2028 \x1b[31m \N{PILE OF POO}\nit is")


def made(folder: Path) -> Path:
    """The log of a session in which an answer was given."""
    log = Journal.create(folder, opened())
    log.append((JOINED, ASKED))
    log.append((ANSWERED,))
    log.close()
    return log.path


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    """The log is all that there is of a session: every field must come back."""
    path = made(tmp_path)
    assert journal.read(path) == (opened(), JOINED, ASKED, ANSWERED)


def test_opening_gives_the_state_that_the_events_amount_to(tmp_path: Path) -> None:
    """A host that goes on begins where the other one was killed."""
    made(tmp_path)
    log = Journal.open(tmp_path, SESSION)
    assert log.state().round is not None
    assert log.state().players["p1"].name == "Ann"
    log.close()


@given(kept=st.integers(min_value=1, max_value=90))
def test_a_last_line_that_was_cut_off_is_dropped_whole(tmp_path_factory: pytest.TempPathFactory, kept: int) -> None:
    """A kill in the middle of a write leaves a part of a line, of which nobody was told that it is there."""
    folder = tmp_path_factory.mktemp("cut")
    path = made(folder)
    content = path.read_bytes()
    line = content.splitlines(keepends=True)[-1]
    path.write_bytes(content[: -len(line)] + line[: min(kept, len(line) - 1)])
    log = Journal.open(folder, SESSION)
    log.append((ANSWERED,))
    log.close()
    assert journal.read(path) == (opened(), JOINED, ASKED, ANSWERED)


def test_a_last_line_of_zeros_is_dropped(tmp_path: Path) -> None:
    """A machine that lost power may have made room for a line and not written it."""
    path = made(tmp_path)
    path.write_bytes(path.read_bytes() + b"\0" * 300 + b"\n")
    assert journal.read(path) == (opened(), JOINED, ASKED, ANSWERED)


def test_damage_before_the_last_line_is_an_error(tmp_path: Path) -> None:
    """What was acknowledged is not dropped silently."""
    path = made(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"[{]\n" + lines[2])
    with pytest.raises(IllegalEvent, match=":2: "):
        Journal.open(tmp_path, SESSION)


@pytest.mark.parametrize(
    "line", [b"", b"[]\n", b"{}\n", b'[{"t": "joined"}]\n', b"null\n", b"[" * 50_000 + b"\n", b"\xff\n"]
)
def test_a_file_that_is_no_log_is_an_error(tmp_path: Path, line: bytes) -> None:
    """Anything may lie in the folder."""
    (tmp_path / f"{SESSION}.jsonl").write_bytes(line)
    with pytest.raises(IllegalEvent):
        Journal.open(tmp_path, SESSION)


def test_a_second_host_is_refused(tmp_path: Path) -> None:
    """Two hosts that append to one log would make a game that nobody has played."""
    log = Journal.create(tmp_path, opened())
    program = (
        "import sys; from pathlib import Path; from quizzer.group.journal import Journal;"
        f"Journal.open(Path(sys.argv[1]), {SESSION!r})"
    )
    other = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "another host has this session open" in other.stderr
    log.close()
    Journal.open(tmp_path, SESSION).close()


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """An answer is either there for good, or the player hears that it is not."""
    log = Journal.create(tmp_path, opened())
    log.append((JOINED, ASKED))
    before = log.path.read_bytes()
    program = (
        "import resource, signal, sys; from pathlib import Path; from quizzer.group import events;"
        "from quizzer.group.journal import Journal; from quizzer.errors import StorageError\n"
        f"log = Journal.open(Path(sys.argv[1]), {SESSION!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = log.path.stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, -1))\n"
        "try:\n    log.append((events.Answered(1, 'p1', 0, 'x' * 500),))\n"
        "except StorageError as error:\n    print(error.code, log.path.stat().st_size == size)\n"
    )
    log.close()
    other = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert other.stdout.split() == ["storage-full", "True"], other
    assert log.path.read_bytes() == before
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_only_the_host_may_read_the_log(tmp_path: Path) -> None:
    """It holds the session's secret and everyone's answers."""
    path = made(tmp_path / "sessions")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("session", ["", "../../etc/passwd", "019b0000", SESSION.upper() + "/"])
def test_an_id_that_is_none_is_refused(tmp_path: Path, session: str) -> None:
    """What is typed after --resume never becomes a path."""
    with pytest.raises(GroupError, match="no id"):
        Journal.open(tmp_path, session)


def test_an_unknown_session_is_named(tmp_path: Path) -> None:
    """Whoever mistypes an id learns where to find the right one."""
    with pytest.raises(GroupError, match="there is no session"):
        Journal.open(tmp_path, SESSION)


def test_a_session_is_never_begun_twice(tmp_path: Path) -> None:
    """A log is never overwritten."""
    made(tmp_path)
    with pytest.raises(StorageError):
        Journal.create(tmp_path, opened())


def test_the_sessions_of_a_folder_are_listed_with_the_broken_ones_named(tmp_path: Path) -> None:
    """One damaged log does not hide the others."""
    path = made(tmp_path)
    (tmp_path / f"{SESSION[:-1]}2.jsonl").write_text("garbage\n")
    (tmp_path / "notes.txt").write_text("mine")
    kept, broken = journal.sessions(tmp_path)
    assert [(one.session, one.path, one.opened.title, one.ended) for one in kept] == [
        (SESSION, path, "Capitals", False)
    ]
    assert len(broken) == 1


def test_a_session_that_is_over_is_known_without_reading_all_of_it(tmp_path: Path) -> None:
    """`quizzer host --resume` offers those that are not."""
    path = made(tmp_path)
    log = Journal.open(tmp_path, SESSION)
    log.append((events.Skipped(START + 4, 0), events.Ended(START + 4)))
    log.close()
    assert [one.ended for one in journal.sessions(tmp_path)[0]] == [True]
    assert journal.ended(journal.read(path))
