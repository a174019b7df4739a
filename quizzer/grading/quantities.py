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

NUMBER_WORDS = 8
"""A number is at most this many words long."""

DASHES = frozenset("-–—")
"""What may stand between the two numbers of a range."""

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(k|m|b|bn|st|nd|rd|th|x)?")
_GLUED = re.compile(r"\d+(?:[.,]\d+)*([a-z]+)")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    word: int
    value: float
    base: float
    """The value in the base unit of its dimension, where it has one."""
    plain: float
    """The value without a word of scale: 4.3 of 4.3 billion."""
    unit: str
    """A dimension (time), `TIMES`, `PART`, `PERCENT`, else the stem of the word that follows; empty where none does."""
    measured: bool
    """The unit is a dimension, or one of the three constants."""
    hedged: bool
    """Not meant exactly: about 30."""


def quantities(text: Prepared, language: Language) -> tuple[Quantity, ...]:
    """The numbers of *text*, in order."""
    found: list[Quantity] = []
    index = 0
    while index < len(text.words):
        last, value, plain = _number(text, index, language)
        if last > index:
            hedged = index > 0 and text.words[index - 1].text in language.hedges
            end, scale = _rest_of_range(text, last - 1, plain, language)
            scale = scale if value == plain else 1.0
            found.append(_measured(text, index, end, value * scale, plain, hedged, language))
        index = max(last, index + 1)
    return tuple(found)


def _number(text: Prepared, index: int, language: Language) -> tuple[int, float, float]:
    """Past the last word of the number that begins here, its value, and the value as written; *index* where none does.

    Number words are put together: a hundred and thirty-two billion.
    """
    words = [word.text for word in text.words[index : index + NUMBER_WORDS]]
    first, part = words[0], words[1] if len(words) > 1 else ""
    if first == "half" or (part in language.parts and first in language.ones):
        value = language.parts[first if first == "half" else part]
        return index + (1 if first == "half" else 2), value, value
    start = digits(first)
    plain = None
    if start is not None:
        (value, plain), last = start, 1
        while re.fullmatch(r"\d{1,3}", first) and last < len(words) and _grouped(text, index + last):
            value, last = value * 1000 + float(words[last]), last + 1
        plain = value if last > 1 else plain
    elif first in language.ones and _begins_range(text, index, language):
        value, last = 1.0, 1
    elif first in language.numbers and part in language.parts:
        value = language.numbers[first] * language.parts[part]
        return index + 2, value, value
    elif first in language.numbers or (first in language.ones and part in language.powers):
        value, last = _spelt(words, language)
    else:
        return index, 0.0, 0.0
    plain = value if plain is None else plain
    while last < len(words) and words[last] in language.scales:
        value, last = value * language.scales[words[last]], last + 1
    return index + last, value, plain


def _grouped(text: Prepared, index: int) -> bool:
    """Whether the word is three digits of the number before it: 100 000. After a plain space they are zeros.

    Other digits after a plain space are a number of their own: ports 80 443.
    """
    between = text.text[text.words[index - 1].end : text.words[index].start]
    digits_of_it = r"000" if between == " " else r"\d{3}"
    return len(between) == 1 and between.isspace() and bool(re.fullmatch(digits_of_it, text.words[index].text))


def _begins_range(text: Prepared, index: int, language: Language) -> bool:
    """Whether the word is the first number of a range: one to two."""
    following = [word.text for word in text.words[index + 1 : index + 3]]
    if len(following) < 2 or following[0] not in language.ranging:
        return False
    return following[1] in language.numbers or digits(following[1]) is not None


