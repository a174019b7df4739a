"""A walk through the cards of one deck: each through the editor, each saved at once."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.card_editing import AT_ONCE, HOW_TO, card_named, draft_of, in_editor, save_changes
from quizzer.cli.card_options import added
from quizzer.cli.editor import is_interactive
from quizzer.cli.output import Result
from quizzer.decks.editing import drafts, template
from quizzer.decks.editing.changes import Changes, Value, real_changes
from quizzer.decks.editing.deckfile import DeckFile
from quizzer.decks.todo import todo
from quizzer.text import printable

if TYPE_CHECKING:
    from quizzer.decks.todo import OpenCard
    from quizzer.model import Card

_SHOWN_CHARACTERS = 60


class Walk:
    """A walk through cards of one deck; keeps what was saved, and what is still open."""

    def __init__(self, file: DeckFile) -> None:
        """*file* is the deck."""
        self.deck_id = file.deck.id
        self.file = file
        self.saved: list[tuple[str, list[str]]] = []
        """Card and the keys that changed."""
        self.left: list[tuple[str, str]] = []
        """Card and why it is as it was."""

    def queue(self, opened: Mapping[str, OpenCard], *, everything: bool) -> list[str]:
        """The cards to walk through: all, or those *opened*, the unanswered ones first."""
        ids = [card.id for card in self.file.deck.cards]
        if everything:
            return ids
        return sorted((name for name in ids if name in opened), key=lambda name: not opened[name].unanswered)

    def write(self, name: str, values: dict[str, Value]) -> None:
        """Add *values* to the card *name*."""
        card = card_named(self.file, name)
        if not self._save(card, real_changes(card, added(card, values))):
            self.left.append((card.id, "it has all of that already"))

    def edit(self, names: Sequence[str], opened: Mapping[str, OpenCard], *, draft: Path | None) -> None:
        """Take the cards *names* through the editor, one after another, until the user has had enough."""
        for number, name in enumerate(names):
            if number:
                self.file = DeckFile.open(self.file.path)
            card = card_named(self.file, name)
            notes = [*self._notes(card, opened.get(card.id)), *HOW_TO, drafts.note(card)]
            resume = f"quizzer deck answer {self.deck_id} {card.id}"
            reason = in_editor(
                template.template(card, notes=notes), card, functools.partial(self._save_meant, card),
                resume=resume, draft=draft_of(self.file, card, draft) if draft else None,
            )  # fmt: skip
            if reason:
                self.left.append((card.id, reason))
            following = names[number + 1 : number + 2]
            if reason == AT_ONCE or not following:
                return
            done = f"{card.id} is as it was: {reason}" if reason else self._saved_text(card.id)
            click.echo(printable(done), err=True)
            if not self._goes_on(following[0], len(names) - number - 1):
                return

    def result(self, *, single: bool) -> Result:
        """What was done."""
        data = {
            "deck": self.deck_id, "path": str(self.file.path), "open": self._open, "cards": len(self.file.deck.cards),
            "saved": [{"card": card, "changed": keys} for card, keys in self.saved],
            "left": [{"card": card, "reason": reason} for card, reason in self.left],
        }  # fmt: skip
        if single:
            text = self._saved_text(self.saved[0][0]) if self.saved else "{} is as it was: {}".format(*self.left[0])
        elif self.saved or self.left:
            text = f"{len(self.saved)} card{'' if len(self.saved) == 1 else 's'} saved; {self._counts}"
        else:
            text = f"nothing is open in {self.deck_id}; --all walks through every card"
        return Result(data, text)

    @property
    def _open(self) -> int:
        return len(todo(self.file.deck).cards)

    @property
    def _counts(self) -> str:
        return f"{self._open} of {len(self.file.deck.cards)} open"

    def _saved_text(self, name: str) -> str:
        return f"saved {name} ({self._counts})"

    def _save_meant(self, card: Card, meant: Card) -> bool:
        return self._save(card, template.changes(card, meant))

    def _save(self, card: Card, changes: Changes) -> bool:
        if changes:
            self.file = save_changes(self.file, card, changes)
            self.saved.append((card.id, list(changes)))
        return bool(changes)

    def _notes(self, card: Card, opened: OpenCard | None) -> Iterator[str]:
        """What the editor shows above the card."""
        number = next(number for number, other in enumerate(self.file.deck.cards, start=1) if other.id == card.id)
        yield f"{card.id}, card {number} of {len(self.file.deck.cards)} in {self.file.path}; {self._open} open"
        if opened is not None:
            what = ["unanswered"] if opened.unanswered else [*opened.thin, *opened.untested]
            what += ["no sources"] * opened.unsourced
            yield f"open: {', '.join(what)}" if what else "nothing else is open"
            for flag in opened.flags:
                note = " ".join(flag.note.split()) or "no note"
                yield f"flagged by a learner on {flag.at.astimezone().date()}: {note}"
        yield ""

    def _goes_on(self, name: str, count: int) -> bool:
        """Whether the user wants the next card, *name*; with nobody there to ask, yes."""
        if not is_interactive():
            return True
        question = " ".join(card_named(self.file, name).question.split())
        question = question if len(question) <= _SHOWN_CHARACTERS else question[: _SHOWN_CHARACTERS - 3] + "..."
        click.echo(printable(f"next, {name}: {question}\nEnter goes on ({count} left), q stops: "), nl=False, err=True)
        line = sys.stdin.readline()
        return bool(line) and line.strip().lower() not in ("q", "quit", "/quit", "n", "no")
