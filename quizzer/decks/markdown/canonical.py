"""The list that quizzer itself writes: what its lines are, and how it is read back without a loss.

Structure stands at the start of a line: ``## `` a question, ``**Answer:**`` a field, ``- `` an entry of a list.
A line of a text that would be taken for structure gets a backslash before it; a text that cannot stand as it is (blank
lines at its ends, control characters, an open fence) is written as JSON in a comment. So every text survives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import cast

from quizzer.decks.keys import CARD_ALIAS, ID
from quizzer.decks.markdown.entries import Entry, QuestionList, Remark, Slot
from quizzer.decks.markdown.lines import FenceWatch
from quizzer.decks.markdown.placeholders import is_placeholder
from quizzer.model import Card, CardTests, Deck, Difficulty

MARK = "<!-- quizzer: list 1 -->"
UNANSWERED = "_To be filled_"

CARD_FIELDS = (
    "Question", "Answer", "Points", "Misconceptions", "Hints", "Explanation", "Sources", "Tags", "Difficulty",
    "Aliases", "Tests that pass", "Tests that pass in part", "Tests that fail",
)  # fmt: skip
DECK_FIELDS = ("Title", "Description", "Language", "License", "Authors", "Tags", "Aliases")
TEXTS = frozenset({"Question", "Answer", "Explanation", "Title", "Description", "Language", "License", "Difficulty"})

_NAMES = "|".join(sorted({*CARD_FIELDS, *DECK_FIELDS}, key=len, reverse=True))
_FIELD = re.compile(rf"^\*\*({_NAMES}):\*\*[ \t]*")
_STRUCTURE = re.compile(rf"^(?:## |\*\*(?:{_NAMES}):\*\*|<!-- (?:card|deck|quizzer): )")
_ESCAPED = re.compile(rf"^\\+(?:## |\*\*(?:{_NAMES}):\*\*|<!-- (?:card|deck|quizzer): )")
_NAMED = re.compile(r"^<!-- (card|deck): (\S+) -->[ \t]*$")
_JSON = re.compile(r'^<!-- text: (".*") -->$')
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def is_canonical(text: str) -> bool:
    """Whether quizzer wrote this list."""
    return text.lstrip("\ufeff").lstrip().startswith(MARK)


# -- texts


def escape(text: str) -> list[str]:
    """The lines that stand for *text* in a field."""
    watch = FenceWatch()
    lines = []
    for line in text.split("\n"):
        fenced = watch.inside(line)
        lines.append("\\" + line if not fenced and (_STRUCTURE.match(line) or _ESCAPED.match(line)) else line)
    if watch.mark or _CONTROL.search(text) or unescape(lines) != text:
        return [as_comment(text)]
    return lines


def unescape(lines: Sequence[str]) -> str:
    """The text that *lines* of a field stand for."""
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    if len(kept) == 1 and (found := _from_comment(kept[0])) is not None:
        return found
    watch = FenceWatch()
    return "\n".join(line[1:] if not watch.inside(line) and _ESCAPED.match(line) else line for line in kept)


def as_comment(text: str) -> str:
    """*text* as JSON in a comment."""
    return f"<!-- text: {json.dumps(text).replace('--', '-' + chr(92) + 'u002d')} -->"


def _from_comment(line: str) -> str | None:
    found = _JSON.match(line)
    if not found:
        return None
    try:
        return str(json.loads(found.group(1)))
    except ValueError:
        return None


def is_plain_line(text: str) -> bool:
    """Whether *text* can stand on the line of a heading or a field's name."""
    return bool(text) and text == text.strip() and "\n" not in text and not _CONTROL.search(text)


def split_words(text: str) -> tuple[str, ...]:
    """The entries of ``a, b, c``."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


def entries_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The entries of a list with bullets."""
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("- ") or line == "-":
            found.append([line[2:]])
        elif found:
            found[-1].append(line[2:] if line.startswith("  ") else line)
        elif line.strip():
            found.append([line.strip()])
    texts = []
    for item in found:
        while len(item) > 1 and not item[-1]:
            item.pop()
        known = _from_comment(item[0]) if len(item) == 1 else None
        texts.append("\n".join(item) if known is None else known)
    return tuple(texts)


