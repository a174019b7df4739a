"""Reads a text as claims: for each word, which clause it stands in, whom it is said of, and whether it is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Prepared, join
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

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(k|m|b|bn|st|nd|rd|th|x)?")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}


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
    numbers: NDArray[np.float64]
    """The value of a number; not-a-number for other words."""


def read_claims(text: Prepared, names: Sequence[frozenset[str]], language: Language, *, whole: bool = False) -> Claims:
    """*text* as claims about *names*, each a set of stems; *whole*: as one claim, however many clauses it has."""
    count = len(text.words)
    spans = ((0, count),) if whole and count else tuple(clauses(text.text, text.words, language))
    clause = np.repeat(np.arange(len(spans)), [last - first for first, last in spans]) if count else np.zeros(0, int)
    name = np.array([_name_of(stem, names) for stem in text.stems], np.int64).reshape(count)
    return Claims(
        text=text,
        clauses=spans,
        clause=clause,
        name=name,
        owner=_owners(text, spans, name, language),
        polarity=tuple(_polarities(text, spans, language)),
        negators=tuple(int(text.negates[first:last].sum()) for first, last in spans),
        scope=tuple(_scope(text, span) for span in spans),
        numbers=_numbers(text.words, language),
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
        numbers=np.concatenate([one.numbers for one in claims]),
    )


def _name_of(stem: str, names: Sequence[frozenset[str]]) -> int:
    for index, stems in enumerate(names):
        if stem in stems:
            return index
    for index, stems in enumerate(names):
        if any(len(known) >= PREFIX_LETTERS and stem.startswith(known) for known in stems):
            return index
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


def _numbers(words: Sequence[Word], language: Language) -> NDArray[np.float64]:
    """The value of each word, times a word of scale that follows it; not-a-number for other words."""
    values = np.array([number(word, language) for word in words], np.float64).reshape(len(words))
    for i in range(len(words) - 1):
        scale = language.scales.get(words[i + 1].text)
        if scale and not np.isnan(values[i]):
            values[i], values[i + 1] = values[i] * scale, np.nan
    return values


def number(word: Word, language: Language) -> float:
    """The value of *word* as a number; not-a-number where it is none."""
    if word.text in language.numbers:
        return language.numbers[word.text]
    found = _NUMBER.match(word.text)
    if not found:
        return float("nan")
    digits, scale = found.groups()
    try:
        value = float(digits.replace(",", "") if _grouped(digits) else digits.replace(",", "."))
    except ValueError:
        return float("nan")
    return value * _SCALES.get(scale or "", 1.0)


def _grouped(digits: str) -> bool:
    """Whether commas group thousands."""
    return bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits)) or "," not in digits
