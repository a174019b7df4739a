"""CPU time of commands that should be instant, against click programs of the same shape.

Run: python benchmarks/startup.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Program, compile_everything, medians, row
from quizzer.cli.main import TABLE

PLAIN_CLICK = """
import click
@click.group()
@click.version_option("1")
def root(): "A program."
{commands}
root()
"""
COMMAND = """
@root.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def c{number}(as_json): "Does the thing with number {number}."
"""
CLICK_SQLITE = """
import click, sqlite3, json
@click.group()
def root(): "A program."
@root.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(as_json):
    connection = sqlite3.connect({database!r})
    click.echo(json.dumps(connection.execute("select count(*) from sqlite_master").fetchone()))
root()
"""


def main() -> None:
    """Print the ratios."""
    compile_everything()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plain = root / "plain.py"
        plain.write_text(PLAIN_CLICK.format(commands="".join(COMMAND.format(number=n) for n in range(len(TABLE)))))
        opener = root / "opener.py"
        opener.write_text(CLICK_SQLITE.format(database=str(root / "home" / "quizzer.db")))
        home = {"QUIZZER_HOME": str(root / "home")}
        program = [sys.executable, "-c", "from quizzer.cli.main import main; main()"]
        print(f"CPU time, median of 15 runs; {len(TABLE)} commands")
        pairs = [
            ("--help", [str(plain), "--help"], 1.3),
            ("--version", [str(plain), "--help"], 1.3),
            ("due --json", [str(opener), "due", "--json"], 1.5),
        ]
        for words, base, target in pairs:
            ours = Program(f"quizzer {words}", [*program, *words.split()], home, root)
            theirs = Program("click", [sys.executable, *base], home, root)
            our_seconds, their_seconds = medians([ours, theirs])
            print(row(theirs.name, their_seconds, their_seconds, target=1))
            print(row(ours.name, our_seconds, their_seconds, target=target))


if __name__ == "__main__":
    main()
