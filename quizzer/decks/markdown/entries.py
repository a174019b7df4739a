"""What a question list says: its questions with their places, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from quizzer.model import Card, Deck


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a list that was not taken as it stands. Lines count from 1."""

    line: int
    end_line: int
    text: str

    @property
    def place(self) -> str:
        """``line 4`` or ``lines 4-9``."""
        return f"line {self.line}" if self.line == self.end_line else f"lines {self.line}-{self.end_line}"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the answer of an unanswered question belongs in the file.

    *row* counts lines from 0; the text between *start* and *end* in it is a placeholder. Where *end* is -1 there is
    none, and the answer goes on lines of its own after *row*. *indent* stands before each further line of the answer.
    """

    row: int
    start: int
    end: int
    indent: str = ""
    marked: bool = False
    """What stands before belongs to the question, so that the answer needs a marker to be told from it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of a list: *card* is what it says, without an id unless the list names one."""

    card: Card
    line: int
    end_line: int
    number: int | None = None
    """As written: 12 for "Question 12"."""
    slot: Slot | None = None
    """Only where there is no answer."""
    placeholder: str = ""
    """What stands in the answer's place: ``_To be filled_``."""


@dataclass(frozen=True, slots=True)
class QuestionList:
    """A list as it was read."""

    title: str
    entries: tuple[Entry, ...] = ()
    remarks: tuple[Remark, ...] = ()
    deck: Deck | None = None
    """The deck's own fields, where the list was exported by quizzer; its cards are in *entries*."""
    uses: tuple[str, ...] = ()
    """For each line: "question", "answer", "section", "mark" (a rule, a badge, ...), "loose" or "" (blank)."""

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(entry.card.answers) for entry in self.entries)
