"""`quizzer export json`: everything that the database holds, as one file that any program can read."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from quizzer.cli import compose, exporting
from quizzer.cli.clock import now
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError


@click.command("json", short_help="Export everything that you have answered, as JSON.")
@click.option("--output", "output", metavar="FILE", help="Write to FILE instead of stdout.")
@reports("export json")
def json_(output: str | None) -> Result:
    """Export your whole history as JSON: answers, decisions, events, the wordings that you answered, settled proposals.

    `quizzer import json` takes it in again, on this machine or another. Schedules are not in it: they follow from the
    history. Neither are decks and the configuration, which are files of their own.

    \b
    Examples:
      quizzer export json --output quizzer.json
      quizzer export json | jq '.records[] | select(.type == "review") | .answer'
    """
    from quizzer.storage import exportfile

    store = compose.store()
    at = now()
    if output is None:
        text = "".join(exportfile.lines(store, at=at))
        return Result({"path": None, "text": text}, functools.partial(exporting.to_stdout, text))
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{path}: is a folder", hint=f"name a file in it: --output {path / 'quizzer.json'}")
    if path.exists() and path.stat().st_size and not exportfile.is_export(path):
        raise UsageError(f"{path}: is there already, and is no export", hint="name another file, or remove that one")
    exportfile.write(store, path, at=at)
    facts = store.database.meta("facts_applied")
    return Result(
        {"path": output, "facts": facts, "text": None}, f"{output}: {facts} {'entry' if facts == 1 else 'entries'}"
    )
