"""Decks are found, read once, and read again when changed; what is wrong with one never stops the others."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizzer.decks.library import Library
from quizzer.errors import DeckInvalid, DeckNotFound, DeckUnreadable, UnknownCard

Open = Callable[..., Library]
OLD_NS = 1_600_000_000_000_000_000


def deck(identity: str, *cards: str, header: str = "", extra: str = "") -> str:
    lines = "".join(f"  - id: {card}\n    question: Q {card}?\n    answers: [A {card}]\n{extra}" for card in cards)
    return f"quizzer: 1\ndeck:\n  id: {identity}\n{header}cards:\n{lines}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The only place where decks are looked for."""
    path = tmp_path / "decks"
    path.mkdir()
    return path


@pytest.fixture
def opened(tmp_path: Path, folder: Path) -> Iterator[Open]:
    """Opens and refreshes a library as a new process would: ``opened("selector", folders=..., index=...)``."""
    libraries: list[Library] = []

    def open_library(
        *selectors: str,
        folders: list[tuple[str, Path]] | None = None,
        index: Path = tmp_path / "cache" / "decks.db",
        broken_ok: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Library:
        library = Library(index, folders or [("folder", folder)])
        libraries.append(library)
        library.refresh(selectors, broken_ok=broken_ok, progress=progress)
        return library

    yield open_library
    for library in libraries:
        library.close()


def parsed(opened: Open, *selectors: str) -> int:
    """How many files a new process has to look into."""
    counts = [0]
    opened(*selectors, progress=lambda done, _: counts.append(done))
    return counts[-1]


def aged(path: Path) -> None:
    """Wait until the file system's clock has left the time of *path* behind; its ctime cannot be set."""
    while time.time_ns() - path.stat().st_ctime_ns < 1_100_000_000:
        time.sleep(0.05)


def test_decks_are_found_below_a_folder_in_order(folder: Path, opened: Open) -> None:
    """A team keeps decks in folders of folders."""
    (folder / "b.yml").write_text(deck("b", "x"))
    (folder / "a.yaml").write_text(deck("a", "y", "z"))
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "sub" / "deep" / "c.yaml").write_text(deck("c", "w"))

    library = opened()

    assert [found.id for found in library.found] == ["a", "b", "c"]
    assert library.keys() == ["a/y", "a/z", "b/x", "c/w"]
    assert [(found.cards, found.answered) for found in library.found] == [(2, 2), (1, 1), (1, 1)]


def test_hidden_and_other_files_are_left_alone(folder: Path, opened: Open) -> None:
    """Git's folders, an editor's lock files and a project's own YAML are no broken decks."""
    (folder / ".git").mkdir()
    (folder / ".git" / "a.yaml").write_text("quizzer: [")
    (folder / ".#lock.yaml").symlink_to("nobody@nowhere")
    (folder / "ci.yaml").write_text("on: push\njobs: &x [*y, {{ template }}\n")
    (folder / "list.yaml").write_text("- quizzer\n")
    (folder / "empty.yaml").write_text("")
    (folder / "notes.txt").write_text("quizzer: 1")

    assert opened().found == []


def test_links_are_followed_once(folder: Path, opened: Open, tmp_path: Path) -> None:
    """A link to a clone of a team's decks works; a link to a parent does not go round for ever."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "a.yaml").write_text(deck("a", "x"))
    (folder / "team").symlink_to(tmp_path / "team")
    (folder / "again").symlink_to(tmp_path / "team")
    (folder / "loop").symlink_to(folder)

    library = opened()

    assert [(found.id, found.shadowed_by) for found in library.found] == [("a", None)]


def test_an_unchanged_deck_is_not_looked_into_again(folder: Path, opened: Open) -> None:
    """Start-up time is what every day's first question waits for."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    aged(folder / "a.yaml")
    opened()

    assert parsed(opened) == 0


