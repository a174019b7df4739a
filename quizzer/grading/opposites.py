"""A lexicon of opposites: words and phrases of general English, looked up by their stems.

It knows what a model of meaning does not tell apart: "grows" and "dwindles" are near to each other in what they are
about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 5
"""Words of the longest phrase that is looked up."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Notion:
    """A word or phrase of a text that has opposites."""

    span: Span
    sides: frozenset[int]
    """The sides of groups that it stands on; 2n and 2n + 1 are across."""
    across: frozenset[int]
    """The sides across from them."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases in stems, and the sides of the groups that each stands on."""

    sides: Mapping[str, str]

    def notions(self, stems: Sequence[str]) -> tuple[Notion, ...]:
        """What has opposites in a text of these stems: at each word the longest phrase from there; some overlap."""
        return tuple(self._notions(stems))

    def _notions(self, stems: Sequence[str]) -> Iterator[Notion]:
        first = 0
        while first < len(stems):
            after = first + 1
            for last in range(min(len(stems), first + LONGEST), first, -1):
                found = self.sides.get(" ".join(stems[first:last]))
                if found:
                    sides = frozenset(map(int, found.split()))
                    yield Notion((first, last), sides, frozenset(side ^ 1 for side in sides))
                    after = last
                    break
            first = after


def parse_lexicon(text: str) -> Lexicon:
    """A lexicon of lines of a phrase's stems, a tab, and its sides (by ``benchmarks/grading/opposites.py``)."""
    return Lexicon(dict(line.split("\t") for line in text.splitlines()))
