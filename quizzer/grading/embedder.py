"""The way to an embedding model: exported if possible, else sentence-transformers; and a cache of its vectors."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from quizzer.errors import ModelUnavailable
from quizzer.grading import export
from quizzer.grading.onnx import OnnxEmbedder
from quizzer.grading.source import Source, find
from quizzer.ports import Embedder, Encoded, PieceCounter

Progress = Callable[[str], None]


class Loaded(Embedder, PieceCounter, Protocol):
    """An embedding model itself, with its tokenizer."""


CACHE_VERSION = 1
CACHE_BYTES = 200 << 20
"""The cache forgets its oldest texts beyond this; a card with two long references takes about 1 MB."""


def load(model: str = "", *, models: Path, progress: Progress | None = None, precision: str = "fp32") -> Loaded:
    """The embedding model of this name or path (empty: the bundled one), exported first if need be.

    Where the export is not possible, the model is loaded by sentence-transformers, and *progress* is told.

    Raises:
        ModelUnavailable: the model is not on this machine or cannot be loaded.
    """
    source = find(model)
    try:
        return _exported(source, models, precision, progress)
    except ModelUnavailable as error:
        if progress:
            progress(f"{error.message}; using sentence-transformers, which starts more slowly")
    from quizzer.grading.sentence import SentenceEmbedder  # torch

    return SentenceEmbedder(source)


def _exported(source: Source, models: Path, precision: str, progress: Progress | None) -> Loaded:
    """The exported model; one that does not load (damaged, or another onnxruntime wrote it) is exported again."""
    folder = export.ensure(source, models, precision=precision, progress=progress)
    try:
        return OnnxEmbedder(folder)
    except ModelUnavailable:
        with contextlib.suppress(OSError):
            # Not deleted but moved: another process may have the weights mapped.
            folder.rename(folder.with_name(f".broken-{folder.name}"))
    return OnnxEmbedder(export.ensure(source, models, precision=precision, progress=progress))


class CachedEmbedder:
    """Remembers the vectors of reference texts in a file that may be deleted at any time."""

    def __init__(self, embedder: Embedder, vectors: Path) -> None:
        """*vectors* is made when it is first needed; where it cannot be used, every text is encoded again."""
        self._embedder = embedder
        self._path = vectors
        self._database: sqlite3.Connection | None = None
        self._opened = False

    @property
    def name(self) -> str:
        """The name of the embedder behind the cache."""
        return self._embedder.name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order; what is not remembered is encoded in one go."""
        keys = [self._key(text) for text in texts]
        known = self._read(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = dict(zip(missing, self._embedder.encode(list(missing.values())), strict=True))
            self._write(fresh)
            known |= fresh
        return [known[key] for key in keys]

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()

    def _connection(self) -> sqlite3.Connection | None:
        """The open database; None where there is none to be had (tried once)."""
        if not self._opened:
            self._opened = True
            for attempt in (1, 2):
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                    self._database = _open(self._path)
                    break
                except (sqlite3.DatabaseError, OSError) as error:
                    if attempt == 2 or isinstance(error, sqlite3.OperationalError | OSError):
                        break
                    with contextlib.suppress(OSError):
                        self._path.unlink()
        return self._database

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Encoded]:
        database = self._connection()
        if database is None:
            return {}
        marks = ",".join("?" * len(keys))
        try:
            rows = database.execute(
                f"select key, vector, pieces, states, layers from texts where key in ({marks})",
                keys,
            ).fetchall()
            return {row[0]: _unpacked(*row[1:]) for row in rows}
        except (sqlite3.Error, ValueError):
            return self._forget()

    def _write(self, encoded: dict[bytes, Encoded]) -> None:
        database = self._connection()
        if database is None:
            return
        rows = [(key, *_packed(value)) for key, value in encoded.items()]
        try:
            with database:
                database.executemany(
                    "insert or replace into texts (key, vector, pieces, states, layers) values (?, ?, ?, ?, ?)", rows
                )
                (pages,) = database.execute("pragma page_count").fetchone()
                (page_bytes,) = database.execute("pragma page_size").fetchone()
                if pages * page_bytes > CACHE_BYTES:
                    database.execute("delete from texts where id <= (select (min(id) + max(id)) / 2 from texts)")
        except sqlite3.Error:
            self._forget()

    def _forget(self) -> dict[bytes, Encoded]:
        """Do without the cache from now on; a damaged file is deleted for the next process."""
        if self._database is not None:
            self._database.close()
            self._database = None
            with contextlib.suppress(OSError):
                self._path.unlink()
        return {}


def _open(path: Path) -> sqlite3.Connection:
    """The cache in *path*, made or made anew where its version is another one."""
    # A cache that is busy for longer is not worth waiting for: encoding again takes 50 ms.
    database = sqlite3.connect(path, timeout=0.5, check_same_thread=False)
    try:
        (version,) = database.execute("pragma user_version").fetchone()
        if version != CACHE_VERSION:
            database.executescript(
                "drop table if exists texts;"
                "create table texts (id integer primary key, key blob not null unique, vector blob not null,"
                " pieces text not null, states blob not null, layers integer not null) strict;"
                f"pragma user_version = {CACHE_VERSION};"
            )
        database.execute("pragma synchronous = off")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _packed(encoded: Encoded) -> tuple[bytes, str, bytes, int]:
    pieces = json.dumps([encoded.pieces, encoded.offsets])
    return (
        encoded.vector.astype(np.float32).tobytes(),
        pieces,
        encoded.states.astype(np.float16).tobytes(),
        encoded.states.shape[0],
    )


def _unpacked(vector: bytes, pieces: str, states: bytes, layers: int) -> Encoded:
    unit = np.frombuffer(vector, np.float32)
    names, offsets = json.loads(pieces)
    values = np.frombuffer(states, np.float16).astype(np.float32).reshape(layers, len(names), -1)
    return Encoded(unit, tuple(names), tuple((start, end) for start, end in offsets), values)
