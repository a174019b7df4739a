"""Turns sentences around, for training: negated, an opposite put in, a number changed."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from itertools import pairwise

from quizzer.decks.checking.verbs import PAST, THIRD_PERSON

NEGATED = {
    "cannot": "can", "isn't": "is", "aren't": "are", "don't": "do", "doesn't": "does", "didn't": "did", "wasn't": "was",
    "weren't": "were", "can't": "can", "won't": "will", "wouldn't": "would", "without": "with",
    "nothing": "everything", "no": "some",
}  # fmt: skip
NEGATION = re.compile(rf"\b(not|never|no longer|{'|'.join(NEGATED)})\b", re.I)
AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|may|might|must|has|have|had|does|do|did)\b(?! not)(?!n't)", re.I
)
ODD_CONTRACTIONS = {"can": "can't", "will": "won't", "may": "may not", "might": "might not", "must": "must not"}
BEFORE_NOUNS = frozenset(["the", "a", "an", "of", "in", "to", "by", "and", "for", "with", "from"])

VERB_SHARE = 0.6
"""Of the words that look like a verb, so many are taken for one."""


class Editor:
    """Edits with the lexicon of opposites; seeded."""

    def __init__(self, groups: str, common: frozenset[str], seed: int) -> None:
        """*groups*: see `benchmarks.grading.opposites`. Only opposites that are *common* words are put in."""
        self._random = random.Random(seed)
        self._opposites = _opposites(groups, common)

    def negated(self, text: str) -> str | None:
        """*text* with one negator more or less; None where there is no place for one."""
        rng, negator = self._random, NEGATION.search(text)
        if negator and rng.random() < 0.7:
            plain = NEGATED.get(negator.group(1).lower(), "")
            return re.sub(r"\s+", " ", text[: negator.start()] + plain + text[negator.end() :]).strip()
        places = list(AUXILIARY.finditer(text))
        if places and rng.random() < 0.85:
            place = rng.choice(places)
            word = place.group(1)
            contracted = ODD_CONTRACTIONS.get(word.lower(), f"{word}n't")
            styles = [f"{word} not", contracted, f"{word} never", f"{word} no longer"]
            (new,) = rng.choices(styles, [8, 7, 3, 2])
            return text[: place.start()] + new + text[place.end() :]
        return self._negated_verb(text)

    def _negated_verb(self, text: str) -> str | None:
        words, found = list(re.finditer(r"[A-Za-z']+", text)), []
        for before, match in pairwise(words):
            word = match.group().lower()
            if before.group().lower() in BEFORE_NOUNS:
                continue
            # Many a word that looks like a verb is the plural of a noun.
            if word in THIRD_PERSON and self._random.random() < VERB_SHARE:
                found.append((match, THIRD_PERSON[word]))
        if not found:
            return None
        match, base = self._random.choice(found)
        styles = [f"does not {base}", f"doesn't {base}", f"never {match.group()}", f"fails to {base}"]
        return text[: match.start()] + self._random.choice(styles) + text[match.end() :]

    def opposed(self, text: str) -> str | None:
        """*text* with a word replaced by its opposite; None where no word has one."""
        places = [match for match in re.finditer(r"[A-Za-z']+", text) if match.group().lower() in self._opposites]
        if not places:
            return None
        place = self._random.choice(places)
        new = self._random.choice(self._opposites[place.group().lower()])
        return text[: place.start()] + (new.capitalize() if place.group()[0].isupper() else new) + text[place.end() :]

    def recounted(self, text: str) -> str | None:
        """*text* with another number; None where there is none."""
        places = list(re.finditer(r"\d+(?:\.\d+)?", text))
        if not places:
            return None
        place = self._random.choice(places)
        new = float(place.group()) * self._random.choice([2, 0.5, 10, 0.1, 3, 1.4]) or 5.0
        return text[: place.start()] + f"{new:.6g}" + text[place.end() :]


def _opposites(groups: str, common: frozenset[str]) -> dict[str, list[str]]:
    """Word -> its opposites, single words in the same form."""
    forms = [{base: form for form, base in known.items()} for known in (THIRD_PERSON, PAST)]
    found: dict[str, set[str]] = defaultdict(set)
    for line in groups.splitlines():
        left, right = ([one for one in side.split(", ") if one in common] for side in line.split(" / "))
        pairs = [(near, far) for near in left for far in right]
        pairs += [(form[near], form[far]) for form in forms for near, far in pairs if near in form and far in form]
        for near, far in pairs:
            found[near].add(far)
            found[far].add(near)
    return {word: sorted(others) for word, others in found.items()}
