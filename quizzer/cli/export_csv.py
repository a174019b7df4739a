"""`quizzer export csv`: a deck as a table."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from quizzer.cli import compose, exporting
from quizzer.cli.output import Result, reports
from quizzer.cli.table_options import delimiter_of


@click.command("csv", short_help="Export a deck as a table: CSV or TSV.")
@click.argument("selector", metavar="DECK")
@click.option("--output", "output", metavar="FILE", help="Write the table to FILE instead of stdout.")
@click.option(
    "--delimiter", metavar="SIGN", default="", help="What parts the cells: a character, or tab; for .tsv it is tab."
)
@click.option("--excel", is_flag=True, help="Begin with a byte-order mark, from which Excel sees that it is UTF-8.")
@reports("export csv")
def csv(selector: str, output: str | None, delimiter: str, excel: bool) -> Result:
    """Export DECK (an id or a file) as a table with a row for each card, which `quizzer import csv` reads again.

    Several answers, points or tags in one cell are parted by a bar. A cell that a spreadsheet would take for a formula
    has an apostrophe before it, which the import takes away.

    \b
    Examples:
      quizzer export csv bert
      quizzer export csv bert --output bert.csv --excel
      quizzer export csv bert --output bert.tsv
    """
    from quizzer.decks.tabular.writing import write
    from quizzer.decks.textfile import MARK

    sign = delimiter_of(delimiter) or ("\t" if output and output.lower().endswith(".tsv") else ",")
    deck = compose.library((selector,)).deck(selector)
    text = (MARK.decode() if excel else "") + write(deck, delimiter=sign)
    data = {"deck": deck.id, "cards": len(deck.cards), "path": output, "text": None if output else text}
    if output is None:
        return Result(data, functools.partial(exporting.to_stdout, text))
    exporting.write(
        Path(output), text.encode(), is_ours=_is_ours, example="deck.csv", hint="name another file, or remove that one"
    )
    return Result(data, f"{output}: {len(deck.cards)} questions of deck {deck.id}")


def _is_ours(path: Path) -> bool:
    """Whether the table in *path* has the header that quizzer writes."""
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf")
    return any(start.startswith(sign.join((b"id", b"question", b"answers", b"points"))) for sign in (b",", b";", b"\t"))
