"""Brings inflected forms of an English word together, without a dictionary."""

from __future__ import annotations


def stem(word: str) -> str:
    """*word* without the commonest English endings: enough to bring inflected forms together."""
    if len(word) > 3 and word.endswith("'s"):
        word = word[:-2]
    if len(word) <= 3:
        return word
    word = _without_inflection(_without_plural(word))
    for ending, new in _DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)] + new
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


_DERIVED = (
    ("ational", "at"), ("ation", "at"), ("ator", "at"), ("ness", ""), ("ment", ""), ("ally", "al"), ("ly", ""),
    ("ion", ""),
)  # fmt: skip


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_inflection(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and any(letter in "aeiouy" for letter in base):
            doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
            return base[:-1] if doubled else base
    return word
