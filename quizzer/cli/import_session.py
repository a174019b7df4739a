"""`quizzer import session`: what a player answered in a live session, into the player's own log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.output import Result, reports
from quizzer.errors import Problem, SessionFileInvalid
from quizzer.scale import PASSING_QUALITY
from quizzer.text import printable

if TYPE_CHECKING:
    from datetime import date

    from quizzer.group.takehome import TakeHome, TakenAnswer
    from quizzer.model import Fact
    from quizzer.storage.store import SqliteStore

_WRONG_CLOCK = timedelta(days=1)
"""So far may the host's clock be ahead."""
_NAMED = 10


@click.command("session", short_help="Import what you answered in a live session.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and count what is new; write nothing.")
@reports("import session")
def session(file: Path, dry_run: bool) -> Result:
    """Import the session FILE that a live session's page gave you: your answers go into your own history.

    They count as answers of a group session: what you missed comes back soon, what you knew later. Where the host
    accepted or rejected your answer, that counts. The file is checked first, and refused as a whole where anything is
    wrong with it. To import twice changes nothing.

    \b
    Examples:
      quizzer import session quizzer-session.json --dry-run
      quizzer import session ~/Downloads/quizzer-session.json
    """
    return taken_in(read(_content(file), path=str(file)), path=str(file), dry_run=dry_run)


def read(content: bytes, *, path: str = "") -> TakeHome:
    """The session that *content* is: a session file's, wherever it was read from; *path* names it in messages.

    Raises:
        SessionFileInvalid: it is none; with everything that is wrong with it.
    """
    from quizzer.group import sessionfile

    return sessionfile.read(content, path=path, latest=now() + _WRONG_CLOCK)


def _content(path: Path) -> bytes:
    from quizzer.group.sessionfile import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        hint = "check the name of the file"
        problem = Problem(SessionFileInvalid.code, f"cannot be read: {error.strerror}", str(path), hint=hint)
        raise SessionFileInvalid((problem,), hint=hint) from error


@dataclass(frozen=True, slots=True)
class _Here:
    """One answer as this machine has it."""

    answer: TakenAnswer
    key: str
    """The card's key now."""
    known: bool
    """Whether a deck found here has the card."""
    new: bool
    due: date | None
    """None: its schedule was not touched."""

    @property
    def right(self) -> bool:
        return self.answer.decided >= PASSING_QUALITY


def taken_in(taken: TakeHome, *, path: str = "", dry_run: bool = False) -> Result:
    """Put what was *taken* home into this user's log, and report it; *dry_run*: only report.

    `quizzer join` calls this at a session's end, with `read` of what the host sent.

    Raises:
        StorageError: it could not be saved; nothing was.
    """
    library, store = compose.library(), compose.store()
    aliases = library.aliases()
    store.set_aliases(aliases)
    keys = {one.card: aliases.get(one.card, one.card) for one in taken.answers}
    known = library.known(set(keys.values()))
    new = _unknown(store, taken)
    if not dry_run:
        _save(store, taken, new)
    here = []
    for one in taken.answers:
        schedule = store.schedule(keys[one.card])
        here.append(_Here(one, keys[one.card], keys[one.card] in known, taken.fact_id(one) in new,
                          schedule.due if schedule else None))  # fmt: skip
    data = {
        "path": path or None, "dry_run": dry_run, "session": taken.session, "title": taken.title,
        "player": taken.player, "at": taken.at.isoformat(), "answers": [_data(one) for one in here], "new": len(new),
        "decks_missing": _decks_missing(here),
    }  # fmt: skip
    return Result(data, "\n".join(_lines(taken, here, dry_run=dry_run)))


def _unknown(store: SqliteStore, taken: TakeHome) -> set[str]:
    """Ids of the answers that the log does not have."""
    from quizzer.storage import log
    from quizzer.storage.connection import translated

    with translated(store.path):
        ids = map(taken.fact_id, taken.answers)
        return {identity for identity in ids if log.fact(store.connection, identity) is None}


def _save(store: SqliteStore, taken: TakeHome, new: set[str]) -> None:
    from quizzer.storage import holdings
    from quizzer.storage.records import KeptWording

    facts: list[Fact] = []
    for one in taken.answers:
        if taken.fact_id(one) in new:
            facts += taken.facts(one, utc_offset_minutes=_offset(one.at))
    wordings = [KeptWording(one.digest, one.question, one.references) for one in taken.answers]
    holdings.take_in(store, [*wordings, *facts])


def _offset(at: datetime) -> int:
    """The offset of this user's clock from UTC at that instant, in minutes."""
    return utc_offset_minutes(at.astimezone())


def _decks_missing(here: list[_Here]) -> list[str]:
    return list(dict.fromkeys(one.key.partition("/")[0] for one in here if not one.known))


def _data(one: _Here) -> dict[str, Any]:  # a JSON object
    return {
        "card": one.key, "right": one.right, "quality": one.answer.decided, "by_host": one.answer.by_host,
        "new": one.new, "known": one.known, "due": one.due.isoformat() if one.due else None,
    }  # fmt: skip


def _lines(taken: TakeHome, here: list[_Here], *, dry_run: bool) -> list[str]:
    count = sum(one.new for one in here)
    what = "would be new" if dry_run else "new"
    day = taken.at.astimezone().date().isoformat()
    answers = f"{len(here)} answer{'' if len(here) == 1 else 's'} of {taken.player}"
    lines = [_line(f"{answers} in {_short(taken.title)!r} of {day}: {count} {what} in your history")]
    missed = [one for one in here if not one.right]
    if missed:
        lines.append(f"missed: {len(missed)} of {len(here)}")
    for one in missed[:_NAMED]:
        due = f"; due {one.due.isoformat()}" if one.due and not dry_run else ""
        lines.append(_line(f"  {one.key}: {_short(one.answer.question)}{due}"))
    if len(missed) > _NAMED:
        lines.append(f"  and {len(missed) - _NAMED} more: `quizzer study --only missed`")
    for deck in _decks_missing(here):
        number = sum(one.key.startswith(f"{deck}/") and not one.known for one in here)
        cards = "1 card" if number == 1 else f"{number} cards"
        lines.append(f"not asked again yet: {cards} of deck {deck!r}, which is not here; they come when the deck is")
    return lines


def _short(text: str, limit: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 3]}..."


def _line(text: str) -> str:
    return printable(" ".join(text.split("\n")))
