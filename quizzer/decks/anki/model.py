"""What a package of Anki's holds, as far as quizzer reads it."""

from __future__ import annotations

from dataclasses import dataclass

OWN_GUID = "quizzer:"
"""Before ``deck/card`` in the id of a note that quizzer wrote."""
OWN_FIELDS = ("Question", "Answers", "Points", "Explanation", "Hints", "Sources", "Card")
"""Fields of the note type that quizzer writes."""
SEPARATOR = "<hr>"
"""Between the answers in the field for them: each is right by itself."""


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """The HTML of a card's two sides, with the fields in double braces."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """What the notes of a type have, and the cards that are made of them."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[CardTemplate, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the HTML of its fields, in the order of its type's."""

    guid: str
    note_type: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A card of a note. *number*: which of its type's templates, or which cloze, from 0."""

    id: int
    note: int
    number: int
    deck: tuple[str, ...]
    """The names of its deck and of those above it."""
    suspended: bool = False
    changed_s: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of Anki's review log. *ease*: 1 (again) to 4 (easy), 0 for a change by hand."""

    id: int
    """Milliseconds since 1970, when it was answered."""
    card: int
    ease: int
    factor: int
    taken_ms: int
    kind: int
    """0 learning, 1 review, 2 relearning, 3 in a filtered deck, 4 by hand, 5 rescheduled."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that was read of a package."""

    note_types: dict[int, NoteType]
    notes: dict[int, Note]
    cards: tuple[NoteCard, ...]
    answered: tuple[Answered, ...] = ()
