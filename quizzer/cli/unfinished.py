"""A session that was interrupted: found again, said, and brought to where it was."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.cli import compose
from quizzer.cli.portion import Wanted
from quizzer.errors import DeckError, StorageError, UnknownCard
from quizzer.scale import REPEAT_BELOW_QUALITY
from quizzer.study.pages import Line, counted

if TYPE_CHECKING:
    from quizzer.cli.sitting import Desk
    from quizzer.decks.library import Library
    from quizzer.model import Review
    from quizzer.storage.database import Database
    from quizzer.study.bookmark import Bookmark
    from quizzer.study.session import Session


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An interrupted session of today in which something is left."""

    mark: Bookmark
    wanted: Wanted
    answered: tuple[tuple[Review, int], ...]
    """Its answers, with the quality as decided."""
    gone: tuple[str, ...]
    left: int
    """Cards still to be asked, repeats included."""

    @property
    def said(self) -> Line:
        """What the learner is told."""
        done = counted(len({review.card for review, _ in self.answered}), "card")
        command = words(self.mark.decks, self.wanted)
        return Line(
            "text", f"Going on with `{command}`: {done} answered, {self.left} left (`{command} --fresh` begins anew)."
        )

    def go_on(self, session: Session, library: Library) -> None:
        """Bring *session* to where it was."""
        from quizzer.scheduling.queue import Row
        from quizzer.study.bookmark import go_on
        from quizzer.study.session import Outcome

        rows = {row.card: row for row in self.mark.queue}
        outcomes = [
            Outcome(rows.get(review.card) or Row(review.card, ""), review, quality, _question(library, review.card))
            for review, quality in self.answered
        ]
        go_on(session, answered=outcomes, skipped=self.mark.skipped, gone=self.gone)


def _question(library: Library, card: str) -> str:
    try:
        return library.card(card).question
    except UnknownCard:
        return card


def unfinished(database: Database, decks: tuple[str, ...], wanted: Wanted) -> Unfinished | None:
    """The interrupted session that goes on where *wanted* of *decks* is asked for; None where there is none.

    It is the same request, or one for nothing in particular; practice goes on only where practice is asked for.
    """
    from quizzer.storage import bookmarks

    text = bookmarks.load(database)
    if not text:
        return None
    from quizzer.study.bookmark import read

    day = compose.today()
    mark = read(text)
    if mark is None or mark.day != day:
        return None
    try:
        before = Wanted(**mark.options)
    except TypeError:
        return None  # of another version
    anything = not decks and wanted == Wanted() and not before.cram
    if not anything and (mark.decks, before) != (decks, wanted):
        return None
    try:
        compose.library(mark.decks)
    except DeckError:
        return None  # what it was about is gone; today's cards are not
    answered = bookmarks.answers(database, mark.session_id)
    last = {review.card: quality for review, quality in answered}
    open_cards = {row.card for row in mark.queue} - set(mark.skipped)
    open_cards -= {card for card, quality in last.items() if quality >= REPEAT_BELOW_QUALITY}
    begun = set(last) | {row.card for row in mark.queue if row.repeat}
    gone = bookmarks.gone(database, open_cards, begun=begun, day=day, practice=before.cram)
    left = len(open_cards) - len(gone)
    return Unfinished(mark, before, tuple(answered), tuple(gone), left) if left else None


def words(decks: tuple[str, ...], wanted: Wanted) -> str:
    """The command line that asks for this."""
    given = [f"--new {wanted.new}" if wanted.new is not None else "", f"--limit {wanted.limit}" if wanted.limit else ""]
    given += [f"--tag {shlex.quote(wanted.tag)}" if wanted.tag is not None else ""]
    given += [f"--cards {shlex.quote(wanted.cards)}"] if wanted.cards else []
    given += [
        f"--only {wanted.only}" if wanted.only else "",
        f"--ahead {wanted.ahead_days}" if wanted.ahead_days else "",
    ]
    given += ["--all" if wanted.everything else "", "--cram" if wanted.cram else ""]
    return " ".join(["quizzer study", *map(shlex.quote, decks), *filter(None, given)])


class Place:
    """Keeps where a session stands, and forgets it when the learner ends the session."""

    def __init__(self, opened: Desk, wanted: Wanted, session: Session) -> None:
        """*wanted*: what the session was started with."""
        self._opened = opened
        self._wanted = wanted
        self._session = session
        self._text = ""

    def keep(self) -> None:
        """Note what is to be asked and what was skipped; what is answered is in the log."""
        from quizzer.storage import bookmarks
        from quizzer.study.bookmark import Bookmark

        session = self._session
        skipped = tuple(row.card for row in session.skipped)
        options = self._wanted._asdict()
        mark = Bookmark(
            session.learner.session_id, session.day, self._opened.decks, options, tuple(session.queue), skipped
        )
        self._text = mark.text()
        # A database that cannot be written now is said with the answer that is to be saved in it, if it still cannot.
        with suppress(StorageError):
            bookmarks.save(self._opened.database, self._text)

    def leave(self) -> None:
        """Forget it: the session has come to its end."""
        from quizzer.storage import bookmarks

        if self._text:
            bookmarks.remove(self._opened.database, self._text)
