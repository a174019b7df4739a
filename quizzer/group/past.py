"""Sessions that were held on this machine, as they are found by name and glanced at without reading all of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizzer.decks.proposals import Overrule
from quizzer.errors import GroupError, UnknownSession
from quizzer.group import journal, overruled
from quizzer.group.game import replay
from quizzer.group.journal import Kept
from quizzer.group.results import SessionResults, of_state, thinned
from quizzer.group.state import State

LAST = "last"
_SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Glance:
    """One session on one line of a list."""

    number: int
    """From 1, the earliest first."""
    kept: Kept
    players: int
    """Who joined and was not sent away: those whom the results show."""
    kicked: int
    """Players who were sent away."""
    revealed: int
    """Questions whose points count."""


def sessions(folder: Path) -> tuple[list[Glance], list[GroupError]]:
    """The sessions in *folder*, the earliest first, and what is wrong with those that cannot be read."""
    kept, broken = journal.sessions(folder)
    glances = []
    for number, one in enumerate(reversed(kept), start=1):
        joined, kicked, revealed = _counted(one.path, b'"t": "joined"', b'"t": "kicked"', b'"t": "revealed"')
        glances.append(Glance(number, one, joined - kicked, kicked, revealed))
    return glances, broken


def _counted(path: Path, *marks: bytes) -> list[int]:
    """How often each of *marks* is in the log: a quote in a text has a backslash before it, so no text has one."""
    try:
        content = path.read_bytes()
    except OSError:
        return [0] * len(marks)
    return [content.count(mark) for mark in marks]


def named(found: Sequence[Kept], name: str) -> Kept:
    """The one of *found*, the latest first, that *name* names: ``last``, its number, its id or the beginning of it.

    Raises:
        UnknownSession: there is none, or more than one.
    """
    if not found:
        raise UnknownSession("no session was held on this machine yet", hint="`quizzer host DECK` begins one")
    if name == LAST:
        return found[0]
    fitting = [one for number, one in enumerate(reversed(found), start=1) if str(number) == name]
    if not fitting and len(name) >= _SHORTEST_ID:
        fitting = [one for one in found if one.session.startswith(name.lower())]
    if len(fitting) != 1:
        raise UnknownSession(
            f"{'no' if not fitting else 'more than one'} session {name!r}",
            hint="`quizzer group results` lists them; `last` is the newest",
        )
    return fitting[0]


def results_of(kept: Kept) -> SessionResults:
    """How the session went; its host may be writing on.

    Raises:
        GroupError, StorageError: its log is damaged, or cannot be read.
    """
    return of_state(state_of(kept))


def state_of(kept: Kept) -> State:
    """Where the session stands."""
    return replay(thinned(journal.read(kept.path)))


def decided(folder: Path) -> Iterator[Overrule]:
    """The answers of all sessions in *folder* on which a host decided; a log that is damaged is passed over."""
    for kept in journal.sessions(folder)[0]:
        try:
            if _counted(kept.path, b'"t": "judged"')[0]:
                yield from overruled.overrules(state_of(kept))
        except GroupError:
            continue
