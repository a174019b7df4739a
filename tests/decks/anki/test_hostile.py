"""Packages that are damaged, or made to do harm: refused with the reason, and nothing is written."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from quizzer.cli.main import root
from quizzer.cli.output import run
from quizzer.decks.anki import collection, package, protobuf, writing
from quizzer.model import Card, Deck

SKY = Deck("sky", "Sky", cards=(Card("a", "sky", "Why?", answers=("Because.",)),))


def sound() -> bytes:
    return writing.write(SKY, changed_s=1, progress={})


def database() -> bytes:
    return zipfile.ZipFile(io.BytesIO(sound())).read("collection.anki2")


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name.replace("__", "."), body)
    return content.getvalue()


def altered(*statements: str) -> bytes:
    """A package whose database was changed by *statements*."""
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(database())
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return zipped(collection__anki2=connection.serialize())


def with_name(name: str) -> bytes:
    content = io.BytesIO(sound())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(name, b"x")
    return content.getvalue()


def encrypted() -> bytes:
    content = bytearray(sound())
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "damaged, or no package of Anki's"),
    "text": (lambda: b"hello" * 1000, "damaged, or no package of Anki's"),
    "cut off": (lambda: sound()[: len(sound()) // 2], "damaged, or no package of Anki's"),
    "cut at its end": (lambda: sound()[:-30], "damaged, or no package of Anki's"),
    "bit flipped": (lambda: (s := sound())[:300] + bytes([s[300] ^ 255]) + s[301:], "damaged, or no package of Anki's"),
    "another zip": (lambda: zipped(readme=b"hello"), "no package of Anki's: it has no collection"),
    "encrypted": (encrypted, "damaged, or no package of Anki's"),
    "climbs": (lambda: with_name("../../.bashrc"), "would climb out of its folder: '../../.bashrc'"),
    "absolute": (lambda: with_name("/etc/passwd"), "would climb out of its folder"),
    "windows": (lambda: with_name("..\\x"), "would climb out of its folder"),
    "bomb": (lambda: zipped(collection__anki2=bytes(40_000_000)), "unpacks to more than"),
    "zstd bomb": (
        lambda: zipped(collection__anki21b=zstandard.ZstdCompressor().compress(bytes(40_000_000))),
        "unpacks to more than 16 MB",
    ),
    "zstd window": (
        lambda: zipped(collection__anki21b=b"\x28\xb5\x2f\xfd\x00\xf8" + bytes(100)), "damaged, or no package of Anki's"
    ),
    "zstd cut off": (
        lambda: zipped(collection__anki21b=zstandard.ZstdCompressor().compress(database())[:-200]),
        "its collection",
    ),
    "no database": (lambda: zipped(collection__anki2=b"hello" * 100), "its collection is no database"),
    "database cut off": (lambda: zipped(collection__anki2=database()[:8192]), "its collection is cut off"),
    "pages of noise": (
        lambda: zipped(collection__anki2=(d := database())[:4096] + b"\xa5" * (len(d) - 4096)),
        "damaged, or none of Anki's",
    ),
    "trigger": (lambda: altered("create trigger t after insert on notes begin select 1; end"), "holds a trigger, 't'"),
    "view": (
        lambda: altered("drop table notes", "create view notes as select 1 as id, 'g' as guid, 1 as mid, '' as tags, "
                        "randomblob(1000000000) as flds"),
        "holds a view, 'notes'",
    ),
    "generated": (
        lambda: altered("drop table notes", "create table notes (id integer primary key, guid, mid, tags, "
                        "flds as (zeroblob(100000000)))"),
        "a column that is computed",
    ),
    "virtual": (
        lambda: altered("drop table notes", "create virtual table notes using fts5(guid, mid, tags, flds)"),
        "holds a virtual table, 'notes'",
    ),
    "no table": (lambda: altered("drop table cards"), "table 'cards' has no column"),
    "no types": (lambda: altered("delete from col"), "it has no note types"),
    "json": (lambda: altered("update col set models = 'x'"), "damaged, or none of Anki's"),
    "deep json": (lambda: altered(f"update col set models = '{'[' * 100_000}'"), "damaged, or none of Anki's"),
    "list": (lambda: altered("update col set decks = '[]'"), "its note types or decks are not what they should be"),
    "blob": (lambda: altered("update cards set nid = x'00'"), "a number is bytes"),
    "infinite": (lambda: altered("update cards set nid = 9e999"), "damaged, or none of Anki's"),
    "empty": (lambda: altered("delete from cards"), "no questions found: it has no cards"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_with_the_reason(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Exit code 3, no traceback, nothing left behind."""
    make, reason = HOSTILE[name]
    path = tmp_path / "bad.apkg"
    path.write_bytes(make())

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    code = run(root, ["import", "anki", str(path), "--history"])

    printed = capsys.readouterr()
    assert (code, printed.out) == (3, "")
    assert printed.err.startswith(f"quizzer: error: {path}: ")
    assert reason in printed.err
    assert "\nhint: " in printed.err
    assert not (home / "decks").exists()
    assert not list(tmp_path.glob("quizzer-anki-*"))


@pytest.mark.parametrize("path", ["nosuch.apkg", "."])
def test_what_is_no_file_is_refused(home: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    """With its path."""
    assert run(root, ["import", "anki", path]) == 3
    assert capsys.readouterr().err.startswith(f"quizzer: error: {path}: ")


def test_the_packages_files_are_never_unpacked(tmp_path: Path) -> None:
    """Nothing of it but its collection touches the disk, and that only for a while."""
    path = tmp_path / "a.apkg"
    path.write_bytes(with_name("0"))
    with package.unpacked(path) as unpacked:
        assert [file.name for file in unpacked.parent.iterdir()] == ["collection.db"]
        assert collection.read(unpacked, path=path, history=True).cards
    assert not unpacked.exists()


def test_strange_rows_are_left_out(tmp_path: Path) -> None:
    """Cards without a note, notes without a type, fewer fields than the type has, a type without templates."""
    path = tmp_path / "a.apkg"
    rest = "mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
    path.write_bytes(
        altered(
            f"insert into cards select 7, 999, did, ord, {rest} from cards limit 1",
            "insert into notes values (8, 'g8', 12345, 0, 0, '', 'a', 'a', 0, 0, '')",
            f"insert into cards select 8, 8, 4711, 77, {rest} from cards limit 1",
        )
    )
    with package.unpacked(path) as unpacked:
        found = collection.read(unpacked, path=path, history=False)
    assert {card.deck for card in found.cards} == {("Sky",), ()}


@pytest.mark.parametrize("message", [b"\x0a\x05ab", b"\xff" * 11, b"\x0b", b"\x09\x00", b"\x08"])
def test_a_message_that_is_cut_off_is_an_error(message: bytes) -> None:
    """Not an endless loop, nor an index out of range."""
    with pytest.raises(ValueError, match=r"message|bytes"):
        protobuf.text(message, 1)
