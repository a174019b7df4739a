"""Which deck file a command edits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.cli import compose
from quizzer.cli.places import shown
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.decks.editing.deckfile import DeckFile


def opened(selector: str) -> DeckFile:
    """The one deck that *selector* (an id or a file) names, open for editing; its path as one types it here.

    Raises:
        DeckNotFound, DeckInvalid, DeckUnreadable: there is no such deck, or it is broken.
        DeckUnwritable: it is read-only; better said before somebody types.
        UsageError: it names several decks, or one that is part of the installation.
    """
    from quizzer.decks.editing import saving
    from quizzer.decks.editing.deckfile import DeckFile  # yaml

    found = [deck for deck in compose.library([selector], broken_ok=True).selected([selector]) if not deck.shadowed_by]
    if len(found) > 1:
        names = ", ".join(shown(deck.path) for deck in found[:3])
        raise UsageError(f"{selector!r} names {len(found)} decks: {names}", hint="name one of the files")
    path = Path(found[0].path) if found else Path(selector)
    refuse_installed(path)
    file = DeckFile.open(Path(shown(str(path))))
    saving.check_writable(file.path)
    return file.reserving(ids_with_history(file.deck.id))


def ids_with_history(deck_id: str) -> frozenset[str]:
    """Ids of the deck's cards in this machine's log, of removed cards too: a new card must not inherit a history."""
    if not compose.paths().database.exists():
        return frozenset()
    from quizzer.storage.retired import card_keys  # sqlite3

    return frozenset(key.removeprefix(f"{deck_id}/") for key in card_keys(compose.database(), deck_id))


def refuse_installed(path: Path) -> None:
    """Nothing, unless the deck *path* is part of an installation.

    Raises:
        UsageError: it is; says how to edit a copy.
    """
    bundled = compose.bundled_decks()
    # In a source tree the decks are there to be edited.
    if bundled.name == "bundled_decks" and path.absolute().is_relative_to(bundled):
        raise UsageError(
            f"{path}: is part of the installation, and the next update would undo the edit",
            hint=f"copy it to decks/{path.name} and edit the copy: of two decks with one id, the nearer one is used",
        )
