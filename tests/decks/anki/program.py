"""Anki itself, on a collection in a file: what quizzer's packages become in it, and packages as it makes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("anki", reason="Anki's library is not installed")

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)


class Found(NamedTuple):
    """A note as Anki has it, with its first card."""

    guid: str
    fields: list[str]
    tags: list[str]
    deck: str
    interval_days: int
    due_in_days: int
    factor: int
    reviews: int
    suspended: bool


class Imported(NamedTuple):
    """How many notes Anki says that an import concerned."""

    new: int
    updated: int
    unchanged: int


@contextmanager
def opened(path: Path) -> Iterator[Collection]:
    """The collection in the file *path*, made where it is missing."""
    collection = Collection(str(path))
    try:
        yield collection
    finally:
        collection.close()


def import_package(collection: Collection, package: Path) -> Imported:
    """Import *package* with its learning progress."""
    options = ImportAnkiPackageOptions(with_scheduling=True)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    assert not log.conflicting
    assert not log.missing_notetype
    return Imported(len(log.new), len(log.updated), len(log.duplicate))


def export_package(collection: Collection, package: Path, *, legacy: bool = False) -> None:
    """Write the whole collection to *package*, in the older format or today's."""
    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, with_deck_configs=True, legacy=legacy)
    collection.export_anki_package(out_path=str(package), options=options, limit=None)


def add(collection: Collection, kind: str, deck: str, *fields: str, tags: tuple[str, ...] = ()) -> Any:
    """A new note; its id."""
    note_type = collection.models.by_name(kind)
    assert note_type is not None
    note = collection.new_note(note_type)
    for place, text in enumerate(fields):
        note.fields[place] = text
    note.tags = list(tags)
    collection.add_note(note, collection.decks.id(deck))  # type: ignore[arg-type]  # it makes the deck
    return note.id


def notes(collection: Collection) -> list[Found]:
    """Every note, in the order of their ids' text."""
    found = []
    for number in collection.find_notes(""):
        note = collection.get_note(number)
        card = note.cards()[0]
        due = card.due - collection.sched.today if card.type == 2 else 0
        found.append(
            Found(str(note.guid), note.fields, note.tags, collection.decks.name(card.did), card.ivl, due, card.factor,
                  card.reps, card.queue == -1)
        )  # fmt: skip
    return sorted(found)
