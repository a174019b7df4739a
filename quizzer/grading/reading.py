"""A card as the grader compares answers with it: everything about it that does not depend on the answer."""

from __future__ import annotations

from dataclasses import dataclass

from quizzer.grading.features import Framed, Prepared, Ranks, frame, prepare
from quizzer.grading.objections import Position, position
from quizzer.grading.points import Points, gather, parts
from quizzer.grading.text import clean, sentences
from quizzer.grading.words import Language, language
from quizzer.model import Card
from quizzer.ports import Embedder

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


def read(card: Card, embedder: Embedder, ranks: Ranks) -> Reading:
    """*card*, all its texts encoded in one go."""
    known = language(card.language)
    texts = [clean(text) for text in (card.question, *card.answers, *card.points, *card.misconceptions)]
    question, *others = (
        prepare(text, encoded, ranks=ranks, language=known)
        for text, encoded in zip(texts, embedder.encode(texts), strict=True)
    )
    framed = [frame(text, question) for text in others]
    answers, points = len(card.answers), len(card.points)
    references = tuple(framed[:answers])
    return Reading(
        question=question,
        references=references,
        plain=frozenset(folded(reference.text.text) for reference in references),
        points=gather(framed[answers : answers + points]) if points else None,
        pieces=tuple(None if points else _pieces(reference) for reference in references),
        position=position(
            question, [one.text for one in framed[: answers + points]], framed[answers + points :], known
        ),
        language=known,
    )


def _pieces(reference: Framed) -> Points | None:
    """The sentences of a long reference; None where it is short or one sentence."""
    spans = sentences(reference.text.text, reference.text.words)
    if len(reference.text.words) <= LONG_WORDS or len(spans) < 2:
        return None
    return gather(parts(reference, spans))
