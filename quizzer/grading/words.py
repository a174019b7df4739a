"""What grading knows of a language beside the model: closed classes of words that carry no topic."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """Closed classes of words, lower case. An empty class switches off what needs it."""

    code: str
    stop: frozenset[str] = frozenset()
    negators: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    """Words that negate the infinitive after them and nothing else."""
    infinitive: frozenset[str] = frozenset()
    """Words that begin an infinitive."""
    softeners: frozenset[str] = frozenset()
    """Words that take a negator back: not only, not just."""
    removing: frozenset[str] = frozenset()
    """Stems that take something away without a negator (drop, lack): near them nothing is plainly said or denied."""
    negative_forms: str = ""
    """Regular expression of words that deny by their form (unrealistic, needless); they count as `removing`."""
    lessening: frozenset[str] = frozenset()
    """Words that turn the next one into less of it."""
    conditional: frozenset[str] = frozenset()
    """Words of sentences that speak of what would be, or only under a condition."""
    asking: frozenset[str] = frozenset()
    """Words of a question that sets things side by side: difference, compare, versus."""
    leading: frozenset[str] = frozenset()
    """Words that come right before such things: between."""
    joining: frozenset[str] = frozenset()
    """Words between two things that a question sets side by side."""
    comparing: frozenset[str] = frozenset()
    """Words after which the other side of a comparison is spoken of: than, versus, unlike."""
    connectives: frozenset[str] = frozenset()
    """Words that begin a clause of its own."""
    pronouns: frozenset[str] = frozenset()
    """Words that carry on the subject of the sentence before."""
    hedges: frozenset[str] = frozenset()
    """Words before a number that is not meant exactly."""
    determiners: frozenset[str] = frozenset()
    """Words that only a content word can follow."""
    adjectival: frozenset[str] = frozenset()
    """Stop words that an article can stand before."""
    unknowing: tuple[str, ...] = ()
    """Regular expressions for "I don't know"."""
    fillers: frozenset[str] = frozenset()
    """Words beside "I don't know" that do not make it an answer."""
    denials: tuple[str, ...] = ()
    """Regular expressions of phrases that deny the claim that they come with."""
    measures: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Unit of measure -> its dimension and its size in the dimension's base unit."""
    factors: frozenset[str] = frozenset()
    """Words that are factors (twice) or make the number before them one (times, fold)."""
    powers: frozenset[str] = frozenset()
    """Number words that multiply the ones before them: hundred."""
    number_joiner: str = ""
    """The word between hundreds and tens."""
    ones: frozenset[str] = frozenset()
    """Words that one part of a whole can follow: a third, one third."""
    ranging: frozenset[str] = frozenset()
    """Words between the two numbers of a range: one to two."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """Words for parts of a whole."""
    scales: Mapping[str, float] = field(default_factory=dict)
    """Words that multiply the number before them."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    opposites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Word stem -> stems of words that mean the opposite."""

    @property
    def known(self) -> bool:
        """Whether there are words at all; without them every word counts alike and no negation is seen."""
        return bool(self.stop)


def word_set(text: str) -> frozenset[str]:
    """The words of *text*, which stand between spaces."""
    return frozenset(text.split())


def language(code: str) -> Language:
    """The language of this code (``en``, ``en-GB``); one with empty classes where none is known."""
    base = code.lower().replace("_", "-").split("-")[0]
    if base not in _MODULES:
        return Language(code=base)
    # Imported when a deck needs it: 15 ms of word lists for English alone.
    module = importlib.import_module(f"quizzer.grading.{_MODULES[base]}")
    known: Language = getattr(module, _MODULES[base].rsplit(".", maxsplit=1)[-1].upper())
    return known


_MODULES = {
    "de": "languages.german", "en": "english", "es": "languages.spanish", "fr": "languages.french",
    "it": "languages.italian", "nl": "languages.dutch", "pt": "languages.portuguese",
}  # fmt: skip
