"""`quizzer deck answer`: fill in cards, in the editor or from the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.card_options import card_options, given, refuse_unwritten
from quizzer.cli.editing import opened
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.decks.todo import OpenCard


@click.command("answer", short_help="Fill in cards in your editor, the unanswered ones first.")
@click.argument("deck", metavar="DECK")
@click.argument("card", metavar="[CARD]", default="")
@click.option("--all", "everything", is_flag=True, help="Walk through every card, also where nothing is open.")
@click.option("--question", metavar="TEXT", help="Reword the question.")
@card_options
@click.option("--draft", type=click.Path(path_type=Path), metavar="FILE", help="Save a draft that was kept.")
@reports("deck answer")
def answer(
    deck: str, card: str, everything: bool, question: str | None, draft: Path | None, **options: Any
) -> Result:  # options: see card_options
    """Fill in what is open in DECK, card by card, in your editor ($VISUAL or $EDITOR); or one CARD of it.

    Unanswered cards come first, then those that are thin, untested, unsourced or flagged. Each comes as a text with a
    line of help for every key and is saved when you close the editor; the rest of the file stays as it is, byte for
    byte. An invalid text comes back with the problems marked. Change nothing, or empty the text, to leave the card as
    it is. What you typed is never lost: where it cannot be saved, it is kept in a file that is named.

    With a CARD and texts, they are added to it without an editor.

    \b
    Examples:
      quizzer deck answer bert
      quizzer deck answer bert bert-07
      quizzer deck answer bert bert-07 --answer "Masks are drawn anew ..." --source "Liu et al. 2019, section 4"
    """
    from quizzer.cli.answer_walk import Walk  # yaml

    if not card and "/" in deck and not os.path.lexists(deck):
        deck, _, card = deck.rpartition("/")  # a card's key
    values = given(options) | ({"question": question} if question is not None else {})
    if (values or draft) and not card:
        raise UsageError("name the card that the texts are for", hint="write `quizzer deck answer DECK CARD ...`")
    if values and draft:
        raise UsageError("--draft is a whole card; no other texts go with it", hint="leave the other texts out")
    refuse_unwritten(values)
    walk = Walk(opened(deck))
    if values:
        walk.write(card, values)
    else:
        todo = _todo(deck, walk.file.path)
        walk.edit([card] if card else walk.queue(todo, everything=everything), todo, draft=draft)
    return walk.result(single=bool(card))


def _todo(selector: str, path: Path) -> dict[str, OpenCard]:
    """What is open on the cards of the deck in the file *path*, which *selector* names; with what learners flagged."""
    from quizzer.cli import compose
    from quizzer.cli.deck_todo import open_in  # sqlite3

    library = compose.library([selector])
    found = [deck for deck in library.selected([selector]) if path.samefile(deck.path)]
    return {one.card.id: one for deck in open_in(library, found) for one in deck.todo.cards}
