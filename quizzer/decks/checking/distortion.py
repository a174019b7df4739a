"""Answers that must not pass, made from a card itself: its words thrown together, and ways to say nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from zlib import crc32

from quizzer.grading.text import clean, words
from quizzer.grading.words import language

LEAST_KEYWORDS = 4
"""Fewer keywords in another order are an answer like any other."""

_UNKNOWING = {
    "en": ("I don't know", "No idea, sorry.", "idk"),
    "de": ("Ich weiß es nicht", "Keine Ahnung."),
    "es": ("No lo sé", "Ni idea."),
    "fr": ("Je ne sais pas", "Aucune idée."),
    "it": ("Non lo so", "Nessuna idea."),
    "nl": ("Ik weet het niet", "Geen idee."),
    "pt": ("Não sei", "Não faço ideia."),
}
"""Language -> ways to say that one does not know."""


def shuffled(text: str, code: str, *, seed: str) -> str | None:
    """The keywords of *text* in another order; None where there are too few. The same *seed* gives the same order."""
    stop = language(code).stop
    plain = clean(text)
    found = list(dict.fromkeys(plain[word.start : word.end] for word in words(plain) if word.text not in stop))
    if len(found) < LEAST_KEYWORDS:
        return None
    mixed = list(found)
    order = random.Random(crc32(seed.encode()))
    while mixed == found:
        order.shuffle(mixed)
    return " ".join(mixed)


def unknowing(code: str) -> Sequence[str]:
    """Ways to say "I don't know" in the language *code*; the English ones where it is not known."""
    return _UNKNOWING.get(code.lower().replace("_", "-").split("-")[0], _UNKNOWING["en"])
