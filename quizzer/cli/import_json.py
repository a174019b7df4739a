"""`quizzer import json`: a deck, or the history of a machine, united with what is here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose, importing
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError
from quizzer.model import CardEvent, Decision, Review

if TYPE_CHECKING:
    from quizzer.storage.exportfile import Export
    from quizzer.storage.store import SqliteStore


@click.command("json", short_help="Import a deck, or everything that another machine has exported.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@importing.options
@click.option(
    "--move", is_flag=True, help="This machine takes the place of the one that wrote FILE: go on under its identity."
)
@reports("import json")
def json_(file: Path, selector: str | None, name: str | None, dry_run: bool, move: bool) -> Result:
    """Import FILE, which `quizzer export json` wrote: a history, or a deck.

    A history is united with what is here: what is there already stays, what is new is added, and schedules are computed
    anew. The file is checked record by record first, and refused as a whole where anything is wrong with it. To import
    twice changes nothing. --move is for a history only.

    A deck becomes decks/ID.yaml in your own decks folder, or updates the deck that has its id; --deck and --id say
    otherwise. Cards keep their ids, and what you wrote into the deck stays.

    \b
    Examples:
      quizzer import json quizzer.json --dry-run
      quizzer import json old-laptop.json --move
      quizzer import json bert.json --deck decks/bert.yaml
    """
    from quizzer.storage import exportfile

    data = exportfile.load(file)
    if isinstance(data, dict) and "quizzer_export" not in data and {"deck", "cards"} & data.keys():
        if move:
            raise UsageError("'--move' is for a history, and this is a deck", hint="leave it out")
        return _deck(file, selector=selector, name=name, dry_run=dry_run)
    if selector is not None or name is not None:
        raise UsageError("'--deck' and '--id' are for decks, and this is none", hint="a history needs neither")
    return _history(file, exportfile.read(file, data), dry_run=dry_run, move=move)


def _deck(file: Path, *, selector: str | None, name: str | None, dry_run: bool) -> Result:
    """Put the deck in *file* into a deck of YAML."""
    from quizzer.cli import import_report
    from quizzer.decks import jsonfile, textfile
    from quizzer.decks.markdown.entries import Entry, QuestionList

    text, _ = textfile.load(file, kind="JSON", others="other files")
    deck = jsonfile.read(text, file)
    listed = QuestionList(deck.title, tuple(Entry(card, card.line, card.line) for card in deck.cards), deck=deck)
    importer = importing.Importer(selector=selector, name=name, many=False, own_folder=True)
    planned = importer.plan(file, listed)
    if not dry_run:
        importer.save()
    return import_report.result([planned], dry_run=dry_run, noun="file")


def _history(file: Path, found: Export, *, dry_run: bool, move: bool) -> Result:
    """Unite the history *found* in *file* with what is here."""
    from quizzer.storage import exportfile, holdings

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
