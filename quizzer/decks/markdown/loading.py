"""Reads the file of a question list, and says clearly what cannot be one."""

from __future__ import annotations

from pathlib import Path

from quizzer.decks import textfile
from quizzer.decks.markdown import canonical, reading
from quizzer.decks.markdown.entries import QuestionList
from quizzer.errors import ListEmpty


def load(path: Path) -> tuple[str, bytes]:
    """The text of the list in *path*, its line ends as they are, and the byte-order mark before it, if any.

    Raises:
        ListUnreadable: it is not there, no file, too large, or not UTF-8 text.
    """
    return textfile.load(path, kind="Markdown", others="a PDF or a Word file")


def parse(text: str, *, name: str = "") -> QuestionList:
    """The list that *text* is: written by quizzer, or by anybody."""
    return canonical.read(text, name=name) if canonical.is_canonical(text) else reading.read(text, name=name)


def read(path: Path) -> QuestionList:
    """The list in *path*.

    Raises:
        ListUnreadable: it cannot be read. ListEmpty: it has no questions.
    """
    text, _ = load(path)
    listed = parse(text, name=path.stem.replace("-", " ").replace("_", " ").strip())
    if not listed.entries and listed.deck is None:
        raise ListEmpty(f"{path}: {_why_empty(text)}", hint=_WHAT_IS_ONE)
    return listed


_WHAT_IS_ONE = (
    "questions are headings, bold lines or items of a list that ask something, or follow `Q:`; see docs/markdown.md"
)


def _why_empty(text: str) -> str:
    if not text.strip():
        return "the file is empty"
    rows = [row for row in text.splitlines() if row.strip()]
    links = sum("](http" in row for row in rows)
    if links * 3 > len(rows):
        return f"no questions found: it is a list of links ({links} of {len(rows)} lines)"
    return "no questions found"
