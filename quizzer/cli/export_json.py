"""`quizzer export json`: everything that the database holds, or a deck, as a file that any program can read."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from quizzer.cli import compose, exporting
from quizzer.cli.clock import now
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError


@click.command("json", short_help="Export everything that you have answered, or a deck, as JSON.")
@click.argument("selector", metavar="[DECK]", required=False)
@click.option("--output", "output", metavar="FILE", help="Write to FILE instead of stdout.")
@reports("export json")
def json_(selector: str | None, output: str | None) -> Result:
    """Export your whole history as JSON: answers, decisions, events, the wordings that you answered, settled proposals.
    With DECK (an id or a file) export that deck instead, with the keys of the deck format.

    `quizzer import json` takes both in again, on this machine or another. Schedules are not in the history: they follow
    from it. Neither are decks and the configuration, which are files of their own.

    \b
    Examples:
      quizzer export json --output quizzer.json
      quizzer export json bert --output bert.json
      quizzer export json | jq '.records[] | select(.type == "review") | .answer'
    """
    return _history(output) if selector is None else _deck(selector, output)


def _deck(selector: str, output: str | None) -> Result:
    from quizzer.decks import jsonfile

    deck = compose.library((selector,)).deck(selector)
    text = jsonfile.write(deck)
    data = {"deck": deck.id, "cards": len(deck.cards), "path": output, "text": None if output else text}
    if output is None:
        return Result(data, functools.partial(exporting.to_stdout, text))
    hint = "name another file, or remove that one"
    exporting.write(Path(output), text.encode(), is_ours=jsonfile.is_deck, example="deck.json", hint=hint)
    return Result(data, f"{output}: {len(deck.cards)} questions of deck {deck.id}")


def _history(output: str | None) -> Result:
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
