"""How much a text says: its numbers with what they count, so that 1 s equals 1,000 ms and 30 months not 30 years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.grading.features import Prepared
from quizzer.grading.stemming import stem
from quizzer.grading.words import Language

TIMES, PART, PERCENT = "times", "part", "percent"
"""Units of factors (twice, ten times), of parts of a whole (a third), and of per cent."""

UNIT_REACH = 2
"""The unit is one of this many words after the number."""

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(k|m|b|bn|st|nd|rd|th|x)?")
_GLUED = re.compile(r"\d+(?:[.,]\d+)*([a-z]+)")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    word: int
    value: float
    """In the base unit of its dimension, where it has one."""
    unit: str
    """A dimension (time), `TIMES`, `PART`, `PERCENT`, else the stem of the word that follows; empty where none does."""
    measured: bool
    """The unit is a dimension, or one of the three constants."""
    digits: float
    """The value as it is written, whatever the unit."""
    hedged: bool
    """Not meant exactly: about 30."""


def quantities(text: Prepared, language: Language) -> tuple[Quantity, ...]:
    """The numbers of *text*, in order."""
    found: list[Quantity] = []
    skipped = -1
    for index in range(len(text.words)):
        if index <= skipped:
            continue
        value = _value(text, index, language)
        if value is None:
            continue
        last = index
        scale = language.scales.get(text.words[index + 1].text) if index + 1 < len(text.words) else None
        if scale:
            value, last = value * scale, index + 1
        hedged = index > 0 and text.words[index - 1].text in language.hedges
        found.append(_measured(text, index, last, value, hedged, language))
        skipped = last + 1 if found[-1].unit == PART else last
    return tuple(found)


def _value(text: Prepared, index: int, language: Language) -> float | None:
    """The number that the word is; None for other words."""
    word = text.words[index].text
    part = text.words[index + 1].text if index + 1 < len(text.words) else ""
    if word == "half" or (part in language.parts and word in language.ones):
        return language.parts[word if word == "half" else part]
    if word in language.numbers:
        value = language.numbers[word]
        return value * language.parts[part] if part in language.parts else value
    return digits(word)


def digits(word: str) -> float | None:
    """The value of a word that begins with a digit; None for other words."""
    found = _NUMBER.match(word)
    if not found:
        return None
    number, scale = found.groups()
    grouped = bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number)) or "," not in number
    try:
        value = float(number.replace(",", "") if grouped else number.replace(",", "."))
    except ValueError:
        return None
    glued = _GLUED.fullmatch(word)
    return value * (_SCALES.get(scale or "", 1.0) if not glued or glued.group(1) == scale else 1.0)


def _measured(text: Prepared, first: int, last: int, value: float, hedged: bool, language: Language) -> Quantity:
    """The number in words *first* to *last* with its unit."""
    words = text.words
    word = words[first].text
    following = [words[i].text for i in range(last + 1, min(last + 1 + UNIT_REACH, len(words)))]
    if word in language.parts or (following and following[0] in language.parts and word in language.ones):
        return Quantity(first, value, PART, True, value, hedged)
    if word in language.factors:
        return Quantity(first, value, TIMES, True, value, hedged)
    if text.text[words[last].end :].lstrip().startswith("%"):
        return Quantity(first, value, PERCENT, True, value, hedged)
    glued = _GLUED.fullmatch(word)
    for near in ([glued.group(1)] if glued and glued.group(1) not in _SCALES else []) + following[:1]:
        measure = language.measures.get(near) or language.measures.get(stem(near))
        if measure:
            return Quantity(first, value * measure[1], measure[0], True, value, hedged)
        if near in language.factors:
            return Quantity(first, value, TIMES, True, value, hedged)
    content = next(
        (text.stems[i] for i in range(last + 1, min(last + 1 + UNIT_REACH, len(words))) if text.weights[i]), ""
    )
    return Quantity(first, value, content, False, value, hedged)


def equal(given: Quantity, known: Quantity) -> bool:
    """Whether the two are the same number; roughly, where the first is hedged."""
    if given.measured and known.measured and given.unit != known.unit and {given.unit, known.unit} != {PART, PERCENT}:
        return False
    value = given.value * 100 if (given.unit, known.unit) == (PART, PERCENT) else given.value
    against = known.value * 100 if (given.unit, known.unit) == (PERCENT, PART) else known.value
    return abs(value - against) <= (0.15 if given.hedged else 0.03) * abs(against)


def comparable(given: Quantity, known: Quantity) -> bool:
    """Whether the two count the same kind of thing, as far as their units tell."""
    return bool(given.unit) and given.unit == known.unit


def unlike(given: Quantity, known: Quantity) -> bool:
    """Whether the two plainly count different kinds of thing."""
    return given.measured and known.measured and given.unit != known.unit


def said(value: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether *others* have the number."""
    return any(equal(other, value) or equal(value, other) for other in others)
