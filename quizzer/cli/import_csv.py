"""`quizzer import csv`: tables of questions into decks."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import importing
from quizzer.cli.output import Result, reports
from quizzer.cli.table_options import delimiter_of
from quizzer.errors import ListEmpty, TableInvalid


@click.command("csv", short_help="Import tables of questions: CSV or TSV.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@importing.options
@click.option(
    "--columns",
    metavar="NAMES",
    default="",
    help="What the columns are, in order (question,answer,-,tags), or by name (Frage=question,Antwort=answer).",
)
@click.option("--header", is_flag=True, help="With --columns in order: the first row is a header, and is left out.")
@click.option(
    "--delimiter", metavar="SIGN", default="", help="What parts the cells: a character, or tab; otherwise it is found."
)
@reports("import csv")
def csv(
    files: tuple[str, ...], selector: str | None, name: str | None, dry_run: bool, columns: str, header: bool,
    delimiter: str,
) -> Result:  # fmt: skip
    """Import tables of questions (CSV or TSV in UTF-8), each into a deck of its own, or all into one with --deck.

    The first row names the columns: question, answer or answers, points, hints, explanation, sources, tags, difficulty,
    id. In a column with a plural name a bar parts several texts (one | another); \\| is a bar.

    A deck that is there already is updated: a question keeps its card, what you wrote into the deck stays. A new deck
    goes into your own decks folder; --deck names another file.

    \b
    Examples:
      quizzer import csv questions.csv --dry-run
      quizzer import csv words.tsv --columns question,answer --id spanish
      quizzer import csv fragen.csv --columns Frage=question,Antwort=answer
    """
    from quizzer.cli import import_report
    from quizzer.decks import textfile
    from quizzer.decks.tabular.reading import Layout, read

    parts = tuple(part.strip() for part in columns.split(",")) if columns.strip() else ()
    layout = Layout(delimiter_of(delimiter), parts, header)
    importer = importing.Importer(selector=selector, name=name, many=len(files) > 1, own_folder=True)
    imports = []
    for path in map(Path, files):
        text, _ = textfile.load(path, kind="CSV", others="an Excel, Numbers or OpenDocument file")
        try:
            listed = read(text, name=path.stem.replace("-", " ").replace("_", " ").strip(), layout=layout)
        except TableInvalid as error:
            raise TableInvalid(f"{path}: {error.message}", hint=error.hint) from error
        if not listed.entries:
            hint = next((f"{remark.place}: {remark.text}" for remark in listed.remarks), "each row below is one")
            raise ListEmpty(f"{path}: no questions found", hint=hint)
        imports.append(importer.plan(path, listed))
    if not dry_run:
        importer.save()
    return import_report.result(imports, dry_run=dry_run, noun="table")
