"""What a draft of a card remembers of the card that it was begun from, and how it comes together with what others made
of the card since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from quizzer.decks.editing import template
from quizzer.decks.editing.changes import FIELDS, Value, changed, value_of
from quizzer.model import Card

_BEGUN = re.compile(r"^# draft of (?P<card>\S+), begun from (?P<digests>.*)$", re.MULTILINE)
_MARK = "#>> "
"""Begins the lines that show what the deck has where both sides changed a key; whoever has decided removes them."""
_MARKED_LINE = re.compile(r"^#>>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Origin:
    """The card that a draft is of, and a digest of each key that it had when the draft was begun."""

    card: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """*card*: what both sides want, with the draft's own words under *conflicts*, the keys that both changed; *kept*:
    keys that are not as in the draft, since only the others changed them."""

    card: Card
    kept: tuple[str, ...]
    conflicts: tuple[str, ...]


def note(card: Card) -> str:
    """The line of a draft by which it is known what it is of, and what it was begun from."""
    digests = (f"{name}={_digest(value)}" for name in FIELDS if (value := value_of(card, name)))
    return f"draft of {card.key}, begun from {' '.join(digests)}"


def origin(text: str) -> Origin | None:
    """What the draft *text* remembers; None where the line was removed."""
    found = _BEGUN.search(text)
    if found is None:
        return None
    pairs = (word.partition("=") for word in found["digests"].split())
    return Origin(found["card"], {name: digest for name, _, digest in pairs})


def is_undecided(text: str) -> bool:
    """Whether lines of `with_conflicts` are still in *text*."""
    return _MARKED_LINE.search(text) is not None


def merged(meant: Card, now: Card, begun: Origin | None) -> Merged:
    """*meant*, a card as its draft says it, on the card as it is *now*; *begun* is what the draft was begun from.

    Where that is not known, nothing that the card has now is changed or removed, only added to.
    """
    taken: dict[str, Value] = {}
    kept, conflicts = [], []
    for name in FIELDS:
        mine, theirs = value_of(meant, name), value_of(now, name)
        if mine == theirs:
            continue
        if begun is None:
            is_mine, is_theirs = not theirs or _goes_on(theirs, mine), not mine
        else:
            base = begun.digests.get(name, "")
            is_mine, is_theirs = _digest(theirs) == base, _digest(mine) == base
        if is_theirs and not is_mine:
            kept.append(name)
            continue
        taken[name] = mine
        if not is_mine:
            conflicts.append(name)
    return Merged(changed(now, taken), tuple(kept), tuple(conflicts))


def with_conflicts(both: Merged, now: Card, *, notes: Iterable[str] = ()) -> str:
    """A draft begun from *now* that says *both*, and above each key in conflict what *now* has there."""
    text = template.template(both.card, notes=[*notes, note(now)])
    for name in both.conflicts:
        place = _place(text, name)
        text = text[:place] + "".join(_marks(name, value_of(now, name))) + text[place:]
    return text


def _place(text: str, name: str) -> int:
    """Where the line of the key *name* begins in the template *text*."""
    start = 0
    if name.startswith("tests."):
        start, name = text.index("\ntests:"), f"  {name.removeprefix('tests.')}"
    return text.index(f"\n{name}:", start) + 1


def _marks(name: str, theirs: Value) -> list[str]:
    lines = template.entry(name, theirs, 0) if theirs else ["(nothing)"]
    return [
        f"{_MARK}{name}: the deck has this by now:\n",
        *(f"{_MARK}{line}\n" for text in lines for line in text.split("\n")),
        f"{_MARK}and the draft has what follows. Make of the two what is to be saved, and remove the lines with #>>.\n",
    ]


def _goes_on(theirs: Value, mine: Value) -> bool:
    return isinstance(mine, tuple) and set(theirs) <= set(mine)


def _digest(value: Value) -> str:
    """A few characters that differ for another *value*; empty for an empty one."""
    if not value:
        return ""
    texts = (value,) if isinstance(value, str) else value
    said = "\0".join(text.rstrip("\r\n") for text in texts)
    return blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()
