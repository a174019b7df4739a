"""Which of the files found are decks, which of them are used, and which the index knows as they are."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizzer.decks.files import SUFFIXES, deck_files, stamp
from quizzer.errors import Problem

if TYPE_CHECKING:
    from quizzer.decks.index import Row

YOUNG_NS = 1_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's grain: read it again."""

Files = dict[str, tuple[str, os.stat_result | None]]
"""Path -> (name of the place, status or None where it cannot be had), in the order of search."""


class FoundDeck(NamedTuple):
    """A deck file as it was found. *id* is empty where the file does not even say that much."""

    path: str
    place: str
    id: str
    title: str
    cards: int
    answered: int
    shadowed_by: str | None
    """Path of the file with the same id that comes first in the order of search."""
    problems: tuple[Problem, ...]
    """What is wrong with it; while there is something, none of its cards is used."""
    file: int

    @property
    def usable(self) -> bool:
        """Whether its cards are studied."""
        return bool(self.id) and not self.problems and not self.shadowed_by


def candidates(named: Sequence[Path], folders: Sequence[tuple[str, Path]]) -> Files:
    """Every file that may be a deck: those *named*, then those in *folders*, one that is reached twice once."""
    files: Files = {}
    seen: set[tuple[int, int]] = set()
    for place, folder in [*(("argument", path) for path in named), *folders]:
        for path in deck_files(folder):
            try:
                status = os.stat(path)  # noqa: PTH116  a Path for each of 1,000 files costs more than the call
            except OSError:
                if place == "argument" or os.path.islink(path):  # noqa: PTH114  as above
                    files.setdefault(path, (place, None))
                continue  # gone since the folder was listed
            # One file may be reached in two ways, as ./decks of quizzer's own source tree is.
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                files[path] = (place, status)
    return files


def take_misnamed(files: Files) -> list[FoundDeck]:
    """Take out of *files* those whose name is not UTF-8, which no database can hold, as decks with that problem."""
    misnamed: list[FoundDeck] = []
    for path in [path for path in files if not path.isascii()]:
        try:
            path.encode()
        except UnicodeEncodeError:
            place, _ = files.pop(path)
            problem = Problem("deck-unreadable", "the name of the file is not UTF-8", path, hint="rename the file")
            number = -1 - len(misnamed)
            misnamed.append(FoundDeck(path, place, "", "", 0, 0, None, (problem,), number))
    return misnamed


def is_path(selector: str) -> bool:
    """Whether a deck named like this can only be a file or a folder."""
    return os.sep in selector or "/" in selector or selector.lower().endswith(SUFFIXES) or selector in (".", "..")


def is_fresh(row: Row | None, status: os.stat_result | None) -> bool:
    """Whether the index's *row* still says what the file with this *status* holds."""
    if row is None or status is None or not row.content:
        return False
    same = (row.size, row.mtime_ns, row.ctime_ns, row.inode) == stamp(status)
    return same and row.read_ns - max(row.mtime_ns, row.ctime_ns) > YOUNG_NS


def passed_over(files: Files, known: dict[str, Row], *, named: set[str]) -> list[str]:
    """The YAML files that do not say that they are decks, and that nobody *named*."""
    rows = ((path, known[path]) for path in files if path not in named)
    return [path for path, row in rows if not row.id and row.problems == "[]"]


def resolve(files: Files, known: dict[str, Row], *, named: set[str]) -> list[FoundDeck]:
    """The decks among *files*: YAML that is no deck is left out, unless it was *named*."""
    first: dict[str, str] = {}
    found = []
    for path, (place, _) in files.items():
        row = known[path]
        problems = tuple(Problem(*values) for values in json.loads(row.problems))
        if not row.id and not problems:
            if path not in named:
                continue
            from quizzer.decks.reading import why_no_deck  # 20 ms of yaml and schema

            problems = why_no_deck(path)
        shadow = first.setdefault(row.id, path) if row.id else path
        found.append(
            FoundDeck(path, place, row.id or "", row.title or "", row.cards, row.answered,
                      None if shadow == path else shadow, problems, row.file)
        )  # fmt: skip
    return found
