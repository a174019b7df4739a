"""Sentence vectors alone, for what compares whole texts with each other: small enough for every card of every deck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.remembered import Remembered, digest
from quizzer.grading.text import clean
from quizzer.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 64
"""Texts encoded at once: their word states are let go before the next are computed."""


class SentenceVectors:
    """Unit vectors of texts, remembered in half precision in the file *path*, which may be deleted at any time."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._remembered = Remembered(path)

    @property
    def name(self) -> str:
        """The name of the model behind the vectors."""
        return self._embedder.name

    def of(self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> NDArray[np.float32]:
        """The vectors of *texts*, shape (n, d), markup left aside; *progress* hears (done, of how many) to encode.

        What is not remembered is encoded in batches of texts of similar length, and remembered batch by batch.
        """
        plain = [clean(text) for text in texts]
        keys = [digest("sentence", self.name, text) for text in plain]
        known = self._remembered.read(dict.fromkeys(keys))
        missing = sorted({key: text for key, text in zip(keys, plain, strict=True) if key not in known}.items(),
                         key=lambda item: len(item[1]))  # fmt: skip
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            encoded = self._embedder.encode([text for _, text in some])
            fresh = {key: one.vector.astype(np.float16).tobytes() for (key, _), one in zip(some, encoded, strict=True)}
            self._remembered.write(fresh)
            known |= fresh
            if progress:
                progress(first + len(some), len(missing))
        if not keys:
            return np.zeros((0, 0), np.float32)
        # From half precision also where they are fresh: a text has the same vector the first time and later.
        table = np.stack([np.frombuffer(known[key], np.float16) for key in keys]).astype(np.float32)
        units: NDArray[np.float32] = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        return units
