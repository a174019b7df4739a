"""`quizzer import json`: the history of another machine, or of this one, united with what is here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError
from quizzer.model import CardEvent, Decision, Review

if TYPE_CHECKING:
    from quizzer.storage.exportfile import Export
    from quizzer.storage.store import SqliteStore


@click.command("json", short_help="Import everything that another machine has exported.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and count what is new; write nothing.")
@click.option(
    "--move", is_flag=True, help="This machine takes the place of the one that wrote FILE: go on under its identity."
)
@reports("import json")
def json_(file: Path, dry_run: bool, move: bool) -> Result:
    """Import FILE, which `quizzer export json` wrote: what is there already stays, what is new is added.

    The file is checked record by record first, and refused as a whole where anything is wrong with it. Schedules are
    computed anew from the united history. To import twice changes nothing.

    \b
    Examples:
      quizzer import json quizzer.json --dry-run
      quizzer import json quizzer.json
      quizzer import json old-laptop.json --move
    """
    from quizzer.storage import exportfile, holdings

    found = exportfile.read(file)
    store = compose.store()
    if move:
        _refuse_second_identity(store, found)
    facts = sum(isinstance(record, Review | Decision | CardEvent) for record in found.records)
    entries = "1 entry" if facts == 1 else f"{facts} entries"
    if dry_run:
        new = exportfile.unknown(store, found)
        data = {"path": str(file), "dry_run": True, "facts": facts, "new": new, "contrary": []}
        return Result(data, f"{file}: {entries}, of which {new} would be new here")
    taken = holdings.take_in(store, found.records)
    if move:
        store.take_identity(found.device_id)
    contrary = [getattr(found.records[number], "id", "") for number in taken.contrary]
    lines = [f"{file}: {entries}, of which {len(taken.added)} are new here"]
    lines += [f"  {identity}: another entry here has the same id, and stays" for identity in contrary[:5]]
    if len(contrary) > 5:
        lines.append(f"  and {len(contrary) - 5} more")
    data = {
        "path": str(file), "dry_run": False, "facts": facts, "new": len(taken.added), "contrary": contrary,
    }  # fmt: skip
    return Result(data, "\n".join(lines), findings=bool(contrary))


def _refuse_second_identity(store: SqliteStore, found: Export) -> None:
    """Nothing, if this machine has answered nothing under a name of its own."""
    from quizzer.storage import log

    if store.device_id != found.device_id and log.last_id(store.connection, store.device_id) is not None:
        raise UsageError(
            "'--move' is for a machine on which nothing was answered yet",
            hint="import without it: the histories are united, and each machine keeps its own identity",
        )
