"""How likely a passage of an answer says the contrary of a claim, from the words' hidden states.

Each word is compared with the words of the other text that it stands for: what the model has read into the two (is it
denied, more or less, kept or lost) differs where the claims do. Trained by ``benchmarks/grading/train_contrary.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizzer.grading.features import Framed, Prepared, likenesses
from quizzer.grading.opposites import Lexicon, Notion
from quizzer.grading.quantities import Quantity, quantities, said
from quizzer.grading.words import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

ANSWER_WORDS, CLAIM_WORDS = 36, 44
"""Longer passages are read up to here."""

SCOPE = 5
"""A negator is near the words that follow it up to this far."""

MARKS = 16
"""Numbers that go with each word, beside its states."""

UNEVEN, OPPOSED = 4, 5
"""Places in the totals: an odd number of negators more on one side, and an opposite."""

KNOWN_DISCOUNT = 0.7
"""How much less a word of a claim counts when the question has it already."""

CONTRARY_ARRAYS = ("p", "pb", "u", "ub", "w", "wb", "v", "vb", "o1", "o1b", "o2", "o2b", "beta")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what the comparison needs of each word."""

    text: Prepared
    projected: tuple[Array, ...]
    """For each net (words, k): hidden states of all layers, projected."""
    known: Array
    """(words,): 1 where the question has the word."""
    quantities: tuple[Quantity, ...]
    notions: tuple[Notion, ...]
    """The words and phrases that have opposites."""
    met: dict[int, tuple[Array, Array]] = field(default_factory=dict, compare=False, repr=False)
    """What `meeting` has found already, by the other passage's identity; lives as long as the answer is graded."""

    @property
    def said(self) -> str:
        """The words as they were written."""
        words = self.text.words
        return self.text.text[words[0].start : words[-1].end]


@dataclass(frozen=True, slots=True)
class Compared:
    """One span of each text, word against word."""

    answer_marks: Array
    claim_marks: Array
    similar: Array
    """(answer words, claim words): cosine, the mean of the layers."""
    totals: Array


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the nets say of two passages."""

    odds: float
    marked: bool
    """One side has a negator more than the other, or a word's opposite, not both: the contrary shows on the surface."""


@dataclass(frozen=True, slots=True)
class Contrary:
    """The mean of some small nets over both sides' words, and a lexicon of opposites."""

    nets: tuple[Mapping[str, Array], ...]
    lexicon: Lexicon

    def passage(self, framed: Framed, language: Language) -> Passage:
        """*framed*, ready to be compared many times."""
        text = framed.text
        states = text.states.transpose(1, 0, 2).reshape(len(text.words), -1)
        projected = tuple(np.tanh(states @ net["p"] + net["pb"]) for net in self.nets)
        return Passage(text, projected, framed.known, quantities(text, language), self.lexicon.notions(text.stems))

    def compare(self, answer: Passage, span: Span, claim: Passage, language: Language) -> Verdict:
        """How likely the words *span* of *answer* say the contrary of *claim*."""
        seen = compare(answer, span, claim, (0, len(claim.text.words)), language)
        mine = slice(span[0], span[0] + len(seen.answer_marks))
        theirs = slice(0, len(seen.claim_marks))
        found = [
            _odds(net, near[mine], far[theirs], seen)
            for net, near, far in zip(self.nets, answer.projected, claim.projected, strict=True)
        ]
        return Verdict(sum(found) / len(found), marked=bool(seen.totals[UNEVEN] != seen.totals[OPPOSED]))


def _odds(net: Mapping[str, Array], mine: Array, theirs: Array, seen: Compared) -> float:
    """Log-odds of one net."""
    focus = net["beta"] * seen.similar
    pooled = [
        _side(net, mine, theirs, _softmax(focus), seen.answer_marks),
        _side(net, theirs, mine, _softmax(focus.T), seen.claim_marks),
        seen.totals,
    ]
    hidden = np.maximum(np.concatenate(pooled) @ net["o1"] + net["o1b"], 0.0)
    return float(hidden @ net["o2"][:, 0] + net["o2b"][0])


def _side(net: Mapping[str, Array], near: Array, far: Array, focus: Array, marks: Array) -> Array:
    """What the words of one side tell, against the words of the other that they stand for."""
    partner = focus @ far
    rows = np.concatenate([near, partner, np.abs(near - partner), near * partner, marks], axis=1)
    hidden = np.maximum(rows @ net["u"] + net["ub"], 0.0)
    weigh = hidden @ net["w"][:, 0] + net["wb"][0]
    values = np.tanh(hidden @ net["v"] + net["vb"])
    weights = np.logaddexp(0.0, weigh)
    strongest = (values / (1 + np.exp(-weigh))[:, None]).max(axis=0)
    pooled: Array = np.concatenate([weights @ values / (weights.sum() + 0.1), strongest]).astype(np.float32)
    return pooled


