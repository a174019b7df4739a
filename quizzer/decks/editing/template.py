"""One card as a commented text for an editor, and that text read back: what changed, or every problem with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from quizzer.decks import nodes, schema, yamlfile
from quizzer.decks.checking.placeholders import LEAVE_OUT, is_placeholder
from quizzer.decks.editing.changes import FIELDS, Value, value_of
from quizzer.decks.editing.fresh import entry_lines
from quizzer.decks.editing.layout import Source
from quizzer.decks.editing.style import Style
from quizzer.decks.keys import CARD_KEYS, FORMAT_VERSION, TEST_KEYS
from quizzer.decks.nodes import Mapping, Node, Scalar, is_empty
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import Card

MAXIMUM_CHARACTERS = 4_000_000
"""Of a text from the editor: forty texts of the longest kind."""

_MARK = "#!! "
"""Begins the lines that say what is wrong; no line of ours or of YAML's begins so otherwise."""
_MARKED_LINE = re.compile(r"^#!! [^\n]*(\n|\Z)", re.MULTILINE)
_STYLE = Style(brackets=frozenset({"tags"}))

_HELP = {
    "question": "What is asked.",
    "answers": "Answers that are right, each by itself: one in full, and one as you would say it aloud.",
    "points": "What a full answer says, one idea each: four to eight short claims that stand alone.",
    "misconceptions": "Claims that make an answer wrong, such as people really make.",
    "hints": "Shown on /hint, one after another; they lead to the answer without giving it.",
    "explanation": "Shown after answering: why it is so, what is often mixed up.",
    "sources": "Where the answer can be checked: a paper with its section, or a link.",
    "aliases": "Former ids of the card.",
    "tags": "Topics, in brackets: [pretraining, inference]",
    "difficulty": "easy, medium or hard",
    "tests": "Answers whose outcome is known, as different people would type them; none that stands above.",
    "pass": "must pass: two or more, full or terse",
    "partial": "half right",
    "fail": "must not pass: fluent, plausible, and wrong",
}
_FORM = (
    "A text that is long, or has `: ` or ` #` in it, goes below `- |`, indented by two more spaces:",
    "  - |",
    "    like this: one line, or several",
)


def template(card: Card, *, notes: Iterable[str] = ()) -> str:
    """*card* for an editor: every key with a line of help, what it has filled in; *notes* come first."""
    lines = [f"# {note}".rstrip() for note in notes]
    lines += [f"# {line}" for line in _FORM]
    for name in CARD_KEYS:
        if name != "id" and (card.aliases or name != "aliases"):
            lines += ["", f"# {_HELP[name]}", *_lines(card, name)]
    return "\n".join(lines) + "\n"


def _lines(card: Card, name: str) -> list[str]:
    if name != "tests":
        return entry(name, value_of(card, name), 0)
    lines = ["tests:"]
    for kind in TEST_KEYS:
        lines += [f"  # {_HELP[kind]}", *entry(kind, value_of(card, f"tests.{kind}"), 2)]
    return lines


def entry(name: str, value: Value, column: int) -> list[str]:
    """The lines of the key *name*, which begins at *column*, with its value, or with room for one."""
    if value:
        return entry_lines(name, value, column, _STYLE)
    head = f"{' ' * column}{name}:"
    if isinstance(value, str):
        return [head + " "]
    return [f"{head} []"] if name in _STYLE.brackets else [head, " " * column + "  - "]


def read(text: str, card: Card, *, path: str) -> Card | None:
    """The card that *text*, a template of *card* after editing, says; None where nothing but help is left of it.

    *text* has no line ends but line feeds.

    Raises:
        DeckInvalid: with every problem, its line and column counted in *text*; *path* is for messages.
    """
    root = yamlfile.parse(text, path=path)
    if root is None or is_empty(root):
        return None
    if not isinstance(root, Mapping):
        hint = "keep the keys, such as `answers:`, and write below them"
        raise DeckInvalid((Problem("wrong-kind", "the keys of the card are gone", path, root.line, root.column, hint),))
    problems = [*_lost_to_comments(Source(text), root, path)]
    problems += _renamed(root, card, path)
    problems += _placeholders(root, card, path)
    pairs = [pair for pair in root.pairs if not _is_key(pair[0], "id")]
    root = root._replace(pairs=[(_text("id", root), _text(card.id, root)), *pairs])
    examined = schema.examine(_deck_of(root, card.deck_id), path=path)
    problems += examined.problems
    if problems:
        raise DeckInvalid(tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))))
    return examined.deck.cards[0]


