"""Grades an answer by meaning: what it says that the question does not, against references and key points."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.errors import CardUnanswered
from quizzer.grading import calibration
from quizzer.grading.evidence import weigh
from quizzer.grading.features import Framed, Prepared, Ranks, frame, mean, prepare
from quizzer.grading.head import Head, load_head, load_ranks
from quizzer.grading.points import Made, Points, cover, gather
from quizzer.grading.text import clauses, clean, words
from quizzer.grading.words import Language, language
from quizzer.model import Card, Grade, PointResult
from quizzer.ports import Embedder
from quizzer.scale import PASS_MARK

VERSION = 1
"""Changes with every change that can move a score; recorded with each review."""

CARDS_KEPT = 16
"""Prepared cards in memory; one with long references takes about 1 MB."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A card as the grader compares answers with it."""

    question: Prepared
    references: tuple[Framed, ...]
    points: Points | None
    misconceptions: tuple[Framed, ...]
    language: Language


class MeaningGrader:
    """Grades by embeddings, words and key points; pure but for the embedder behind it."""

    def __init__(self, embedder: Embedder, *, references: Embedder | None = None) -> None:
        """*references* encodes the cards' texts (a cache); answers go to *embedder* alone and are kept nowhere."""
        self._embedder = embedder
        self._references = references or embedder
        self._head: Head = load_head()
        self._ranks: dict[str, Ranks] = {}
        self._readings: OrderedDict[tuple[object, ...], Reading] = OrderedDict()

    @property
    def name(self) -> str:
        """The grader's version and the model's name."""
        return f"meaning-{VERSION} {self._embedder.name}"

    def grade(self, card: Card, answer: str) -> Grade:
        """The grade of one answer.

        Raises:
            CardUnanswered: the card has no reference answer.
        """
        return self.grade_many([(card, answer)])[0]

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        """Grades in order; the answers are encoded in one batch.

        Raises:
            CardUnanswered: a card has no reference answer.
        """
        grades: dict[int, Grade] = {}
        texts: dict[int, str] = {}
        for index, (card, answer) in enumerate(pairs):
            if not card.answers:
                raise CardUnanswered(
                    f"card {card.key!r} has no reference answer", hint="write one under `answers` in its deck"
                )
            texts[index] = clean(answer)
            early = self._without_meaning(card, texts[index])
            if early is not None:
                grades[index] = early
        rest = [index for index in texts if index not in grades]
        encoded = self._embedder.encode([texts[index] for index in rest]) if rest else []
        for index, seen in zip(rest, encoded, strict=True):
            reading = self._reading(pairs[index][0])
            known = reading.language
            prepared = prepare(texts[index], seen, ranks=self._ranks_of(known.code), language=known)
            grades[index] = self._graded(pairs[index][0], reading, prepared)
        return [grades[index] for index in range(len(pairs))]

    def _without_meaning(self, card: Card, answer: str) -> Grade | None:
        """The grade of an answer that says nothing; None where there is something to compare."""
        if not words(answer):
            return self._nothing(card, "blank", "there is no answer")
        known = language(card.language)
        if gives_up(answer, words_of_question=card.question, language=known):
            return self._nothing(card, "dont-know", 'the answer says "I don\'t know"')
        return None

    def _nothing(self, card: Card, flag: str, reason: str) -> Grade:
        points = tuple(PointResult(text, covered=False, similarity=0.0) for text in card.points)
        return Grade(0.0, 0, "fail", points=points, flags=(flag,), grader=self.name, reason=reason)

    def _graded(self, card: Card, reading: Reading, answer: Prepared) -> Grade:
        framed = frame(answer, reading.question)
        evidence = weigh(framed, reading.references)
        best = evidence.index
        made: list[Made] = []
        score = self._head.score(evidence)
        if reading.points:
            made = cover(reading.points, answer, clauses(answer.text, answer.words, reading.language))
            score = calibration.blend(score, sum(point.likelihood for point in made) / len(made))
        flags, reason = caution(framed, reading.references[best], evidence.whole)
        if flags:
            score = min(score, 0.2 if "off-topic" in flags else 0.08)
        points = tuple(
            PointResult(
                text,
                point.likelihood >= 0.5,
                round(point.likelihood, 3),
                point.words if point.likelihood >= 0.5 else "",
            )
            for text, point in zip(card.points, made, strict=True)
        )
        score = round(score, 4)
        verdict = calibration.verdict(score, guarded=False)
        return Grade(
            score=score,
            quality=calibration.quality(score, all_points=all(point.covered for point in points)),
            verdict=verdict,
            points=points,
            flags=flags,
            reference=best,
            grader=self.name,
            reason=reason or summary(score, points),
        )

    def _ranks_of(self, code: str) -> Ranks:
        if code not in self._ranks:
            self._ranks[code] = load_ranks(code)
        return self._ranks[code]

    def _reading(self, card: Card) -> Reading:
        key = (card.question, card.answers, card.points, card.misconceptions, card.language)
        if key in self._readings:
            self._readings.move_to_end(key)
            return self._readings[key]
        known = language(card.language)
        ranks = self._ranks_of(known.code)
        texts = [clean(text) for text in (card.question, *card.answers, *card.points, *card.misconceptions)]
        question, *others = (
            prepare(text, encoded, ranks=ranks, language=known)
            for text, encoded in zip(texts, self._references.encode(texts), strict=True)
        )
        framed = [frame(text, question) for text in others]
        answers, points = len(card.answers), len(card.points)
        reading = Reading(
            question=question,
            references=tuple(framed[:answers]),
            points=gather(framed[answers : answers + points]) if points else None,
            misconceptions=tuple(framed[answers + points :]),
            language=known,
        )
        self._readings[key] = reading
        if len(self._readings) > CARDS_KEPT:
            self._readings.popitem(last=False)
        return reading


