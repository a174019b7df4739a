"""What the core asks of the outside: protocols that adapters fulfil and tests replace by fakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from quizzer.model import Card, CardEvent, Decision, Fact, Grade, Memory, Review, Schedule, SchedulerName, Wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quizzer.group.events import Mark, Question

    Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as the embedding model sees it.

    *vector*: unit sentence vector, shape (d,). *pieces*: word pieces as the tokenizer spells them, without
    special tokens, n of them. *offsets*: n pairs (start, end) into the text, in characters. *states*: hidden
    states of the chosen layers for the same pieces, shape (layers, n, d).
    """

    vector: Vector
    pieces: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    states: NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors; the same text always gives the same vectors."""

    @property
    def name(self) -> str:
        """Model name and version; vectors of different names are never compared."""
        ...

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One ``Encoded`` for each text, in order, computed in batches."""
        ...


class PieceCounter(Protocol):
    """Counts a text's word pieces, as an embedding model's tokenizer cuts it."""

    @property
    def window(self) -> int:
        """How many word pieces the model reads at once."""
        ...

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has."""
        ...


class Grader(Protocol):
    """Grades answers by meaning."""

    @property
    def name(self) -> str:
        """Name and version, recorded with every review."""
        ...

    def grade(self, card: Card, answer: str) -> Grade:
        """The grade of one answer to *card*."""
        ...

    def grade_many(self, pairs: Sequence[tuple[Card, str]]) -> list[Grade]:
        """Grades in order; the texts are encoded in batches."""
        ...


class Scheduler(Protocol):
    """A memory model as a pure function."""

    @property
    def name(self) -> SchedulerName:
        """The name recorded in a schedule."""
        ...

    def initial(self) -> Memory:
        """The memory of a card that was never reviewed."""
        ...

    def review(self, memory: Memory, quality: int, *, elapsed_days: int) -> tuple[Memory, int]:
        """The memory after a review of *quality* and the interval to the next one, in days (at least 1)."""
        ...


class Store(Protocol):
    """The log of facts and the schedules replayed from it."""

    @property
    def device_id(self) -> str:
        """Identifies this machine in the log."""
        ...

    def record(self, review: Review, schedule: Schedule | None, card: Card | None = None) -> None:
        """Append *review* and save *schedule* in one transaction, durable on return.

        With *card*, its wording is kept in the same transaction, so that a later change can be shown.
        """
        ...

    def new_id(self, at: datetime) -> str:
        """An id for a fact made *at*, greater than every id that this device has made."""
        ...

    def decide(self, decision: Decision) -> Schedule | None:
        """Append *decision* in one transaction, durable on return; the card's schedule after it."""
        ...

    def add_event(self, event: CardEvent, card: Card | None = None) -> Schedule | None:
        """Append *event* in one transaction, durable on return; the card's schedule after it.

        With *card*, the wording that the event is about is kept in the same transaction.
        """
        ...

    def schedule(self, card: str) -> Schedule | None:
        """The schedule of the card with this key, or None if it was never touched."""
        ...

    def facts(self, card: str) -> list[Fact]:
        """Every fact about the card, in the order (at, id), voided ones included."""
        ...

    def wordings(self, card: str) -> list[Wording]:
        """How the card was worded whenever it was answered, the last wording first; undone answers do not count."""
        ...


Judgement = tuple[tuple[tuple[str, "Mark"], ...], tuple[tuple[str, ...], ...]]
"""Each player's mark, and which players said the same, those nearest the threshold first."""


class AnswerJudge(Protocol):
    """Grades what the players of a live session answer, beside the session's own loop."""

    def warm(self, questions: Sequence[Question]) -> None:
        """These are asked next: get ready to grade answers to them."""
        ...

    def ahead(self, question: Question, answer: str) -> None:
        """This was handed in: grade it now, while the clock runs."""
        ...

    async def judge(self, question: Question, answers: Sequence[tuple[str, str]]) -> Judgement:
        """Marks and groups of all *answers* (player, text); never fails: what cannot be graded is left to the host."""
        ...
