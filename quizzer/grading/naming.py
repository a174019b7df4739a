"""Finds the names that a card contrasts: words that its claims are about, different claims about different ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Prepared, abbreviated, unit
from quizzer.grading.text import clauses, sentences
from quizzer.grading.words import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTENT_WEIGHT = 0.4
SUBJECT_WORDS = 2
"""A name is the first or second content word of some clause."""

ASKED_LIKENESS = 0.25
"""How alike two names are, at least, that the question itself sets side by side."""

PROPER_LIKENESS = 0.2
"""The same for two proper names."""

FREE_LIKENESS = 0.65
"""The same for names that only the answers contrast."""

FREE_LIKENESS_OF_WORDS = 0.35
"""The same before any context is read, so that words of one kind are meant (export, import; not old, train)."""

FREE_CLAUSES = 3
"""Names that the question does not have stand in at least this many clauses."""

TOGETHER_SHARE = 0.5
"""Names that share more of their clauses than this are one thing, not two."""


def contrasted(question: Prepared, texts: Sequence[Prepared], language: Language) -> list[frozenset[str]]:
    """Each name that the card contrasts with another one, in the forms that `is_named` understands."""
    asked = set_side_by_side(question, language)
    if len(asked) >= 2 and all(any(_speaks_of(text, name) for text in texts) for name in asked):
        return [frozenset({name, *_spelt_out(name, [question, *texts])}) for name in asked]
    found = _found(question, texts, language)
    return [
        frozenset({*names, *(form for name in names for form in _spelt_out(name, [question, *texts]))})
        for names in found
    ]


def is_named(text: Prepared, index: int, name: str) -> bool:
    """Whether the word ends *name*: a stem, several stems in a row, or a word that is only a name in capitals."""
    if name.isupper():
        word = text.words[index]
        return word.capital and word.text == name.lower()
    if " " not in name:
        return text.stems[index] == name
    stems = tuple(name.split())
    first = index + 1 - len(stems)
    return first >= 0 and text.stems[first : index + 1] == stems


def _spelt_out(name: str, texts: Sequence[Prepared]) -> set[str]:
    """What *name* stands for, where the card introduces it as an abbreviation."""
    return {
        " ".join(text.stems[letters])
        for text in texts
        for index, letters in abbreviated(text, text)
        if text.stems[index] == name
    }


def _speaks_of(text: Prepared, name: str) -> bool:
    return any(is_named(text, index, name) for index in range(len(text.words)))


def set_side_by_side(question: Prepared, language: Language) -> list[str]:
    """The two names that the question asks to compare ("the difference between WHERE and HAVING"), else none."""
    words = question.words
    cues = [i for i, word in enumerate(words) if word.text in language.asking and not word.capital]
    for at in range(1, len(words) - 1):
        if words[at].text not in language.joining or words[at].capital:
            continue
        if not any(-CUE_REACH <= cue - at <= PHRASE_WORDS and _one_sentence(question, cue, at) for cue in cues):
            continue
        left, right = _beside(question, at, -1, language), _beside(question, at, 1, language)
        common = {question.stems[i] for i in left} & {question.stems[i] for i in right}
        own = [i for i in left if question.stems[i] not in common]
        other = [i for i in right if question.stems[i] not in common]
        if own and other:
            first = own[-1] if len(other) == 1 or len(own) == 1 or not common else own[0]
            second = other[0] if len(own) == 1 else other[-1] if not common or len(other) == 1 else other[0]
            return [_form(question, first, common), _form(question, second, common)]
    return []


def _beside(question: Prepared, at: int, step: int, language: Language) -> list[int]:
    """The words of the phrase on one side of the joining word, in order."""
    words, found = question.words, list[int]()
    index = at + step
    while 0 <= index < len(words) and len(found) < PHRASE_WORDS:
        word = words[index]
        low, high = sorted((index - step, index))
        between = question.text[words[low].end : words[high].start]
        if any(mark in between for mark in ",;:.?!"):
            break
        light = question.weights[index] == 0 and not word.capital
        article = word.text in language.determiners or (len(word.text) == 1 and word.text.isalpha())
        led = not word.capital and word.text in language.asking | language.leading
        if led or (light and not (article and step > 0 and not found)):
            break
        if not light:
            found.append(index)
        index += step
    return sorted(found)


def _form(question: Prepared, index: int, common: set[str]) -> str:
    """The name as `is_named` understands it."""
    word, stem = question.words[index], question.stems[index]
    if question.weights[index] == 0:
        return word.text.upper()
    if word.text.isdigit() and index > 0 and question.stems[index - 1] in common:
        return f"{question.stems[index - 1]} {stem}"
    return stem


def _one_sentence(text: Prepared, one: int, other: int) -> bool:
    first, last = sorted((one, other))
    return not re.search(r"[.?!;](?=\s)", text.text[text.words[first].end : text.words[last].start])


CUE_REACH = 9
"""The word that asks for a comparison stands at most this many words before what it compares."""

PHRASE_WORDS = 4
"""The names that a question sets side by side are looked for in this many words on each side."""


def _found(question: Prepared, texts: Sequence[Prepared], language: Language) -> list[frozenset[str]]:
    """Names that the card's own texts contrast."""
    places: dict[str, set[int]] = defaultdict(set)
    leading: Counter[str] = Counter()
    states: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    count = 0
    for text in texts:
        for first, last in clauses(text.text, text.words, language):
            count += 1
            content = [i for i in range(first, last) if _may_name(text, i, language)]
            for i in content:
                places[text.stems[i]].add(count)
                states[text.stems[i]].append(text.states[:2, i])
            leading.update({text.stems[i] for i in content[:SUBJECT_WORDS]})
    asked = {name for name in places if any(_kin(name, stem) for stem in question.stems)}
    proper = _proper([question, *texts])
    found = [name for name in places if leading[name] and (name in asked or len(places[name]) >= FREE_CLAUSES)]
    if len(asked & proper & set(found)) >= 2:
        # A question that sets proper names side by side is about those.
        found = [name for name in found if name in proper]
    means = {name: unit(np.mean(states[name], axis=0)) for name in found}
    chosen: set[str] = set()
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            both = {one, other}
            needed = PROPER_LIKENESS if both <= proper else ASKED_LIKENESS if both <= asked else FREE_LIKENESS
            of_words, in_context = (float(likeness) for likeness in (means[one] * means[other]).sum(axis=-1))
            alike = in_context >= needed and (needed < FREE_LIKENESS or of_words >= FREE_LIKENESS_OF_WORDS)
            if alike and _together(places[one], places[other]) < TOGETHER_SHARE and not _kin(one, other):
                chosen |= both
    return _clusters(sorted(chosen), places)