def test_a_file_as_young_as_its_entry_is_distrusted(folder: Path, opened: Open) -> None:
    """Two saves within the clock's grain leave the same size and times; the second one must not be lost."""
    path = folder / "a.yaml"
    path.write_text(deck("a", "x"))
    assert opened().keys() == ["a/x"]

    times = path.stat()
    with path.open("r+") as file:
        file.write(deck("a", "y"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert opened().keys() == ["a/y"]


def test_a_change_that_keeps_size_and_time_is_noticed(folder: Path, opened: Open) -> None:
    """`cp -p` and rsync set times back; the time of the change itself cannot be set."""
    path = folder / "a.yaml"
    path.write_text(deck("a", "x"))
    os.utime(path, ns=(OLD_NS, OLD_NS))
    aged(path)
    opened()

    path.write_text(deck("a", "y"))
    os.utime(path, ns=(OLD_NS, OLD_NS))

    assert opened().keys() == ["a/y"]


def test_a_replaced_file_is_noticed(folder: Path, opened: Open) -> None:
    """Editors save by renaming a new file over the old one."""
    path = folder / "a.yaml"
    path.write_text(deck("a", "x"))
    aged(path)
    opened()

    (folder / "new").write_text(deck("a", "y"))
    (folder / "new").replace(path)

    assert opened().keys() == ["a/y"]


def test_a_deck_keeps_its_number_when_it_is_read_again(folder: Path, opened: Open) -> None:
    """Another process studies by these numbers."""
    for name in "abc":
        (folder / f"{name}.yaml").write_text(deck(name, "x"))
    running = opened()

    (folder / "a.yaml").write_text(deck("a", "x", "y"))
    (folder / "c.yaml").unlink()
    (folder / "d.yaml").write_text(deck("d", "x"))
    opened()

    assert running.card("a/x").key == "a/x"
    assert running.keys() == ["a/x", "a/y", "b/x"]


def test_a_broken_deck_is_named_and_the_others_go_on(folder: Path, opened: Open) -> None:
    """One mistake in one file must not cost a day of study."""
    (folder / "a.yaml").write_text("quizzer: 1\ndeck:\n  id: a\n")
    (folder / "b.yaml").write_text(deck("b", "x"))
    (folder / "c.yaml").write_text("quizzer: 1\nx: [")
    (folder / "d.yaml").write_bytes(b"quizzer: 1\n\xff")
    (folder / "e.yaml").symlink_to("missing")

    library = opened()

    problems = {Path(found.path).name: [(p.code, p.line) for p in found.problems] for found in library.found}
    assert problems == {
        "a.yaml": [("missing-key", 1)],
        "b.yaml": [],
        "c.yaml": [("yaml", 2)],
        "d.yaml": [("deck-unreadable", 2)],
        "e.yaml": [("deck-unreadable", 0)],
    }
    assert library.keys() == ["b/x"]


def test_the_last_good_version_of_a_broken_deck_is_not_studied(folder: Path, opened: Open) -> None:
    """Its cards may be the ones that were being removed; they come back when the file is whole."""
    path = folder / "a.yaml"
    path.write_text(deck("a", "x"))
    opened()

    path.write_text(deck("a", "x") + "oops")
    assert opened().keys() == []

    path.write_text(deck("a", "x"))
    assert opened().keys() == ["a/x"]


def test_a_deleted_deck_is_forgotten(folder: Path, opened: Open) -> None:
    """No card of a deck that is gone is asked."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    opened()

    (folder / "a.yaml").unlink()

    assert opened().found == []


def test_the_first_of_two_decks_with_one_id_wins(folder: Path, opened: Open, tmp_path: Path) -> None:
    """A deck in the current folder stands before the one that ships with quizzer."""
    (tmp_path / "bundled").mkdir()
    (tmp_path / "bundled" / "a.yaml").write_text(deck("a", "old"))
    (folder / "a.yaml").write_text(deck("a", "new"))

    library = opened(folders=[("folder", folder), ("bundled", tmp_path / "bundled")])

    assert library.keys() == ["a/new"]
    assert [(found.place, found.shadowed_by) for found in library.found] == [
        ("folder", None),
        ("bundled", str(folder / "a.yaml")),
    ]


def test_selectors_are_ids_files_and_folders(
    folder: Path, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`quizzer study` takes whatever names a deck."""
    (folder / "a.yaml").write_text(deck("a", "x", header="  aliases: [was-a]\n"))
    (folder / "b.yaml").write_text(deck("b", "x"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "c.yaml").write_text(deck("c", "x"))
    (tmp_path / "mine" / "a.txt").write_text(deck("a", "other"))
    monkeypatch.chdir(tmp_path)

    assert opened("b").keys() == ["b/x"]
    assert opened("was-a").keys() == ["a/x"]
    assert opened("mine").keys() == ["c/x"]
    assert opened("./mine/", "b").keys() == ["c/x", "b/x"]
    assert opened("mine/c.yaml").keys() == ["c/x"]
    assert opened(str(folder)).keys() == ["a/x", "b/x"]
    assert opened("mine/a.txt").keys() == ["a/other"]


@pytest.mark.parametrize(
    ("selector", "hint"),
    [("brt", "did you mean 'bert'?"), ("nothing.yaml", "`quizzer deck list`"), ("empty", "a deck is a .yaml file")],
)
def test_an_unknown_deck_is_refused_with_a_suggestion(
    selector: str, hint: str, folder: Path, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the finger costs one line to correct."""
    (folder / "bert.yaml").write_text(deck("bert", "x"))
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(DeckNotFound) as caught:
        opened(selector)

    assert hint in str(caught.value.hint)


def test_naming_only_broken_decks_is_an_error_with_their_problems(folder: Path, opened: Open) -> None:
    """Otherwise `quizzer study a` would say that nothing is due."""
    (folder / "a.yaml").write_text("quizzer: 1\ndeck:\n  id: a\n")

    with pytest.raises(DeckInvalid, match="no cards"):
        opened("a")

    assert opened("a", broken_ok=True).active == ()


def test_a_file_that_is_no_deck_is_explained_when_it_is_named(folder: Path, opened: Open) -> None:
    """Passed over in silence in a folder, but not when somebody asks for it."""
    path = folder / "other.yaml"
    path.write_text("a: b\n")

    with pytest.raises(DeckInvalid, match="the key 'quizzer' is missing"):
        opened(str(path))


def test_a_card_is_found_by_its_key_and_by_its_former_keys(folder: Path, opened: Open) -> None:
    """Renaming a card or its deck, or moving a card, keeps its history."""
    text = deck("new", "x", header="  aliases: [old]\n", extra="    aliases: [y, moved/z]\n")
    (folder / "a.yaml").write_text(text)

    library = opened()

    assert library.aliases() == dict.fromkeys(["new/y", "old/x", "old/y", "moved/z"], "new/x")
    assert [library.card(key).key for key in ("new/x", "old/y", "moved/z")] == ["new/x"] * 3


def test_a_key_that_a_card_has_now_is_no_former_key(folder: Path, opened: Open) -> None:
    """Otherwise one card's history would go to another card."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    (folder / "b.yaml").write_text(deck("b", "x", extra="    aliases: [a/x]\n"))

    library = opened()

    assert library.aliases() == {}
    assert library.card("a/x").key == "a/x"


@pytest.mark.parametrize("key", ["a/crad-1", "card-1", "b/card-1"])
def test_an_unknown_card_is_refused_with_the_nearest(key: str, folder: Path, opened: Open) -> None:
    """Keys are typed by hand."""
    (folder / "a.yaml").write_text(deck("a", "card-1", "other"))

    with pytest.raises(UnknownCard) as caught:
        opened().card(key)

    assert caught.value.hint == "did you mean 'a/card-1'?"


def test_a_card_comes_back_from_the_index_as_it_was_parsed(folder: Path, opened: Open) -> None:
    """The index must not change a word of a deck."""
    extra = (
        "    points: [p]\n    difficulty: easy\n    explanation: é😀\n    tags: [t]\n"
        '    tests: {pass: [a], fail: ["", "\\0\\e[31m"]}\n'
    )
    (folder / "a.yaml").write_text(deck("a", "x", "y", extra=extra), encoding="utf-8")

    library = opened()

    whole = library.deck("a")
    assert library.cards(library.active[0]) == whole.cards
    assert library.card("a/y") == whole.cards[1]


def test_a_deck_deleted_meanwhile_is_unreadable(folder: Path, opened: Open) -> None:
    """Decks are edited while quizzer runs."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    library = opened()

    (folder / "a.yaml").unlink()

    with pytest.raises(DeckUnreadable, match="no such file"):
        library.deck("a")


@pytest.mark.parametrize("damage", [b"noise" * 1000, b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(damage: bytes, folder: Path, opened: Open, tmp_path: Path) -> None:
    """It is a cache: nobody should have to know where it is."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    index = tmp_path / "cache" / "decks.db"
    opened(index=index).close()

    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    index.write_bytes(damage)
    library = opened(index=index)

    assert library.keys() == ["a/x"]
    assert library.index_path == index


@pytest.mark.parametrize("statement", ["drop table files", "pragma user_version = 99"])
def test_an_index_of_another_format_is_made_anew(statement: str, folder: Path, opened: Open, tmp_path: Path) -> None:
    """After an update, in both directions."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    index = tmp_path / "cache" / "decks.db"
    opened(index=index).close()
    with sqlite3.connect(index) as connection:
        connection.execute(statement)
    connection.close()

    library = opened(index=index)

    assert library.keys() == ["a/x"]
    assert library.index_path == index


def test_a_cache_folder_that_cannot_be_used_costs_only_time(folder: Path, opened: Open, tmp_path: Path) -> None:
    """A read-only home, or a file where the folder should be."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    (tmp_path / "file").write_text("")

    library = opened(index=tmp_path / "file" / "decks.db")

    assert library.keys() == ["a/x"]
    assert library.index_path.exists()
    assert library.index_path != tmp_path / "file" / "decks.db"


def test_an_index_that_another_program_holds_does_not_stop_study(folder: Path, opened: Open, tmp_path: Path) -> None:
    """A hung process must not make every other one fail."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    index = tmp_path / "cache" / "decks.db"
    opened(index=index)
    (folder / "b.yaml").write_text(deck("b", "x"))
    holder = sqlite3.connect(index, isolation_level=None)
    holder.execute("begin immediate")
    try:
        assert opened(index=index).keys() == ["a/x", "b/x"]
    finally:
        holder.close()


def refresh_in_process(index: Path, folder: Path, barrier: object) -> None:
    barrier.wait()  # type: ignore[attr-defined]  # a proxy of multiprocessing's, which has no public type
    library = Library(index, [("folder", folder)])
    library.refresh()
    assert len(library.keys()) == 200
    assert library.index_path == index
    library.close()


def test_processes_that_start_together_share_one_index(folder: Path, tmp_path: Path) -> None:
    """A status bar and a study session begin at the same moment, with no index yet."""
    for number in range(20):
        cards = [f"c{card}" for card in range(10)]
        (folder / f"{number}.yaml").write_text(deck(f"d{number}", *cards))
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(4)
    arguments = (tmp_path / "cache" / "decks.db", folder, barrier)
    processes = [context.Process(target=refresh_in_process, args=arguments) for _ in range(4)]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


def test_hostile_decks_do_not_stop_the_others(folder: Path, opened: Open) -> None:
    """A folder may hold anything."""
    head = "quizzer: 1\ndeck: {id: x}\ncards:\n"
    (folder / "1.yaml").write_text(head + "[" * 100_000)
    (folder / "2.yaml").write_text("quizzer: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    (folder / "3.yaml").write_text(head + "  - !!python/object/apply:os.system [touch /tmp/x]\n")
    (folder / "4.yaml").write_text(head + "  - id: a\n    question: " + "x" * 1_000_000)
    (folder / "5.yaml").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "6.yaml")
    (folder / "z.yaml").write_text(deck("z", "x"))

    library = opened()

    assert library.keys() == ["z/x"]
    assert [Path(found.path).name for found in library.found if found.problems] == [f"{n}.yaml" for n in range(1, 5)]


def test_the_content_of_a_deck_comes_from_the_index(opened: Open, folder: Path) -> None:
    """Every card in order, under the deck's tags too, without the file being parsed again."""
    (folder / "a.yaml").write_text(deck("a", "z", "b", header="  tags: [all]\n", extra="    tags: [own, all]\n"))
    os.utime(folder / "a.yaml", ns=(OLD_NS, OLD_NS))
    library = opened()
    content = library.content(library.found[0])
    assert (content.id, [card.id for card in content.cards]) == ("a", ["z", "b"])
    assert [card.tags for card in content.cards] == [("all", "own")] * 2
    assert content.cards[0].answers == ("A z",)


def test_known_keys_are_those_of_every_usable_deck(opened: Open, folder: Path) -> None:
    """A card of a deck that was not chosen is no lost card."""
    (folder / "a.yaml").write_text(deck("a", "x"))
    (folder / "b.yaml").write_text(deck("b", "x"))
    assert opened("a").known({"a/x", "b/x", "a/y", "c/x"}) == {"a/x", "b/x"}
