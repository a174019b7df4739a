"""Machines that exchange files: whatever happens to the files, all come to hold the same, once."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.schema import card_digest
from quizzer.errors import SyncFolderUnusable
from quizzer.model import Card, Fact
from quizzer.storage import holdings, synclines
from quizzer.storage.overrules import settle, settled
from quizzer.storage.records import as_data
from quizzer.storage.store import SqliteStore
from quizzer.storage.sync import Synced, sync
from tests.factories import START, decision, event, review
from tests.storage.test_failures import in_process

NOW = START + timedelta(days=400)
CARD = Card("card", "deck", "Why?", ("So.",), digest=card_digest("Why?", ("So.",)))


class Machines:
    """Some machines, each with a database of its own, and one folder for all."""

    def __init__(self, root: Path, count: int = 3) -> None:
        self.root = root
        self.folder = root / "shared"
        self.folder.mkdir()
        self.stores = [SqliteStore(root / f"home{number}" / "quizzer.db") for number in range(count)]

    def sync(self, number: int) -> Synced:
        return sync(self.stores[number], self.folder, at=NOW)

    def file(self, number: int) -> Path:
        """The machine's own file in the folder."""
        return self.folder / f"quizzer-{self.stores[number].device_id}.jsonl"

    def settle_all(self) -> None:
        """Exchange until a round in which nobody has anything to write: then all have read the same."""
        while True:
            before = {file: file.read_bytes() for file in self.folder.iterdir()}
            for number in range(len(self.stores)):
                self.sync(number)
            if before == {file: file.read_bytes() for file in self.folder.iterdir()}:
                return

    def copy(self, number: int) -> None:
        """One more machine, whose database is a copy of that of machine *number*."""
        self.stores[number].close()
        home = self.root / f"home{len(self.stores)}"
        shutil.copytree(self.stores[number].path.parent, home)
        self.stores[number] = SqliteStore(self.stores[number].path)
        self.stores.append(SqliteStore(home / "quizzer.db"))

    def close(self) -> None:
        for store in self.stores:
            store.close()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    made = Machines(tmp_path)
    yield made
    made.close()


def state(store: SqliteStore) -> tuple[list[dict[str, Any]], list[object]]:
    """Everything that a machine holds, and all its schedules, which follow from it."""
    assert store.integrity() == []
    assert store.database.current()
    return list(holdings.objects(store.connection)), store.connection.execute(
        "select * from schedules order by card"
    ).fetchall()


def assert_one_state(machines: Machines) -> list[dict[str, Any]]:
    """All machines hold the same; the records that they hold."""
    first, *others = map(state, machines.stores)
    assert all(other == first for other in others)
    return first[0]


def test_what_one_machine_has_all_have(machines: Machines) -> None:
    """Facts of every kind, wordings, flags with theirs, and what a maintainer settled."""
    one, two, three = machines.stores
    answered = review(1, card_digest=CARD.digest)
    one.record(answered, None, CARD)
    one.add_event(event(2, "flag", at=START + timedelta(hours=1), value="odd"), CARD)
    settle(two.database, [("deck/card", "mark", "rejected")], at=START)
    two.merge([review(3, card="deck/other", device_id=two.device_id)])
    assert machines.sync(0).written == 2
    took = machines.sync(1)
    assert (took.new, took.answers, took.written) == (2, 1, 1)
    machines.settle_all()
    assert len(assert_one_state(machines)) == 6
    assert three.facts("deck/card")[0] == answered
    assert three.wordings("deck/card") == one.wordings("deck/card")
    assert settled(three.connection) == {("deck/card", "mark"): "rejected"}


def test_a_second_sync_changes_nothing(machines: Machines) -> None:
    """However often it runs, by hand or by cron."""
    machines.stores[0].merge([review(1)])
    machines.settle_all()
    before = {file.name: file.read_bytes() for file in machines.folder.iterdir()}
    done = machines.sync(0)
    assert (done.new, done.written) == (0, 0)
    assert {file.name: file.read_bytes() for file in machines.folder.iterdir()} == before


@pytest.mark.parametrize("order", ["facts first", "facts last"])
def test_a_void_or_a_decision_may_arrive_before_what_it_is_about(machines: Machines, order: str) -> None:
    """Each in a file of its own machine; the files arrive in any order."""
    first, second = review(1), review(2, at=START + timedelta(days=1))
    about: list[Fact] = [decision(3, first, 1), event(4, "void", value=second.id, at=START + timedelta(days=2))]
    machines.stores[0].merge([first, second])
    machines.stores[1].merge(about)
    for number in (0, 1, 2, 0, 1) if order == "facts first" else (1, 2, 0, 2, 1):
        machines.sync(number)
    assert_one_state(machines)
    assert machines.stores[2].schedule("deck/card") == machines.stores[0].schedule("deck/card")


