"""`quizzer export anki`: a deck as a package for Anki."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose, exporting
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.decks.anki.progress import Progress
    from quizzer.model import Card


@click.command("anki", short_help="Export a deck as a package for Anki.")
@click.argument("selector", metavar="DECK")
@click.option("--output", "output", metavar="FILE", help="The package to write; otherwise ID.apkg in this folder.")
@click.option("--history", is_flag=True, help="With the reviews, and when each card is due.")
@reports("export anki")
def anki(selector: str, output: str | None, history: bool) -> Result:
    """Export the answered cards of DECK (an id or a file) as a package that every version of Anki imports.

    A note has the question, the answers, points, explanation, hints and sources. Import the package again when the deck
    has changed: Anki finds each note by its card and updates it.

    With --history, cards that you have studied keep their interval and the day on which they are due (let Anki import
    the learning progress).

    \b
    Examples:
      quizzer export anki bert
      quizzer export anki bert --output bert.apkg --history
    """
    from quizzer.decks.anki import writing  # sqlite3, zipfile

    deck = compose.library((selector,)).deck(selector)
    path = Path(output or f"{deck.id}.apkg")
    if path.suffix.lower() != ".apkg":
        raise UsageError(
            f"{path}: Anki imports packages that end in .apkg", hint=f"write --output {path.with_suffix('.apkg')}"
        )
    cards = writing.exported(deck)
    progress = _progress(cards) if history else {}
    content = writing.write(deck, changed_s=int(Path(deck.path).stat().st_mtime), progress=progress)
    exporting.write(path, content, is_ours=writing.is_ours, example="deck.apkg", hint="name another file")
    left_out = [card.id for card in deck.cards if not card.answers]
    data = {"deck": deck.id, "path": str(path), "cards": len(cards), "studied": len(progress), "unanswered": left_out}
    text = f"{path}: {len(cards)} cards of deck {deck.id}"
    if history:
        text += f", {len(progress)} of them with a history"
    if left_out:
        text += f"\n  {len(left_out)} without an answer left out: {', '.join(left_out[:10])}"
    return Result(data, text + ("..." if len(left_out) > 10 else ""))


def _progress(cards: list[Card]) -> dict[str, Progress]:
    """What was learned of those of *cards* that were studied, by key."""
    from quizzer.decks.anki.progress import progress  # the types of facts

    store = compose.store()
    schedules = ((card.key, store.schedule(card.key)) for card in cards)
    return {key: progress(schedule, store.facts(key)) for key, schedule in schedules if schedule is not None}
