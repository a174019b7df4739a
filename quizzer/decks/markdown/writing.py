"""Writes a deck as the canonical list: readable Markdown that is read back as the same deck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizzer.decks.markdown.canonical import (
    MARK,
    UNANSWERED,
    as_comment,
    bullets,
    escape,
    is_plain_line,
    split_words,
)
from quizzer.decks.markdown.placeholders import is_placeholder
from quizzer.model import Card, Deck


def write(deck: Deck) -> str:
    """The list of *deck*, with every field of every card."""
    lines = [MARK, "", *_heading("#", deck.title), f"<!-- deck: {deck.id} -->", ""]
    if not is_plain_line(deck.title):
        lines += _text("Title", deck.title)
    lines += _text("Description", deck.description)
    lines += _text("Language", deck.language) if deck.language != "en" else []
    lines += _text("License", deck.license)
    lines += _words("Authors", deck.authors)
    lines += _words("Tags", deck.tags)
    lines += _words("Aliases", deck.aliases)
    for card in deck.cards:
        lines += _card(card)
    while not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _card(card: Card) -> Iterator[str]:
    yield from _heading("##", card.question)
    yield f"<!-- card: {card.id} -->"
    yield ""
    if not is_plain_line(card.question):
        yield from _text("Question", card.question)
    for answer in card.answers:
        yield from ("**Answer:**", "", *([as_comment(answer)] if is_placeholder(answer) else escape(answer)), "")
    if not card.answers:
        yield from (f"**Answer:** {UNANSWERED}", "")
    yield from _list("Points", card.points)
    yield from _list("Misconceptions", card.misconceptions)
    yield from _list("Hints", card.hints)
    yield from _text("Explanation", card.explanation)
    yield from _list("Sources", card.sources)
    yield from _words("Tags", card.tags)
    yield from _text("Difficulty", card.difficulty or "")
    yield from _words("Aliases", card.aliases)
    yield from _list("Tests that pass", card.tests.passing)
    yield from _list("Tests that pass in part", card.tests.partial)
    yield from _list("Tests that fail", card.tests.failing)


def _heading(marks: str, text: str) -> list[str]:
    if is_plain_line(text):
        return [f"{marks} {text}"]
    # The text itself follows in a field; this line is for people.
    first = " ".join(next((line for line in text.split("\n") if line.strip()), "...").split())
    shown = "".join(character if character.isprintable() else " " for character in first[:80]).strip()
    return [f"{marks} {shown or '...'}"]


def _text(name: str, text: str) -> list[str]:
    if not text:
        return []
    lines = escape(text)
    if len(lines) == 1 and len(text) <= 80 and is_plain_line(lines[0]):
        return [f"**{name}:** {lines[0]}", ""]
    return [f"**{name}:**", "", *lines, ""]


def _words(name: str, words: Sequence[str]) -> list[str]:
    inline = ", ".join(words)
    if words and is_plain_line(inline) and split_words(inline) == tuple(words):
        return [f"**{name}:** {inline}", ""]
    return _list(name, words)


def _list(name: str, texts: Sequence[str]) -> list[str]:
    return [f"**{name}:**", "", *bullets(texts), ""] if texts else []
