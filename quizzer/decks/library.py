"""Finds decks, and keeps what was read of them in an index so that an unchanged file is never parsed again."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.decks import index
from quizzer.decks.files import stamp
from quizzer.decks.finding import Files, FoundDeck, candidates, is_fresh, is_path, passed_over, resolve, take_misnamed
from quizzer.errors import DeckInvalid, DeckNotFound, UnknownCard

if TYPE_CHECKING:
    from quizzer.decks.index import Row
    from quizzer.decks.reading import Reading
    from quizzer.model import Card, Deck

Progress = Callable[[int, int], None]


class Library:
    """The decks in *folders*, searched in order; the index at *index* may be deleted at any time."""

    def __init__(self, index_path: Path, folders: Sequence[tuple[str, Path]]) -> None:
        """*folders*: (name of the place, folder or file)."""
        self.folders = tuple(folders)
        self.index_path = index_path
        """Where the index really is: elsewhere, where the cache folder cannot be written."""
        self.connection = self._open()
        self._paths: frozenset[str] = frozenset()
        self.found: list[FoundDeck] = []
        self.passed_over: list[str] = []
        """YAML files among the decks that do not say that they are one."""
        self.active: tuple[int, ...] = ()
        """Index numbers of the files that are studied, in the order of search."""

    def close(self) -> None:
        """Close the index."""
        self.connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return index.connect(self.index_path)
        except (sqlite3.Error, OSError) as error:
            if not _is_damage(error):
                return self._temporary()
        try:
            for suffix in ("", "-wal", "-shm"):
                self.index_path.with_name(self.index_path.name + suffix).unlink(missing_ok=True)
            return index.connect(self.index_path)
        except (sqlite3.Error, OSError):
            return self._temporary()

    def _temporary(self) -> sqlite3.Connection:
        """An index for this process alone, where the cache folder cannot be used."""
        import shutil  # 10 ms, for a broken cache folder only
        import tempfile
        import weakref

        folder = tempfile.mkdtemp(prefix="quizzer-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.index_path = Path(folder) / "decks.db"
        return index.connect(self.index_path)

    def _reopen(self, error: sqlite3.Error) -> None:
        """Go on with another index after *error*: a new one where this one is damaged, else a temporary one."""
        self.connection.close()
        if not _is_damage(error):
            self.connection = self._temporary()  # locked, full or read-only
            return
        self.index_path.unlink(missing_ok=True)
        self.connection = self._open()

    def refresh(
        self, selectors: Sequence[str] = (), *, progress: Progress | None = None, broken_ok: bool = False
    ) -> None:
        """Look at every deck file, read what changed, and narrow `active` to *selectors* (ids, files, folders).

        Raises:
            DeckNotFound: a selector names nothing.
            DeckInvalid: every deck that *selectors* name is broken, and not *broken_ok*.
        """
        paths = [selector for selector in selectors if is_path(selector)]
        for selector in paths:
            if not os.path.lexists(selector):
                raise DeckNotFound(
                    f"{selector}: no such file or folder", hint="`quizzer deck list` shows the decks found"
                )
        self._look(paths, progress)
        # `quizzer study mydecks` may mean a folder; an id goes first.
        folders = [s for s in selectors if s not in paths and not self._with_id(s) and Path(s).exists()]
        if folders:
            paths += folders
            self._look(paths, progress)
        self._paths = frozenset(paths)
        selected = self.selected(selectors)
        self.active = tuple(deck.file for deck in selected if deck.usable)
        problems = tuple(problem for deck in selected for problem in deck.problems)
        if selectors and problems and not self.active and not broken_ok:
            raise DeckInvalid(problems)

    def _look(self, paths: Sequence[str], progress: Progress | None) -> None:
        named = [Path(path).absolute() for path in paths]
        files = candidates(named, self.folders)
        misnamed = take_misnamed(files)
        try:
            known = self._synchronize(files, progress)
        except sqlite3.Error as error:
            # Locked, full or damaged: the index is a cache, so this process makes its own.
            self._reopen(error)
            known = self._synchronize(files, progress)
        names = {str(path) for path in named}
        self.found = [*resolve(files, known, named=names), *misnamed]
        self.passed_over = passed_over(files, known, named=names)

    def _synchronize(self, files: Files, progress: Progress | None) -> dict[str, Row]:
        """Read the files that the index does not know as they are; the index's rows by path."""
        known = index.rows(self.connection)
        stale = [path for path, (_, status) in files.items() if not is_fresh(known.get(path), status)]
        if not stale:
            return known
        from quizzer.decks.reading import read_deck  # 20 ms of yaml and schema that unchanged decks never pay

        gone = [row.file for row in known.values() if row.path not in files and not os.path.lexists(row.path)]
        for number, path in enumerate(stale):
            status, row = files[path][1], known.get(path)
            # The file system's clock, not QUIZZER_NOW's: this instant is compared with the times of files.
            began_ns = time.time_ns()
            stamps = stamp(status) if status else (0, 0, 0, 0)
            reading = read_deck(path, stamps, began_ns, known_content=row.content if row else "")
            # A transaction for each file: nobody waits while this process parses, and no more than one deck is held.
            self._write(reading, gone if number == 0 else ())
            if progress:
                progress(number + 1, len(stale))
        return index.rows(self.connection)

    def _write(self, reading: Reading, gone: Sequence[int]) -> None:
        self.connection.execute("begin immediate")
        try:
            for file in gone:
                index.forget(self.connection, file)
            index.write(self.connection, reading)
            self.connection.execute("commit")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            raise

    def selected(self, selectors: Sequence[str]) -> list[FoundDeck]:
        """The decks that *selectors* name, broken and shadowed ones included; all where there are none.

        Raises:
            DeckNotFound: a selector names nothing.
        """
        chosen: dict[int, FoundDeck] = {}
        for selector in selectors:
            if is_path(selector) or selector in self._paths:
                root = str(Path(selector).absolute())
                matches = [deck for deck in self.found if Path(deck.path).is_relative_to(root)]
            else:
                matches = self._with_id(selector)
            if not matches:
                raise self._not_found(selector)
            chosen.update((deck.file, deck) for deck in matches)
        return list(chosen.values()) if selectors else self.found

    def _with_id(self, identity: str) -> list[FoundDeck]:
        """The decks with this id, or with this former id where no deck has it now."""
        matches = [deck for deck in self.found if deck.id == identity]
        if matches:
            return matches
        query = "select file from deck_aliases where alias = ?"
        files = {file for (file,) in self.connection.execute(query, (identity,))}
        return [deck for deck in self.found if deck.file in files]

    def _not_found(self, selector: str) -> DeckNotFound:
        import difflib  # only for a mistyped name

        if Path(selector).is_dir():
            return DeckNotFound(f"no deck in the folder {selector!r}", hint="a deck is a .yaml file with `quizzer: 1`")
        close = difflib.get_close_matches(selector, [deck.id for deck in self.found if deck.id], n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`quizzer deck list` shows the decks found"
        return DeckNotFound(f"no deck {selector!r} found", hint=hint)

    def aliases(self) -> dict[str, str]:
        """Former card key -> card key now, of every usable deck found; a key that some card has is not a former one."""
        files = json.dumps([deck.file for deck in self.found if deck.usable])
        query = (
            "select alias, card from aliases join json_each(?) as file on file.value = aliases.file where not exists "
            "(select 1 from cards where cards.card = alias and cards.file in (select value from json_each(?))) "
            "order by file.key desc"  # where two decks claim one key, the first in the order of search has it
        )
        return dict(self.connection.execute(query, (files, files)).fetchall())

    def keys(self) -> list[str]:
        """Keys of every active card, in the order of the decks."""
        query = (
            "select card from cards join json_each(?) as file on file.value = cards.file order by file.key, position"
        )
        return [row[0] for row in self.connection.execute(query, (json.dumps(self.active),))]

    def tags(self) -> list[str]:
        """Every tag of an active card, those of its deck included, in order."""
        query = (
            "select distinct tag.value from cards join json_each(?) as file on file.value = cards.file "
            "join json_each(cards.tags) as tag order by tag.value"
        )
        return [row[0] for row in self.connection.execute(query, (json.dumps(self.active),))]

    def card(self, key: str) -> Card:
        """The card with this key, or with this former key.

        Raises:
            UnknownCard: no active deck has it; names the nearest.
        """
        query = "select body from bodies where card = ? and file in (select value from json_each(?))"
        active = json.dumps(self.active)
        row = self.connection.execute(query, (key, active)).fetchone()
        if row is None and key in (aliases := self.aliases()):
            row = self.connection.execute(query, (aliases[key], active)).fetchone()
        if row is None:
            raise self._unknown(key)
        return index.card_of(json.loads(row[0]))

    def _unknown(self, key: str) -> UnknownCard:
        from rapidfuzz import fuzz, process  # difflib takes seconds over 100,000 keys

        keys = self.keys()
        same_id = [known for known in keys if known.endswith(f"/{key}")]
        close = (
            same_id[0]
            if same_id
            else next(iter(process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=70) or ()), None)
        )
        hint = f"did you mean {close!r}?" if close else "a card is named deck/card; `quizzer deck list` shows the decks"
        return UnknownCard(f"no card {key!r} found", hint=hint)

    def cards(self, file: int) -> tuple[Card, ...]:
        """Every card of the file with this index number, in order."""
        query = (
            "select bodies.body from cards join bodies on bodies.card = cards.card and bodies.file = cards.file "
            "where cards.file = ? order by cards.position"
        )
        return tuple(index.card_of(json.loads(row[0])) for row in self.connection.execute(query, (file,)))

    def cards_of(self, deck_id: str, *, most: int) -> tuple[Card, ...]:
        """Every card of the deck that is studied under this id; none where there is no such deck, or it has more."""
        found = (deck for deck in self.found if deck.usable and deck.id == deck_id and deck.cards <= most)
        return next((self.cards(deck.file) for deck in found), ())

    def content(self, found: FoundDeck) -> Deck:
        """The cards of *found* as they were read last, each with the deck's tags too; nothing else of the deck."""
        from quizzer.model import Deck  # 10 ms that counting cards need not pay

        query = (
            "select bodies.body, cards.tags from cards join bodies on bodies.card = cards.card "
            "and bodies.file = cards.file where cards.file = ? order by cards.position"
        )
        rows = self.connection.execute(query, (found.file,))
        cards = tuple(index.card_of({**json.loads(body), "tags": json.loads(tags)}) for body, tags in rows)
        return Deck(found.id, found.title, cards=cards, path=found.path)

    def known(self, keys: Collection[str]) -> set[str]:
        """Those of *keys* that a card of some usable deck has, whether it is active or not."""
        files = json.dumps([deck.file for deck in self.found if deck.usable])
        query = (
            "select card from cards join json_each(?) as key on key.value = card "
            "where file in (select value from json_each(?))"
        )
        return {row[0] for row in self.connection.execute(query, (json.dumps(list(keys)), files))}

    def deck(self, selector: str) -> Deck:
        """The first deck that *selector* names, read now.

        Raises:
            DeckNotFound: there is none. DeckInvalid: it is broken. DeckUnreadable: it cannot be opened.
        """
        from quizzer.decks import schema, yamlfile  # yaml

        path = Path(self.selected([selector])[0].path)
        return schema.parse(yamlfile.read(path), path=str(path))


def _is_damage(error: Exception) -> bool:
    """Whether the index is no index: then it is made anew. SQLITE_ERROR: its tables are not ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or name == "SQLITE_ERROR"