def _proper(texts: Sequence[Prepared]) -> set[str]:
    """Stems of words that are written with a capital inside a sentence, wherever they stand."""
    large: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        begins = {first for first, _ in sentences(text.text, text.words)}
        for i, (word, stem) in enumerate(zip(text.words, text.stems, strict=True)):
            if i in begins and not word.capital:
                continue
            counter = large if text.text[word.start].isupper() else small
            counter[stem] += 1
    return {stem for stem in large if large[stem] > small[stem]}


def _together(one: set[int], other: set[int]) -> float:
    return len(one & other) / min(len(one), len(other))


def _clusters(names: list[str], places: Mapping[str, set[int]]) -> list[frozenset[str]]:
    """Names of one thing joined (merge + sort); a word that goes with several (baking) names none."""
    near = {
        one: [other for other in names if other != one and _together(places[one], places[other]) >= TOGETHER_SHARE]
        for one in names
    }
    own = [one for one in names if len(near[one]) < 2 and not any(_begins(other, one) for other in names)]
    return list(dict.fromkeys(frozenset({one, *(other for other in near[one] if other in own)}) for one in own))


def _begins(short: str, long: str) -> bool:
    """Whether *long* is a longer word for *short* (bondholder for bond)."""
    return short != long and len(short) >= 4 and long.startswith(short)


def _may_name(text: Prepared, index: int, language: Language) -> bool:
    word, stem = text.words[index].text, text.stems[index]
    known = word[0].isdigit() or stem in language.opposites or word in language.numbers or stem in language.removing
    return bool(text.weights[index] > CONTENT_WEIGHT) and not known


def _kin(one: str, other: str) -> bool:
    """Whether the two are forms of one word."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 3 and long.startswith(short[: max(4, len(short) - 2)]))
