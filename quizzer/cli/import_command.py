"""`quizzer import`: questions from other formats into decks."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import importing
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports

TABLE: Commands = {
    "markdown": ("quizzer.cli.import_command:markdown", "Import question lists in Markdown."),
    "csv": ("quizzer.cli.import_csv:csv", "Import tables of questions: CSV or TSV."),
    "anki": ("quizzer.cli.import_anki:anki", "Import decks and histories from Anki's packages."),
    "session": ("quizzer.cli.import_session:session", "Import what you answered in a live session."),
    "json": ("quizzer.cli.import_json:json_", "Import a deck, or everything that another machine has exported."),
}


@click.command("import", cls=LazyGroup, table=TABLE, short_help="Import questions into decks.")
def import_() -> None:
    """Import questions from other formats into decks, a live session, or the history of another machine.

    \b
    Examples:
      quizzer import markdown questions.md
      quizzer import anki spanish.apkg --history
      quizzer import session quizzer-session.json
      quizzer import json quizzer.json
    """


@click.command("markdown", short_help="Import question lists in Markdown.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@importing.options
@reports("import markdown")
def markdown(files: tuple[str, ...], selector: str | None, name: str | None, dry_run: bool) -> Result:
    """Import question lists in Markdown, each into a deck of its own, or all into one with --deck.

    Headings, bold lines, `Q:` and `A:`, numbered lists, tables and <details> are understood; section headings become
    tags, and a placeholder such as "To be filled" makes an unanswered card. What belongs to no question is reported
    with its lines.

    Without --deck the deck is decks/ID.yaml in the current folder. Import the list again when it has changed: the same
    question keeps its card, even reworded; what you wrote into the deck stays.

    \b
    Examples:
      quizzer import markdown questions.md --dry-run
      quizzer import markdown questions.md --id bert
      quizzer import markdown new-questions.md --deck decks/bert.yaml
    """
    from quizzer.cli import import_report
    from quizzer.decks.markdown import loading  # markdown-it

    importer = importing.Importer(selector=selector, name=name, many=len(files) > 1)
    lists = [(Path(file), loading.read(Path(file))) for file in files]
    imports = [importer.plan(path, listed) for path, listed in lists]
    if not dry_run:
        importer.save()
    return import_report.result(imports, dry_run=dry_run)
