"""Answers that say the same, so that the host decides on each thing that was said once, the doubtful ones first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from quizzer.group.events import Mark
from quizzer.scale import PASS_MARK, PASSING_QUALITY

Vector = NDArray[np.float32]

THRESHOLD = 0.8
"""Least cosine with the group's first answer. A decision applies to all of a group, so this is higher than where
groups only save reading: of the right and wrong answers that test the bundled deck, no two share a group
(``benchmarks/group_answers.py``)."""

SCORE_APART = 0.15
"""Most that the scores of two answers that say the same differ."""

POINTS_APART = 1
"""Most points of the card that one of two answers that say the same makes and the other does not."""

SHORT_WORDS = 30
"""Words up to which one negator more or less is another claim, which the vectors hardly show."""

_BLOCK = 512
"""Rows compared with all others at once: 5,000 texts take 10 MB."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDS = " \t\n.!?…,;:'\"“”‘’`*_"


def groups(
    texts: Sequence[str],
    marks: Sequence[Mark],
    vectors: Sequence[Vector | None],
    *,
    negators: Collection[str] = frozenset(),
    threshold: float = THRESHOLD,
) -> tuple[tuple[int, ...], ...]:
    """Indices of *texts* in groups that say the same; the group that most needs the host's word first, blanks last.

    In one group are texts that differ in case, blanks and the signs around them only, and texts whose unit
    *vectors* are near, whose *marks* agree in verdict and points, and whose numbers and denials are the same.
    A text without a vector is near to none. The first of a group is the one given most often.
    *negators*: those of the question's language, lower case.

    Time: one comparison of each text that differs from all others with each group.
    """
    same: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        same.setdefault(_plain(text), []).append(index)
    buckets: dict[object, list[list[int]]] = {}
    for plain, members in sorted(same.items(), key=lambda item: (-len(item[1]), item[1][0])):
        alone = vectors[members[0]] is None
        key = plain if alone else _claim(plain, marks[members[0]], negators)
        buckets.setdefault((alone, key), []).append(members)
    found = [group for bucket in buckets.values() for group in _near(bucket, marks, vectors, threshold)]
    return tuple(tuple(group) for group in sorted(found, key=lambda group: _need(texts, marks, group)))


def _plain(text: str) -> str:
    """*text* as far as its letters say something."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).strip(_ENDS)


def _claim(plain: str, mark: Mark, negators: Collection[str]) -> object:
    """What two texts must share to say the same, whatever their vectors say."""
    words = _WORD.findall(plain)
    denies = sum(word in negators for word in words) % 2 if len(words) <= SHORT_WORDS else None
    numbers = frozenset(_NUMBER.findall(plain))
    passes = mark.quality >= PASSING_QUALITY
    return mark.verdict, passes, frozenset(mark.flags), numbers, denies


def _near(
    bucket: list[list[int]], marks: Sequence[Mark], vectors: Sequence[Vector | None], threshold: float
) -> list[list[int]]:
    """The members of *bucket* joined into groups around those that came first.

    Around the first, not the middle: a group cannot drift from its first answer, and the host reads that one.
    """
    rows = [vector for members in bucket if (vector := vectors[members[0]]) is not None]
    if len(rows) < 2:
        return bucket
    table = np.stack(rows)
    scores = np.array([marks[members[0]].score for members in bucket])
    made = _made([marks[members[0]] for members in bucket])
    heads = np.empty(len(bucket), np.intp)
    joined: list[list[int]] = []
    for number, members in enumerate(bucket):
        if number % _BLOCK == 0:
            block = table[number : number + _BLOCK] @ table.T
        firsts = heads[: len(joined)]
        cosines = block[number % _BLOCK, firsts]
        cosines[np.abs(scores[firsts] - scores[number]) > SCORE_APART] = -1.0
        cosines[(made[firsts] != made[number]).sum(axis=1) > POINTS_APART] = -1.0
        best = int(np.argmax(cosines)) if joined else 0
        if joined and cosines[best] >= threshold:
            joined[best] += members
        else:
            heads[len(joined)] = number
            joined.append(list(members))
    return joined


def _made(marks: Sequence[Mark]) -> NDArray[np.bool_]:
    """Which points each answer made, shape (answers, points)."""
    points = {point: column for column, point in enumerate(dict.fromkeys(p for mark in marks for p in mark.made))}
    table = np.zeros((len(marks), len(points)), np.bool_)
    for row, mark in enumerate(marks):
        table[row, [points[point] for point in mark.made]] = True
    return table


def _need(texts: Sequence[str], marks: Sequence[Mark], group: list[int]) -> tuple[bool, bool, float, int, int]:
    """Sorts groups: answers that the grader is unsure of, then by how near to the pass mark, then by how many."""
    mark = marks[group[0]]
    blank = not texts[group[0]].strip()
    return blank, mark.verdict != "unsure", abs(mark.score - PASS_MARK), -len(group), group[0]
