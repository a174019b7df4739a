"""What a card of Anki's asks and answers: its note's fields in its type's templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizzer.decks.anki.markup import LONGEST

_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
_ANSWER_BELOW = re.compile(r"<hr[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
_NOTHING = re.compile(r"(?:\s|&nbsp;|<br\s*/?>|</?div>)*", re.IGNORECASE)
_SPECIAL = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "CardID"))
_CLOZE_TOKEN = re.compile(r"\{\{c(\d{1,3}(?:,\d{1,3})*)::|\}\}")
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Side:
    """The HTML of one side of a card. *hints*: fields that it shows on a click."""

    html: str
    hints: tuple[str, ...] = ()


def sides(question: str, answer: str, fields: Mapping[str, str]) -> tuple[Side, Side]:
    """Both sides of a card by its templates; the answer is without what the question shows."""
    below = _ANSWER_BELOW.search(answer)
    front = _rendered(question, fields, is_answer=False)
    if below:
        return front, _rendered(answer[below.end() :], fields, is_answer=True)
    shown = {name for name, _ in _names(question)}
    rest = {name: "" if name in shown else text for name, text in fields.items()}
    return front, _rendered(answer, rest, is_answer=True)


def _names(template: str) -> Iterator[tuple[str, list[str]]]:
    """(field, filters) of each field that *template* shows."""
    for found in _TOKEN.finditer(template):
        word = found[1].strip()
        if word and word[0] not in "#^/!=":
            *filters, name = (part.strip() for part in word.split(":"))
            yield name, filters


def _rendered(template: str, fields: Mapping[str, str], *, is_answer: bool) -> Side:
    parts: list[str] = []
    hints: list[str] = []
    # Of each section around this place, whether it is shown.
    sections: list[bool] = []
    position = size = 0
    for found in _TOKEN.finditer(template):
        if size > LONGEST:
            return Side("".join(parts))  # no card is so long: a template that names a large field many times
        if all(sections):
            parts.append(template[position : found.start()])
            size += len(parts[-1])
        position = found.end()
        word = found[1].strip()
        if word[:1] in ("#", "^"):
            empty = not fields.get(word[1:].strip(), "") or bool(_NOTHING.fullmatch(fields[word[1:].strip()]))
            sections.append(empty == (word[0] == "^"))
        elif word[:1] == "/":
            del sections[-1:]
        elif word and word[0] not in "!=" and all(sections):
            *filters, name = (part.strip() for part in word.split(":"))
            if "hint" in filters:
                hints.append(fields.get(name, ""))
            elif name not in _SPECIAL and not _is_unseen(filters, is_answer=is_answer):
                parts.append(fields.get(name, ""))
                size += len(parts[-1])
    if all(sections):
        parts.append(template[position:])
    return Side("".join(parts), tuple(hint for hint in hints if hint))


def _is_unseen(filters: list[str], *, is_answer: bool) -> bool:
    """Whether a field with these *filters* is not shown: read aloud, or a box to type into."""
    return any(name.startswith("tts") for name in filters) or ("type" in filters and not is_answer)


# -- cloze


@dataclass(frozen=True, slots=True)
class Cloze:
    """A gap. *numbers*: the cards on which it is one."""

    numbers: tuple[int, ...]
    content: tuple[str | Cloze, ...]
    hint: str = ""


@dataclass(slots=True)
class _Opened:
    numbers: tuple[int, ...]
    content: list[str | Cloze]


def cloze_text(field: str) -> tuple[str | Cloze, ...]:
    """The text of a cloze field and its gaps; braces that are not closed are text."""
    stack = [_Opened((), [])]
    position = 0
    for found in _CLOZE_TOKEN.finditer(field):
        stack[-1].content.append(field[position : found.start()])
        position = found.end()
        if found[1] and len(stack) <= _DEEPEST:
            stack.append(_Opened(tuple(int(number) for number in found[1].split(",")), []))
        elif not found[1] and len(stack) > 1:
            closed = stack.pop()
            stack[-1].content.append(_closed(closed))
        else:
            stack[-1].content.append(found[0])
    stack[-1].content.append(field[position:])
    while len(stack) > 1:
        opened = stack.pop()
        stack[-1].content += [f"{{{{c{','.join(map(str, opened.numbers))}::", *opened.content]
    return tuple(stack[0].content)


def _closed(opened: _Opened) -> Cloze:
    """The gap, its hint taken from what stands after the last ``::`` of its own text."""
    content = list(opened.content)
    last = content[-1] if content else ""
    hint = ""
    if isinstance(last, str) and "::" in last:
        content[-1], _, hint = last.rpartition("::")
    return Cloze(opened.numbers, tuple(content), hint)


def revealed(content: tuple[str | Cloze, ...]) -> str:
    """The whole text, without gaps."""
    return "".join(part if isinstance(part, str) else revealed(part.content) for part in content)


def with_gap(content: tuple[str | Cloze, ...], number: int) -> str:
    """The text as the card *number* (from 1) asks it: its gaps as ``[hint]`` or ``[...]``."""
    return "".join(
        part if isinstance(part, str)
        else f"[{part.hint or '...'}]" if number in part.numbers
        else with_gap(part.content, number)
        for part in content
    )  # fmt: skip


def hidden(content: tuple[str | Cloze, ...], number: int) -> list[str]:
    """What stands in the gaps of the card *number*, in order."""
    found: list[str] = []
    for part in content:
        if isinstance(part, Cloze):
            found += [revealed(part.content)] if number in part.numbers else hidden(part.content, number)
    return list(dict.fromkeys(found))