def test_a_machine_without_the_deck_that_renamed_a_card_has_the_same_log(machines: Machines) -> None:
    """And the same schedule, once it has the deck."""
    one, two, _ = machines.stores
    one.merge([review(1, card="old/card")])
    machines.settle_all()
    two.set_aliases({"old/card": "deck/card"})
    two.merge([review(2, at=START + timedelta(days=1)), event(3, "void", card="deck/card", value=review(1).id)])
    machines.settle_all()
    assert one.integrity() == []
    assert one.schedule("old/card") is None
    for store in machines.stores:
        store.set_aliases({"old/card": "deck/card"})
    assert_one_state(machines)


def test_a_file_that_is_still_on_its_way_is_waited_for(machines: Machines) -> None:
    """What is whole is taken in, the rest when it has come; nothing is refused, nothing lost."""
    machines.stores[0].merge([review(n, card=f"deck/{n}") for n in range(10)])
    machines.sync(0)
    content = machines.file(0).read_bytes()
    os.truncate(machines.file(0), len(content) - 10)
    done = machines.sync(1)
    (report,) = [report for report in done.files if report.path == machines.file(0)]
    assert (report.unfinished, report.refused, done.new) == (True, [], 9)
    machines.file(0).write_bytes(content)
    done = machines.sync(1)
    assert (done.new, [report.unfinished for report in done.files]) == (1, [False])


def test_what_is_in_a_file_that_was_deleted_is_written_again(machines: Machines) -> None:
    """The folder heals from any machine that holds the log; the machine that wrote it may be gone."""
    machines.stores[0].merge([review(1)])
    machines.settle_all()
    machines.file(0).unlink()
    assert machines.sync(1).written == 1
    fresh = SqliteStore(machines.root / "fresh" / "quizzer.db")
    assert sync(fresh, machines.folder, at=NOW).new == 1
    fresh.close()


@pytest.mark.parametrize(
    "name",
    ["{} (conflicted copy).jsonl", "{} (Anna's conflicted copy 2026-03-02).jsonl", "{}-LAPTOP.jsonl", "{} (1).jsonl",
     "{} 2.jsonl", "{}.sync-conflict-20260302-101010-ABCDEFG.jsonl"],
)  # fmt: skip
def test_conflict_copies_are_harmless(machines: Machines, name: str) -> None:
    """What both versions have is united; the copy may stay or be deleted."""
    machines.stores[0].merge([review(1)])
    machines.sync(0)
    shutil.copy(machines.file(0), machines.folder / name.format(machines.file(0).stem))
    machines.stores[0].merge([review(2, card="deck/other")])
    machines.settle_all()
    assert len(assert_one_state(machines)) == 2
    assert not machines.sync(0).new_identity
    (machines.folder / name.format(machines.file(0).stem)).unlink()
    machines.settle_all()
    assert len(assert_one_state(machines)) == 2


def test_machines_that_share_an_identity_get_one_each(machines: Machines) -> None:
    """The database was copied to a second machine; whichever notices takes a new name, and nothing is lost."""
    machines.stores[0].merge([review(1)])
    machines.sync(0)
    machines.copy(0)
    assert machines.stores[3].device_id == machines.stores[0].device_id
    machines.stores[0].merge([review(2, card="deck/a")])
    machines.stores[3].merge([review(3, card="deck/b")])
    assert not machines.sync(3).new_identity
    assert machines.sync(0).new_identity
    machines.settle_all()
    assert machines.stores[3].device_id != machines.stores[0].device_id
    assert len(assert_one_state(machines)) == 3
    assert [report for number in range(4) for report in machines.sync(number).files if report.refused] == []


def test_a_shared_identity_is_noticed_in_a_conflict_copy(machines: Machines) -> None:
    """Both wrote while apart; the sync tool found two versions of one file and kept both."""
    machines.stores[0].merge([review(1)])
    machines.sync(0)
    machines.copy(0)
    before = machines.file(0).read_bytes()
    machines.stores[3].merge([review(3, card="deck/b")])
    machines.sync(3)
    shutil.move(machines.file(0), machines.folder / f"{machines.file(0).stem} (conflicted copy).jsonl")
    machines.file(0).write_bytes(before)
    machines.stores[0].merge([review(2, card="deck/a")])
    assert machines.sync(0).new_identity
    machines.settle_all()
    assert len(assert_one_state(machines)) == 3


