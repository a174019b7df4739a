"""Lists of cards in files, as `quizzer study --cards` takes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quizzer.decks import cardlist
from quizzer.errors import UsageError


def listed(file: str, aliases: Mapping[str, str]) -> set[str]:
    """Keys of the cards that *file* lists, as they are now; *aliases*: former key -> key now.

    Raises:
        UsageError: it cannot be read, or is no list of cards.
    """
    path = Path(file)
    try:
        with path.open("rb") as opened:
            content = opened.read(cardlist.MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}", hint="check the name of the file") from error
    return {aliases.get(key, key) for key in cardlist.read(content, path=file)}
