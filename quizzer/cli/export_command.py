"""`quizzer export`: decks to other formats."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose, exporting
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.model import Deck

TABLE: Commands = {
    "markdown": ("quizzer.cli.export_command:markdown", "Export a deck as a question list in Markdown."),
    "csv": ("quizzer.cli.export_csv:csv", "Export a deck as a table: CSV or TSV."),
    "anki": ("quizzer.cli.export_anki:anki", "Export a deck as a package for Anki."),
    "json": ("quizzer.cli.export_json:json_", "Export everything that you have answered, or a deck, as JSON."),
}


@click.command("export", cls=LazyGroup, table=TABLE, short_help="Export decks to other formats.")
def export() -> None:
    """Export decks to other formats, or everything that you have answered.

    \b
    Examples:
      quizzer export markdown bert --output bert.md
      quizzer export json --output quizzer.json
    """


@click.command("markdown", short_help="Export a deck as a question list in Markdown.")
@click.argument("selector", metavar="DECK")
@click.option("--output", "output", metavar="FILE", help="Write the list to FILE instead of stdout.")
@click.option("--into", "into", metavar="FILE", help="Fill the placeholders of the list FILE with the deck's answers.")
@reports("export markdown")
def markdown(selector: str, output: str | None, into: str | None) -> Result:
    """Export DECK (an id or a file) as a question list in Markdown.

    The list has every field of every card, and `quizzer import markdown` makes the same deck of it again.

    With --into, the list that you keep is filled instead: each placeholder gets the first answer of its card, and every
    other byte of the file stays as it is.

    \b
    Examples:
      quizzer export markdown bert
      quizzer export markdown bert --output bert.md
      quizzer export markdown bert --into bert-questions.md
    """
    from quizzer.decks.markdown.writing import write  # the phrases of lists

    if output is not None and into is not None:
        raise UsageError("'--output' and '--into' do not go together", hint="--into changes the file that it names")
    deck = compose.library((selector,)).deck(selector)
    if into is not None:
        return _fill(deck, Path(into))
    text = write(deck)
    answered = sum(bool(card.answers) for card in deck.cards)
    data = {
        "deck": deck.id,
        "cards": len(deck.cards),
        "answered": answered,
        "path": output,
        "text": None if output else text,
    }
    if output is None:
        return Result(data, functools.partial(exporting.to_stdout, text))
    hint = "to fill its placeholders use --into; otherwise name another file"
    exporting.write(Path(output), text.encode(), is_ours=_is_ours, example="list.md", hint=hint)
    return Result(data, f"{output}: {len(deck.cards)} questions of deck {deck.id}, {answered} answered")


def _is_ours(path: Path) -> bool:
    from quizzer.decks.markdown import loading
    from quizzer.decks.markdown.canonical import is_canonical

    text, _ = loading.load(path)
    return not text.strip() or is_canonical(text)


def _fill(deck: Deck, path: Path) -> Result:
    from quizzer.decks.markdown import filling, loading, saving
    from quizzer.decks.markdown.matching import pair

    text, mark = loading.load(path)
    listed = loading.read(path)
    pairs = pair(listed.entries, deck.cards)
    open_places = [number for number, entry in enumerate(listed.entries) if not entry.card.answers]
    answers = {
        number: deck.cards[pairs[number]].answers[0]
        for number in open_places
        if number in pairs and deck.cards[pairs[number]].answers
    }
    done = filling.fill(text, answers, read=loading.parse)
    if done.filled:
        saving.save(path, mark + done.text.encode(), expected=mark + text.encode())
    left = [number for number in open_places if number not in answers]

    def said(numbers: list[int]) -> list[dict[str, object]]:
        return [
            {"line": listed.entries[number].line, "question": listed.entries[number].card.question,
             "card": deck.cards[pairs[number]].id if number in pairs else None}
            for number in numbers
        ]  # fmt: skip

    data = {
        "deck": deck.id, "path": str(path), "filled": said(list(done.filled)), "without_answer": said(left),
        "refused": said(list(done.refused)),
    }  # fmt: skip
    lines = [f"{path}: {len(done.filled)} of {len(open_places)} open questions filled from deck {deck.id}"]
    for number in left:
        why = (
            f"card {deck.cards[pairs[number]].id} is unanswered" if number in pairs else "the deck has no such question"
        )
        lines.append(f"  line {listed.entries[number].line}: not filled, {why}")
    for number in done.refused:
        card = deck.cards[pairs[number]].id
        lines.append(
            f"  line {listed.entries[number].line}: not filled, the answer of {card} would not be read back as it is"
        )
    return Result(data, "\n".join(lines), findings=bool(done.refused))
