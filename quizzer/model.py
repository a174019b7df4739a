"""The domain types: what a deck, a grade, a fact of the log and a schedule are.

All are frozen values. Instants are aware UTC datetimes; a learning day is a plain ``date``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Verdict = Literal["pass", "unsure", "fail"]
Difficulty = Literal["easy", "medium", "hard"]
Mode = Literal["study", "ahead", "group", "repeat", "cram", "mock"]
DecidedBy = Literal["learner", "host"]
CardEventKind = Literal["suspend", "resume", "bury", "reset", "flag", "void", "plan", "mock"]
SchedulerName = Literal["sm2", "fsrs"]

MOVING_MODES: frozenset[Mode] = frozenset({"study", "ahead", "group"})
"""Modes whose first review of a card on a learning day moves its memory."""


@dataclass(frozen=True, slots=True)
class CardTests:
    """Answers with a known outcome, for testing the grader on this card."""

    passing: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One question with what is accepted as an answer. No answers: the card is unanswered."""

    id: str
    deck_id: str
    question: str
    answers: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    explanation: str = ""
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    tests: CardTests = CardTests()
    aliases: tuple[str, ...] = ()
    line: int = 0
    digest: str = ""
    """Changes when the question or an answer changes; see ``quizzer.decks.schema.card_digest``."""
    language: str = "en"

    @property
    def key(self) -> str:
        """``deck/card``, the identity that every fact of the log refers to."""
        return f"{self.deck_id}/{self.id}"

    @property
    def text(self) -> CardText:
        """The question and its answers, to be compared with a former wording."""
        return CardText(self.question, self.answers)


@dataclass(frozen=True, slots=True)
class CardText:
    """What a learner learns a card by; ``Card.digest`` changes with it."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as its file states it; *path* is where it was read."""

    id: str
    title: str
    description: str = ""
    language: str = "en"
    license: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class PointResult:
    """Whether the answer made one key point, and the learner's own words that made it."""

    text: str
    covered: bool
    similarity: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """What the grader says of one answer."""

    score: float
    """0..1; ``quizzer.scale.PASS_MARK`` is the pass mark."""
    quality: int
    """SM-2 quality, 0..5."""
    verdict: Verdict
    points: tuple[PointResult, ...] = ()
    flags: tuple[str, ...] = ()
    reference: int | None = None
    """Index of the reference answer that matched best; None where none was compared."""
    grader: str = ""
    reason: str = ""
    """Why the verdict is what it is, one sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Review:
    """A fact: one answer to one card, as it was graded."""

    id: str
    device_id: str
    card: str
    card_digest: str
    session_id: str
    player: str
    at: datetime
    utc_offset_minutes: int
    answer: str
    score: float
    verdict: Verdict
    quality: int
    points_made: tuple[str, ...]
    points_missed: tuple[str, ...]
    flags: tuple[str, ...]
    grader: str
    latency_ms: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Decision:
    """A fact: a person overrules the grader on one review."""

    id: str
    device_id: str
    at: datetime
    review_id: str
    quality: int
    by: DecidedBy
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardEvent:
    """A fact about a card that is not a review.

    *value*: for ``void`` the id of the fact undone; for ``bury`` the learning day (ISO) on which the card is
    back; for ``flag`` the learner's note; for ``plan`` the learning day it is moved to; for ``mock`` the
    interview that begins or ends, whose first card it is (see ``quizzer.study.interview``). A ``plan`` without a
    card (empty) is the learner's goal: the day to be ready by and the decks (see ``quizzer.scheduling.goal``).
    """

    id: str
    device_id: str
    at: datetime
    card: str
    kind: CardEventKind
    value: str = ""
    utc_offset_minutes: int = 0


Fact = Review | Decision | CardEvent


@dataclass(frozen=True, slots=True)
class Wording:
    """How a card was worded when it was answered: its digest, and when it was last answered so."""

    digest: str
    at: datetime
    text: CardText | None
    """None where it was not kept: older versions kept none."""


@dataclass(frozen=True, slots=True)
class Sm2Memory:
    """SM-2's state after the last review that moved it."""

    repetitions: int = 0
    ease_hundredths: int = 250
    interval_days: int = 0


@dataclass(frozen=True, slots=True)
class FsrsMemory:
    """FSRS-6's state after the last review that moved it."""

    state: int
    step: int | None
    stability_days: float
    difficulty: float


Memory = Sm2Memory | FsrsMemory


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a card comes back: a cache of the replay of its facts."""

    card: str
    scheduler: SchedulerName
    memory: Memory
    due: date
    """The learning day on which the card is due."""
    last_reviewed: datetime | None = None
    """Instant of the last review of any mode that study knows (cram and mock leave it alone)."""
    last_day: date | None = None
    """Learning day of the last review that moved the memory."""
    last_quality: int | None = None
    """Quality of the last review on ``last_day``; below 4 the card is repeated that day."""
    reviews: int = 0
    """Reviews that moved the memory. 0: the card is new, though an event has touched it."""
    lapses: int = 0
    suspended: bool = False
    buried_until: date | None = None
