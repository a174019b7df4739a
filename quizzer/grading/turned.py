"""Finds the passage of an answer that most likely turns a claim of the card around, negated or by an opposite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.grading.contrary import Contrary, Passage, Span, likeness
from quizzer.grading.features import Framed, harmonic
from quizzer.grading.points import Points, gather, sight
from quizzer.grading.text import clauses
from quizzer.grading.words import Language

ALIGNED = 0.45
"""A passage that recalls less of a claim than this does not speak about it."""


LOOKED_AT = 3
"""So many of the likeliest contraries are looked at more closely."""

TELLING = 0.6
"""A clause and a claim that are this alike, 0..1, speak of the same thing."""

SEVERAL, SOMEWHAT, SURE = 3, 1.0, 9.0
"""So many claims that each look somewhat contrary need no sign of it; and the log-odds that they make together."""

BORNE_OUT = 1.0
"""Log-odds below which a claim is not contradicted."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a card states, claim by claim."""

    points: Points
    passages: tuple[Passage, ...]
    sources: tuple[int, ...]
    """For each claim which text it is from: texts are alternatives, claims of one text belong together."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A passage that seems to say the contrary of a claim."""

    odds: float
    span: Span
    """Words of the answer."""
    claim: str


def stated(texts: Sequence[Sequence[Framed]], net: Contrary, language: Language) -> Stated | None:
    """The claims of each of *texts*, ready for `turned`; None where there are none."""
    found = [(claim, number) for number, claims in enumerate(texts) for claim in claims if claim.text.words]
    if not found:
        return None
    return Stated(
        points=gather([claim for claim, _ in found]),
        passages=tuple(net.passage(claim, language) for claim, _ in found),
        sources=tuple(number for _, number in found),
    )


def turned(held: Stated, answer: Framed, net: Contrary, language: Language) -> Turned | None:
    """The clearest contrary that carries a sign of it: a negator or an opposite on one side only.

    Without such a sign, learners' odd ways of saying the right thing would be taken for contraries too often.
    """
    text = answer.text
    parts = clauses(text.text, text.words, language)
    mine = net.passage(answer, language)
    found: list[tuple[float, int, Span]] = []
    whole: list[tuple[float, int, Span]] = []
    for number, seen in enumerate(sight(held.points, text, parts)):
        if seen and seen.features["faint_recall"] >= ALIGNED:
            whole.append((net.compare(mine, seen.span, held.passages[number], language).odds, number, seen.span))
            for span in _speaking(mine, seen.span, parts, held.passages[number]):
                verdict = net.compare(mine, span, held.passages[number], language)
                if verdict.marked:
                    found.append((verdict.odds, number, span))
    several = sorted((one for one in whole if one[0] >= SOMEWHAT), reverse=True)
    if len(several) >= SEVERAL and len(set(held.sources)) == 1:
        _, number, span = several[0]
        return Turned(SURE, span, held.passages[number].said)
    for odds, number, span in sorted(found, reverse=True)[:LOOKED_AT]:
        if not _borne_out(held, mine, span, number, net, language):
            return Turned(odds, span, held.passages[number].said)
    return None


def _speaking(mine: Passage, span: Span, parts: Sequence[Span], claim: Passage) -> list[Span]:
    """The clauses of *span* that speak of the claim by themselves; the whole where none does.

    A denial that stands in the clause beside them speaks of something else.
    """
    inside = [part for part in parts if span[0] <= part[0] and part[1] <= span[1]]
    telling = [part for part in inside if harmonic(*likeness(mine, part, claim)) >= TELLING]
    return telling or [span]


def _borne_out(held: Stated, mine: Passage, span: Span, number: int, net: Contrary, language: Language) -> bool:
    """Whether the passage says as well what another reference says, which comes nearer to it than claim *number*."""
    near = harmonic(*likeness(mine, span, held.passages[number]))
    return any(
        source != held.sources[number]
        and harmonic(*likeness(mine, span, claim)) >= near
        and net.compare(mine, span, claim, language).odds < BORNE_OUT
        for claim, source in zip(held.passages, held.sources, strict=True)
    )
