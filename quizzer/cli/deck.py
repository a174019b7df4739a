"""`quizzer deck`: list, check and describe decks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports
from quizzer.cli.places import shown
from quizzer.errors import StorageError

if TYPE_CHECKING:
    from quizzer.cli.retired import Retired
    from quizzer.decks.library import Library

TABLE: Commands = {
    "list": ("quizzer.cli.deck:list_decks", "List the decks found."),
    "new": ("quizzer.cli.deck_new:new", "Make an empty deck."),
    "add": ("quizzer.cli.deck_add:add", "Add a card to a deck."),
    "answer": ("quizzer.cli.deck_answer:answer", "Fill in cards in your editor, the unanswered ones first."),
    "check": ("quizzer.cli.deck_check:check", "Show everything that is wrong with a deck."),
    "similar": ("quizzer.cli.deck_similar:similar", "Show cards that ask nearly the same."),
    "test": ("quizzer.cli.deck_test:test", "Grade answers whose outcome is known."),
    "todo": ("quizzer.cli.deck_todo:todo", "Show what is still open in a deck, and what to do next."),
    "proposals": (
        "quizzer.cli.deck_proposals:proposals",
        "Show answers that learners graded otherwise, and accept or reject them.",
    ),
    "schema": ("quizzer.cli.deck:schema", "Print the JSON Schema of the deck format."),
}


@click.command("deck", cls=LazyGroup, table=TABLE, short_help="List, check and maintain decks.")
def deck() -> None:
    """List, check and maintain decks: YAML files of questions and reference answers.

    \b
    Example:
      quizzer deck check decks/bert.yaml
    """


@click.command("list", short_help="List the decks found.")
@reports("deck list")
def list_decks() -> Result:
    """List the decks found, where they are, and how many cards are answered.

    Decks are looked for in ./decks, in the configured folders, in your own decks folder, and among those that ship with
    quizzer. Where two have the same id, the first is used.

    \b
    Examples:
      quizzer deck list
      quizzer deck list --json
    """
    library = compose.library()
    found, gone = library.found, _retired(library)
    data = [
        {"id": item.id or None, "title": item.title, "cards": item.cards, "answered": item.answered, "path": item.path,
         "place": item.place, "shadowed_by": item.shadowed_by, "problems": len(item.problems),
         "retired": gone.removed.get(item.id, 0) if item.usable else 0}
        for item in found
    ]  # fmt: skip
    lines = []
    for item in found:
        path = shown(item.path)
        name = item.id or Path(path).name
        if item.problems:
            count = f"{len(item.problems)} problem{'' if len(item.problems) == 1 else 's'}"
            lines.append(f"{name}  not used: {count}; run `quizzer deck check {path}`")
        else:
            shadow = f"  not used: {shown(item.shadowed_by)} has the same id" if item.shadowed_by else ""
            removed = gone.removed.get(item.id, 0) if item.usable else 0
            more = f", {removed} retired" if removed else ""
            lines.append(f"{name}  {item.title}  {item.answered} of {item.cards} answered{more}{shadow}")
        lines.append(f"    {path}")
    for deck_id, cards in gone.missing.items():
        learned = "1 card of it was" if cards == 1 else f"{cards} cards of it were"
        lines.append(f"{deck_id}  not found: {learned} learned; the history is kept until the deck is there again")
    lines += [f"{shown(path)}  no deck: the key 'quizzer' is missing" for path in library.passed_over]
    return Result(data, "\n".join(lines) or "no decks found; put one into ./decks or see `quizzer config`")


def _retired(library: Library) -> Retired:
    """Retired cards; none where the database cannot be used, which other commands report."""
    from quizzer.cli.retired import Retired, retired

    try:
        return retired(library)
    except StorageError:
        return Retired({}, {})


@click.command("schema", short_help="Print the JSON Schema of the deck format.")
def schema() -> None:
    """Print the JSON Schema of the deck format, for editors that complete and check YAML.

    \b
    Example:
      quizzer deck schema > deck.schema.json
    """
    import json  # only here

    from quizzer.decks.jsonschema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
