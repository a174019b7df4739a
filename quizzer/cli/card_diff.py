"""`quizzer card diff`: what was reworded since a card was learned."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.errors import UnknownCard

if TYPE_CHECKING:
    from quizzer.decks.rewording import Difference
    from quizzer.model import Card, Wording


@click.command("diff", short_help="Show what was reworded since a card was learned.")
@click.argument("card")
@reports("card diff")
def diff(card: str) -> Result:
    """Show, word by word, how a card's question and reference answers differ from those you answered last.

    \b
    Examples:
      quizzer card diff bert/bert-02
      quizzer card diff bert/bert-02 --json
    """
    library = compose.library()
    store = compose.store()
    store.set_aliases(library.aliases())
    try:
        found = library.card(card)
    except UnknownCard:
        from quizzer.cli.retired import absence

        if not store.wordings(card):
            raise
        data = {"card": card, "reworded": False, "since": None, "kept": False, "differences": []}
        why = absence(library, card).why
        return Result(data, f"{card} is {why}\nthere is nothing to compare; `quizzer card show {card}` has the rest")
    return _compared(found, store.wordings(found.key))


def _compared(card: Card, wordings: list[Wording]) -> Result:
    """The card beside the wording that was answered last, or before that, where that one is the same."""
    from quizzer.decks.rewording import differences  # difflib

    data = {"card": card.key, "reworded": False, "since": None, "kept": False, "differences": []}
    former = next((wording for wording in wordings if wording.digest != card.digest), None)
    if former is None:
        why = "worded as you have always answered it" if wordings else "never answered: there is nothing to compare"
        return Result(data, f"{card.key}: {why}")
    reworded = former is wordings[0]
    day = former.at.astimezone().date()
    data |= {"reworded": reworded, "since": former.at.isoformat(), "kept": former.text is not None}
    if reworded:
        head = f"{card.key} was reworded since you answered it last, on {day}"
    else:
        head = f"{card.key} is worded as you answered it last; on {day} you answered another wording"
    if former.text is None:
        return Result(data, f"{head}\nthe former wording was not kept: an older version of quizzer saved that answer")
    found = differences(former.text, card.text)
    data["differences"] = [dataclasses.asdict(difference) for difference in found if difference.kind != "same"]
    return Result(data, "\n".join([head, *_lines(found)]))


def _lines(found: list[Difference]) -> list[str]:
    from quizzer.study.reworded import lines_of

    return [("\n" if line.role == "strong" else "") + " " * line.indent + line.text for line in lines_of(found)]
