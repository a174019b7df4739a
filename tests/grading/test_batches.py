"""Many texts are encoded on several threads and each once, with the vectors that one call for each would give."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from quizzer.grading.batches import CHARACTERS_KEPT, ParallelEmbedder, RecentEmbedder
from quizzer.ports import Encoded
from tests.grading.fakes import WordEmbedder


class ThreadedEmbedder(WordEmbedder):
    """Remembers which threads called."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[str] = set()

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.threads.add(threading.current_thread().name)
        return super().encode(texts)


def test_texts_keep_their_order_over_threads() -> None:
    """They are dealt out by length."""
    texts = [f"text {'word ' * (number * 7 % 13)}{number}" for number in range(50)]
    behind = ThreadedEmbedder()

    together = ParallelEmbedder(behind, threads=3).encode(texts)

    assert np.array_equal([one.vector for one in together], [one.vector for one in WordEmbedder().encode(texts)])
    assert sorted(behind.texts) == sorted(texts)
    assert threading.current_thread().name not in behind.threads


def test_a_few_texts_stay_on_this_thread() -> None:
    """One answer is encoded before a thread has begun."""
    behind = ThreadedEmbedder()

    ParallelEmbedder(behind, threads=2).encode(["one", "two"])

    assert behind.threads == {threading.current_thread().name}


def test_recent_texts_are_encoded_once() -> None:
    """A reference that is graded as an answer too costs nothing more."""
    behind = WordEmbedder()
    recent = RecentEmbedder(behind)

    first, again, other = recent.encode(["a b", "a b", "c"])
    (later,) = recent.encode(["a b"])

    assert behind.texts == ["a b", "c"]
    assert np.array_equal(first.vector, again.vector)
    assert np.array_equal(first.vector, later.vector)
    assert not np.array_equal(first.vector, other.vector)
    assert recent.name == "words"


def test_what_is_remembered_is_bounded() -> None:
    """A deck of 5,000 cards must not fill the memory; the latest are kept."""
    behind = WordEmbedder()
    recent = RecentEmbedder(behind)
    size = CHARACTERS_KEPT // 4
    for letter in "abcdef":
        recent.encode([letter * size])

    recent.encode(["f" * size])
    recent.encode(["a" * size])

    assert [text[0] for text in behind.texts] == [*"abcdef", "a"]


def test_more_than_is_kept_can_be_encoded_at_once() -> None:
    """Nothing is lost between encoding and returning."""
    recent = RecentEmbedder(WordEmbedder())
    texts = [letter * CHARACTERS_KEPT for letter in "abc"]

    assert len(recent.encode(texts)) == 3


def test_what_is_asked_for_again_and_again_can_be_kept() -> None:
    """The answer of one card is graded on its neighbours, which may be far away in the deck."""
    behind = WordEmbedder()
    recent = RecentEmbedder(behind)
    size = CHARACTERS_KEPT // 4
    recent.keep(["a" * size, *("x" * CHARACTERS_KEPT for _ in range(3))])

    for letter in "abcdefa":
        recent.encode([letter * size])

    assert [text[0] for text in behind.texts] == [*"abcdef"]
