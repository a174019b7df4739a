"""Writes the file of a list as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from quizzer.decks.editing import saving
from quizzer.errors import DeckChanged, DeckUnwritable, ListUnwritable


def save(path: Path, content: bytes, *, expected: bytes | None = None) -> None:
    """Put *content* into *path*; where *expected* is given, only if that is what it holds now.

    Raises:
        ListUnwritable: it cannot be written, or was changed meanwhile.
    """
    try:
        if not path.exists() and saving.create(path, content):
            return
        saving.replace(path, content, expected=lambda found: expected is None or found == expected)
    except (DeckUnwritable, DeckChanged) as error:
        hint = (error.hint or "").replace("the deck is as it was", "the file is as it was")
        raise ListUnwritable(error.message, hint=hint) from error
