"""Encoders for many texts in a row: on every core, and each text once."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from quizzer.ports import Embedder, Encoded

CHARACTERS_KEPT = 80_000
"""Of the latest texts; their word states take about 80 MB."""

_MOST_THREADS = 4
_WORTH_A_THREAD = 8
"""Texts; fewer are encoded before another thread has begun."""


class ParallelEmbedder:
    """Encodes on several threads: the model's own threads would wait actively for each other."""

    def __init__(self, embedder: Embedder, *, threads: int = 0) -> None:
        """*embedder* must allow calls from several threads at once; *threads* 0: one for each core, 4 at most."""
        self._embedder = embedder
        self._threads = threads or min(_MOST_THREADS, len(_cores()))
        self._pool = ThreadPoolExecutor(self._threads)

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order."""
        if self._threads == 1 or len(texts) < 2 * _WORTH_A_THREAD:
            return self._embedder.encode(texts)
        # Dealt out by length, so that no thread has all the long ones, and each can batch texts of one length.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = [order[first :: self._threads] for first in range(self._threads)]
        jobs = [self._pool.submit(self._embedder.encode, [texts[index] for index in part]) for part in parts]
        found = {index: one for part, job in zip(parts, jobs, strict=True)
                 for index, one in zip(part, job.result(), strict=True)}  # fmt: skip
        return [found[index] for index in range(len(texts))]


class RecentEmbedder:
    """Remembers the latest texts in memory: an answer that is also a reference is encoded once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._characters = 0
        self._always: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    def keep(self, texts: Iterable[str]) -> None:
        """Do not forget these, which will be asked for again and again; of many, the first `CHARACTERS_KEPT`."""
        chosen: dict[str, None] = {}
        room = CHARACTERS_KEPT
        for text in texts:
            room -= 0 if text in chosen else len(text)
            if room < 0:
                break
            chosen[text] = None
        self._always = frozenset(chosen)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order; those not remembered are encoded in one go."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        fresh = dict(zip(missing, self._embedder.encode(missing) if missing else [], strict=True))
        found = [fresh[text] if text in fresh else self._kept[text] for text in texts]
        for text in dict.fromkeys(texts):
            if text in fresh:
                self._kept[text] = fresh[text]
                self._characters += 0 if text in self._always else len(text)
            self._kept.move_to_end(text)
        for text in list(self._kept):
            if self._characters <= CHARACTERS_KEPT:
                break
            if text not in self._always:
                del self._kept[text]
                self._characters -= len(text)
        return found


def _cores() -> Sequence[int]:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)
