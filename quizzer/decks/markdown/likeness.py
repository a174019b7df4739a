"""How surely two questions are the same one, reworded: by their words, strictly where there are few of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": " ", "*": " ", "`": " ", '"': " "}
)
_WORD = re.compile(r"[^\W_]+(?:[.'+#_-]+[^\W_]+)*(?:\+\+|#)?|[^\w\s.,:;?!()\[\]'-]+|--+")
_NEGATIONS = frozenset({"not", "no", "never", "without", "non", "cannot", "neither", "nor", "unless", "except"})
_ASKING = frozenset({"what", "why", "how", "when", "which", "where", "who", "whom", "whose"})
_FILLERS = frozenset((
    "a", "an", "the", "of", "in", "on", "to", "for", "with", "and", "or", "is", "are", "am", "was", "were", "be",
    "been", "do", "does", "did", "you", "your", "we", "our", "us", "it", "its", "this", "that", "these", "those",
    "by", "as", "at", "from", "can", "could", "would", "should", "will", "shall", "may", "might", "must", "please",
    "me", "i", "my", "if", "there", "have", "has", "had", "some", "any", "so", "such", "than", "then", "also",
    "about", "into", "explain", "describe", "discuss", "define", "briefly", "tell", "give", "say", "mean", "means",
    "meant",  "would", "s", "t", "re", "ve", "ll", "d", "us", "your", "someone",
))  # fmt: skip
_LIGHT = frozenset((
    "key", "main", "best", "important", "major", "common", "effective", "good", "right", "primary", "various",
    "different", "typical", "basic", "fundamental", "essential", "handle", "deal", "implement", "use", "using",
    "used", "make", "choose", "perform", "apply", "approach", "approaches", "way", "ways", "method", "methods",
    "technique", "techniques", "strategy", "strategies", "practice", "practices", "consider", "consideration",
    "considerations", "issue", "issues", "thing", "things", "work", "works", "help", "helps", "manage", "ensure",
    "achieve", "do", "when", "need", "needed", "purpose", "role", "concept", "idea", "term", "process", "step",
    "steps", "example", "examples", "detail", "details", "very", "really", "actually", "most", "more", "less",
    "specific", "particular", "certain",
))  # fmt: skip
_NOT_HEAVY = _FILLERS | _LIGHT | _ASKING | _NEGATIONS
_SYMMETRIC = re.compile(r"\b(?:differen\w*|compar\w*|vs|versus|between|contrast|distinguish\w*)\b", re.IGNORECASE)


class Words(NamedTuple):
    """A question's words: those that carry its meaning in order, light ones, and those that must agree."""

    heavy: tuple[str, ...]
    light: frozenset[str]
    asking: frozenset[str]
    negations: int
    symmetric: bool


def plain(text: str) -> str:
    """*text* as it is compared for sameness: without case, emphasis, quotes, and marks at the ends of words."""
    folded = unicodedata.normalize("NFKC", text).translate(_MARKS).casefold()
    return " ".join(word.strip(".,:;?!") for word in folded.split() if word.strip(".,:;?!"))


def words_of(text: str) -> Words:
    """The words of *text*."""
    folded = unicodedata.normalize("NFKC", text).translate(_MARKS).casefold()
    found = [part for word in _WORD.findall(folded) for part in _parts(word)]
    return Words(
        heavy=tuple(_stem(word) for word in found if word not in _NOT_HEAVY),
        light=frozenset(_stem(word) for word in found if word in _LIGHT),
        asking=frozenset("what" if word == "which" else word for word in found if word in _ASKING),
        negations=sum(word in _NEGATIONS or word.endswith("n't") for word in found),
        symmetric=bool(_SYMMETRIC.search(folded)),
    )


def _parts(word: str) -> list[str]:
    word = word.removesuffix("'s").removesuffix("'")
    return word.split("-") if "-" in word and not word.startswith("-") else [word]


def _stem(word: str) -> str:
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending in ("ies", "ing", "ed", "es", "s"):
        if ending == "ed" and word.endswith("eed"):
            continue  # "exceed" is no participle
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            stem = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls" else stem.rstrip("e")
    return word.rstrip("e") if len(word) > 4 else word


def likeness(a: Words, b: Words, *, same_place: bool) -> float:
    """0 where *a* and *b* must be taken for different questions, else how alike they are, at most 1.

    *same_place*: they have the same number, so that one probably stands where the other stood.
    """
    if a.negations != b.negations or not a.heavy or not b.heavy:
        return 0.0
    left, right = list(a.heavy), list(b.heavy)
    weight = 0.0
    for word in a.heavy:
        twin = next((other for other in right if other == word), None) or next(
            (other for other in right if _is_variant(word, other)), None
        )
        if twin is not None:
            left.remove(word)
            right.remove(twin)
            weight += 1 if twin == word else 0.9
    if left and "".join(left) == "".join(right):  # "data sets" and "datasets"
        weight += (len(left) + len(right)) / 2
        left, right = [], []
    if any(_is_exact(word) for word in (*left, *right)):
        return 0.0
    fewest = min(len(a.heavy), len(b.heavy))
    alike = _blend(a, b, weight)
    asks_other = bool(a.asking and b.asking and a.asking != b.asking)
    if fewest <= 3 and (left or right or asks_other or weight < fewest):
        return 0.0
    if not keeps_order(a, b):
        return 0.0
    if left and right:
        return alike if same_place and alike >= 0.8 and len(left) * 4 <= len(a.heavy) else 0.0
    if asks_other and not same_place and fewest < 6:
        return 0.0
    return alike if alike >= (0.6 if same_place else 0.7) else 0.0


def _blend(a: Words, b: Words, weight: float) -> float:
    light = 0.3 * len(a.light & b.light)
    total = len(a.heavy) + len(b.heavy) + 0.3 * (len(a.light) + len(b.light))
    return 2 * (weight + light) / total


def _is_exact(word: str) -> bool:
    """Whether a word may not be missing: a number, a symbol, a name with digits."""
    return not word.isalpha()


def _is_variant(a: str, b: str) -> bool:
    """Whether two stems are forms of one word, as "tokenization" and "tokeniz": a long common beginning, no number."""
    if not (a.isalpha() and b.isalpha()) or min(len(a), len(b)) < 5:
        return False
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= 0.6 * max(len(a), len(b))


def keeps_order(a: Words, b: Words) -> bool:
    """Whether the words stand in about the same order: "convert a list to a tuple" is not the reverse."""
    if a.symmetric and b.symmetric:
        return True
    common = [word for word in a.heavy if word in b.heavy]
    other = [word for word in b.heavy if word in a.heavy]
    needed = len(common) if len(common) < 5 else 0.7 * len(common)
    return _common(common, other) >= needed


def _common(a: Sequence[str], b: Sequence[str]) -> float:
    return float(LCSseq.similarity(a, b))