def test_a_machine_restored_from_a_backup_gets_everything_back(machines: Machines) -> None:
    """Its own file remembers what its database has forgotten."""
    machines.stores[0].merge([review(1)])
    machines.copy(0)
    forgetful = machines.stores.pop()
    machines.stores[0].merge([review(2, card="deck/b")])
    machines.sync(0)
    machines.stores[0].close()
    machines.stores[0] = forgetful
    assert machines.sync(0).new == 1
    machines.settle_all()
    assert len(assert_one_state(machines)) == 2


def test_another_machines_wrong_clock_is_named_and_changes_no_order_of_ours(machines: Machines) -> None:
    """Its facts count where its clock put them, on every machine alike; ours are made as before."""
    ahead = review(1, at=NOW + timedelta(days=9000), id="ffffffff-0000-7000-8000-000000000000")
    behind = review(2, at=START - timedelta(days=15_000), card="deck/other")
    machines.stores[0].merge([ahead, behind])
    machines.sync(0)
    assert machines.sync(1).ahead == (ahead,)
    assert machines.sync(1).ahead == ()
    fact = review(3, id=machines.stores[1].new_id(NOW), at=NOW, card="deck/other")
    assert fact.id < "1"
    machines.stores[1].record(fact, None)
    machines.settle_all()
    assert len(assert_one_state(machines)) == 3


def test_what_a_wrong_clock_did_can_be_taken_back(machines: Machines) -> None:
    """As the warning says: undone, it stands in the way of no later answer."""
    before, after = review(1), review(3, at=START + timedelta(days=1))
    ahead = review(2, at=NOW + timedelta(days=9000))
    machines.stores[0].merge([before, ahead, after])
    machines.stores[0].add_event(event(4, "void", value=ahead.id))
    expected = machines.stores[2]
    expected.merge([before, after])
    assert machines.stores[0].schedule("deck/card") == expected.schedule("deck/card")


def test_of_two_words_on_a_proposal_the_last_counts_everywhere(machines: Machines) -> None:
    """Also where the clock of the maintainer who spoke last is behind."""
    settle(machines.stores[0].database, [("deck/card", "mark", "rejected")], at=NOW)
    machines.settle_all()
    settle(machines.stores[1].database, [("deck/card", "mark", "answers")], at=START)
    machines.settle_all()
    assert_one_state(machines)
    assert settled(machines.stores[0].connection) == {("deck/card", "mark"): "answers"}


def test_hostile_lines_are_refused_with_their_reason_and_place(machines: Machines) -> None:
    """The good lines around them count; nothing else is touched, and the machine's own log goes on."""
    good, other = review(1), review(2, answer="forged", id=review(1).id)
    bad = [
        synclines.encoded(as_data(good) | {"quality": 9})[1],
        synclines.encoded(as_data(good) | {"id": "x"})[1],
        synclines.encoded({"type": "shell", "run": "rm -rf /"})[1],
        synclines.encoded(as_data(event(5, "bury", value="never")))[1],
        synclines.encoded(as_data(other))[1],
        b'{"check":"forged"}\n',
    ]
    machines.stores[0].merge([good])
    (machines.folder / "quizzer-enemy.jsonl").write_bytes(b"".join(bad) + synclines.encoded(as_data(review(7)))[1])
    done = machines.sync(0)
    (report,) = done.files
    assert sorted(refused.line for refused in report.refused) == [1, 2, 3, 4, 5, 6]
    assert all(refused.reason for refused in report.refused)
    assert (done.new, done.written) == (1, 1)
    assert machines.stores[0].facts("deck/card") == [good, review(7)]


def test_what_is_no_sync_file_is_left_alone(machines: Machines) -> None:
    """A git work tree holds other things; a folder, a link to nowhere and a pipe are no reason to hang."""
    (machines.folder / "notes.jsonl").write_text("{}\n")
    (machines.folder / "quizzer-folder.jsonl").mkdir()
    (machines.folder / "quizzer-link.jsonl").symlink_to(machines.root / "nowhere")
    os.mkfifo(machines.folder / "quizzer-pipe.jsonl")
    (machines.folder / "quizzer-empty.jsonl").touch()
    (machines.folder / ".quizzer-cloud.jsonl.icloud").touch()
    done = machines.sync(0)
    refused = {report.path.name for report in done.files if report.refused}
    assert refused == {"quizzer-folder.jsonl", "quizzer-link.jsonl", "quizzer-pipe.jsonl"}
    assert [report.path.name for report in done.files if report.unfinished] == [".quizzer-cloud.jsonl.icloud"]


