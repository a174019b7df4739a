"""How a score came about: each feature with its value and its push, the words, the points, and what was objected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizzer.grading.evidence import Evidence
from quizzer.grading.head import Head
from quizzer.grading.objections import Heard
from quizzer.model import Grade

_MEANINGS = {
    "cos": "cosine of answer and reference", "cos_demoted": "the same with the question taken out",
    "cos_aq": "cosine of answer and question", "cos_rq": "cosine of reference and question",
    "cos_gain": "how much nearer to the reference the answer is than the question",
    "alien": "weight of the answer's words that are like nothing in the reference",
    "alien_share": "share of the answer that is like nothing in the reference",
    "like_not_same": "share of the reference met by like words, not the same ones",
    "like_not_same_a": "share of the answer that is like the reference, not the same",
    "worst_r": "similarity of the reference's least met word", "mass_hit": "weight of the reference's words found",
    "neg_a": "negations in the answer", "neg_r": "negations in the reference",
    "neg_diff": "one of the two denies something, the other does not",
    "fuzz_sort": "likeness of the letters, words sorted", "fuzz_set": "likeness of the letters, as sets of words",
    "fuzz_part": "likeness of the letters, best part", "len_a": "length of the answer",
    "len_r": "length of the reference", "new_a": "words of the answer that the question has not",
    "new_r": "words of the reference that the question has not", "new_ratio": "such words, answer against reference",
    "known_a": "share of the answer that the question says", "known_r": "share of the reference that the question says",
}  # fmt: skip
_OVERLAP = re.compile(r"(lex|tok(\d+))_([rpf])(_new|_soft)?")
_SIDES = {"r": "of the reference met by the answer", "p": "of the answer met by the reference",
          "f": "in common (harmonic mean)"}  # fmt: skip
_WITHOUT = {"_new": ", words of the question left out", "_soft": ", words like the question's weighed less"}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the whole texts. *push* is what it adds to the head's log-odds against an average answer."""

    name: str
    meaning: str
    value: float
    push: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The way from features to the grade. The head's log-odds are *base*, all pushes and *words* together."""

    grade: Grade
    features: tuple[Feature, ...] = ()
    """Largest push first; none for an answer that says nothing."""
    words: float = 0.0
    """What the net over single words adds to the log-odds."""
    base: float = 0.0
    """Log-odds of an answer whose every feature is average."""
    head: float = 0.0
    """The head's score, 0..1: the answer against the nearest reference."""
    coverage: float | None = None
    """Share of the points made, each counted by how likely it is; None where the card has none."""
    combined: float = 0.0
    """The score of head and points together, before anything that was objected."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """Signs of claims turned around, by name; see `quizzer.grading.doubts`."""
    doubt: float = 0.0
    """What they take from the log-odds of *combined*."""


def explained(
    head: Head, evidence: Evidence, grade: Grade, heard: Heard, *, coverage: float | None, combined: float
) -> Explanation:
    """The explanation of *grade*."""
    slope, shift = map(float, head.arrays["calibration"])
    mix = head.arrays["mix"]
    features = [Feature(name, meaning(name), round(evidence.whole[name], 4), round(push, 4))
                for name, push in head.explain(evidence)]  # fmt: skip
    return Explanation(
        grade, tuple(features),
        words=round(slope / 2 * float(head.net(evidence) @ mix), 4),
        base=round(slope / 2 * float(head.arrays["linear_bias"] @ mix) + shift, 4),
        head=round(head.score(evidence), 4),
        coverage=None if coverage is None else round(coverage, 4), combined=round(combined, 4),
        signs={name: round(value, 4) for name, value in heard.signs.items()}, doubt=round(heard.doubt, 4),
    )  # fmt: skip


def meaning(name: str) -> str:
    """What the feature *name* measures, in words."""
    if name.startswith("pool"):
        return f"cosine of the mean word states of layer {name[4:]}, the question taken out"
    overlap = _OVERLAP.fullmatch(name)
    if overlap is None:
        return _MEANINGS[name]
    how = f"by the states of layer {overlap[2]}" if overlap[2] else "by their spelling"
    return f"share of the words {_SIDES[overlap[3]]}, {how}{_WITHOUT.get(overlap[4] or '', '')}"
