"""Puts questions that were read from a file into a deck: which file it is, and what changes in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from quizzer.cli import compose
from quizzer.cli.editing import ids_with_history, refuse_installed
from quizzer.cli.places import shown
from quizzer.errors import DeckNotFound, UsageError

if TYPE_CHECKING:
    from quizzer.decks.editing.deckfile import DeckFile
    from quizzer.decks.markdown.entries import QuestionList
    from quizzer.decks.markdown.updating import Updated

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Import:
    """One list of questions and the deck that it goes into."""

    path: Path
    listed: QuestionList
    updated: Updated
    new: bool
    shadows: str = ""
    """Another deck with the id of a new one."""


class Importer:
    """Plans imports one after another, several into one deck too; nothing is written before `save`."""

    def __init__(self, *, selector: str | None, name: str | None, many: bool, own_folder: bool = False) -> None:
        """*selector*: the deck to import into. *name*: the id of a new one. *many*: several lists are to come.

        *own_folder*: without *selector*, a deck that is there already is updated wherever it is found, and a new one
        goes into the user's own decks folder; otherwise decks/ of the current folder is all that is looked at.

        Raises:
            UsageError: the two do not fit. DeckNotFound: *selector* is an id that no deck has.
        """
        from quizzer.decks.keys import ID

        if name is not None and not ID.fullmatch(name):
            raise UsageError(f"{name!r} is not an id", hint="use small letters, digits and hyphens, such as bert")
        if name is not None and many and selector is None:
            raise UsageError(
                "'--id' names one deck, and several lists make several", hint="add --deck FILE, or import one list"
            )
        self.name = name
        self.target = None if selector is None else _named(selector)
        self.own_folder = own_folder
        if self.target is not None:
            refuse_installed(self.target)
        self._opened: dict[Path, DeckFile] = {}

    def plan(self, path: Path, listed: QuestionList) -> Import:
        """What importing *listed*, which was read from *path*, does.

        Raises:
            DeckInvalid, EditRefused: the deck is broken, or cannot be edited by a program.
        """
        from quizzer.decks.editing.deckfile import DeckFile
        from quizzer.decks.markdown import updating

        chosen = self.name or (listed.deck.id if listed.deck else updating.deck_id(listed.title, otherwise=path.stem))
        if self.target is not None and self.name is None and listed.deck is None:
            chosen = updating.deck_id(self.target.stem)
        file = self.target or self._place(chosen)
        key = file.absolute()
        new = key not in self._opened and not file.exists()
        if new:
            made = updating.as_deck(listed, name=chosen)
            updated = updating.first(DeckFile.new(file, made), listed)
        else:
            updated = updating.update(self._opened[key] if key in self._opened else _opened(file), listed)
        self._opened[key] = updated.file
        others = compose.library().found if new else ()
        shadows = next((deck.path for deck in others if deck.id == updated.file.deck.id and Path(deck.path) != key), "")
        return Import(path, listed, updated, new, shadows)

    def _place(self, deck_id: str) -> Path:
        """The file of the deck *deck_id*, which may be still to be made."""
        if not self.own_folder:
            return Path("decks") / f"{deck_id}.yaml"
        found = next((deck for deck in compose.library().found if deck.id == deck_id and not deck.shadowed_by), None)
        if found is None:
            return compose.paths().decks / f"{deck_id}.yaml"
        if found.place == "bundled" and self.name is None:
            hint = "give the new deck another id with --id, or name the deck to import into with --deck"
            raise UsageError(f"a deck that comes with quizzer has the id {deck_id!r} already", hint=hint)
        return compose.paths().decks / f"{deck_id}.yaml" if found.place == "bundled" else Path(shown(found.path))

    def save(self) -> None:
        """Write what was planned, each deck whole or not at all.

        Raises:
            DeckChanged, DeckUnwritable: as `DeckFile.save`.
        """
        for file in self._opened.values():
            file.save()


def options(function: Callable[..., R]) -> Callable[..., R]:
    """The options that every import of questions has."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--deck", "selector", metavar="DECK", help="The deck to import into: its id, or a file (made if need be)."
    ),
    click.option(
        "--id", "name", metavar="ID", help="The id of a new deck; otherwise it is made from the list's title."
    ),
    click.option("--dry-run", is_flag=True, help="Show what would change; write nothing."),
)


def _named(selector: str) -> Path:
    """The file of the deck that *selector* names; one that is not there is to be made."""
    from quizzer.decks.files import SUFFIXES
    from quizzer.decks.finding import is_path

    path = Path(selector)
    if not is_path(selector):
        try:
            return Path(compose.library().selected([selector])[0].path)
        except DeckNotFound as error:
            hint = f"{error.hint}; to make a new deck, name a file: --deck decks/{selector}.yaml"
            raise DeckNotFound(error.message, hint=hint) from error
    if path.is_dir():
        raise UsageError(f"{path}: is a folder, not a deck", hint="name a YAML file in it")
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: a deck is a YAML file", hint=f"write --deck {path}.yaml")
    return path


def _opened(path: Path) -> DeckFile:
    from quizzer.decks.editing.deckfile import DeckFile

    file = DeckFile.open(path)
    return file.reserving(ids_with_history(file.deck.id))
