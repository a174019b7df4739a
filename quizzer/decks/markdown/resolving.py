"""From a question and the lines below it to a card: what belongs to the question, what is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.blocks import Block, item_lines, parse
from quizzer.decks.markdown.drafts import (
    Draft,
    bold_parts,
    is_all_bold,
    is_ornament,
    piece,
    split_question,
    trimmed,
)
from quizzer.decks.markdown.entries import Entry, Slot
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import answer_mark, label, strip_ornaments
from quizzer.decks.markdown.levels import take_level
from quizzer.decks.markdown.lines import LONGEST, Line
from quizzer.decks.markdown.parts import SOURCE, Answer, Parts, indent_of, take_apart
from quizzer.decks.markdown.placeholders import is_placeholder
from quizzer.decks.markdown.survey import asks
from quizzer.decks.markdown.texts import text_of, without_edges, without_last_tags
from quizzer.model import Card, Difficulty

_POINTS_AT_CODE = re.compile(
    r"\b(?:output|following|below|this|these|logged|printed?|result|snippet|here|happens? when|which one|missing|bug|"
    r"wrong with|complete the|value of|returns?|make this|evaluate)\b",
    re.IGNORECASE,
)
_ASKS_ABOUT_CODE = re.compile(
    r"\b(?:following|below|this|these|given)\b.*\b(?:code|snippet|program|function|quer\w+|commands?|examples?|"
    r"statements?|syntax|script|class|output)\b|\boutput of\b|"
    r"\b(?:code|snippet|program|function|query|example) below\b",
    re.IGNORECASE,
)
_OPTION = re.compile(r"^\s*(?:[-*+]\s+)?(?:\*\*)?[(\[]?[A-Fa-f][.):\]]\s?")
_NOTE = re.compile(r"^[*_(]+.*[*_)]+$")


class Resolver:
    """Turns drafts into entries; *rows* are the file's lines, *stars_count* says what stars stand for."""

    def __init__(self, rows: Sequence[str], *, stars_count: bool) -> None:
        self.rows = rows
        self.stars_count = stars_count

    def entry(self, draft: Draft) -> Entry | None:
        """The entry that *draft* is; None where nothing is asked."""
        question, body = draft.question, draft.body
        if not _says_more_than_number(question):
            below, body = _question_below(body)
            question = [*question, *below]
        text, level, sources = self._question(question)
        parts = take_apart(draft, body, self.rows)
        if not parts.answers:
            self._split_unmarked(text, parts)
        elif parts.before and all(is_ornament(line.text) for line in parts.before):
            parts.answers[0].lines[:0] = [*parts.before, Line("", parts.before[-1].row)]  # a figure of the answer
            parts.before = []
        text = "\n\n".join(part for part in (text, text_of(parts.before)) if part)
        if not text:
            return None
        below = [line for line in parts.before if line.text.strip()]
        place = Slot((below or question)[-1].row, 0, -1, draft.indent, marked=bool(below))
        answers, slot, placeholder = _answers(parts, place)
        rows = [*draft.rows, *(line.row for line in (*draft.question, *draft.body) if line.text.strip())]
        card = Card(
            id="", deck_id="", question=text, answers=answers, hints=tuple(hint for hint in parts.hints if hint),
            explanation="\n".join(parts.notes),
            sources=tuple(dict.fromkeys((*sources, *parts.sources))),
            tags=tuple(dict.fromkeys((*draft.tags, *parts.tags))),
            difficulty=parts.difficulty or level or draft.difficulty, line=min(rows) + 1,
        )  # fmt: skip
        return Entry(card, min(rows) + 1, max(rows) + 1, draft.number, slot, placeholder)

    def _question(self, lines: Sequence[Line]) -> tuple[str, Difficulty | None, list[str]]:
        """What is asked as plain text, its difficulty, and the links in it."""
        text = " ".join(line.whole.strip() for line in lines)
        text = label(text.lstrip("#").strip()).rest
        text, level = take_level(text, stars_count=self.stars_count)
        if len(text) > LONGEST:
            return text, level, []
        sources = [found.group("to") for found in SOURCE.finditer(text)]
        text = SOURCE.sub("", text).strip()
        bold = bold_parts(text) if is_all_bold(text) else None
        if bold:
            after = bold[1].strip(" *_\\")
            text = label(bold[0] + after if after in ("?", ".", ":") else bold[0]).rest
            text, inner = take_level(text, stars_count=self.stars_count)
            level = level or inner
        flat = flatten(strip_ornaments(text))
        sources += [to for _, to in flat.links if to and not to.startswith("#")]
        plain = label(flat.text.strip()).rest if text.startswith("[") else flat.text.strip()
        return re.sub(r"\s+\*+$", "", plain), level, sources

    def _split_unmarked(self, question: str, parts: Parts) -> None:
        """Without a marker, what stands below is the answer, but for options, follow-ups and code asked about."""
        lines = without_edges(parts.before)
        parts.before = []
        if not lines:
            return
        blocks = parse(lines, asks=asks)
        options = next((block for block in blocks if any(item.checked is not None for item in block.items)), None)
        kinds = {block.kind for block in blocks}
        if options is not None:
            _take_options(options, lines, parts)
        elif _is_follow_up(blocks, lines) or (
            "code" in kinds <= {"code", "list"} and _POINTS_AT_CODE.search(question) and _only_options(blocks, lines)
        ):
            parts.before = lines
        else:
            code = _leading_code(blocks) if _ASKS_ABOUT_CODE.search(question) else 0
            parts.before, lines = lines[:code], trimmed(lines[code:])
            first = lines[0]
            end = first.column + len(first.text.rstrip())
            slot = Slot(first.row, first.column, end, indent_of(self.rows[first.row], first.column))
            parts.answers.append(Answer(slot, lines))


