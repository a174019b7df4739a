"""Finds decks, and keeps what was read of them in an index so that an unchanged file is never parsed again."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.decks.index import FORMAT, SCHEMA, card_of, deck_row, forget, write_deck
from quizzer.errors import DeckError, DeckInvalid, DeckNotFound, Problem, UnknownCard

if TYPE_CHECKING:
    from quizzer.model import Card, Deck

SUFFIXES = (".yaml", ".yml")
YOUNG_NS = 1_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's grain: read it again."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FoundDeck:
    """A deck file as it was found. *id* is empty for a file that could not be read as a deck."""

    path: str
    place: str
    id: str
    title: str
    cards: int
    answered: int
    shadowed_by: str | None
    problems: tuple[Problem, ...]
    file: int


class Library:
    """The decks in *folders*, searched in order; the index at *index* may be deleted at any time."""

    def __init__(self, index: Path, folders: Sequence[tuple[str, Path]]) -> None:
        """*folders*: (name of the place, folder or file)."""
        self.folders = tuple(folders)
        self.index_path = index
        self.connection = self._open()
        self.found: list[FoundDeck] = []
        self.active: tuple[int, ...] = ()
        """Index numbers of the files that are studied."""

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self.index_path)
        except (sqlite3.Error, OSError) as error:
            damaged = getattr(error, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT")
        if damaged:
            for suffix in ("", "-wal", "-shm"):
                self.index_path.with_name(self.index_path.name + suffix).unlink(missing_ok=True)
            try:
                return _connect(self.index_path)
            except (sqlite3.Error, OSError):
                pass
        return self._temporary()

    def _temporary(self) -> sqlite3.Connection:
        """An index for this process alone, where the cache folder cannot be used."""
        import tempfile  # 5 ms, for a broken cache folder only

        self._folder = tempfile.TemporaryDirectory(prefix="quizzer-")
        self.index_path = Path(self._folder.name) / "decks.db"
        return _connect(self.index_path)

    def refresh(self, selectors: Sequence[str] = (), *, progress: Progress | None = None) -> None:
        """Look at every deck file, read what changed, and narrow `active` to *selectors* (ids, files, folders).

        Raises:
            DeckNotFound: a selector names nothing.
        """
        named = [Path(selector) for selector in selectors if _is_path(selector)]
        for selector, path in zip([s for s in selectors if _is_path(s)], named, strict=True):
            if not path.exists():
                raise DeckNotFound(
                    f"{selector}: no such file or folder", hint="`quizzer deck list` shows the decks found"
                )
        files = self._files(named)
        try:
            known = self._synchronize(files, named, progress)
        except sqlite3.Error:
            # Locked, full or damaged meanwhile: the index is a cache, so this process makes its own.
            self.connection.close()
            self.connection = self._temporary()
            known = self._synchronize(files, named, progress)
        self.found = self._resolve(files, known)
        self.active = tuple(deck.file for deck in self._selected(selectors) if deck.id and not deck.shadowed_by)

    def _files(self, named: Sequence[Path]) -> dict[str, tuple[str, os.stat_result | None]]:
        """Path -> (place, status) of every candidate, in the order of search."""
        files: dict[str, tuple[str, os.stat_result | None]] = {}
        for place, folder in [*(("argument", path.absolute()) for path in named), *self.folders]:
            for path in _deck_files(folder):
                if path not in files:
                    try:
                        files[path] = (place, os.stat(path))  # noqa: PTH116  a Path for each of 1,000 files costs more than the call
                    except OSError:
                        if place == "argument":
                            files[path] = (place, None)
        return files

    def _synchronize(
        self, files: dict[str, tuple[str, os.stat_result | None]], named: Sequence[Path], progress: Progress | None
    ) -> dict[str, tuple[object, ...]]:
        """Read the files that the index does not know as they are; the index's rows by path."""
        rows = {row[1]: row for row in self.connection.execute(f"select {deck_row} from files")}
        stale = [path for path, (_, status) in files.items() if not _fresh(rows.get(path), status)]
        if not stale:
            return rows
        read = []
        for number, path in enumerate(stale):
            read.append((path, files[path][1], time.time_ns(), *_read(Path(path))))
            if progress:
                progress(number + 1, len(stale))
        self.connection.execute("begin immediate")
        try:
            for path in [path for path in rows if path not in files and not Path(str(path)).exists()]:
                forget(self.connection, str(path))
            for path, status, read_ns, deck, problems in read:
                write_deck(self.connection, path, status=status, read_ns=read_ns, deck=deck, problems=problems)
            self.connection.execute("commit")
        except BaseException:
            self.connection.execute("rollback")
            raise
        return {row[1]: row for row in self.connection.execute(f"select {deck_row} from files")}

    def _resolve(
        self, files: dict[str, tuple[str, os.stat_result | None]], known: dict[str, tuple[object, ...]]
    ) -> list[FoundDeck]:
        first: dict[str, str] = {}
        found = []
        for path, (place, _) in files.items():
            number, _, deck_id, title, cards, answered, problems = known[path][:7]
            reported = tuple(Problem(*values) for values in json.loads(str(problems)))
            if not deck_id and not reported:
                continue  # YAML, but no deck
            shadow = first.setdefault(str(deck_id), path) if deck_id else path
            found.append(
                FoundDeck(path, place, str(deck_id or ""), str(title or ""), int(str(cards)), int(str(answered)),
                          None if shadow == path else shadow, reported, int(str(number)))
            )  # fmt: skip
        return found

    def _selected(self, selectors: Sequence[str]) -> list[FoundDeck]:
        if not selectors:
            return self.found
        chosen: dict[int, FoundDeck] = {}
        for selector in selectors:
            if _is_path(selector):
                root = str(Path(selector).absolute())
                matches = [
                    deck
                    for deck in self.found
                    if deck.path == root or deck.path.startswith(root.rstrip(os.sep) + os.sep)
                ]
            else:
                current = self._deck_aliases().get(selector, selector)
                matches = [deck for deck in self.found if deck.id == current]
            if not matches:
                raise self._not_found(selector)
            chosen.update((deck.file, deck) for deck in matches)
        return list(chosen.values())

    def _not_found(self, selector: str) -> DeckNotFound:
        import difflib  # only for a mistyped name

        close = difflib.get_close_matches(selector, [deck.id for deck in self.found], n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`quizzer deck list` shows the decks found"
        return DeckNotFound(f"no deck {selector!r} found", hint=hint)

    def _deck_aliases(self) -> dict[str, str]:
        rows = self.connection.execute("select distinct alias, deck from deck_aliases")
        return dict(rows.fetchall())

    def selected(self, selectors: Sequence[str]) -> list[FoundDeck]:
        """The decks that *selectors* name, broken and shadowed ones included; all where there are none."""
        return self._selected(selectors)

    def aliases(self) -> dict[str, str]:
        """Former card key -> card key now, of every deck found that is not shadowed."""
        files = [deck.file for deck in self.found if deck.id and not deck.shadowed_by]
        query = "select alias, card from aliases where file in (select value from json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(files),)).fetchall())

    def keys(self) -> list[str]:
        """Keys of every active card, in the order of the decks."""
        query = "select card from cards where file in (select value from json_each(?)) order by file, position"
        return [row[0] for row in self.connection.execute(query, (json.dumps(self.active),))]

    def card(self, key: str) -> Card:
        """The card with this key, or with this former key.

        Raises:
            UnknownCard: no active deck has it; names the nearest.
        """
        for candidate in (key, self.aliases().get(key)):
            if candidate is None:
                continue
            query = "select body from bodies where card = ? and file in (select value from json_each(?))"
            row = self.connection.execute(query, (candidate, json.dumps(self.active))).fetchone()
            if row:
                return card_of(json.loads(row[0]))
        import difflib  # only for a card that is not there

        close = difflib.get_close_matches(key, self.keys(), n=1)
        hint = (
            f"did you mean {close[0]!r}?" if close else "a card is named deck/card; `quizzer deck list` shows the decks"
        )
        raise UnknownCard(f"no card {key!r} found", hint=hint)

    def cards(self, file: int) -> tuple[Card, ...]:
        """Every card of the file with this index number, in order."""
        query = (
            "select bodies.body from cards join bodies on bodies.card = cards.card and bodies.file = cards.file "
            "where cards.file = ? order by cards.position"
        )
        return tuple(card_of(json.loads(row[0])) for row in self.connection.execute(query, (file,)))

    def deck(self, selector: str) -> Deck:
        """The first deck that *selector* names.

        Raises:
            DeckNotFound: there is none. DeckInvalid: it is broken.
        """
        found = self._selected([selector])[0]
        if found.problems:
            raise DeckInvalid(found.problems)
        return _parsed(Path(found.path))


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=5.0, isolation_level=None)
    try:
        version = connection.execute("pragma user_version").fetchone()[0]
        if version != FORMAT:
            connection.execute("pragma journal_mode = wal")
            connection.execute("begin immediate")
            for (name,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
                connection.execute(f'drop table "{name}"')
            for statement in SCHEMA:
                connection.execute(statement)
            connection.execute(f"pragma user_version = {FORMAT}")
            connection.execute("commit")
        # A cache: losing the last write to a power cut costs a parse.
        connection.execute("pragma synchronous = normal")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_path(selector: str) -> bool:
    return os.sep in selector or selector.endswith(SUFFIXES) or selector in (".", "..")


def _deck_files(folder: Path) -> Iterator[str]:
    """Deck files at or below *folder*, sorted; hidden folders are left out."""
    if folder.is_file():
        yield str(folder)
        return
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield os.path.join(parent, name)  # noqa: PTH118  as in _files


def _fresh(row: tuple[object, ...] | None, status: os.stat_result | None) -> bool:
    """Whether the index's *row* still says what the file with this *status* holds."""
    if row is None or status is None:
        return False
    size, mtime_ns, ctime_ns, inode, read_ns = (int(str(value)) for value in row[7:12])
    same = (size, mtime_ns, ctime_ns, inode) == (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return same and read_ns - max(mtime_ns, ctime_ns) > YOUNG_NS


def _parsed(path: Path) -> Deck:
    from quizzer.decks import schema, yamlfile  # 8 ms of yaml that an unchanged deck never pays

    return schema.parse(yamlfile.read(path), path=str(path))


def _read(path: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """The deck in *path* and its problems: (deck, ()), (None, problems), or (None, ()) where it is no deck."""
    from quizzer.decks import schema, yamlfile  # see _parsed

    try:
        node = yamlfile.read(path)
        if not schema.is_deck(node):
            return None, ()
        return schema.parse(node, path=str(path)), ()
    except DeckInvalid as error:
        return None, error.problems
    except DeckError as error:
        return None, (Problem(error.code, error.message.removeprefix(f"{path}: "), str(path), hint=error.hint),)
