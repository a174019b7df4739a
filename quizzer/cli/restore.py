"""`quizzer restore`: the backups there are, and one of them in the place of the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.backup import as_data, described
from quizzer.cli.clock import now
from quizzer.cli.output import Result, reports
from quizzer.errors import BackupNotFound, StorageError, UsageError

if TYPE_CHECKING:
    from quizzer.storage.backup import Contents

LATEST = "latest"


@click.command("restore", short_help="List the backups, and put one in the database's place.")
@click.argument("backup", metavar="[BACKUP]", required=False)
@reports("restore")
def restore(backup: str | None) -> Result:
    """List the backups, or put BACKUP in the place of the database: `latest`, a day as listed, or a file.

    The backup is checked before anything is replaced, and the database that was there is kept among the backups, also
    when it is damaged. With `quizzer sync`, what you answered since the backup comes back from the folder.

    \b
    Examples:
      quizzer restore
      quizzer restore latest
      quizzer restore 2026-11-25
    """
    if backup is None:
        return _list()
    from quizzer.storage import restore as restoring

    places = compose.paths()
    source = _chosen(backup, places.backups)
    if places.database.exists() and source.exists() and source.samefile(places.database):
        raise UsageError(f"{source}: is the database itself", hint="`quizzer restore` lists the backups")
    keep = places.backups / f"before-restore-{now():%Y-%m-%d-%H%M%S}.db"
    done = restoring.restore(source, places.database, keep=keep)
    lines = [f"restored from {source}: {described(done.contents)}"]
    if done.kept is not None:
        lines.append(f"what was there before is kept: {done.kept}" + _held(done.before))
        if done.before is not None and done.before.facts > done.contents.facts:
            lines.append(f"it holds more than the backup; `quizzer restore {done.kept.name}` goes back to it")
    data = {
        "restored": as_data(done.contents), "from": str(source), "kept": str(done.kept) if done.kept else None,
        "before": as_data(done.before) if done.before else None,
    }  # fmt: skip
    return Result(data, "\n".join(lines))


def _held(before: Contents | None) -> str:
    return " (it cannot be read)" if before is None else f" ({described(before)})"


def _list() -> Result:
    """Every backup, the newest first, then the databases that were replaced."""
    from quizzer.storage.backup import backups

    folder = compose.paths().backups
    of_days = backups(folder)
    others = sorted(set(folder.glob("*.db")) - set(of_days), reverse=True)
    lines, data = [], []
    for path in (*of_days, *(other for other in others if not other.name.startswith("."))):
        name = path.stem.removeprefix("quizzer-") if path in of_days else path.name
        found, problem = _looked_at(path)
        lines.append(f"{name}  {described(found) if found else problem}")
        data.append({"name": name, "path": str(path), **(as_data(found) if found else {"problem": problem})})
    if not lines:
        return Result({"folder": str(folder), "backups": []}, f"no backups yet in {folder}; `quizzer backup` makes one")
    lines += ["", f"in {folder}; `quizzer restore latest` puts the first one in the database's place"]
    return Result({"folder": str(folder), "backups": data}, "\n".join(lines))


def _looked_at(path: Path) -> tuple[Contents | None, str]:
    from quizzer.storage.backup import contents

    try:
        return contents(path), ""
    except StorageError as error:
        return None, error.message.removeprefix(f"{path}: ")


def _chosen(name: str, folder: Path) -> Path:
    """The backup that *name* means: `latest`, a day, a file's name in *folder*, or a path."""
    from quizzer.storage.backup import backups
    from quizzer.storage.exportfile import is_export

    of_days = backups(folder)
    if name == LATEST:
        latest = next((path for path in of_days if _looked_at(path)[0]), None)
        if latest is None:
            hint = "`quizzer restore FILE` takes one from elsewhere"
            raise BackupNotFound(f"{folder}: there is no backup that can be read", hint=hint)
        return latest
    for candidate in (folder / f"quizzer-{name}.db", folder / name, Path(name)):
        if candidate.is_file():
            if is_export(candidate):
                raise UsageError(f"{candidate}: is an export", hint="`quizzer import json` unites it with what is here")
            return candidate
    known = ", ".join(path.stem.removeprefix("quizzer-") for path in of_days[:3])
    raise BackupNotFound(f"there is no backup {name!r}", hint=f"there are: {known}" if known else f"none in {folder}")
