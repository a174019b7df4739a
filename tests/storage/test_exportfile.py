"""Exports: everything in, everything out, and nothing of a file with anything wrong in it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.decks.schema import card_digest
from quizzer.errors import DiskFull, ExportInvalid
from quizzer.model import Card
from quizzer.storage import exportfile, holdings
from quizzer.storage.overrules import settle
from quizzer.storage.records import as_data, of_data
from quizzer.storage.store import SqliteStore
from tests.factories import START, decision, event, review
from tests.storage.test_failures import in_process

CARD = Card("card", "deck", "Why?", ("So.",), digest=card_digest("Why?", ("So.",)))

EXPORTED = {"reviews", "decisions", "events", "card_texts", "flagged_texts", "settled_proposals"}
NOT_EXPORTED = {
    "meta": "the device's id, which stands at the top of the file; the rest says how far schedules are computed",
    "schedules": "follow from the log",
    **dict.fromkeys(("counted_days", "counted_intervals", "counted_cards", "counted_state"), "follow from the log"),
    "aliases": "follow from the decks",
}


@pytest.fixture
def file(store: SqliteStore, tmp_path: Path) -> Path:
    """An export of a database with a record of every kind."""
    answered = review(1, card_digest=CARD.digest, answer="naïve \u202e")
    store.record(answered, None, CARD)
    store.decide(decision(2, answered, 3))
    store.add_event(event(3, "flag", at=START + timedelta(hours=1), value="odd"), CARD)
    settle(store.database, [("deck/card", "mark", "rejected")], at=START)
    exportfile.write(store, tmp_path / "quizzer.json", at=START)
    return tmp_path / "quizzer.json"


def test_every_table_is_exported_or_follows_from_what_is(store: SqliteStore) -> None:
    """A table that is added later must not be lost by whoever moves to another machine."""
    tables = {row[0] for row in store.connection.execute("select name from sqlite_schema where type = 'table'")}
    assert tables == EXPORTED | NOT_EXPORTED.keys()


def test_an_export_holds_a_record_of_every_kind(store: SqliteStore, file: Path) -> None:
    """As plain JSON, private, with its version and the machine that wrote it."""
    data = json.loads(file.read_text())
    assert (data["quizzer_export"], data["device_id"]) == (1, store.device_id)
    kinds = {record["type"] for record in data["records"]}
    assert kinds == {"review", "decision", "event", "wording", "flagged", "settled"}
    assert file.stat().st_mode & 0o777 == 0o600


def test_export_then_import_is_the_identity(store: SqliteStore, file: Path, tmp_path: Path) -> None:
    """Into an empty database, in any order, twice: the same records, the same schedules, the same export."""
    other = SqliteStore(tmp_path / "other" / "quizzer.db")
    found = exportfile.read(file)
    assert exportfile.unknown(other, found) == 3
    holdings.take_in(other, reversed(found.records))
    holdings.take_in(other, found.records)
    other.take_identity(found.device_id)
    assert list(exportfile.lines(other, at=START)) == list(exportfile.lines(store, at=START))
    assert other.schedule("deck/card") == store.schedule("deck/card")
    assert other.integrity() == []
    other.close()


def test_what_is_written_straight_from_the_rows_is_what_a_record_says(store: SqliteStore, file: Path) -> None:
    """Two ways to the same text, byte for byte: machines compare their lines by it."""
    written = list(holdings.objects(store.connection))
    assert len(written) == 6, file
    assert [json.dumps(as_data(of_data(data))) for data in written] == [json.dumps(data) for data in written]


def change(file: Path, **values: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_everything_that_is_wrong_is_said_at_once(file: Path) -> None:
    """With the number of the record; nothing of the file is taken."""
    records = json.loads(file.read_text())["records"]
    change(file, records=[records[0] | {"quality": 9}, records[1], *["text"] * 200], device_id="/")
    with pytest.raises(ExportInvalid) as caught:
        exportfile.read(file)
    messages = [problem.message for problem in caught.value.problems]
    assert [message.split(":")[0] for message in messages[:3]] == ["'device_id' is '/'", "record 1", "record 3"]
    assert messages[-1] == "102 more problems"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[]", b"{}", b"null", b"[" * 200_000, b'{"quizzer_export": 1}', b"9" * 10_000,
     b'{"quizzer_export": 1, "device_id": "d", "records": {}}'],
    ids=lambda content: repr(content)[:30],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    """With words, whatever it is."""
    (tmp_path / "file.json").write_bytes(content)
    with pytest.raises(ExportInvalid) as caught:
        exportfile.read(tmp_path / "file.json")
    assert caught.value.problems[0].path
    assert caught.value.hint


def test_an_export_that_was_cut_short_is_refused_with_its_place(file: Path) -> None:
    """Half a history looks like a whole one afterwards."""
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(ExportInvalid) as caught:
        exportfile.read(file)
    assert caught.value.problems[0].line > 1


def test_an_export_of_a_newer_version_is_refused(file: Path) -> None:
    """What it means is not known here."""
    change(file, quizzer_export=2)
    with pytest.raises(ExportInvalid, match="newer"):
        exportfile.read(file)


def test_a_record_of_another_kind_with_a_known_id_is_contrary(store: SqliteStore, file: Path) -> None:
    """What is here stays; the caller says which were left out."""
    forged = as_data(review(1, card_digest=CARD.digest, answer="forged"))
    change(file, records=[forged, as_data(review(9))])
    taken = holdings.take_in(store, exportfile.read(file).records)
    assert taken.added == {review(9).id}
    assert taken.contrary == (0,)


FILL_THE_DISK = """
    import resource, sys
    from pathlib import Path
    from quizzer.errors import DiskFull
    from quizzer.storage import exportfile
    from quizzer.storage.store import SqliteStore
    from tests.factories import START
    store = SqliteStore(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
    try:
        exportfile.write(store, Path(sys.argv[2]), at=START)
    except DiskFull as error:
        print(error.code)
    """


def test_a_full_disk_leaves_the_old_export_whole(store: SqliteStore, file: Path, path: Path) -> None:
    """Half a history must not stand where a whole one was."""
    before = file.read_bytes()
    store.merge([review(n, card=f"deck/{n}", answer="words " * 200) for n in range(10, 200)])
    assert in_process(FILL_THE_DISK, path, file) == [DiskFull.code]
    assert file.read_bytes() == before
    assert list(file.parent.glob(".*")) == []