def gives_up(answer: str, *, words_of_question: str, language: Language) -> bool:
    """Whether *answer* says that the learner does not know, and next to nothing beside that."""
    lowered = answer.lower()
    rest, found = lowered, 0
    for pattern in language.unknowing:
        rest, count = re.subn(pattern, " ", rest)
        found += count
    if not found:
        return False
    asked = {word.text for word in words(words_of_question)}
    said = [word.text for word in words(rest) if word.text not in language.stop and word.text not in asked]
    return len([word for word in said if word not in _FILLERS]) <= 1


_FILLERS = frozenset(
    (
        "sorry",
        "please",
        "answer",
        "question",
        "one",
        "honestly",
        "afraid",
        "know",
        "remember",
        "think",
        "guess",
        "maybe",
    )
)


def caution(answer: Framed, reference: Framed, features: dict[str, float]) -> tuple[tuple[str, ...], str]:
    """Flags of an answer that is no answer, with the reason: it repeats the question, or is about something else."""
    weight = float(answer.text.weights.sum())
    added = float(answer.fresh.sum())
    asked = len(answer.text.words) >= 4 and answer.likeness >= 0.75
    if asked and added <= 0.15 * weight and features["lex_r"] < 0.9:
        return ("echo",), "the answer repeats the question"
    nearest = max(features["cos"], answer.likeness)
    if nearest < 0.2 and features["lex_r_new"] < 0.1 and mean(reference.known, reference.text.weights) < 1:
        return ("off-topic",), "the answer is about something else"
    return (), ""


def summary(score: float, points: Sequence[PointResult]) -> str:
    """One sentence on why the score is what it is."""
    if points:
        made = sum(point.covered for point in points)
        return f"{made} of {len(points)} points made"
    if score >= 0.85:
        return "it says what the reference says"
    if score >= PASS_MARK:
        return "it says most of what the reference says"
    return "it says little of what the reference says" if score >= 0.3 else "it does not say what the reference says"