def _answers(parts: Parts, below: Slot) -> tuple[tuple[str, ...], Slot | None, str]:
    """The answers; where there is none, the place for one (else *below* the question) and what is in it."""
    answers: list[str] = []
    empty: tuple[Slot | None, str] | None = None
    for answer in parts.answers:
        text = text_of(answer.lines, unwrap=not answer.folded)
        if not is_placeholder(text):
            answers.append(text)
        elif empty is None:
            empty = _place(answer), text.strip()
    if answers:
        return tuple(answers), None, ""
    return ((), *empty) if empty else ((), below, "")


def _place(answer: Answer) -> Slot | None:
    """Where the placeholder *answer* stands; None where it goes over several lines."""
    kept = [line for line in without_edges(answer.lines) if line.text.strip()]
    if not kept:
        return answer.place
    if len(kept) > 1:
        return None
    bare = without_last_tags(kept[0].text.rstrip())
    lead = len(bare) - len(bare.lstrip("> ")) if bare.strip("> ") else 0
    indent = answer.place.indent if answer.place else ""
    if bare[:lead].strip() and not indent.strip():
        indent += bare[:lead]  # every line of a quote has its mark
    return Slot(kept[0].row, kept[0].column + lead, kept[0].column + len(bare), indent)


def _take_options(block: Block, lines: Sequence[Line], parts: Parts) -> None:
    """Boxes: all are options, the ticked ones are the answer, and what follows explains it."""
    shown = list(lines[: block.start])
    answer: list[Line] = []
    boxes = [item for item in block.items if item.checked is not None]
    if len(boxes) == 1 and len(block.items) == 1 and not boxes[0].checked:
        only = trimmed(item_lines(lines, boxes[0]))
        text = re.sub(r"^\[ \]\s*", "", only[0].text) if only else ""
        if is_placeholder(text):
            return  # "- [ ] write answer" is a note to the author
    end = boxes[-1].end
    for item in block.items:
        inside = trimmed(item_lines(lines, item))
        if not inside or item.start >= end:
            continue
        first = inside[0]._replace(text=re.sub(r"^\[[ xX]\]\s*", "", inside[0].text))
        shown.append(first._replace(text=f"- {first.text}"))
        shown += [line._replace(text=f"  {line.text}" if line.text.strip() else "") for line in inside[1:]]
        if item.checked:
            answer += [*([Line("", first.row)] if answer else []), first, *inside[1:]]
    parts.before = shown
    rest = trimmed(lines[end:])
    if rest:
        answer += [Line("", rest[0].row), *rest]
    if answer:
        parts.answers.append(Answer(None, answer))


def _leading_code(blocks: Sequence[Block]) -> int:
    """The end of the code that stands first, if something follows it; else 0."""
    count = next((number for number, block in enumerate(blocks) if block.kind != "code"), 0)
    return blocks[count - 1].end if count else 0


def _says_more_than_number(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text.strip().lstrip("#").strip() for line in lines)
    return bool(label(text).rest.strip(" *_:."))


def _question_below(body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The question below a heading that only counts it, and the lines after that."""
    lines = trimmed(body)
    blocks = parse(lines, asks=asks)
    if not blocks or blocks[0].kind not in ("paragraph", "heading", "quote"):
        return [], lines
    block = blocks[0]
    paragraph = lines[block.start : block.end]
    if answer_mark(paragraph[0].text):
        return [], lines
    end = next((n for n, line in enumerate(paragraph) if n and answer_mark(line.text)), len(paragraph))
    question = list(paragraph[:end])
    rest: list[Line] = []
    if bold_parts(question[0].text) or any(line.text.rstrip(" *_").endswith(("?", "？")) for line in question[:-1]):
        question, rest = split_question(question)
    if block.kind == "quote":
        question = [piece(line, len(line.text) - len(line.text.lstrip("> "))) for line in question]
    return question, [*rest, *paragraph[end:], *lines[block.end :]]


def _is_follow_up(blocks: Sequence[Block], lines: Sequence[Line]) -> bool:
    """Whether what stands below a question asks further: a list of questions, and notes in brackets or italics."""
    firsts = [item_lines(lines, item)[0].text for block in blocks for item in block.items]
    asked = sum(asking(flatten(text).text) == 2 for text in firsts)
    notes = all(
        _NOTE.match(" ".join(line.text.strip() for line in lines[block.start : block.end]))
        for block in blocks
        if block.kind != "list"
    )
    return bool(firsts) and asked * 5 >= len(firsts) * 3 and notes


def _only_options(blocks: Sequence[Block], lines: Sequence[Line]) -> bool:
    return all(_OPTION.match(lines[item.start].text) for block in blocks for item in block.items)
