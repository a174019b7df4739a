"""Grades an answer by meaning: what it says that the question does not, against references and key points."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzer.errors import CardUnanswered
from quizzer.grading import calibration
from quizzer.grading.contrary import Contrary
from quizzer.grading.doubts import Doubts
from quizzer.grading.evidence import Evidence, weigh
from quizzer.grading.explanation import Explanation, explained
from quizzer.grading.features import Framed, Prepared, Ranks, frame, prepare
from quizzer.grading.head import (
    CONTRARY_MODEL,
    Head,
    load_contrary,
    load_coverage,
    load_doubts,
    load_head,
    load_ranks,
    logit,
    sigmoid,
)
from quizzer.grading.objections import Heard, Objection, hear
from quizzer.grading.points import Coverage, Points, Sighting, excerpt, sight
from quizzer.grading.reading import Reading, folded, read
from quizzer.grading.screening import Caution, unrelated, unsaid
from quizzer.grading.text import clauses, clean, words
from quizzer.grading.words import language
from quizzer.model import Card, Grade, PointResult
from quizzer.ports import Embedder
from quizzer.scale import PASS_MARK

VERSION = 8
"""Changes with every change that can move a score; recorded with each review."""

CARDS_KEPT = 16
"""Encoded cards in memory; one with long references takes about 1 MB."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the comparison of one answer with one card found."""

    score: float
    evidence: Evidence
    sightings: tuple[Sighting | None, ...]
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A grade and how it came about. *heard* is empty where nothing needs to be heard."""

    grade: Grade
    judged: Judged
    heard: Heard


class MeaningGrader:
    """Grades by embeddings, words and key points; pure but for the embedder behind it."""

    def __init__(
        self,
        embedder: Embedder,
        *,
        references: Embedder | None = None,
        head: Head | None = None,
        coverage: Coverage | None = None,
        contrary: Contrary | None = None,
        doubts: Doubts | None = None,
        guards: bool = True,
    ) -> None:
        """*references* encodes the cards' texts (a cache); answers go to *embedder* alone and are kept nowhere.

        *head*, *coverage*, *contrary* and *doubts* stand in for the weights that ship with quizzer; without *guards*
        nothing lowers a score, so that the two can be measured apart.
        """
        self._embedder = embedder
        self._references = references or embedder
        self._head = head or load_head()
        self._coverage = coverage or load_coverage()
        self._doubts = doubts or load_doubts()
        self._net = contrary
        self._guards = guards
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
        for card, _ in pairs:
            if not card.answers:
                raise CardUnanswered(
                    f"card {card.key!r} has no reference answer", hint="write one under `answers` in its deck"
                )
        texts = [clean(answer) for _, answer in pairs]
        silent = [self._unsaid(card, text) for (card, _), text in zip(pairs, texts, strict=True)]
        spoken = [text for text, caution in zip(texts, silent, strict=True) if caution is None]
        encoded = iter(self._embedder.encode(spoken) if spoken else [])
        grades = []
        for (card, _), text, caution in zip(pairs, texts, silent, strict=True):
            if caution is not None:
                grades.append(self._nothing(card, caution))
                continue
            reading = self._reading(card)
            ranks = self._ranks_of(reading.language.code)
            answer = prepare(text, next(encoded), ranks=ranks, language=reading.language)
            grades.append(self._graded(card, reading, answer).grade)
        return grades

    def explain(self, card: Card, answer: str) -> Explanation:
        """The grade of one answer, and how it came about.

        Raises:
            CardUnanswered: the card has no reference answer.
        """
        text = clean(answer)
        if not card.answers or self._unsaid(card, text):
            return Explanation(self.grade(card, answer))
        reading = self._reading(card)
        ranks = self._ranks_of(reading.language.code)
        prepared = prepare(text, self._embedder.encode([text])[0], ranks=ranks, language=reading.language)
        way = self._graded(card, reading, prepared)
        judged = way.judged
        coverage = self._share(judged.sightings) if judged.sightings else None
        return explained(self._head, judged.evidence, way.grade, way.heard, coverage=coverage, combined=judged.score)

    def _unsaid(self, card: Card, text: str) -> Caution | None:
        """What is wrong with an answer that says nothing; "pass" may be what the reference says."""
        caution = unsaid(text, card.question, language(card.language))
        said = _spelt(text)
        verbatim = caution and said and said in [_spelt(clean(answer)) for answer in card.answers]
        return None if verbatim else caution

    def _nothing(self, card: Card, caution: Caution) -> Grade:
        points = tuple(PointResult(text, covered=False, similarity=0.0) for text in card.points)
        return Grade(0.0, 0, "fail", points=points, flags=(caution.flag,), grader=self.name, reason=caution.reason)

    def _graded(self, card: Card, reading: Reading, answer: Prepared) -> Way:
        framed = frame(answer, reading.question)
        judged = self._judged(reading, framed)
        points = self._points(card, answer, judged.sightings)
        score, flags, reason = judged.score, list[str](), summary(judged.score, points)
        reference = reading.references[judged.evidence.index]
        caution = unrelated(framed, reference, judged.evidence) if self._guards else None
        guarded, heard = False, Heard()
        if caution:
            score, flags, reason = min(score, caution.cap), [caution.flag], caution.reason
        elif self._guards and not judged.verbatim:
            heard = hear(reading.position, framed, self._doubts, self._coverage)
            score, found = lowered(score, heard)
            flags, guarded = [objection.flag for objection in found], bool(found)
            if found:
                points = tuple(_unless_turned(point, found) for point in points)
                made = [summary(score, points)] if points else []
                reason = "; ".join([*made, found[0].reason])
            elif score < judged.score and not points:
                reason = summary(score, points)
        score = round(score, 4)
        known = reading.language.known
        if not known:
            flags.append("language")
            reason += f"; less sure, since quizzer has no words of the language {reading.language.code!r}"
        band = calibration.UNSURE_BAND if known else calibration.UNSURE_BAND_BLIND
        grade = Grade(
            score=score,
            quality=calibration.quality(score, all_points=all(point.covered for point in points)),
            verdict=calibration.verdict(score, guarded=guarded, band=band),
            points=points,
            flags=tuple(flags),
            reference=judged.evidence.index,
            grader=self.name,
            reason=reason,
        )
        return Way(grade, judged, heard)

    def _judged(self, reading: Reading, answer: Framed) -> Judged:
        """The score before anything that speaks against it."""
        evidence = weigh(answer, reading.references)
        score = self._head.score(evidence)
        spans = clauses(answer.text.text, answer.text.words, reading.language)
        sightings: tuple[Sighting | None, ...] = ()
        if reading.points:
            sightings = tuple(sight(reading.points, answer.text, spans))
            score = calibration.blend(score, self._share(sightings), len(sightings))
        else:
            score = max(score, *(self._piecewise(score, pieces, answer.text, spans) for pieces in reading.pieces))
        verbatim = folded(answer.text.text) in reading.plain
        return Judged(1.0 if verbatim else score, evidence, sightings, verbatim)

    def _piecewise(self, head: float, pieces: Points | None, answer: Prepared, spans: list[tuple[int, int]]) -> float:
        """The score against a long reference, sentence by sentence; *head* where it is not long."""
        if pieces is None:
            return head
        found = sight(pieces, answer, spans)
        return calibration.blend(head, self._share(found), len(found))

    def _share(self, sightings: Sequence[Sighting | None]) -> float:
        """The share of the points that is made, each counted by how likely it is."""
        return sum(sigmoid(self._coverage.odds(seen)) for seen in sightings) / len(sightings)

    def _points(self, card: Card, answer: Prepared, sightings: Sequence[Sighting | None]) -> tuple[PointResult, ...]:
        results = []
        for text, seen in zip(card.points, sightings, strict=True):
            likely = sigmoid(self._coverage.odds(seen))
            covered = likely >= PASS_MARK
            said = excerpt(answer, seen.span) if seen and covered else ""
            results.append(PointResult(text, covered, round(likely, 3), said))
        return tuple(results)

    def _ranks_of(self, code: str) -> Ranks:
        if code not in self._ranks:
            self._ranks[code] = load_ranks(code)
        return self._ranks[code]

    def _reading(self, card: Card) -> Reading:
        key = (card.question, card.answers, card.points, card.misconceptions, card.language)
        if key not in self._readings:
            ranks = self._ranks_of(language(card.language).code)
            self._readings[key] = read(card, self._references, ranks, self._contrary(card))
            if len(self._readings) > CARDS_KEPT:
                self._readings.popitem(last=False)
        self._readings.move_to_end(key)
        return self._readings[key]

    def _contrary(self, card: Card) -> Contrary | None:
        """The nets that see contraries, where they know the model and the language."""
        known = self._embedder.name.split("/")[0] == CONTRARY_MODEL and language(card.language).code == "en"
        if known and self._net is None:
            self._net = load_contrary()
        return self._net if known else None


def lowered(score: float, heard: Heard) -> tuple[float, list[Objection]]:
    """The score after what speaks against it, and what is objected to an answer that would pass but for that."""
    doubted = sigmoid(logit(score) - heard.doubt)
    if score < PASS_MARK - calibration.UNSURE_BAND:
        return doubted, []
    found = list(heard.found)
    if heard.turned and doubted < PASS_MARK <= score and not any(one.flag == heard.turned.flag for one in found):
        found.insert(0, heard.turned)
    if not found:
        return doubted, []
    return max(calibration.GUARDED_FLOOR, min(doubted, calibration.guarded_score(score))), found


def _unless_turned(point: PointResult, found: Sequence[Objection]) -> PointResult:
    """*point*; missed if it is what one of the objections *found* says is turned around."""
    turned = any(one.claim and folded(one.claim) in folded(point.text) for one in found)
    return replace(point, covered=False, words="") if turned and point.covered else point


def _spelt(text: str) -> list[str]:
    return [word.text for word in words(text)]


def summary(score: float, points: Sequence[PointResult]) -> str:
    """One sentence on why the score is what it is."""
    if points:
        return f"{sum(point.covered for point in points)} of {len(points)} points made"
    if score >= 0.85:
        return "it says what the reference says"
    if score >= PASS_MARK:
        return "it says most of what the reference says"
    return "it says little of what the reference says" if score >= 0.3 else "it does not say what the reference says"
