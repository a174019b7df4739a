"""A card as the grader compares answers with it: everything about it that does not depend on the answer."""

from __future__ import annotations

from dataclasses import dataclass

from quizzer.grading.contrary import Contrary
from quizzer.grading.features import Framed, Prepared, Ranks, frame, prepare
from quizzer.grading.guards import MIN_WEIGHT
from quizzer.grading.objections import Position, position
from quizzer.grading.points import Points, gather, parts
from quizzer.grading.text import clauses, clean, sentences
from quizzer.grading.turned import stated
from quizzer.grading.words import Language, language
from quizzer.model import Card
from quizzer.ports import Embedder

CLAIM_WORDS = 3
"""A claim has at least this many words that say something."""

LONG_WORDS = 35
"""A reference with more words is looked for sentence by sentence: no answer in training met a longer one whole."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A card, encoded."""

    question: Prepared
    references: tuple[Framed, ...]
    plain: frozenset[str]
    """The references, case and white space folded."""
    points: Points | None
    pieces: tuple[Points | None, ...]
    """For each reference its sentences, where the card has no points and the reference is long."""
    position: Position
    language: Language


def folded(text: str) -> str:
    """*text* without differences of case and white space."""
    return " ".join(text.casefold().split())


def read(card: Card, embedder: Embedder, ranks: Ranks, net: Contrary | None = None) -> Reading:
    """*card*, all its texts encoded in one go; *net* is to look for contraries of its claims."""
    known = language(card.language)
    texts = [clean(text) for text in (card.question, *card.answers, *card.points, *card.misconceptions)]
    question, *others = (
        prepare(text, encoded, ranks=ranks, language=known)
        for text, encoded in zip(texts, embedder.encode(texts), strict=True)
    )
    framed = [frame(text, question) for text in others]
    answers, points = len(card.answers), len(card.points)
    references = tuple(framed[:answers])
    claims = [framed[answers : answers + points]] if points else [_claims(one, known) for one in references]
    return Reading(
        question=question,
        references=references,
        plain=frozenset(folded(reference.text.text) for reference in references),
        points=gather(framed[answers : answers + points]) if points else None,
        pieces=tuple(None if points else _pieces(reference) for reference in references),
        position=position(
            question,
            [one.text for one in framed[: answers + points]],
            framed[answers + points :],
            known,
            stated=stated(claims, net, known) if net else None,
            net=net,
            pointed=bool(points),
        ),
        language=known,
    )


def _pieces(reference: Framed) -> Points | None:
    """The sentences of a long reference; None where it is short or one sentence."""
    found = _sentences(reference)
    return gather(found) if found else None


def _sentences(reference: Framed) -> list[Framed]:
    """The sentences of a long reference; none where it is short or one sentence."""
    spans = sentences(reference.text.text, reference.text.words)
    if len(reference.text.words) <= LONG_WORDS or len(spans) < 2:
        return []
    return parts(reference, spans)


def _claims(reference: Framed, language: Language) -> list[Framed]:
    """The clauses of *reference*, those that say little joined to the ones before them."""
    text, spans = reference.text, list[tuple[int, int]]()
    for first, last in clauses(text.text, text.words, language):
        # Whatever is too short to be a claim of its own goes with its neighbour, the first with the second.
        if spans and (_claim_words(text, (first, last)) < CLAIM_WORDS or _claim_words(text, spans[-1]) < CLAIM_WORDS):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return parts(reference, spans)


def _claim_words(text: Prepared, span: tuple[int, int]) -> int:
    """How many words of the span carry a claim."""
    return int((text.weights[slice(*span)] >= MIN_WEIGHT).sum())