def bullets(texts: Sequence[str]) -> list[str]:
    """The lines of a list with bullets that `entries_of` reads as *texts*."""
    lines: list[str] = []
    for text in texts:
        first, *rest = text.split("\n")
        item = [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
        safe = not _CONTROL.search(text) and entries_of(item) == (text,)
        lines += item if safe else [f"- {as_comment(text)}"]
    return lines


# -- reading


class _Field:
    """The lines of one field. *row* is where its name stands."""

    def __init__(self, name: str, row: int, inline: str = "") -> None:
        self.name = name
        self.row = row
        self.inline = inline
        self.lines = [inline] if inline else []

    @property
    def text(self) -> str:
        """As one text."""
        return unescape(self.lines)

    @property
    def texts(self) -> tuple[str, ...]:
        """As a list."""
        if self.inline and not any(line.strip() for line in self.lines[1:]):
            return split_words(self.inline)
        return entries_of(self.lines)


class _Part:
    """The deck or a question: what its heading says and its fields."""

    def __init__(self, heading: str, row: int) -> None:
        self.heading = heading
        self.row = row
        self.end = row
        self.id = ""
        self.fields: list[_Field] = []

    def text(self, name: str) -> str:
        """The field *name* as one text."""
        return next((field.text for field in self.fields if field.name == name), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """The field *name* as a list."""
        return next((field.texts for field in self.fields if field.name == name), ())


def read(text: str, *, name: str = "") -> QuestionList:
    """The list that *text* is; `is_canonical` is true of it."""
    rows = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    head, cards = _parts(rows)
    title = head.text("Title") or head.heading or name
    deck = None
    remarks: list[Remark] = []
    if ID.fullmatch(head.id):
        deck = Deck(
            id=head.id, title=title, description=head.text("Description"), language=head.text("Language") or "en",
            license=head.text("License"), authors=head.texts("Authors"), tags=head.texts("Tags"),
            aliases=head.texts("Aliases"),
        )  # fmt: skip
    elif head.id:
        remarks.append(
            Remark(head.row + 1, head.row + 1, f"{head.id!r} is not an id; small letters, digits and hyphens are")
        )
    entries = [_entry(part, rows, remarks) for part in cards]
    return QuestionList(title, tuple(entries), tuple(remarks), deck)


def _parts(rows: Sequence[str]) -> tuple[_Part, list[_Part]]:
    part = head = _Part("", 0)
    cards: list[_Part] = []
    watch = FenceWatch()
    for row, line in enumerate(rows):
        current = part.fields[-1] if part.fields else None
        in_text = current is not None and current.name in TEXTS
        if in_text and watch.mark and watch.inside(line):
            current.lines.append(line)  # type: ignore[union-attr]  # in_text
        elif line.startswith("## "):
            watch = FenceWatch()
            part = _Part(line[3:].strip(), row)
            cards.append(part)
        elif line.startswith("# ") and part is head and not head.heading and not head.fields:
            head.heading, head.row = line[2:].strip(), row
        elif (named := _NAMED.match(line)) and not part.id and (named.group(1) == "deck") == (part is head):
            part.id = named.group(2)
        elif field := _FIELD.match(line):
            watch = FenceWatch()
            part.fields.append(_Field(field.group(1), row, line[field.end() :].rstrip()))
        elif current is not None:
            watch.inside(line)
            current.lines.append(line)
        elif line.strip() and part is not head:
            part.fields.append(_Field("Answer", row, line))  # written below the heading by hand
            watch.inside(line)
        if line.strip():
            part.end = row
    return head, cards


def _entry(part: _Part, rows: Sequence[str], remarks: list[Remark]) -> Entry:
    answers, slot = [], None
    for field in part.fields:
        if field.name == "Answer":
            written = field.text
            if is_placeholder(written) and _JSON.match(written) is None and not _is_commented(field):
                slot = slot or _slot(field, rows)
            elif written:
                answers.append(written)
    slot = None if answers else slot or Slot(part.row + bool(part.id), 0, -1)
    difficulty = part.text("Difficulty").lower()
    if difficulty and difficulty not in ("easy", "medium", "hard"):
        remarks.append(
            Remark(part.row + 1, part.row + 1, f"difficulty {difficulty!r} is not known; write easy, medium or hard")
        )
    known = ID.fullmatch(part.id)
    if part.id and not known:
        remarks.append(
            Remark(part.row + 2, part.row + 2, f"{part.id!r} is not an id; small letters, digits and hyphens are")
        )
    card = Card(
        id=part.id if known else "", deck_id="", question=part.text("Question") or part.heading, answers=tuple(answers),
        points=part.texts("Points"), misconceptions=part.texts("Misconceptions"), hints=part.texts("Hints"),
        explanation=part.text("Explanation"), sources=part.texts("Sources"), tags=part.texts("Tags"),
        difficulty=cast("Difficulty", difficulty) if difficulty in ("easy", "medium", "hard") else None,
        tests=CardTests(
            part.texts("Tests that pass"), part.texts("Tests that pass in part"), part.texts("Tests that fail")
        ),
        aliases=tuple(alias for alias in part.texts("Aliases") if CARD_ALIAS.fullmatch(alias)), line=part.row + 1,
    )  # fmt: skip
    return Entry(card, part.row + 1, part.end + 1, None, slot, "" if answers else UNANSWERED)


def _is_commented(field: _Field) -> bool:
    kept = [line for line in field.lines if line.strip()]
    return len(kept) == 1 and _JSON.match(kept[0]) is not None


def _slot(field: _Field, rows: Sequence[str]) -> Slot:
    for row in range(field.row, field.row + 1 + len(field.lines)):
        line = rows[row] if row < len(rows) else ""
        begin = _FIELD.match(line) if row == field.row else None
        start = begin.end() if begin else len(line) - len(line.lstrip())
        if line[start:].strip():
            return Slot(row, start, len(line.rstrip()))
    end = len(rows[field.row].rstrip())
    return Slot(field.row, end, end)
