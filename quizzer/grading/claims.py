"""Reads a text as claims: for each word, which clause it stands in, whom it is said of, and whether it is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Prepared, join
from quizzer.grading.naming import is_named
from quizzer.grading.quantities import Quantity, quantities
from quizzer.grading.text import Word, clauses, sentences
from quizzer.grading.words import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOBODY, SEVERAL = -1, -2
"""Owners of words that are said of no name that the card contrasts, or of more than one."""

SAID, DENIED, UNCLEAR = 0, 1, 2

SCOPE_WORDS = 5
"""A negator reaches at most this many content words."""

PREFIX_LETTERS = 4
"""A name of at least this many letters is also meant by a longer word that begins with it (bond, bondholder)."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claims:
    """A text read as claims; arrays have one entry for each word."""

    text: Prepared
    clauses: tuple[Span, ...]
    clause: NDArray[np.int64]
    name: NDArray[np.int64]
    """The name that the word itself is, as an index into the card's names; `NOBODY` for other words."""
    owner: NDArray[np.int64]
    """The name that the word is said of; `NOBODY`, or `SEVERAL` where that is not clear."""
    polarity: tuple[int, ...]
    """For each clause: `SAID`, `DENIED` or `UNCLEAR`."""
    negators: tuple[int, ...]
    """For each clause: how many negators it has."""
    scope: tuple[frozenset[int], ...]
    """For each clause: the content words that its negator reaches, all where it has none."""
    quantities: tuple[Quantity, ...]


def read_claims(text: Prepared, names: Sequence[frozenset[str]], language: Language, *, whole: bool = False) -> Claims:
    """*text* as claims about *names*, each a set of stems; *whole*: as one claim, however many clauses it has."""
    count = len(text.words)
    spans = ((0, count),) if whole and count else tuple(clauses(text.text, text.words, language))
    clause = np.repeat(np.arange(len(spans)), [last - first for first, last in spans]) if count else np.zeros(0, int)
    name = np.array([_name_of(text, index, names) for index in range(count)], np.int64).reshape(count)
    return Claims(
        text=text,
        clauses=spans,
        clause=clause,
        name=name,
        owner=_owners(text, spans, name, language),
        polarity=tuple(_polarities(text, spans, language)),
        negators=tuple(int(text.negates[first:last].sum()) for first, last in spans),
        scope=tuple(_scope(text, span) for span in spans),
        quantities=quantities(text, language),
    )


def join_claims(claims: Sequence[Claims]) -> Claims:
    """*claims*, at least one, as the claims of one text; clauses stay apart."""
    starts = [int(start) for start in np.cumsum([0, *(len(one.text.words) for one in claims)])]
    counts = [int(count) for count in np.cumsum([0, *(len(one.clauses) for one in claims)])]
    shifted = list(zip(starts, claims, strict=False))
    return Claims(
        text=join([one.text for one in claims]),
        clauses=tuple((at + first, at + last) for at, one in shifted for first, last in one.clauses),
        clause=np.concatenate([one.clause + count for count, one in zip(counts, claims, strict=False)]),
        name=np.concatenate([one.name for one in claims]),
        owner=np.concatenate([one.owner for one in claims]),
        polarity=tuple(polarity for one in claims for polarity in one.polarity),
        negators=tuple(count for one in claims for count in one.negators),
        scope=tuple(frozenset(at + i for i in scope) for at, one in shifted for scope in one.scope),
        quantities=tuple(replace(one, word=at + one.word) for at, part in shifted for one in part.quantities),
    )


def _name_of(text: Prepared, index: int, names: Sequence[frozenset[str]]) -> int:
    for number, forms in enumerate(names):
        if any(is_named(text, index, form) for form in forms):
            return number
    for number, forms in enumerate(names):
        if any(len(form) >= PREFIX_LETTERS and text.stems[index].startswith(form) for form in forms):
            return number
    return NOBODY


def _owners(text: Prepared, spans: Sequence[Span], name: NDArray[np.int64], language: Language) -> NDArray[np.int64]:
    """Whom each word is said of: the one name of its part of the clause, else the one spoken of before."""
    owner = np.full(len(text.words), NOBODY, np.int64)
    begins = {first for first, _ in sentences(text.text, text.words)}
    subject = NOBODY
    for first, last in spans:
        if first in begins and text.words[first].text not in language.pronouns:
            subject = NOBODY
        leading = subject
        for start, end in _sides(text.words, (first, last), language):
            there = [int(one) for one in dict.fromkeys(name[start:end][name[start:end] != NOBODY])]
            if not there:
                # The far side of a comparison without a name is said of nobody in particular.
                owner[start:end] = leading if start == first else SEVERAL
            else:
                owner[start:end] = there[0] if len(there) == 1 else SEVERAL
                if start == first and not _in_brackets(text, first):
                    subject = leading = there[0]
    return owner


def _in_brackets(text: Prepared, index: int) -> bool:
    """Whether the word opens a remark in brackets: the sentence goes on about its own subject after that."""
    return text.text[: text.words[index].start].rstrip().endswith(("(", "["))


def _sides(words: Sequence[Word], span: Span, language: Language) -> list[Span]:
    """*span* cut before each word of comparison: what follows is said of the other side."""
    first, last = span
    cuts = [i for i in range(first + 1, last) if words[i].text in language.comparing]
    return list(zip([first, *cuts], [*cuts, last], strict=True))


def _polarities(text: Prepared, spans: Sequence[Span], language: Language) -> list[int]:
    """For each clause, whether what it says is said, denied, or neither plainly."""
    unsure = _hypothetical(text, language)
    return [UNCLEAR if unsure[span[0]] else _polarity(text, span, language) for span in spans]


def _polarity(text: Prepared, span: Span, language: Language) -> int:
    first, last = span
    if any(_takes_away(text, i, language) for i in range(first, last)):
        return UNCLEAR
    if any(text.words[i].text in language.lessening for i in range(first, last)):
        return UNCLEAR
    if any(text.words[i].text in language.comparing for i in range(first, last)):
        return UNCLEAR if any(text.negates[first:last]) else SAID
    negators = [i for i in range(first, last) if text.negates[i]]
    if not negators:
        return SAID
    after = negators[0] + 1
    softened = after < last and text.words[after].text in language.softeners
    return UNCLEAR if softened or len(negators) > 1 else DENIED


def _takes_away(text: Prepared, index: int, language: Language) -> bool:
    """Whether the word denies without being a negator."""
    formed = bool(language.negative_forms) and re.fullmatch(language.negative_forms, text.words[index].text)
    return bool(formed) or text.stems[index] in language.removing


def _hypothetical(text: Prepared, language: Language) -> list[bool]:
    """For each word, whether its sentence speaks of what would be, or only under a condition."""
    out = [False] * len(text.words)
    for first, last in sentences(text.text, text.words):
        if any(text.words[i].text in language.conditional for i in range(first, last)):
            out[first:last] = [True] * (last - first)
    return out


def _scope(text: Prepared, span: Span) -> frozenset[int]:
    """The content words that the clause's negator reaches; all where it has none."""
    first, last = span
    negators = [i for i in range(first, last) if text.negates[i]]
    start = negators[0] + 1 if negators else first
    return frozenset([i for i in range(start, last) if text.weights[i] > 0][:SCOPE_WORDS])