def _renamed(root: Mapping, card: Card, path: str) -> Iterator[Problem]:
    for key, value in root.pairs:
        if _is_key(key, "id") and not (isinstance(value, Scalar) and value.text == card.id):
            hint = f"remove the line; histories belong to the id {card.id!r}"
            yield Problem("bad-id", "the id of a card does not change", path, key.line, key.column, hint)


def _placeholders(root: Mapping, card: Card, path: str) -> Iterator[Problem]:
    """Answers that only hold the place of one, unless *card* has them already."""
    old = {text.strip() for text in card.answers}
    lists = [value for key, value in root.pairs if _is_key(key, "answers") and isinstance(value, nodes.Sequence)]
    for item in (item for value in lists for item in value.items if isinstance(item, Scalar)):
        text = item.text.strip()
        if is_placeholder(text) and text not in old:
            yield Problem("placeholder", f"{text!r} is no answer yet", path, item.line, item.column, LEAVE_OUT)


def _is_key(key: Node, name: str) -> bool:
    return isinstance(key, Scalar) and key.text == name


def _lost_to_comments(source: Source, node: Node, path: str) -> Iterator[Problem]:
    """Texts without quotes that go on after `` #``: to YAML the rest is a comment, and would be lost without a word."""
    if isinstance(node, nodes.Sequence):
        for item in node.items:
            yield from _lost_to_comments(source, item, path)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield from _lost_to_comments(source, value, path)
            if is_empty(value) and isinstance(key, Scalar):
                yield from _comment_after(source, source.skip_spaces(key.end, ":"), path)
    elif isinstance(node, Scalar) and node.plain:
        yield from _comment_after(source, node.end, path)


def _comment_after(source: Source, position: int, path: str) -> Iterator[Problem]:
    if source.comment_end(position) > position:
        line, column = source.place(source.text.index("#", position))
        hint = "put the whole text in quotes, or below `- |`; or take the comment away"
        yield Problem("comment", "what follows # is a comment and would be lost", path, line, column, hint)


def _deck_of(card: Mapping, deck_id: str) -> Mapping:
    """A whole deck of one card, as the schema reads it; entries of lists that nobody filled in are left out."""
    values: dict[str, Node] = {
        "quizzer": _text(FORMAT_VERSION, card),
        "deck": card._replace(pairs=[(_text("id", card), _text(deck_id, card))]),
        "cards": nodes.Sequence([_filled(card)], card.line, card.column, card.start, card.end),
    }
    return card._replace(pairs=[(_text(name, card), value) for name, value in values.items()])


def _filled(node: Node) -> Node:
    """*node* without the dashes that nothing was written after."""
    if isinstance(node, nodes.Sequence):
        return node._replace(items=[_filled(item) for item in node.items if not is_empty(item)])
    if isinstance(node, Mapping):
        return node._replace(pairs=[(key, _filled(value)) for key, value in node.pairs])
    return node


def _text(text: str, place: Node) -> Scalar:
    return Scalar(text, place.line, place.column, place.start, place.start, True)


def changes(before: Card, after: Card) -> dict[str, Value]:
    """What was changed from *before* to *after*, by key."""
    return {name: value_of(after, name) for name in FIELDS if value_of(after, name) != value_of(before, name)}


def marked(text: str, problems: Sequence[Problem]) -> str:
    """*text* with a comment above each line that has a problem; `unmarked` takes them away again."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    result = [f"{_MARK}not saved: {count}, marked below. Correct it, or empty the file to give up.\n"]
    by_line = {line: list(found) for line, found in groupby(problems, key=lambda problem: problem.line)}
    for number, line in enumerate(lines, start=1):
        result += [mark for problem in by_line.get(number, ()) for mark in _marks(problem)]
        result.append(line)
    if lines and not lines[-1].endswith("\n"):
        result.append("\n")
    late = [problem for problem in problems if problem.line > len(lines)]
    return "".join([*result, *(mark for problem in late for mark in _marks(problem))])


def _marks(problem: Problem) -> list[str]:
    where = f"column {problem.column}: " if problem.column > 1 else ""
    said = [f"{where}{problem.message}", *([f"  {problem.hint}"] if problem.hint else [])]
    return [f"{_MARK}{' '.join(line.split())}\n" if number == 0 else f"{_MARK}  {' '.join(line.split())}\n"
            for number, line in enumerate(said)]  # fmt: skip


def unmarked(text: str) -> str:
    """*text* without the lines that `marked` added."""
    return _MARKED_LINE.sub("", text)
