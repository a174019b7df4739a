"""`quizzer group study-list`: what a group failed most, as a list of cards to study."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from quizzer.cli import compose, exporting
from quizzer.cli.output import Result, reports

MOST = 10


@click.command("study-list", short_help="List what the group failed most, to be studied.")
@click.argument("session", metavar="[ID]", default="last")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=MOST, metavar="N", help=f"At most N cards (default {MOST})."
)
@click.option("--output", metavar="FILE", help="Write the list to FILE instead of stdout.")
@reports("group study-list")
def study_list(session: str, limit: int, output: str | None) -> Result:
    """List the cards that the group failed most in the session ID (default: the last one), the worst first.

    The list is a text file that `quizzer study --cards FILE` asks about; pass it on to those who were not there. Those
    who played need none: what they missed comes back once they have imported their session.

    \b
    Examples:
      quizzer group study-list
      quizzer group study-list last --limit 5 --output weak.txt
      quizzer study --cards weak.txt --cram
    """
    from quizzer.group import past, studylist
    from quizzer.group.journal import sessions

    found = past.results_of(past.named(sessions(compose.paths().sessions)[0], session))
    text = studylist.text(found, most=limit)
    chosen = studylist.chosen(found, most=limit)
    cards = [
        {"card": one.question.card, "question": one.question.text, "right": one.right, "asked": one.asked}
        for one in chosen
    ]
    data = {"session": found.opened.session, "cards": cards, "path": output, "text": None if output else text}
    if output is None:
        return Result(data, functools.partial(exporting.to_stdout, text))
    hint = "name another file, or remove that one"
    exporting.write(Path(output), text.encode(), is_ours=_is_ours, example="weak.txt", hint=hint)
    count = f"{len(cards)} card{'' if len(cards) == 1 else 's'}"
    return Result(data, f"{output}: {count}; `quizzer study --cards {output}` asks about them")


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16).startswith(b"# Failed most in")