def compare(answer: Passage, span: Span, claim: Passage, claimed: Span, language: Language) -> Compared:
    """The words of both spans, compared; spans that are too long are cut."""
    mine = slice(span[0], min(span[1], span[0] + ANSWER_WORDS))
    theirs = slice(claimed[0], min(claimed[1], claimed[0] + CLAIM_WORDS))
    all_same, all_similar = meeting(answer, claim)
    same, similar = all_same[mine, theirs], all_similar[:, mine, theirs]
    opposite = _opposite(answer, mine, claim, theirs)
    average = similar.mean(axis=0)
    weights_a, weights_c = answer.text.weights[mine], claim.text.weights[theirs]
    denials_a, denials_c = answer.text.negates[mine].sum(), claim.text.negates[theirs].sum()
    totals = [
        float(average.max(axis=1) @ weights_a) / max(float(weights_a.sum()), 1e-6),
        float(average.max(axis=0) @ weights_c) / max(float(weights_c.sum()), 1e-6),
        float(same.max(axis=1) @ weights_a) / max(float(weights_a.sum()), 1e-6),
        float(same.max(axis=0) @ weights_c) / max(float(weights_c.sum()), 1e-6),
        float(denials_a % 2 != denials_c % 2),
        float(opposite.any()),
        float(np.log1p(same.shape[0])),
        float(np.log1p(same.shape[1])),
    ]
    return Compared(
        _marks(answer, mine, claim, theirs, same, similar, opposite),
        _marks(claim, theirs, answer, mine, same.T, similar.transpose(0, 2, 1), opposite.T),
        average,
        np.array(totals, np.float32),
    )


def meeting(answer: Passage, claim: Passage) -> tuple[Array, Array]:
    """The `likenesses` of the words of both, found once."""
    known = answer.met.get(id(claim))
    if known is None:
        known = answer.met[id(claim)] = likenesses(answer.text, claim.text)
    return known


def likeness(answer: Passage, span: Span, claim: Passage) -> tuple[float, float]:
    """How much of the claim the words *span* of the answer say, and how much of what they say the claim does; 0..1."""
    similar = meeting(answer, claim)[1][:, slice(*span)].mean(axis=0)
    theirs = claim.text.weights * (1 - KNOWN_DISCOUNT * claim.known)
    mine = (answer.text.weights * (1 - KNOWN_DISCOUNT * answer.known))[slice(*span)]
    recalled = float(similar.max(axis=0, initial=0.0) @ theirs) / max(float(theirs.sum()), 1e-6)
    return recalled, float(similar.max(axis=1, initial=0.0) @ mine) / max(float(mine.sum()), 1e-6)


def _marks(
    near: Passage, mine: slice, far: Passage, theirs: slice, same: Array, similar: Array, opposite: NDArray[np.bool_]
) -> Array:
    """(words, `MARKS`) of the words *mine*, against the words *theirs* of the other side."""
    text, count = near.text, mine.stop - mine.start
    partner = similar.mean(axis=0).argmax(axis=1)
    denials, far_denials = text.negates[mine], far.text.negates[theirs]
    numbers = [one for one in far.quantities if theirs.start <= one.word < theirs.stop]
    is_number, is_other = np.zeros(count), np.zeros(count)
    for one in near.quantities:
        if mine.start <= one.word < mine.stop:
            is_number[one.word - mine.start] = 1.0
            is_other[one.word - mine.start] = bool(numbers) and not said(one, numbers)
    columns = [
        *similar.max(axis=2),
        same.max(axis=1),
        text.weights[mine],
        denials,
        _near_denials(denials),
        np.full(count, min(denials.sum(), 3)),
        _near_denials(far_denials)[partner],
        np.full(count, min(far_denials.sum(), 3)),
        opposite.any(axis=1),
        is_number,
        is_other,
        text.weights[mine] == 0,
        near.known[mine],
        np.arange(count) / max(1, count - 1),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _near_denials(denials: NDArray[np.bool_]) -> Array:
    """(words,): how many negators stand shortly before each word, 2 at most."""
    near = np.zeros(len(denials), np.float32)
    for index in np.flatnonzero(denials):
        near[index + 1 : index + 1 + SCOPE] += 1
    return np.minimum(near, 2.0)


def _opposite(answer: Passage, mine: slice, claim: Passage, theirs: slice) -> NDArray[np.bool_]:
    """(answer words, claim words): words and phrases that are opposites, but for what the claim says itself."""
    table = np.zeros((mine.stop - mine.start, theirs.stop - theirs.start), np.bool_)
    known = set(claim.text.stems)
    for notion in answer.notions:
        first, last = notion.span
        if first < mine.start or last > mine.stop or known.issuperset(answer.text.stems[first:last]):
            continue
        for claimed in claim.notions:
            start, stop = claimed.span
            if start >= theirs.start and stop <= theirs.stop and not notion.across.isdisjoint(claimed.sides):
                table[first - mine.start : last - mine.start, start - theirs.start : stop - theirs.start] = True
    return table


def _softmax(rows: Array) -> Array:
    raised = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Array = raised / raised.sum(axis=1, keepdims=True)
    return shares
