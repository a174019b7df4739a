"""Sees words that were thrown together: the right ones, in no order that says anything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quizzer.grading.claims import Claims
from quizzer.grading.features import Prepared
from quizzer.grading.words import Language

HEAP_WORDS = 10
"""A heap of words is at least this long without a mark of punctuation."""

HEAP_STOP_SHARE = 0.15
"""Share of the commonest words below which words do not make a sentence."""

COMMON_WEIGHT = 0.55
"""Words that weigh less are among the two hundred commonest."""

NEIGHBOUR_WORDS = 3
"""Words this near in a card's text, in the same order, stand together there."""

HEAP_TOGETHER = 0.4
"""Share of neighbours that stand together in the card as well, below which the order is chance."""

HEAP_KNOWN = 0.7
"""Share of a heap's words that are the card's."""

REORDERED_WORDS, REORDERED_KNOWN, REORDERED_DISTANCE, REORDERED_KEPT = 8, 0.9, 2, 0.3
"""A shuffled sentence has at least this many words, this share of them the text's own, and this share of its
neighbours no farther apart in the text than this."""

BROKEN_SHARE, BROKEN_COUNT = 0.3, 2
"""Articles that nothing follows that they could belong to: their share and number from which a text is shuffled."""


def thrown_together(answer: Claims, card: Sequence[Prepared], language: Language) -> bool:
    """Whether *answer* is a heap of words: keywords in chance order, or a shuffled text."""
    return _heap(answer, card) or _shuffled(answer, language) or any(_reordered(answer, text) for text in card)


def _reordered(answer: Claims, text: Prepared) -> bool:
    """Whether a clause has the words of *text*, small ones too, but hardly two of them in the order they have there."""
    known = {word.text for word in text.words}
    follows = {
        (word.text, other.text)
        for i, word in enumerate(text.words)
        for other in text.words[i + 1 : i + 1 + REORDERED_DISTANCE]
    }
    for first, last in answer.clauses:
        said = [word.text for word in answer.text.words[first:last]]
        if len(said) < REORDERED_WORDS or sum(word in known for word in said) < REORDERED_KNOWN * len(said):
            continue
        kept = sum(pair in follows for pair in pairwise(said))
        if kept < REORDERED_KEPT * (len(said) - 1):
            return True
    return False


def _heap(answer: Claims, card: Sequence[Prepared]) -> bool:
    order: set[tuple[str, str]] = set()
    for text in card:
        stems = [stem for stem, weight in zip(text.stems, text.weights, strict=True) if weight >= COMMON_WEIGHT]
        for i, stem in enumerate(stems):
            order.update((stem, other) for other in stems[i + 1 : i + 1 + NEIGHBOUR_WORDS])
    known = {stem for text in card for stem in text.stems}
    for first, last in answer.clauses:
        content = [answer.text.stems[i] for i in range(first, last) if answer.text.weights[i] >= COMMON_WEIGHT]
        if last - first < HEAP_WORDS or len(content) < (1 - HEAP_STOP_SHARE) * (last - first):
            continue
        if sum(stem in known for stem in content) < HEAP_KNOWN * len(content):
            continue
        pairs = list(pairwise(content))
        if sum(pair in order for pair in pairs) < HEAP_TOGETHER * len(pairs):
            return True
    return False


def _shuffled(answer: Claims, language: Language) -> bool:
    words, text = answer.text.words, answer.text
    articles = [i for i, word in enumerate(words) if word.text in language.determiners]
    if not language.determiners or len(articles) < BROKEN_COUNT:
        return False
    ends = {last - 1 for _, last in answer.clauses}
    broken = sum(i in ends or i + 1 == len(words) or _cannot_follow(text, i + 1, language) for i in articles)
    return broken >= BROKEN_COUNT and broken >= BROKEN_SHARE * len(articles)


def _cannot_follow(text: Prepared, index: int, language: Language) -> bool:
    """Whether the word is one that cannot stand after an article."""
    word = text.words[index].text
    able = language.numbers.keys() | language.adjectival
    return bool(text.weights[index] == 0) and len(word) > 1 and word not in able and not word[0].isdigit()
