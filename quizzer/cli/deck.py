"""`quizzer deck`: list, check and describe decks."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import compose
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports
from quizzer.errors import DeckInvalid, Problem

TABLE: Commands = {
    "list": ("quizzer.cli.deck:list_decks", "List the decks found."),
    "check": ("quizzer.cli.deck:check", "Show everything that is wrong with a deck."),
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
    found = compose.library().found
    data = [
        {"id": item.id or None, "title": item.title, "cards": item.cards, "answered": item.answered, "path": item.path,
         "place": item.place, "shadowed_by": item.shadowed_by, "problems": len(item.problems)}
        for item in found
    ]  # fmt: skip
    lines = []
    for item in found:
        if item.problems:
            lines.append(
                f"{Path(item.path).name}  broken: {len(item.problems)} to correct; run `quizzer deck check {item.path}`"
            )
        else:
            shadow = f"  not used: {item.shadowed_by} has the same id" if item.shadowed_by else ""
            lines.append(f"{item.id}  {item.title}  {item.answered} of {item.cards} answered{shadow}")
        lines.append(f"    {item.path}")
    return Result(data, "\n".join(lines) or "no decks found; put one into ./decks or see `quizzer config`")


@click.command("check", short_help="Show everything that is wrong with a deck.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@reports("deck check")
def check(decks: tuple[str, ...]) -> Result:
    """Show everything that is wrong with each DECK (an id, a file or a folder; all found where none is named).

    Exit code 0: nothing; 1: there are findings; 3: a deck cannot be read.

    \b
    Examples:
      quizzer deck check
      quizzer deck check decks/bert.yaml --json
    """
    from quizzer.decks import schema, yamlfile  # yaml

    checked = []
    problems: list[Problem] = []
    for item in compose.library(decks).selected(decks):
        path = Path(item.path)
        found: tuple[Problem, ...] = ()
        try:
            schema.parse(yamlfile.read(path), path=_shown(path))
        except DeckInvalid as error:
            found = error.problems
        problems += found
        checked.append({"path": _shown(path), "id": item.id or None, "cards": item.cards, "problems": len(found)})
    lines = []
    for problem in problems:
        lines.append(f"{_shown(Path(problem.path))}:{problem.line}:{problem.column}: {problem.message}")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    decks_word = "deck" if len(checked) == 1 else "decks"
    lines.append(
        f"{len(checked)} {decks_word} checked, {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}"
    )
    return Result({"decks": checked}, "\n".join(lines), problems=tuple(problems), findings=bool(problems))


def _shown(path: Path) -> str:
    """*path* as one types it from here, where it lies below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


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
