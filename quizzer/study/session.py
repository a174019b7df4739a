"""A study session as a state machine: what is asked next, and which facts an answer and a decision become."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from quizzer.model import Card, CardEvent, CardEventKind, Decision, Grade, Mode, Review
from quizzer.scale import REPEAT_BELOW_QUALITY
from quizzer.scheduling.queue import Row


@dataclass(frozen=True, slots=True)
class Learner:
    """Who answers, on which machine, in which sitting."""

    device_id: str
    session_id: str
    player: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a fact is made, and the id it gets."""

    fact_id: str
    at: datetime
    utc_offset_minutes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one answer of this session stands: the review, and its quality as decided last."""

    row: Row
    review: Review
    quality: int
    question: str


class Session:
    """The cards of one sitting, in order; cards below 4 come again after the others until they reach 4."""

    def __init__(self, rows: Sequence[Row], learner: Learner, *, day: date, mode: Mode = "study") -> None:
        """*rows*: the queue; *day*: the learning day; *mode*: ``study``, ``cram`` or ``mock``."""
        self.learner = learner
        self.day = day
        self.mode = mode
        self.queue = list(rows)
        """All that this sitting was to ask, whatever became of it."""
        self._waiting = deque(row for row in rows if not row.repeat)
        self._total = len(self._waiting)
        self._repeats = deque(row for row in rows if row.repeat)
        self.outcomes: list[Outcome] = []
        self.skipped: list[Row] = []
        self._gone: set[str] = set()

    @property
    def current(self) -> Row | None:
        """The card to ask now; None at the end."""
        return self._waiting[0] if self._waiting else self._repeats[0] if self._repeats else None

    @property
    def repeating(self) -> bool:
        """Whether the card to ask now was answered below 4 before."""
        return not self._waiting and bool(self._repeats)

    @property
    def remaining(self) -> int:
        """Cards still to be asked, the current one included."""
        return len(self._waiting) + len(self._repeats)

    @property
    def position(self) -> tuple[int, int]:
        """The number of the card to ask now and of how many, repeats left out."""
        return self._total - len(self._waiting) + 1, self._total

    def add(self, rows: Sequence[Row]) -> bool:
        """Put further cards behind the waiting ones, those of this sitting left out; whether there were any."""
        known = {row.card for row in (*self._waiting, *self._repeats, *self.skipped)}
        known |= {outcome.row.card for outcome in self.outcomes} | self._gone
        fresh = [row for row in rows if row.card not in known]
        self._waiting.extend(fresh)
        self.queue.extend(fresh)
        self._total += len(fresh)
        return bool(fresh)

    def _leave(self) -> Row:
        return self._waiting.popleft() if self._waiting else self._repeats.popleft()

    def skip(self) -> None:
        """Leave the current card for another session."""
        self.skipped.append(self._leave())

    def skip_card(self, card: str) -> None:
        """Leave the card with this key for another session, as it was left before an interruption."""
        self.skipped += [row for row in (*self._waiting, *self._repeats) if row.card == card]
        self._take_out(card)

    def recall(self, outcome: Outcome) -> None:
        """Take in an answer that this sitting was given before an interruption."""
        self._take_out(outcome.row.card)
        self.outcomes.append(outcome)
        self._settle(outcome.row, outcome.quality)

    def _take_out(self, card: str) -> None:
        self._waiting = deque(row for row in self._waiting if row.card != card)
        self._repeats = deque(row for row in self._repeats if row.card != card)

    def drop(self) -> Row:
        """Leave the current card out: it is gone from its deck."""
        row = self._leave()
        self._gone.add(row.card)
        return row

    def set_aside(self, card: str) -> None:
        """Ask the card with this key no more in this sitting: it was suspended or buried."""
        self._gone.add(card)
        self._take_out(card)

    def take_back(self, card: str) -> None:
        """Let the card with this key be asked again, where its last answer calls for it."""
        self._gone.discard(card)
        last = next((outcome for outcome in reversed(self.outcomes) if outcome.row.card == card), None)
        if last is not None:
            self._settle(last.row, last.quality)

    def answer(self, card: Card, text: str, grade: Grade, *, moment: Moment, latency_ms: int) -> Review:
        """The fact that this answer is; the session moves on to the next card."""
        mode = self._mode()
        row = self._leave()
        review = Review(
            id=moment.fact_id, device_id=self.learner.device_id, card=card.key, card_digest=card.digest,
            session_id=self.learner.session_id, player=self.learner.player, at=moment.at.astimezone(UTC),
            utc_offset_minutes=moment.utc_offset_minutes, answer=text, score=grade.score, verdict=grade.verdict,
            quality=grade.quality, points_made=tuple(point.text for point in grade.points if point.covered),
            points_missed=tuple(point.text for point in grade.points if not point.covered), flags=grade.flags,
            grader=grade.grader, latency_ms=latency_ms, mode=mode,
        )  # fmt: skip
        self.outcomes.append(Outcome(row, review, grade.quality, card.question))
        self._settle(row, grade.quality)
        return review

    def _mode(self) -> Mode:
        if self.mode in ("cram", "mock"):
            return self.mode
        if self.repeating:
            return "repeat"
        row = self.current
        return "ahead" if row is not None and row.due is not None and row.due > self.day else self.mode

    def _settle(self, row: Row, quality: int) -> None:
        """Put the card among the repeats, or take it out, as *quality* says."""
        self._repeats = deque(other for other in self._repeats if other.card != row.card)
        # An interviewer asks once.
        if quality < REPEAT_BELOW_QUALITY and row.card not in self._gone and self.mode != "mock":
            self._repeats.append(row)

    def decide(self, quality: int, *, moment: Moment) -> Decision:
        """The learner's word on the last answer, a fact of its own."""
        last = self.outcomes[-1]
        self.outcomes[-1] = Outcome(last.row, last.review, quality, last.question)
        self._settle(last.row, quality)
        at = moment.at.astimezone(UTC)
        return Decision(moment.fact_id, self.learner.device_id, at, last.review.id, quality, "learner")

    def undo(self, *, moment: Moment) -> CardEvent:
        """Take back the last answer: the fact that voids it. Its card is asked again now."""
        last = self.outcomes.pop()
        self._repeats = deque(other for other in self._repeats if other.card != last.row.card)
        (self._repeats if last.review.mode == "repeat" else self._waiting).appendleft(last.row)
        self._gone.discard(last.row.card)
        self.skipped = [row for row in self.skipped if row.card != last.row.card]
        return self.event("void", last.review.card, last.review.id, moment=moment)

    def event(self, kind: CardEventKind, card: str, value: str, *, moment: Moment) -> CardEvent:
        """A fact about a card, such as a flag."""
        at = moment.at.astimezone(UTC)
        return CardEvent(moment.fact_id, self.learner.device_id, at, card, kind, value, moment.utc_offset_minutes)
