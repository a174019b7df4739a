"""`quizzer deck add`: one more card."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, cast

import click

from quizzer.cli.card_options import refuse_unwritten
from quizzer.cli.editing import opened
from quizzer.cli.output import Result, reports
from quizzer.decks.checking.placeholders import LEAVE_OUT, is_placeholder
from quizzer.decks.keys import CARD_KEYS, ID
from quizzer.errors import UsageError
from quizzer.model import Card

if TYPE_CHECKING:
    from quizzer.decks.editing.deckfile import DeckFile
    from quizzer.model import Difficulty


@click.command("add", short_help="Add a card to a deck.")
@click.argument("deck")
@click.argument("question", required=False)
@click.option("--answer", "answers", multiple=True, help="A reference answer; may be given again.")
@click.option("--point", "points", multiple=True, help="One idea of a full answer; may be given again.")
@click.option("--misconception", "misconceptions", multiple=True, help="A claim that makes an answer wrong.")
@click.option("--source", "sources", multiple=True, help="Where the answer can be checked.")
@click.option("--tag", "tags", multiple=True, help="A topic; may be given again.")
@click.option("--difficulty", type=click.Choice(CARD_KEYS["difficulty"].choices), help="How hard the question is.")
@click.option("--id", "name", metavar="ID", default="", help="The card's id; otherwise the next number.")
@reports("deck add")
def add(
    deck: str, question: str | None, answers: tuple[str, ...], points: tuple[str, ...],
    misconceptions: tuple[str, ...], sources: tuple[str, ...], tags: tuple[str, ...], difficulty: str | None, name: str,
) -> Result:  # fmt: skip
    """Add a card with this QUESTION at the end of DECK; every other byte of the file stays as it is.

    Without a question, quizzer asks for it and for the answer. A card without an answer is open: `quizzer deck todo`
    lists it, and it is not asked.

    \b
    Examples:
      quizzer deck add sky "Why is the sky blue?" --answer "Air scatters short wavelengths more." --tag light
      quizzer deck add decks/sky.yaml
    """
    file = opened(deck)
    if question is None:
        question, answers = _asked(answers)
    refuse_unwritten({
        "answers": answers, "points": points, "misconceptions": misconceptions, "sources": sources, "tags": tags,
    })  # fmt: skip
    _refuse_double(file, question)
    if name and not ID.fullmatch(name):
        raise UsageError(f"{name!r} is not an id", hint="use small letters, digits and hyphens, such as blue-sky")
    _refuse_used(file, name)
    card = Card(
        name or file.new_ids(1)[0], file.deck.id, question.strip(), answers=answers, points=points,
        misconceptions=misconceptions, sources=sources, tags=tags, difficulty=cast("Difficulty | None", difficulty),
    )  # fmt: skip
    changed = file.add_cards([card])
    changed.save()
    line = changed.card(card.id).line
    data = {"card": card.key, "path": str(file.path), "line": line, "answered": bool(answers)}
    text = f"added {card.key} to {file.path}, line {line}"
    if not answers:
        text += f"\nnext: quizzer deck answer {deck} {card.id}"
    return Result(data, text)


def _asked(answers: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Question and answers from the terminal."""
    if not sys.stdin.isatty():
        raise UsageError(
            "there is no question to add", hint='write it after the deck: quizzer deck add DECK "What ...?"'
        )
    question = click.prompt("Question", err=True)
    if not answers:
        answer = click.prompt(
            "Answer (Enter: none yet)", default="", show_default=False, err=True, value_proc=_no_placeholder
        )
        answers = (answer,) if answer.strip() else ()
    return question, answers


def _no_placeholder(answer: str) -> str:
    """*answer*, or the question for it once more."""
    if is_placeholder(answer):
        raise click.UsageError(f"{answer.strip()!r} is no answer yet. {LEAVE_OUT.capitalize()}.")
    return answer


def _refuse_used(file: DeckFile, name: str) -> None:
    for card in file.deck.cards:
        former = {alias.rpartition("/")[2] for alias in card.aliases if alias.rpartition("/")[0] in ("", file.deck.id)}
        if name == card.id or name in former:
            how = "is in use" if name == card.id else f"was the id of card {card.id!r}, whose histories it leads to"
            hint = f"choose another, or leave --id out for {file.new_ids(1)[0]}"
            raise UsageError(f"{file.path}:{card.line}: the id {name!r} {how}", hint=hint)


def _refuse_double(file: DeckFile, question: str) -> None:
    wanted = _plain(question)
    if not question.strip():
        raise UsageError("the question is empty", hint="write what is asked")
    for card in file.deck.cards:
        if _plain(card.question) == wanted:
            raise UsageError(
                f"{file.path}:{card.line}: card {card.id!r} asks this already",
                hint=f"to change it: quizzer deck answer {file.path} {card.id}",
            )


def _plain(text: str) -> str:
    """*text* without case, punctuation and spacing; as it is where nothing else is in it."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text
