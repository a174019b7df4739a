"""Which item of a list became which: so that an edit touches no more of a list than it has to."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

Matched = tuple[int | None, str | None]
"""(position before, text now): no position, a new item; no text, one that is gone."""


def matched(old: Sequence[str], new: Sequence[str]) -> list[Matched]:
    """How *old* becomes *new*, in order: unchanged items are kept, others changed in place where that can be."""
    result: list[Matched] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = range(old_from, old_to), new[new_from:new_to]
        if kind == "equal":
            result += zip(gone, come, strict=True)
            continue
        pairs = _pairs([old[position] for position in gone], come)
        result += [(None if first is None else old_from + first, text) for first, text in pairs]
    return result


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[Matched]:
    """*old* and *new* side by side, the shorter list's items beside those of the longer that resemble them most."""
    if len(old) == len(new):
        return list(enumerate(new))
    longer, shorter = (new, old) if len(new) > len(old) else (old, new)
    places = _best_places(shorter, longer)
    result: list[Matched] = []
    for position, text in enumerate(longer):
        partner = places.index(position) if position in places else None
        if longer is new:
            result.append((partner, text))
        else:
            result.append((position, None if partner is None else shorter[partner]))
    return result


_MAXIMUM_COMPARED = 40


def _best_places(shorter: Sequence[str], longer: Sequence[str]) -> list[int]:
    """For each of *shorter* a place in *longer*, ascending, so that the sum of likenesses is greatest."""
    if not shorter or len(longer) > _MAXIMUM_COMPARED:
        return list(range(len(shorter)))
    likeness = [[_likeness(short, long) for long in longer] for short in shorter]
    # best[i][j]: greatest sum with the first i of shorter placed among the first j of longer.
    best = [[0.0] * (len(longer) + 1)] + [[-1.0] * (len(longer) + 1) for _ in shorter]
    for i in range(1, len(shorter) + 1):
        for j in range(i, len(longer) + 1):
            with_it = best[i - 1][j - 1] + likeness[i - 1][j - 1] if best[i - 1][j - 1] >= 0 else -1.0
            best[i][j] = max(best[i][j - 1], with_it)
    places: list[int] = []
    i, j = len(shorter), len(longer)
    while i:
        if j > i and best[i][j] == best[i][j - 1]:
            j -= 1
            continue
        places.append(j - 1)
        i, j = i - 1, j - 1
    return places[::-1]


def _likeness(first: str, second: str) -> float:
    """Share of words that the two have in common."""
    one, other = set(first.lower().split()), set(second.lower().split())
    return len(one & other) / max(1, len(one | other))
