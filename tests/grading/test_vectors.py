"""Sentence vectors: encoded once, the same the first time and later, and never a reason to fail."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from quizzer.grading.vectors import SentenceVectors
from tests.grading.fakes import DIMENSIONS, WordEmbedder


def test_vectors_are_remembered_across_processes(tmp_path: Path) -> None:
    """The second check of a deck encodes only what changed."""
    first, second = WordEmbedder(), WordEmbedder()
    texts = [f"text number {number}" for number in range(150)]

    before = SentenceVectors(first, tmp_path / "s.db").of([*texts, texts[0]])
    after = SentenceVectors(second, tmp_path / "s.db").of([*texts, "a new one"])

    assert (len(first.texts), second.texts) == (150, ["a new one"])
    assert np.array_equal(before[:150], after[:150])
    assert np.array_equal(before[0], before[150])
    assert np.allclose(np.linalg.norm(after, axis=1), 1, atol=1e-5)


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    """They are encoded in the order of their lengths."""
    texts = ["a much longer text than the others", "short", "of medium length"]

    together = SentenceVectors(WordEmbedder(), tmp_path / "s.db").of(texts)

    alone = [WordEmbedder().encode([text])[0].vector for text in texts]
    assert together.shape == (3, DIMENSIONS)
    assert np.allclose(together, alone, atol=2e-3)


def test_markup_does_not_make_another_text(tmp_path: Path) -> None:
    """`**BERT**` and `BERT` are one question."""
    marked, plain = SentenceVectors(WordEmbedder(), tmp_path / "s.db").of(["What is **BERT**?", "What is BERT?"])

    assert np.array_equal(marked, plain)


def test_progress_ends_at_the_number_of_texts_to_encode(tmp_path: Path) -> None:
    """A bar that stops short looks like a hang."""
    told: list[tuple[int, int]] = []
    vectors = SentenceVectors(WordEmbedder(), tmp_path / "s.db")

    vectors.of([str(number) for number in range(100)], progress=lambda done, total: told.append((done, total)))
    vectors.of(["1", "2"], progress=lambda done, total: told.append((done, total)))

    assert told == [(64, 100), (100, 100)]


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    """A deck may wait for its first card."""
    assert len(SentenceVectors(WordEmbedder(), tmp_path / "s.db").of([])) == 0


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    """It may be deleted at any time, and so may any part of it."""
    path = tmp_path / "s.db"
    path.write_bytes(damage)
    for _ in range(2):
        SentenceVectors(WordEmbedder(), path).of(["text"])
    again = WordEmbedder()

    SentenceVectors(again, path).of(["text"])

    assert again.texts == []


def test_a_file_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    """A full or read-only disk, or another process that writes, only costs time."""
    (tmp_path / "file").write_text("")
    locked = tmp_path / "locked.db"
    SentenceVectors(WordEmbedder(), locked).of(["before"])
    holder = sqlite3.connect(locked, isolation_level=None)
    holder.execute("begin exclusive")

    for path in (tmp_path / "file" / "s.db", locked):
        assert len(SentenceVectors(WordEmbedder(), path).of(["text"])) == 1

    holder.execute("rollback")
    holder.close()
    kept = WordEmbedder()
    SentenceVectors(kept, locked).of(["before"])
    assert kept.texts == []
