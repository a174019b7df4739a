"""Cuts texts that are longer than the model's window, so that nothing a learner writes goes unread."""

from __future__ import annotations

from collections.abc import Sequence

MAX_CHARACTERS = 20_000
"""No answer is longer; what lies beyond is not read (a megabyte would take minutes)."""

_BACKTRACK = 40
"""How many pieces a window may be shorter so as to end at a sentence."""


def windows(pieces: Sequence[str], starts_word: Sequence[bool], size: int) -> list[tuple[int, int]]:
    """Spans of at most *size* pieces that cover all pieces in order; cut at sentence ends, else between words."""
    spans = []
    start = 0
    while len(pieces) - start > size:
        end = start + size
        earliest = max(start + 1, end - _BACKTRACK)
        sentence = [i for i in range(earliest, end + 1) if pieces[i - 1] in _ENDS]
        word = [i for i in range(earliest, end + 1) if starts_word[i]]
        cut = sentence[-1] if sentence else word[-1] if word else end
        spans.append((start, cut))
        start = cut
    spans.append((start, len(pieces)))
    return spans


_ENDS = frozenset(".!?;。！？")
