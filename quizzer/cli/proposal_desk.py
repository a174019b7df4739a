"""The proposals of the decks chosen, on the maintainer's desk: read from the log, grouped, accepted or rejected."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.clock import now
from quizzer.cli.editing import refuse_installed
from quizzer.decks import proposals
from quizzer.decks.proposals import Outcome, Overrule, Place, Proposal, Wording
from quizzer.errors import DeckChanged, ModelUnavailable, UsageError
from quizzer.text import printable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quizzer.decks.library import Library
    from quizzer.model import Card
    from quizzer.storage.store import SqliteStore

_MANY = 100
_ATTEMPTS = 5
"""To save an edit into a file that others edit at the same time; each attempt starts from the file as it is then."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of accepting a wording. *added*: False where its words stood there already."""

    wording: Wording
    place: Place
    path: str
    added: bool
    settled_with_it: int


class Desk:
    """Everything that was proposed for the cards of the decks chosen."""

    def __init__(self, library: Library, selectors: Sequence[str]) -> None:
        """*library* is narrowed to *selectors*; a log is read where there is one, and none is made."""
        self.cards: dict[str, Card] = {}
        """The cards for which something was proposed, in the order of the decks."""
        self._paths = {deck.id: deck.path for deck in library.selected(selectors) if deck.usable}
        self._store: SqliteStore | None = None
        self.proposed: list[Wording] = []
        self.settled: dict[tuple[str, str], Outcome] = {}
        self._waiting_ids: frozenset[str] | None = None
        self.retired = 0
        """Answers proposed for cards that no deck has any more."""
        if compose.paths().database.exists() or compose.paths().sessions.exists():
            self._read(library)

    def _read(self, library: Library) -> None:
        from quizzer.storage.overrules import settled  # sqlite3

        self._store = compose.store()
        aliases = library.aliases()
        self._store.set_aliases(aliases)
        found = [one for one in _overrules(self._store, aliases) if proposals.direction_of(one)]
        keys = {one.card for one in found}
        in_order = [key for key in library.keys() if key in keys]  # noqa: SIM118  a method: the library is no mapping
        self.cards = {key: library.card(key) for key in in_order}
        self.settled = settled(self._store.connection)
        self.proposed = proposals.wordings(found, self.cards)
        known = library.known(keys)
        self.retired = sum(one.card not in known for one in found)

    def waiting(self) -> list[Wording]:
        """The wordings on which nobody has decided."""
        return proposals.waiting(self.proposed, self.cards, self.settled)

    def waits(self, wording: Wording) -> bool:
        """Whether nobody has decided on *wording*."""
        if self._waiting_ids is None:
            self._waiting_ids = frozenset(one.id for one in self.waiting())
        return wording.id in self._waiting_ids

    def grouped(self, wordings: Sequence[Wording]) -> list[Proposal]:
        """*wordings* grouped by meaning; each alone, with a warning, where there is no model to compare them."""
        from quizzer.decks.grouping import grouped  # numpy
        from quizzer.grading.words import language

        negators = {key: language(self.cards[key].language).negators for key in {one.card for one in wordings}}
        try:
            return grouped(wordings, _vectors_of, negators=negators)
        except ModelUnavailable as error:
            click.echo(printable(f"quizzer: warning: not grouped by meaning: {error.message}"), err=True)
            return proposals.alone(wordings)

    def named(self, identity: str) -> Wording:
        """The wording with this id, settled or not.

        Raises:
            UsageError: there is none.
        """
        found = [wording for wording in self.proposed if wording.id == identity.strip().lower()]
        if not found:
            raise UsageError(f"no proposal {identity!r}", hint="`quizzer deck proposals --all` shows their ids")
        return found[0]

    def accept(self, wording: Wording, place: Place, *, others: Iterable[Wording] = ()) -> Done:
        """Write *wording* into the deck at *place*; *others* mean the same and are settled with it.

        The deck is written first: what stands in it is never proposed again, even if this program is killed then.

        Raises:
            DeckError, UsageError: the deck cannot be edited; nothing was changed.
        """
        path = self._paths[self.cards[wording.card].deck_id]
        added = self._write(Path(path), wording, place)
        rest = [other for other in others if other.id != wording.id]
        self._settle([(wording, place), *((other, "grouped") for other in rest)])
        return Done(wording, place, path, added, len(rest))

    def _write(self, path: Path, wording: Wording, place: Place) -> bool:
        from quizzer.decks.editing.deckfile import DeckFile  # yaml

        refuse_installed(path)
        card_id = self.cards[wording.card].id
        for attempt in range(_ATTEMPTS):
            file = DeckFile.open(path)
            changes = proposals.change(file.card(card_id), wording.text, place)
            if not changes:
                return False
            try:
                file.change_card(card_id, changes).save()
            except DeckChanged:
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return True
        return False

    def reject(self, wordings: Iterable[Wording]) -> None:
        """Note that none of *wordings* is wanted: they do not come again."""
        self._settle([(wording, "rejected") for wording in wordings])

    def _settle(self, outcomes: Iterable[tuple[Wording, Outcome]]) -> None:
        from quizzer.storage.overrules import settle

        if self._store is None:
            return
        rows = [(wording.card, wording.mark, outcome) for wording, outcome in outcomes]
        settle(self._store.database, rows, at=now())
        self.settled |= {(card, mark): outcome for card, mark, outcome in rows}
        self._waiting_ids = None


def _overrules(store: SqliteStore, aliases: Mapping[str, str]) -> list[Overrule]:
    """What the learner decided, and the hosts of the sessions that were held here.

    A host who also played has the decisions on the own answers in both; they count once.
    """
    from quizzer.group import past  # the parts of a session
    from quizzer.storage.overrules import overrules

    own = overrules(store.connection)
    known = {one.review_id for one in own}
    hosts = [one for one in past.decided(compose.paths().sessions) if one.review_id not in known]
    return [*own, *(dataclasses.replace(one, card=aliases.get(one.card, one.card)) for one in hosts)]


def _vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
    report: Callable[[str], None] = lambda message: click.echo(printable(message), err=True)  # noqa: E731
    return compose.sentence_vectors(progress=report).of(texts, progress=_progress)


def _progress(done: int, total: int) -> None:
    """A line on stderr while many answers are compared for the first time."""
    if total >= _MANY and sys.stderr.isatty():
        click.echo(f"\rcomparing answers: {done} of {total}", nl=done == total, err=True)
