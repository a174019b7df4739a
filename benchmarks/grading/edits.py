"""Turns sentences around, for training: negated, an opposite put in, a number changed."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

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


class Editor:
    """Edits with the help of WordNet's index files (Debian's wordnet-base); seeded."""

    def __init__(self, wordnet: Path, common: frozenset[str], seed: int) -> None:
        """Only opposites that are *common* words are put in."""
        self._random = random.Random(seed)
        self._verbs, self._nouns = (self._index(wordnet / f"index.{kind}") for kind in ("verb", "noun"))
        self._opposites = self._read_opposites(wordnet, common)

    def _index(self, file: Path) -> frozenset[str]:
        lines = file.read_text("latin-1").splitlines()
        return frozenset(line.split(" ")[0] for line in lines if not line.startswith("  "))

    def _read_opposites(self, wordnet: Path, common: frozenset[str]) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for kind in ("noun", "verb", "adj", "adv"):
            synsets: dict[str, tuple[list[str], list[list[str]]]] = {}
            for line in (wordnet / f"data.{kind}").read_text("latin-1").splitlines():
                if line.startswith("  "):
                    continue
                fields = line.split("|")[0].split()
                count = int(fields[3], 16)
                words = [re.sub(r"\(.*\)", "", word).lower() for word in fields[4 : 4 + 2 * count : 2]]
                start = 5 + 2 * count
                links = [fields[start + 4 * i : start + 4 * i + 4] for i in range(int(fields[start - 1]))]
                synsets[fields[0]] = (words, links)
            for words, links in synsets.values():
                for symbol, target, _, places in links:
                    near, far = int(places[:2], 16), int(places[2:], 16)
                    if symbol == "!" and near and far and target in synsets:
                        one, other = words[near - 1], synsets[target][0][far - 1]
                        if one in common and other in common:
                            found.setdefault(one, set()).add(other)
        return {word: sorted(others) for word, others in found.items()}

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
            if before.group().lower() in BEFORE_NOUNS or not word.endswith("s") or word.endswith("ss"):
                continue
            for base in (word[:-1], word[:-2], f"{word[:-3]}y"):
                if base in self._verbs and len(base) > 2 and (base not in self._nouns or self._random.random() < 0.4):
                    found.append((match, base))
                    break
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