def _rest_of_range(text: Prepared, last: int, plain: float, language: Language) -> tuple[int, float]:
    """The word that the unit of a number follows which is *plain* as written and ends with word *last*, and its scale.

    They are those of the second number where the two are a range, as in 1-2 weeks and 3 to 4 million.
    """
    following = last + 1
    if following == len(text.words):
        return last, 1.0
    if text.words[following].text in language.ranging:
        following += 1
    elif text.text[text.words[last].end : text.words[following].start].strip() not in DASHES:
        return last, 1.0
    if following == len(text.words):
        return last, 1.0
    end, value, written = _number(text, following, language)
    if end == following:
        return last, 1.0
    return end - 1, value / written if 0 < plain < written else 1.0


def _spelt(words: list[str], language: Language) -> tuple[float, int]:
    """The value of the number words that *words* begins with, and how many they are."""
    value, last = 0.0, 0
    if words[0] in language.ones:
        value, last = 1.0, 1
    while last < len(words):
        word = words[last]
        if word in language.powers:
            value = max(value, 1.0) * language.numbers[word]
        elif word in language.numbers and (last == 0 or value % (10 if language.numbers[word] < 10 else 100) == 0):
            value += language.numbers[word]
        elif word == language.number_joiner and last and last + 1 < len(words) and words[last + 1] in language.numbers:
            if words[last - 1] not in language.powers:
                break
        else:
            break
        last += 1
    return value, last


def digits(word: str) -> tuple[float, float] | None:
    """The value of a word that begins with a digit, and that of its digits alone; None for other words."""
    found = _NUMBER.match(word)
    if not found:
        return None
    number, scale = found.groups()
    grouped = bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number)) or "," not in number
    if re.fullmatch(r"\d{1,3}(?:\.000)+", number):
        number, grouped = number.replace(".", ""), True  # 100.000 is how much of Europe writes a hundred thousand
    try:
        value = float(number.replace(",", "") if grouped else number.replace(",", "."))
    except ValueError:
        return None
    glued = _GLUED.fullmatch(word)
    return value * (_SCALES.get(scale or "", 1.0) if not glued or glued.group(1) == scale else 1.0), value


def _measured(
    text: Prepared, first: int, last: int, value: float, plain: float, hedged: bool, language: Language
) -> Quantity:
    """The number that begins with word *first*, with the unit that follows word *last*."""
    words = text.words
    following = [words[i].text for i in range(last + 1, min(last + 1 + UNIT_REACH, len(words)))]
    if words[last].text in language.parts:
        return Quantity(first, value, value, plain, PART, True, hedged)
    if words[first].text in language.factors:
        return Quantity(first, value, value, plain, TIMES, True, hedged)
    if text.text[words[last].end :].lstrip().startswith("%"):
        return Quantity(first, value, value, plain, PERCENT, True, hedged)
    glued = _GLUED.fullmatch(words[first].text)
    for near in ([glued.group(1)] if glued and glued.group(1) not in _SCALES else []) + following[:1]:
        measure = language.measures.get(near) or language.measures.get(stem(near))
        if measure:
            return Quantity(first, value, value * measure[1], plain, measure[0], True, hedged)
        if near in language.factors:
            return Quantity(first, value, value, plain, TIMES, True, hedged)
    ahead = range(last + 1, min(last + 1 + UNIT_REACH, len(words)))
    return Quantity(
        first, value, value, plain, next((text.stems[i] for i in ahead if text.weights[i]), ""), False, hedged
    )


def equal(given: Quantity, known: Quantity) -> bool:
    """Whether the two are the same number; roughly, where the first is hedged."""
    if given.measured and known.measured:
        if given.unit != known.unit and {given.unit, known.unit} != {PART, PERCENT}:
            return False
        return _near(given, given.base * _percent(given, known), known.base * _percent(known, given))
    # A unit or a scale that was misspelt is no other number.
    return _near(given, given.value, known.value) or given.plain == known.plain


def _percent(one: Quantity, other: Quantity) -> float:
    """What a part is to be multiplied with to be compared with per cent."""
    return 100.0 if (one.unit, other.unit) == (PART, PERCENT) else 1.0


def _near(given: Quantity, value: float, against: float) -> bool:
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
