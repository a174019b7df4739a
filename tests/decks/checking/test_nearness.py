"""Pairs and groups by cosine are those that comparing everything with everything gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quizzer.decks.checking.nearness import groups, near_pairs


def units(count: int, seed: int, *, spread: float = 1.0, centres: int = 7) -> NDArray[np.float32]:
    """Unit vectors scattered round a few centres."""
    random = np.random.default_rng(seed)
    around = random.normal(size=(centres, 16))
    rows = around[random.integers(0, centres, count)] + spread * random.normal(size=(count, 16))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    table: NDArray[np.float32] = rows.astype(np.float32)
    return table


@pytest.mark.parametrize("count", [0, 1, 2, 511, 513, 1300])
def test_pairs_are_found_across_blocks(count: int) -> None:
    """A deck is larger than a block."""
    vectors = units(count, 1)
    cosines = vectors @ vectors.T
    expected = {(i, j) for i, j in zip(*np.nonzero(cosines >= 0.8), strict=True) if i < j}

    found = near_pairs(vectors, threshold=0.8)

    assert {(i, j) for i, j, _ in found} == expected
    assert [cosine for _, _, cosine in found] == sorted((cosine for _, _, cosine in found), reverse=True)


@given(st.integers(0, 1000), st.integers(0, 30))
@settings(max_examples=20)
def test_a_limit_keeps_the_nearest(seed: int, limit: int) -> None:
    """What is left out is never nearer than what is shown."""
    vectors = units(700, seed)

    assert near_pairs(vectors, threshold=0.5, limit=limit) == near_pairs(vectors, threshold=0.5)[:limit]


def test_equal_texts_of_a_whole_deck_do_not_fill_the_memory() -> None:
    """A deck of one question 3,000 times has four million pairs."""
    vectors = np.repeat(units(1, 1), 3000, axis=0)

    found = near_pairs(vectors, threshold=0.9, limit=10)

    assert [(i, j) for i, j, _ in found] == [(0, j) for j in range(1, 11)]


@given(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from([0.1, 0.3, 0.5, 0.8]))
def test_groups_are_those_of_average_link(seed: int, count: int, threshold: float) -> None:
    """Chains of nearest neighbours give what joining the nearest two groups again and again gives."""
    vectors = units(count, seed)

    assert groups(vectors, threshold=threshold) == slow_groups(vectors, threshold)


def slow_groups(vectors: NDArray[np.float32], threshold: float) -> list[list[int]]:
    cosines = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    parts = [[index] for index in range(len(vectors))]
    while len(parts) > 1:
        pairs = [(i, j) for i in range(len(parts)) for j in range(i)]
        best = max(pairs, key=lambda pair: cosines[np.ix_(parts[pair[0]], parts[pair[1]])].mean())
        if cosines[np.ix_(parts[best[0]], parts[best[1]])].mean() < threshold:
            break
        parts[best[1]] += parts.pop(best[0])
    return sorted(sorted(part) for part in parts)


def test_equal_texts_are_one_group() -> None:
    """Ties are everywhere where players type the same words."""
    vectors = np.concatenate([np.repeat(units(1, 1), 5, axis=0), np.repeat(units(1, 2), 3, axis=0)])

    assert groups(vectors, threshold=0.9) == [[0, 1, 2, 3, 4], [5, 6, 7]]
