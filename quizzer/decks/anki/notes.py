"""One card of Anki's as a card of a deck."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from quizzer.decks.anki.markup import LONGEST, items_of, to_text
from quizzer.decks.anki.model import OWN_FIELDS, OWN_GUID, SEPARATOR, Note, NoteCard, NoteType
from quizzer.decks.anki.rendering import cloze_text, hidden, revealed, sides, with_gap
from quizzer.decks.keys import ID
from quizzer.model import Card

_OWN = re.compile(rf"{OWN_GUID}({ID.pattern})/({ID.pattern})")
_CLOZE = re.compile(r"\{\{c\d")
_PICTURE_GAP = "image-occlusion:"
_MOST_LINKS = 10
_MOST_TAGS = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """The *card* that was made, with no id of a deck yet. *media*: pictures and sounds that were left out."""

    card: Card
    media: int = 0


def own_key(note: Note) -> tuple[str, str] | None:
    """(deck, card) of a note that quizzer wrote; None for any other."""
    found = _OWN.fullmatch(note.guid)
    return (found[1], found[2]) if found else None


def card_id(note: Note, card: NoteCard) -> str:
    """The id of the card that *card* becomes: the same whenever the note is imported, whatever it says by then."""
    if own := own_key(note):
        return own[1]
    name = f"anki-{blake2b(note.guid.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"
    return f"{name}-{card.number + 1}" if card.number else name


def taken(note: Note, card: NoteCard, kind: NoteType, *, tags: tuple[str, ...]) -> Taken:
    """*card* with its texts; *tags* are of its deck."""
    fields = dict(zip(kind.fields, note.fields, strict=False))
    all_tags = tuple(dict.fromkeys((*tags, *note.tags[:_MOST_TAGS])))
    if own_key(note) and set(OWN_FIELDS) <= fields.keys():
        made = _own(fields)
    elif kind.is_cloze:
        made = _cloze(fields, card.number + 1, kind)
    else:
        made = _by_template(fields, card.number, kind)
    return Taken(
        Card(
            id=card_id(note, card), deck_id="", question=made.question, answers=made.answers, points=made.points,
            explanation=made.explanation, hints=made.hints, sources=made.sources, tags=all_tags,
        ),
        made.media,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Texts:
    question: str
    answers: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    explanation: str = ""
    hints: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    media: int = 0


def _own(fields: Mapping[str, str]) -> _Texts:
    """What quizzer wrote into its own note type, as far as it was not changed in Anki."""
    short = {name: text[:LONGEST] for name, text in fields.items()}
    answers = (to_text(part) for part in short["Answers"].split(SEPARATOR))
    return _Texts(
        to_text(short["Question"]).text,
        answers=tuple(read.text for read in answers if read.text),
        points=items_of(short["Points"]),
        explanation=to_text(short["Explanation"]).text,
        hints=items_of(short["Hints"]),
        sources=items_of(short["Sources"]),
    )


def _by_template(fields: Mapping[str, str], number: int, kind: NoteType) -> _Texts:
    if number >= len(kind.templates):
        return _Texts("")
    template = kind.templates[number]
    front, back = sides(template.question[:LONGEST], template.answer[:LONGEST], fields)
    question, answer = to_text(front.html[: LONGEST + 1]), to_text(back.html[: LONGEST + 1])
    hints = tuple(to_text(hint[: LONGEST + 1]).text for hint in (*front.hints, *back.hints))
    return _Texts(
        question.text, answers=(answer.text,) if answer.text else (), hints=tuple(hint for hint in hints if hint),
        sources=(question.links + answer.links)[:_MOST_LINKS], media=question.media + answer.media,
    )  # fmt: skip


def _cloze(fields: Mapping[str, str], number: int, kind: NoteType) -> _Texts:
    """The text with a gap, what fills it, and the whole with what stands beside it as the explanation."""
    gaps = {name: cloze_text(text[:LONGEST]) for name, text in fields.items() if _CLOZE.search(text)}
    asked = {name: with_gap(text, number) for name, text in gaps.items()}
    template = kind.templates[0] if kind.templates else None
    name = next((name for name, text in gaps.items() if hidden(text, number)), "")
    if not name or any(_PICTURE_GAP in part for part in hidden(gaps[name], number)):
        return _Texts("")
    front = sides(template.question[:LONGEST], "", {**fields, **asked})[0].html if template else asked[name]
    beside = [text for other, text in fields.items() if other not in gaps and text]
    question = to_text(front[: LONGEST + 1])
    filled = [to_text(part).text for part in hidden(gaps[name], number)]
    whole = to_text("<br>".join([revealed(gaps[name]), *beside])[: LONGEST + 1])
    answers = ("; ".join(text for text in filled if text),)
    return _Texts(
        question.text, answers=answers if answers[0] else (), explanation=whole.text,
        sources=whole.links[:_MOST_LINKS], media=whole.media,
    )  # fmt: skip
