"""Which texts are near each other, from their unit vectors: pairs, and groups that mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_BLOCK = 512
"""Rows compared at once: a block of 100,000 columns takes 200 MB."""


def near_pairs(
    vectors: Vectors, *, threshold: float, limit: int | None = None, of_first: int | None = None
) -> list[tuple[int, int, float]]:
    """Pairs (i, j, cosine) with i < j and a cosine of at least *threshold*, most similar first, *limit* at most.

    *vectors*: unit vectors, shape (n, d). *of_first*: only pairs with an i below it. Compared in blocks; with a
    *limit*, memory does not grow with the pairs.
    """
    found = _Pairs(limit)
    rows_wanted = len(vectors) if of_first is None else of_first
    for top in range(0, rows_wanted, _BLOCK):
        for left in range(top, len(vectors), _BLOCK):
            cosines = vectors[top : min(top + _BLOCK, rows_wanted)] @ vectors[left : left + _BLOCK].T
            if top == left:
                cosines[np.tril_indices(len(cosines), m=cosines.shape[1])] = -2.0
            rows, columns = np.nonzero(cosines >= max(threshold, found.least))
            found.add(rows + top, columns + left, cosines[rows, columns])
    return found.sorted()


class _Pairs:
    """The best pairs so far; cut down to the limit whenever there are many more."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self.least = -1.0
        """A pair that is farther apart than this cannot be among the best any more."""
        self._rows = np.zeros(0, np.int64)
        self._columns = np.zeros(0, np.int64)
        self._cosines = np.zeros(0, np.float32)

    def add(self, rows: NDArray[np.int64], columns: NDArray[np.int64], cosines: NDArray[np.float32]) -> None:
        if not len(rows):
            return
        self._rows = np.concatenate([self._rows, rows])
        self._columns = np.concatenate([self._columns, columns])
        self._cosines = np.concatenate([self._cosines, cosines])
        if self.limit is not None and len(self._rows) > 2 * self.limit + _BLOCK:
            self._cut()

    def _cut(self) -> None:
        best = np.lexsort((self._columns, self._rows, -self._cosines))[: self.limit]
        self._rows, self._columns, self._cosines = self._rows[best], self._columns[best], self._cosines[best]
        if self.limit is not None and len(best) == self.limit:
            self.least = float(self._cosines[-1]) if len(best) else 2.0

    def sorted(self) -> list[tuple[int, int, float]]:
        self._cut()
        return list(zip(self._rows.tolist(), self._columns.tolist(), self._cosines.tolist(), strict=True))


def nearest(vectors: Vectors, count: int) -> list[list[tuple[int, float]]]:
    """For each vector the *count* nearest others, as (index, cosine), the nearest first."""
    count = min(count, len(vectors) - 1)
    found: list[list[tuple[int, float]]] = []
    for top in range(0, len(vectors), _BLOCK):
        cosines = vectors[top : top + _BLOCK] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, rows + top] = -2.0
        best = np.argsort(-cosines, axis=1, kind="stable")[:, : max(count, 0)]
        found += [[(int(j), float(row[j])) for j in order] for row, order in zip(cosines, best, strict=True)]
    return found


def groups(vectors: Vectors, *, threshold: float) -> list[list[int]]:
    """Indices in groups of texts that mean the same, each in order, the groups in the order of their first member.

    Average-link clustering: two groups are joined while the mean cosine between their members is at least
    *threshold*, the nearest first. Found by chains of nearest neighbours, in time n² d and memory n d.

    Source: Müllner 2011, Modern hierarchical, agglomerative clustering algorithms, section 3.2.
    """
    members = [[index] for index in range(len(vectors))]
    sums = vectors.astype(np.float64)
    sizes = np.ones(len(vectors))
    open_ = np.ones(len(vectors), bool)
    chain: list[int] = []
    done: list[list[int]] = []
    while open_.any():
        if not chain:
            chain.append(int(np.argmax(open_)))
        tip = chain[-1]
        cosines = np.where(open_, sums @ sums[tip] / (sizes * sizes[tip]), -2.0)
        cosines[tip] = -2.0
        nearest = int(np.argmax(cosines))
        if len(chain) > 1 and cosines[chain[-2]] >= cosines[nearest] - 1e-12:
            nearest = chain[-2]
        if cosines[nearest] < threshold:
            # Joining others never brings them nearer to this one: it is complete, and the chain is only weaker before.
            done.append(sorted(members[tip]))
            open_[tip] = False
            chain.clear()
        elif len(chain) > 1 and nearest == chain[-2]:
            kept, gone = min(tip, nearest), max(tip, nearest)
            members[kept] += members[gone]
            sums[kept] += sums[gone]
            sizes[kept] += sizes[gone]
            open_[gone] = False
            del chain[-2:]
        else:
            chain.append(nearest)
    return sorted(done)
