"""Finds the passage of an answer that most likely turns a claim of the card around, negated or by an opposite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.grading.contrary import Contrary, Passage, Span, likeness
from quizzer.grading.features import Framed, harmonic, likenesses
from quizzer.grading.guards import content_words
from quizzer.grading.head import sigmoid
from quizzer.grading.opposed import Opposed, opposed
from quizzer.grading.points import Coverage, Points, gather, sight
from quizzer.grading.text import clauses
from quizzer.grading.words import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIGNED = 0.45
"""A passage that recalls less of a claim than this does not speak about it."""

LOOKED_AT = 3
"""So many of the likeliest contraries with a sign on the surface are looked at more closely; of all, twice as many."""

TELLING = 0.6
"""A clause and a claim that are this alike, 0..1, speak of the same thing."""

BORNE_OUT = 1.0
"""Log-odds below which a claim is not contradicted."""

ABOUT = 0.1
"""A reference that an answer is by no more than this less alike to may be the one that it means."""

CLAIMING = 2
"""A clause with fewer words that say something claims nothing by itself."""

Found = tuple[float, int, Span]
"""Log-odds that the claim of this number is turned around by these words of the answer."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a card states, claim by claim."""

    points: Points
    passages: tuple[Passage, ...]
    sources: tuple[int, ...]
    """For each claim which text it is from: texts are alternatives, claims of one text belong together."""
    stems: frozenset[str]
    """What the claims say themselves, in stems."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What looks contrary to the claims, in the nets' log-odds, and the passage that does most."""

    marked: float
    """The clearest passage with a sign of it on the surface: a negator or an opposite on one side only."""
    plain: float
    """The clearest of those that no other reference bears out."""
    whole: tuple[float, float, float]
    """The three clearest of the claims, each against the passage nearest to it that no other reference bears out."""
    several: float
    """How many claims are turned around, each counted by how likely it is spoken of and how contrary that looks."""
    opposed: float
    """How many words and phrases mean the opposite of what a claim of the nearest text says, each by its weight."""
    opposite: Opposed | None
    """The clearest of them."""
    span: Span
    """The passage in question: words of the answer."""
    claim: str


LEANING = 2.0
"""Log-odds added before a claim counts among several: together, many that look a little contrary tell."""

FAR = -8.0
"""Log-odds where there is nothing to compare."""


def stated(texts: Sequence[Sequence[Framed]], net: Contrary, language: Language) -> Stated | None:
    """The claims of each of *texts*, ready for `turned`; None where there are none."""
    found = [(claim, number) for number, claims in enumerate(texts) for claim in claims if claim.text.words]
    if not found:
        return None
    return Stated(
        points=gather([claim for claim, _ in found]),
        passages=tuple(net.passage(claim, language) for claim, _ in found),
        sources=tuple(number for _, number in found),
        stems=frozenset(stem for claim, _ in found for stem in claim.text.stems),
    )


def turned(held: Stated, answer: Framed, net: Contrary, coverage: Coverage, language: Language) -> Turned | None:
    """How contrary to the claims the answer looks; None where it speaks about none of them."""
    text = answer.text
    parts = clauses(text.text, text.words, language)
    mine = net.passage(answer, language)
    marked, whole = list[Found](), list[Found]()
    near: list[tuple[float, int, Span]] = []
    several = 0.0
    for number, seen in enumerate(sight(held.points, text, parts, _meet(held, mine))):
        if seen and seen.features["faint_recall"] >= ALIGNED:
            together = net.compare(mine, seen.span, held.passages[number], language)
            whole.append((together.odds, number, seen.span))
            most = FAR
            for span in _speaking(mine, seen.span, parts, held.passages[number]):
                alone = span != seen.span
                verdict = net.compare(mine, span, held.passages[number], language) if alone else together
                most = max(most, verdict.odds)
                if verdict.marked:
                    marked.append((verdict.odds, number, span))
            several += sigmoid(coverage.odds(seen)) * sigmoid(most + LEANING)
            near.append((seen.features["faint_recall"], number, seen.span))
    if not whole:
        return None
    whole = _alone(held, mine, whole, net, language) or [min(whole)]
    marked.sort(reverse=True)
    plain = _alone(held, mine, marked[:LOOKED_AT], net, language)
    _, number, span = plain[0] if plain else whole[0]
    first, second, third = [*(odds for odds, _, _ in whole), FAR, FAR][:3]
    opposites = _opposites(held, mine, near)
    return Turned(
        marked=marked[0][0] if marked else FAR,
        plain=plain[0][0] if plain else FAR,
        whole=(first, second, third),
        several=several,
        opposed=sum(one.weight for one in opposites),
        opposite=max(opposites, key=lambda one: one.weight, default=None),
        span=span,
        claim=held.passages[number].said,
    )


def _meet(held: Stated, mine: Passage) -> NDArray[np.float32]:
    """(layers, words, words): the answer against all claims at once; what each has of it is kept in *mine*."""
    same, similar = likenesses(mine.text, held.points.joined)
    for claim, (begin, end) in zip(held.passages, held.points.spans, strict=True):
        mine.met[id(claim)] = same[:, begin:end], similar[:, :, begin:end]
    return similar


def _opposites(held: Stated, mine: Passage, near: Sequence[tuple[float, int, Span]]) -> list[Opposed]:
    """The clearest opposite at each place of the answer, to the claims of the text that it comes nearest to.

    *near*: how much of a claim is recalled, its number, and the words that do.
    """
    source = held.sources[max(near)[1]]
    found: dict[int, Opposed] = {}
    for _, number, span in near:
        if held.sources[number] == source:
            for one in opposed(mine, span, held.passages[number], used=held.stems):
                found[one.place] = max(one, found.get(one.place, one), key=lambda hit: hit.weight)
    return list(found.values())


def _speaking(mine: Passage, span: Span, parts: Sequence[Span], claim: Passage) -> list[Span]:
    """The clauses of *span* that speak of the claim by themselves; the whole where none does.

    A denial that stands in the clause beside them speaks of something else.
    """
    inside = [
        part
        for part in parts
        if span[0] <= part[0] and part[1] <= span[1] and content_words(mine.text.weights, part) >= CLAIMING
    ]
    telling = [part for part in inside if harmonic(*likeness(mine, part, claim)) >= TELLING]
    return telling or [span]


def _alone(held: Stated, mine: Passage, found: Sequence[Found], net: Contrary, language: Language) -> list[Found]:
    """Those of *found* that no other reference bears out, the clearest first; beyond 2 * `LOOKED_AT` all are taken."""
    ranked = sorted(found, reverse=True)
    looked, rest = ranked[: 2 * LOOKED_AT], ranked[2 * LOOKED_AT :]
    return [one for one in looked if not _borne_out(held, mine, one, net, language)] + rest


def _borne_out(held: Stated, mine: Passage, found: Found, net: Contrary, language: Language) -> bool:
    """Whether the passage says as well what another reference says, to which it comes about as near."""
    _, number, span = found
    near = harmonic(*likeness(mine, span, held.passages[number])) - ABOUT
    return any(
        source != held.sources[number]
        and harmonic(*likeness(mine, span, claim)) >= near
        and net.compare(mine, span, claim, language).odds < BORNE_OUT
        for claim, source in zip(held.passages, held.sources, strict=True)
    )
