"""`quizzer backup`: a copy of the database, today's among the others or wherever one likes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.clock import now
from quizzer.cli.output import Result, reports
from quizzer.errors import BackupNotFound, UsageError
from quizzer.study.pages import counted

if TYPE_CHECKING:
    from quizzer.storage.backup import Contents


@click.command("backup", short_help="Back up everything that you have answered.")
@click.option("--to", "target", metavar="FILE", help="Write the copy to FILE, on another disk for example.")
@reports("backup")
def backup(target: str | None) -> Result:
    """Back up the database: your answers, decisions and the state of every card.

    Quizzer makes a backup by itself on every day on which you study. The last seven days stay, then one of each week
    for four weeks, in the folder backups/ beside the database. This command brings today's up to date.

    \b
    Examples:
      quizzer backup
      quizzer backup --to /media/usb/quizzer.db
    """
    from quizzer.storage import backup as backups

    database = compose.paths().database
    if not database.exists():
        raise BackupNotFound(f"{database}: there is nothing to back up yet", hint="your first answer makes the file")
    compose.database()  # refuses a damaged file before a sound backup is replaced by it
    if target is None:
        made = backups.back_up(database, compose.paths().backups, now().date())
    else:
        made = backups.copy_to(database, _free(Path(target)))
    return Result(as_data(made), f"{made.path}: {described(made)}")


def _free(target: Path) -> Path:
    if target.is_dir():
        raise UsageError(f"{target}: is a folder", hint=f"name a file in it: --to {target / 'quizzer.db'}")
    if target.exists():
        raise UsageError(f"{target}: is there already", hint="name a new file, or remove this one first")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{target}: there is no folder {target.parent}", hint="make the folder first")
    return target


def described(found: Contents) -> str:
    """What a backup holds, in words."""
    if found.last is None:
        return "no answers yet"
    return f"{counted(found.answers, 'answer')}, the last one of {found.last.astimezone():%Y-%m-%d %H:%M}"


def as_data(found: Contents) -> dict[str, Any]:  # a JSON object
    """What a backup holds, JSON-ready."""
    last = found.last.isoformat() if found.last else None
    return {"path": str(found.path), "bytes": found.bytes, "facts": found.facts, "answers": found.answers, "last": last}
