"""Lines of sync files: whole, on their way, or refused; appended all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.storage import synclines
from tests.storage.test_failures import in_process

HEADER = synclines.encoded({"quizzer_sync": 1})[1]
LINES = [synclines.encoded({"number": number, "text": "naïve \n \u202e"})[1] for number in range(5)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a header and five lines."""
    synclines.append(tmp_path / "quizzer-a.jsonl", LINES, header=HEADER)
    return tmp_path / "quizzer-a.jsonl"


def states(path: Path) -> list[str]:
    return [line.state for line in synclines.read(path)]


def test_lines_are_json_and_read_back(file: Path) -> None:
    """Anybody can read the file with any JSON tool."""
    assert states(file) == ["whole"] * 6
    assert synclines.decoded(list(synclines.read(file))[3].body) == {"number": 2, "text": "naïve \n \u202e"}
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_cut_anywhere_has_whole_lines_and_at_most_one_unfinished(file: Path) -> None:
    """Wherever a sync tool stopped, nothing that is not there is believed, and nothing that is there is refused."""
    content = file.read_bytes()
    for size in range(len(content)):
        file.write_bytes(content[:size])
        found = states(file)
        ends_with_a_line = size == 0 or content[:size].endswith(b"\n")
        assert found == ["whole"] * content[:size].count(b"\n") + ([] if ends_with_a_line else ["unfinished"])
        with file.open("ab") as opened:
            opened.write(content[size:])
        assert states(file) == ["whole"] * 6


def test_a_file_that_is_reserved_but_not_yet_written_is_unfinished(file: Path) -> None:
    """Some tools make the file as long as it will be, then fill it, in any order."""
    content = file.read_bytes()
    start = content.index(b"\n", 300) + 1
    file.write_bytes(content[:start] + bytes(len(content) - start))
    assert states(file)[-1] == "unfinished"
    file.write_bytes(bytes(start) + content[start:])
    assert set(states(file)) == {"unfinished", "whole"}


@given(st.integers(0, 4), st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_never_believed(line: int, place: int, mask: int) -> None:
    """A disk, a tool or a person: what was changed is named, the other lines stand."""
    changed = bytearray(LINES[line])
    changed[place % (len(changed) - 1)] ^= mask
    found = synclines._line(1, bytes(changed), ended=True)
    assert found.state != "whole"


@pytest.mark.parametrize(
    "line",
    [b"{}", b"null", b"[" * 100_000, b"\xff\xfe", b"<<<<<<< HEAD", b'{"check":"","x":1}', LINES[0][:60] + b"}"],
    ids=lambda line: repr(line)[:20],
)
def test_lines_of_others_are_refused(file: Path, line: bytes) -> None:
    """With a reason, and without harm to the lines around it."""
    with file.open("ab") as opened:
        opened.write(line + b"\n" + LINES[0])
    found = list(synclines.read(file))
    assert [one.state for one in found[6:]] == ["refused", "whole"]
    assert found[6].reason


def test_an_endless_line_is_refused_without_being_read_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another kind, or of an enemy, must not fill the memory."""
    monkeypatch.setattr(synclines, "MAXIMUM_BYTES", 1000)
    with file.open("ab") as opened:
        opened.write(b"x" * 300_000 + b"\n" + LINES[0])
    assert states(file)[6:] == ["refused", "whole"]


def test_line_ends_of_windows_are_line_ends(file: Path) -> None:
    """Git may convert them."""
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert states(file) == ["whole"] * 6


def test_appending_removes_the_half_line_of_a_killed_process(file: Path) -> None:
    """It was never part of the file, and would be refused by everybody for ever."""
    content = file.read_bytes()
    os.truncate(file, len(content) - 7)
    synclines.append(file, [LINES[4]], header=HEADER)
    assert file.read_bytes() == content


def test_appending_through_a_link_is_refused(tmp_path: Path) -> None:
    """Whoever can write to the folder must not choose which of our files grows."""
    target = tmp_path / "dear.txt"
    target.write_text("dear\n")
    (tmp_path / "quizzer-a.jsonl").symlink_to(target)
    with pytest.raises(OSError, match="symbolic"):
        synclines.append(tmp_path / "quizzer-a.jsonl", LINES, header=HEADER)
    assert target.read_text() == "dear\n"


FILL_THE_DISK = """
    import resource, sys
    from pathlib import Path
    from quizzer.storage import synclines
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        synclines.append(Path(sys.argv[1]), (b"x" * 1000 + b"\\n" for _ in range(5000)), header=b"header\\n")
    except OSError as error:
        print(error.errno)
    """


@pytest.mark.parametrize("limit_bytes", [1000, 100_000, 3_000_000])
def test_a_full_disk_leaves_the_file_whole(file: Path, limit_bytes: int) -> None:
    """All of what was to be appended, or none of it."""
    before = file.read_bytes()
    assert in_process(FILL_THE_DISK, file, limit_bytes) == ["27"]
    assert file.read_bytes() == before
