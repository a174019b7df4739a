"""A list of cards in a text file: a key a line, and what a person wants to know of it behind a number sign."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizzer.decks.keys import ID
from quizzer.errors import UsageError
from quizzer.text import printable

_KEY = re.compile(f"{ID.pattern}/{ID.pattern}")
MOST_BYTES = 1_000_000


def read(content: bytes, *, path: str) -> tuple[str, ...]:
    """The keys that the file *path* lists, each once, in its order; *content* is what is in it.

    Raises:
        UsageError: a line is none; says which.
    """
    hint = "each line names a card as deck/card; what follows a # is a remark"
    if len(content) > MOST_BYTES:
        raise UsageError(f"{path}: longer than {MOST_BYTES // 1_000_000} MB: no list of cards is", hint=hint)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not a text in UTF-8", hint=hint) from error
    keys = []
    for number, line in enumerate(lines, start=1):
        key = line.partition("#")[0].strip()
        if key and not _KEY.fullmatch(key):
            raise UsageError(f"{path}:{number}: {key[:60]!r} is not the key of a card", hint=hint)
        keys += [key] if key else []
    return tuple(dict.fromkeys(keys))


def write(heading: str, cards: Iterable[tuple[str, str]]) -> str:
    """A list with *heading* above it; *cards*: (key, remark)."""
    return "\n".join([f"# {_line(heading)}", *(f"{key}  # {_line(remark)}" for key, remark in cards)]) + "\n"


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