def test_a_file_of_a_newer_version_is_refused_whole(machines: Machines) -> None:
    """Half of what it says, misunderstood, would be worse than nothing."""
    header = synclines.encoded({"quizzer_sync": 2, "device": "d"})[1]
    (machines.folder / "quizzer-d.jsonl").write_bytes(header + synclines.encoded(as_data(review(1)))[1])
    done = machines.sync(0)
    assert "newer" in done.files[0].refused[0].reason
    assert done.new == 0


def test_a_folder_that_is_not_there_is_not_made(machines: Machines) -> None:
    """A disk that is not connected would else be replaced by a folder of its name."""
    with pytest.raises(SyncFolderUnusable, match="no such folder"):
        sync(machines.stores[0], machines.folder / "missing", at=NOW)


FILL_THE_DISK = """
    import resource, sys
    from pathlib import Path
    from quizzer.errors import SyncFolderUnusable
    from quizzer.storage.store import SqliteStore
    from quizzer.storage.sync import sync
    from tests.factories import START
    store = SqliteStore(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        sync(store, Path(sys.argv[2]), at=START)
    except SyncFolderUnusable as error:
        print("full", bool(error.hint))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.close()
    """


def test_a_full_disk_leaves_the_sync_file_whole(machines: Machines) -> None:
    """And the next attempt, with room, writes everything."""
    store = machines.stores[0]
    store.merge([review(1)])
    machines.sync(0)
    before = machines.file(0).read_bytes()
    store.merge([review(n, card=f"deck/{n}", answer="words " * 200) for n in range(2, 200)])
    store.close()
    assert in_process(FILL_THE_DISK, store.path, machines.folder, 150_000) == ["full True"]
    assert machines.file(0).read_bytes() == before
    machines.stores[0] = SqliteStore(store.path)
    machines.settle_all()
    assert len(assert_one_state(machines)) == 199


KINDS = ["review", "decide", "void", "suspend", "flag", "settle", "sync", "lose", "cut", "copy"]
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(-3000, 5000), st.integers(0, 5)), max_size=14
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_machines_always_come_to_the_same_state(steps: list[tuple[int, str, int, int]]) -> None:
    """Whatever each does, with whatever clock, and whatever becomes of the files in between."""
    with tempfile.TemporaryDirectory() as root:
        machines = Machines(Path(root))
        made: set[str] = set()
        for count, (number, kind, minutes, draw) in enumerate(steps):
            _act(machines, number, kind, minutes=minutes, draw=draw, count=count, made=made)
        machines.settle_all()
        held = {record["id"] for record in assert_one_state(machines) if "id" in record}
        assert held == made
        machines.close()


def _act(machines: Machines, number: int, kind: str, *, minutes: int, draw: int, count: int, made: set[str]) -> None:
    """One step of one machine, or of the tool that keeps the folder."""
    store, at = machines.stores[number], START + timedelta(minutes=minutes)
    files = sorted(machines.folder.iterdir())
    identity, card = store.new_id(at), f"deck/{'abc'[draw % 3]}"
    known = [row[0] for row in store.connection.execute("select id from reviews order by id")]
    if kind == "review":
        digest = card_digest(card, ("So.",))
        worded = Card(card[5:], "deck", card, ("So.",), digest=digest)
        store.record(review(count, id=identity, at=at, quality=draw, card=card, card_digest=digest), None, worded)
        made.add(identity)
    elif kind == "decide" and known:
        about = review(count, id=known[draw % len(known)], at=at)
        made_decision = decision(count, about, draw)
        store.decide(made_decision)
        made.add(made_decision.id)
    elif kind in ("void", "suspend", "flag") and known:
        made_event = event(count, kind, at=at, card=card, value=known[draw % len(known)] if kind == "void" else "")
        store.add_event(made_event)
        made.add(made_event.id)
    elif kind == "settle":
        settle(store.database, [(card, "mark", ("answers", "rejected", "grouped")[draw % 3])], at=at)
    elif kind == "sync":
        machines.sync(number)
    elif files and kind == "lose":
        files[draw % len(files)].unlink()
    elif files and kind == "cut":
        file = files[draw % len(files)]
        os.truncate(file, random.Random(minutes).randint(0, file.stat().st_size))
    elif files and kind == "copy":
        shutil.copy(files[draw % len(files)], machines.folder / f"quizzer-copy ({draw}).jsonl")
