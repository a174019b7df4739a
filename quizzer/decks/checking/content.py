"""What the words of a deck's text carry: for checks that read words alone."""

from __future__ import annotations

import re
from functools import lru_cache

from quizzer.grading import stemming, words
from quizzer.grading.text import clean
from quizzer.model import Card

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
"""A word as `quizzer.grading.text` finds it; finding thousands of texts' words without their places is faster."""

language = lru_cache(maxsize=64)(words.language)
stem = lru_cache(maxsize=50_000)(stemming.stem)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


FRAME = _stems(
    """explain describe define definition give tell say mean meaning meant term concept idea purpose
    role function use used usage work works working reason cause causes caused difference differences differ different
    distinguish distinguishes versus vs compare main key major typical typically usual usually important way ways
    method methods approach technique techniques handle deal cope happen happens short brief briefly example examples
    one prefer choose choice better good make makes made help helps like need needs plays play serve process mechanism
    kind type called goal aim benefit benefits advantage advantages situation case please exactly between problem
    problems solve solves people person someone summarize outline discuss"""
)
"""Stems of the words of asking: two questions may differ in them and still ask the same."""

_TRIFLES = _stems("a an the that is are was were be been being also just very really")


LONG_TEXT = 8
"""Words of content from which two texts with the same ones in one order are the same, whatever stands between."""


@lru_cache(maxsize=512)
def signature(text: str, code: str = "") -> tuple[str, ...]:
    """Stems of *text* without articles and forms of "be": texts with the same say the same in the same words.

    A long text in a known language *code* is reduced to its words of content.
    """
    found = _words(text)
    stop = language(code).stop
    content = tuple(stem(word) for word in found if word not in stop) if stop else ()
    if len(content) >= LONG_TEXT:
        return content
    stems = tuple(map(stem, found))
    return tuple(root for root in stems if root not in _TRIFLES) or stems


def topics(text: str, code: str) -> frozenset[str]:
    """Stems of the words of *text* that carry its content, as far as the language *code* is known."""
    stop = language(code).stop
    return frozenset(stem(word) for word in _words(text) if word not in stop)


GRADED_CHARACTERS = 20_000
"""Of one card's question, answers, points and misconceptions, or of one answer: grading more would fill the memory."""


def gradable(card: Card) -> bool:
    """Whether the texts of *card* together are short enough to be graded against."""
    texts = (card.question, *card.answers, *card.points, *card.misconceptions)
    return sum(map(len, texts)) <= GRADED_CHARACTERS


def has_words(text: str) -> bool:
    """Whether there is a word or a number in *text*; the grader takes a text without one for blank."""
    return bool(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(clean(text).lower())


def shown(text: str, length: int = 60) -> str:
    """*text* on one line and not too long, in quotes, for a message."""
    line = " ".join(text.split())
    return f'"{line if len(line) <= length else line[: length - 1].rstrip() + "…"}"'
