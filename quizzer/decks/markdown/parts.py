"""Takes apart what stands below a question: more of the question, answers, hints, sources, tags and difficulty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.blocks import Block, parse
from quizzer.decks.markdown.drafts import Draft, is_way_back, piece, trimmed
from quizzer.decks.markdown.entries import Slot
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import (
    AnswerMark,
    answer_mark,
    hint_mark,
    is_answer_summary,
    is_opener,
    strip_ornaments,
)
from quizzer.decks.markdown.levels import level_line, level_of
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.outline import heading_text
from quizzer.decks.markdown.survey import asks
from quizzer.decks.markdown.texts import text_of, without_edges
from quizzer.decks.markdown.topics import slug
from quizzer.model import Difficulty

SOURCE = re.compile(
    r"\s*\\?\[?\[\s*(?:src|source|ref|reference|link|answer|ans|solution|read more|more)s?\s*\d*\s*\]?\]?"
    r"\((?P<to>[^)\s]+)[^)]*\)\]?",
    re.IGNORECASE,
)
"""``[[src](http://...)]`` and its relatives."""

_SOURCES_ALONE = re.compile(rf"^(?:[-*+]\s+)?(?:{SOURCE.pattern.replace('?P<to>', '')}\W*)+$", re.IGNORECASE)
_ANSWER_LINK = re.compile(
    r"^\W*\[\s*\W*(?:see |read |view |show |go to )?(?:the )?(?:answer|solution|ans)s?[^\]]*\]?\]"
    r"\((?P<to>[^)\s#][^)\s]*)[^)]*\)\W*$",
    re.IGNORECASE,
)
_TAGS_LINE = re.compile(
    r"^[\s>*_-]*(?:tags?|topics?|category|categories|keywords?)\s*[*_]*\s*[:：]\s*[*_]*\s*(?P<tags>\S.{0,200})$",
    re.IGNORECASE,
)
_COMMENT_FIELD = re.compile(
    r"^\s*<!--\s*(?P<key>tags|expertise|difficulty|level)\s*:\s*\(?(?P<value>[^)]*?)\)?\s*-->\s*$", re.IGNORECASE
)
_NOTE = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:asked (?:in|by|at)|compan(?:y|ies)|(?:answer|question) type|frequency|importance|"
    r"priority|status|author|contributors?|rating|votes?|last updated|updated|round|experience|years?)\s*(?:\*\*|__)?"
    r"\s*[:：]\s*(?:\*\*|__)?\s*\S.{0,200}$",
    re.IGNORECASE,
)
_SECOND_OPTION = re.compile(r"^[\s*_(\[]*[Bb][.):\]]")
_EXPERTISE: dict[str, Difficulty] = {"0": "easy", "1": "medium", "2": "hard"}


@dataclass(slots=True)
class Answer:
    """Lines that are an answer, and where they stand if they turn out to be a placeholder."""

    place: Slot | None
    lines: list[Line] = field(default_factory=list)
    folded: bool = False
    """It stood in ``<details>``: nothing else is wrapped around it."""


@dataclass(slots=True)
class Parts:
    """What stands below a question, taken apart."""

    before: list[Line] = field(default_factory=list)
    """What comes before the first answer."""
    answers: list[Answer] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is said about the question: who asked it, when."""
    tags: list[str] = field(default_factory=list)
    difficulty: Difficulty | None = None

    @property
    def current(self) -> list[Line]:
        """Where the next line goes."""
        return self.answers[-1].lines if self.answers else self.before


def take_apart(draft: Draft, body: Sequence[Line], rows: Sequence[str]) -> Parts:
    """The parts of *body*; *rows* are the file's lines."""
    return _Taker(draft, rows).taken(trimmed(body))


def indent_of(row: str, column: int) -> str:
    """What stands before the further lines of a text that begins at *column* of *row*."""
    before = row[:column]
    if re.fullmatch(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*", before):
        return re.sub(r"[^\s>]", " ", before)
    lead = re.match(r"[\s>]*", row)
    return lead.group() if lead else ""


class _Taker:
    def __init__(self, draft: Draft, rows: Sequence[str]) -> None:
        self.by_letter = draft.word or draft.style in ("word", "plain")
        """Whether ``A.`` can begin an answer."""
        self.rows = rows
        self.parts = Parts()
        self.hinting = False

    def taken(self, lines: Sequence[Line]) -> Parts:
        end = 0
        for block in parse(lines, asks=asks):
            self.parts.current.extend(lines[end : block.start])
            end = block.end
            inside = lines[block.start : block.end]
            if block.kind == "details":
                self._unfold(block, lines)
            elif block.kind in ("paragraph", "html") or (block.kind == "list" and _is_marked(inside, len(block.items))):
                self._read(inside)
            elif block.kind == "quote" and answer_mark(re.sub(r"^[>\s]+", "", inside[0].text)):
                self._read([piece(line, len(line.text) - len(line.text.lstrip("> "))) for line in inside])
            elif block.kind != "heading" or not self._heading(heading_text(lines, block), inside[0]):
                self.parts.current.extend(inside)
        self.parts.current.extend(lines[end:])
        return self.parts

    def _begin(self, line: Line, *, inline: bool, folded: bool = False) -> None:
        """Open an answer on *line*, or *inline* behind a marker on it."""
        indent = indent_of(self.rows[line.row], line.column)
        end = line.column + len(line.text.rstrip())
        place = Slot(line.row, end, end, indent) if inline else Slot(line.row, 0, -1, indent)
        self.parts.answers.append(Answer(place, [], folded))

    def _heading(self, title: str, line: Line) -> bool:
        """Whether a heading is an answer's marker (and what follows it on the line the answer's beginning)."""
        text = "# " + flatten(title).text
        mark = answer_mark(text)
        if not mark:
            return False
        self._begin(line, inline=False)
        if text[mark.end :].strip():
            self.parts.current.append(line._replace(text=text[mark.end :].strip()))
        return True

    def _read(self, inside: Sequence[Line]) -> None:
        """A paragraph: markers stand at the start of its lines."""
        self.hinting = False
        options = any(_SECOND_OPTION.match(line.text) for line in inside)
        first = True
        for line in inside:
            mark = answer_mark(line.text)
            if mark and not (mark.short and options) and (mark.sure or self._may_mark(mark, first=first)):
                self.hinting = False
                self._begin(line, inline=True)
                rest = piece(line, mark.end)
                if rest.text.strip():
                    self.parts.current.append(rest)
            elif not self.parts.answers and _NOTE.match(line.text):
                self.parts.notes.append(line.text.strip())
            elif not self._field(line.text, short=len(inside) < 4) and not self._source(line.text):
                self._text(line)
            first = first and not without_edges([line])

    def _may_mark(self, mark: AnswerMark, *, first: bool) -> bool:
        """Whether an unsure marker is one: where a paragraph begins; a letter only where answers have letters."""
        said = bool(without_edges(self.parts.before))
        return first and (not mark.short or self.by_letter or not said)

    def _text(self, line: Line) -> None:
        parts = self.parts
        if cut := hint_mark(line.text):
            self.hinting = True
            parts.hints.append(line.whole[cut:].strip())
        elif self.hinting and line.text.strip():
            parts.hints[-1] = f"{parts.hints[-1]} {line.whole.strip()}".strip()
        elif not is_way_back(line.text):
            parts.current.append(line)

    def _field(self, text: str, *, short: bool) -> bool:
        """Whether a line states tags or a difficulty; *short*: its paragraph is."""
        comment = _COMMENT_FIELD.match(text)
        level = level_line(text)
        tags = _TAGS_LINE.match(text) if short else None
        if comment and comment.group("key").lower() == "tags":
            self._tags(comment.group("value"))
        elif comment:
            value = comment.group("value").strip()
            self.parts.difficulty = _EXPERTISE.get(value) or level_of(value) or self.parts.difficulty
        elif level:
            self.parts.difficulty = self.parts.difficulty or level
        elif tags:
            self._tags(tags.group("tags"))
        return bool(comment or level or tags)

    def _tags(self, text: str) -> None:
        words = re.split(r"[,;|]|`\s+`", text)
        self.parts.tags += [tag for word in words if (tag := slug(word.strip("`*_#[]() ")))]

    def _source(self, text: str) -> bool:
        """Whether a line before any answer only leads to one elsewhere."""
        link = _ANSWER_LINK.match(text)
        if self.parts.answers or not (link or _SOURCES_ALONE.match(text)):
            return False
        found = [source.group("to") for source in SOURCE.finditer(text)] or ([link.group("to")] if link else [])
        self.parts.sources += found
        return True

    def _unfold(self, block: Block, lines: Sequence[Line]) -> None:
        """``<details>``: the answer, a hint, or a part of the answer."""
        parts = self.parts
        inside = lines[block.inner[0] : block.inner[1]]
        summary = strip_ornaments(flatten(block.summary).text)
        if re.match(r"^hints?\b", summary, re.IGNORECASE):
            parts.hints += [hint for hint in (text_of(inside),) if hint]
        elif (
            is_answer_summary(summary)
            or (not summary.isascii() and len(summary) < 40 and not asking(summary) and not parts.answers)
            or (is_opener(summary) and not parts.answers and not _says_something(parts.before))
        ):
            self._begin(lines[max(block.start, block.inner[0] - 1)], inline=False, folded=True)
            parts.current.extend(self._without_mark(without_edges(inside)))
        else:
            parts.current.extend(lines[block.start : block.end])

    def _without_mark(self, inside: list[Line]) -> list[Line]:
        """*inside* without the marker that it begins with: ``#### Answer: D``."""
        mark = answer_mark(inside[0].text) if inside else None
        if not mark or not mark.sure:
            return inside
        rest = piece(inside[0], mark.end)
        if rest.text:
            return [rest, *inside[1:]]
        first = inside[0]
        self.parts.answers[-1].place = Slot(first.row, 0, -1, indent_of(self.rows[first.row], first.column))
        return inside[1:]


def _is_marked(inside: Sequence[Line], items: int) -> bool:
    """Whether a list begins with an answer's marker (not with option ``A:``), or only leads to answers elsewhere."""
    mark = answer_mark(inside[0].text)
    return (mark is not None and (not mark.short or items == 1)) or all(
        _ANSWER_LINK.match(line.text) or _SOURCES_ALONE.match(line.text) for line in inside
    )


def _says_something(lines: Sequence[Line]) -> bool:
    """Whether there is more than code and options."""
    blocks = parse(trimmed(lines), asks=asks) if lines else []
    return any(block.kind not in ("code", "list", "rule", "html") for block in blocks)
