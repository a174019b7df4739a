"""`quizzer deck new`: an empty deck to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.cli.places import shown
from quizzer.decks.files import SUFFIXES
from quizzer.decks.keys import ID, LANGUAGE
from quizzer.errors import UsageError
from quizzer.model import Deck


@click.command("new", short_help="Make an empty deck.")
@click.argument("name", metavar="ID")
@click.option("--title", default="", help="The deck's name as people read it; otherwise the id.")
@click.option("--language", default="en", show_default=True, help="Language of questions and answers.")
@click.option("--license", "license_", default="", help="An SPDX licence expression, such as CC-BY-4.0.")
@click.option("--author", "authors", multiple=True, help="Who writes it; may be given again.")
@click.option("--tag", "tags", multiple=True, help="A tag of every card; may be given again.")
@click.option("--path", "path", metavar="FILE", help="Where to write it; otherwise decks/ID.yaml in this folder.")
@reports("deck new")
def new(
    name: str, title: str, language: str, license_: str, authors: tuple[str, ...], tags: tuple[str, ...],
    path: str | None,
) -> Result:  # fmt: skip
    """Make an empty deck: decks/ID.yaml in the current folder, where quizzer looks for decks.

    The ID is for good: histories refer to it. The title may change.

    \b
    Examples:
      quizzer deck new sky --title "The sky"
      quizzer deck new chimie --language fr --license CC-BY-4.0
    """
    from quizzer.decks.editing.deckfile import DeckFile  # yaml

    if not ID.fullmatch(name):
        raise UsageError(f"{name!r} is not an id", hint="use small letters, digits and hyphens, such as bert")
    if not LANGUAGE.fullmatch(language):
        raise UsageError(f"{language!r} is not a language code", hint="write a code such as en or pt-BR")
    file = Path(path or f"decks/{name}.yaml")
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{file}: a deck is a YAML file", hint=f"write --path {file}.yaml")
    if not file.exists():
        taken = next((deck for deck in compose.library().found if deck.id == name), None)
        if taken:
            raise UsageError(
                f"the id {name!r} is that of {shown(taken.path)}", hint="choose another id; of two, one is not studied"
            )
    deck = Deck(name, title, language=language, license=license_, authors=authors, tags=tags)
    DeckFile.new(file, deck).save()
    text = f'made {file}\nnext: quizzer deck add {path or name} "What is ...?", or quizzer import markdown'
    return Result({"deck": name, "path": str(file)}, text)
