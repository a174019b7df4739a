"""From a file to what the index keeps of it; apart from the library, so that unchanged decks never load YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from quizzer.decks import schema, yamlfile
from quizzer.decks.files import read_bytes
from quizzer.errors import DeckInvalid, DeckUnreadable, Problem
from quizzer.model import Deck

_CLAIMS_TO_BE_A_DECK = re.compile(rb"""^(?:\xef\xbb\xbf)?[ \t{,]*["']?quizzer["']?[ \t]*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file. *deck* is None where it is broken (then *problems* says why) or no deck at all."""

    path: str
    stamp: tuple[int, int, int, int]
    read_ns: int
    content: str
    """Digest of the bytes; empty where there were none to read."""
    id: str = ""
    title: str = ""
    deck: Deck | None = None
    problems: tuple[Problem, ...] = ()
    unchanged: bool = False
    """The bytes are those that the index knows already; nothing else is filled in."""


def read_deck(path: str, stamp: tuple[int, int, int, int], read_ns: int, *, known_content: str = "") -> Reading:
    """What the file says. YAML that does not claim to be a deck has no deck and no problems: it is nobody's error."""
    try:
        content = read_bytes(Path(path))
    except DeckUnreadable as error:
        return Reading(path, stamp, read_ns, "", problems=(_unreadable(path, error),))
    digest = blake2b(content, digest_size=16).hexdigest()
    nothing = Reading(path, stamp, read_ns, digest)
    if digest == known_content:
        return Reading(path, stamp, read_ns, digest, unchanged=True)  # touched, or checked out again
    if not _CLAIMS_TO_BE_A_DECK.search(content):
        return nothing
    try:
        node = yamlfile.parse(yamlfile.decode(content, path=path), path=path)
    except DeckInvalid as error:
        return Reading(path, stamp, read_ns, digest, problems=error.problems)
    if not schema.is_deck(node):
        return nothing
    examined = schema.examine(node, path=path)
    deck = examined.deck
    return Reading(
        path, stamp, read_ns, digest, deck.id, deck.title, None if examined.problems else deck, examined.problems
    )


def why_no_deck(path: str) -> tuple[Problem, ...]:
    """What to tell somebody who named a file that is no deck."""
    try:
        return schema.examine(yamlfile.read(Path(path)), path=path).problems
    except DeckInvalid as error:
        return error.problems
    except DeckUnreadable as error:
        return (_unreadable(path, error),)


def _unreadable(path: str, error: DeckUnreadable) -> Problem:
    return Problem(error.code, error.message.removeprefix(f"{path}: "), path, hint=error.hint)
