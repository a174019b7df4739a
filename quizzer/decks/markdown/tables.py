"""Tables of questions, with their answers or without; tables of contents are told from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.drafts import Draft
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import label
from quizzer.decks.markdown.lines import Line

_QUESTION = re.compile(r"^(?:the\s+)?(?:interview\s+)?(?:questions?|q|ques|frage|pregunta|вопрос|问题)$", re.IGNORECASE)
_ANSWER = re.compile(
    r"^(?:the\s+|model\s+|sample\s+)?(?:answers?|a|ans|solutions?|response|antwort|respuesta|ответ|答案)$",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"^(?:difficulty|level)$", re.IGNORECASE)
_CELL = re.compile(r"(?:[^|\\`]|\\.|`+[^`]*`+|`)+|(?<=\|)(?=\|)")
_TO_THE_PAGE = re.compile(r"\]\(\s*#|href=[\"']#", re.IGNORECASE)


def question_rows(lines: Sequence[Line]) -> list[Draft] | None:
    """The questions of a table; none of a table of contents; None of a table about something else."""
    head = [flatten(text.strip()).text for text, _ in _cells(lines[0].text)]
    asked = next((number for number, text in enumerate(head) if _QUESTION.match(text)), None)
    body = [line for line in lines[2:] if line.text.strip()]
    if sum(bool(_TO_THE_PAGE.search(line.text)) for line in body) * 2 > len(body):
        return []
    if asked is None or not body:
        return None
    answer = next((number for number, text in enumerate(head) if _ANSWER.match(text)), None)
    level = next((number for number, text in enumerate(head) if _LEVEL.match(text)), None)
    drafts = []
    for line in body:
        cells = _cells(line.whole)
        if asked >= len(cells) or not cells[asked][0].strip():
            continue
        question = _cell(line, cells[asked])
        if answer is None and asking(flatten(label(question.text).rest).text) == 0:
            continue
        rest = [_cell(line, cells[answer])] if answer is not None and answer < len(cells) else []
        if level is not None and level < len(cells):
            rest.insert(0, line._replace(text=f"Difficulty: {cells[level][0].strip()}"))
        drafts.append(Draft("table", [question], rest, number=label(question.text).number))
    return drafts if drafts else None


def _cells(text: str) -> list[tuple[str, int]]:
    """The cells of a row, with their columns."""
    start = len(text) - len(text.lstrip())
    start += text[start : start + 1] == "|"
    return [
        (found.group(), found.start()) for found in _CELL.finditer(text, start) if found.start() < len(text.rstrip())
    ]


def _cell(line: Line, cell: tuple[str, int]) -> Line:
    text, column = cell
    bare = text.strip()
    return line._replace(
        text=bare.replace("\\|", "|"), tail="", column=line.column + column + len(text) - len(text.lstrip())
    )
