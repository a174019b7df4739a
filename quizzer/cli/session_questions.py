"""Which questions of which decks a party or a hosted session asks, and in what order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import click

from quizzer.cli import compose
from quizzer.cli.sitting import name_broken
from quizzer.errors import UsageError
from quizzer.group.marking import question_of

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library
    from quizzer.group.events import Question

QUESTIONS = 10
MOST_QUESTIONS = 500
Order = Literal["deck", "random", "weak"]
Command = TypeVar("Command", bound=Callable[..., Any])
"""Any function that click makes a command of."""


def question_options(command: Command) -> Command:
    """The options by which a command chooses questions."""
    for option in reversed((
        click.option("--questions", "count", type=click.IntRange(1, MOST_QUESTIONS), metavar="N", default=QUESTIONS,
                     help=f"How many questions (default {QUESTIONS})."),
        click.option("--tag", metavar="TAG", help="Only questions with this tag."),
        click.option("--order", type=click.Choice(get_args(Order)), default="random",
                     help="As in the deck, shuffled (default), or what you know least first, by your own answers."),
        click.option("--seed", type=click.IntRange(0, 2**53), metavar="NUMBER", help="Shuffle by this number."),
    )):  # fmt: skip
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wanted:
    """What questions are asked for."""

    decks: tuple[str, ...]
    count: int = QUESTIONS
    tag: str | None = None
    order: Order = "random"
    seed: int | None = None
    """None: another order every time."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked, and what it is called."""

    title: str
    decks: tuple[str, ...]
    """Ids."""
    questions: tuple[Question, ...]


def chosen(wanted: Wanted) -> Chosen:
    """The questions that *wanted* names, as their decks have them now.

    Raises:
        UsageError: there is nothing to ask.
        DeckError: a deck cannot be used.
    """
    library = compose.library(wanted.decks)
    used = [deck for deck in library.found if deck.file in library.active]
    name_broken([deck for deck in library.selected(wanted.decks) if deck.problems])
    cards = {card.key: card for deck in used for card in library.content(deck).cards
             if card.answers and (wanted.tag is None or wanted.tag in card.tags)}  # fmt: skip
    if not cards:
        raise _nothing_to_ask(library, wanted)
    keys = _ordered(library, wanted, list(cards))[: wanted.count]
    if len(keys) < wanted.count:
        click.echo(f"There are no more than {len(keys)} to ask.", err=True)
    asked = {key.partition("/")[0] for key in keys}
    return Chosen(_title(used, asked), tuple(deck.id for deck in used if deck.id in asked),
                  tuple(question_of(cards[key]) for key in keys))  # fmt: skip


def _ordered(library: Library, wanted: Wanted, keys: list[str]) -> list[str]:
    """*keys* in the order in which they are asked."""
    if wanted.order == "deck":
        return keys
    seed = random.SystemRandom().getrandbits(53) if wanted.seed is None else wanted.seed
    shuffled = sorted(keys)
    random.Random(seed).shuffle(shuffled)
    if wanted.order == "random":
        return shuffled
    from quizzer.scheduling.drawing import weight  # the log, which only this order looks into
    from quizzer.storage.interviews import candidates

    day = compose.today()
    found = candidates(compose.agenda(library, compose.database()), day, tag=wanted.tag, seed=seed)
    weights = {candidate.row.card: weight(candidate, day=day) for candidate in found}
    return sorted(shuffled, key=lambda key: -weights.get(key, 0.0))


def _nothing_to_ask(library: Library, wanted: Wanted) -> UsageError:
    if wanted.tag is None:
        return UsageError("no card has an answer to grade by", hint="`quizzer deck todo` shows what is open")
    tags = library.tags()
    known = ", ".join(tags[:8]) + (", ..." if len(tags) > 8 else "")
    return UsageError(f"no card with the tag {wanted.tag!r} can be asked", hint=f"the tags are: {known}")


def _title(decks: Sequence[FoundDeck], asked: set[str]) -> str:
    titles = [deck.title or deck.id for deck in decks if deck.id in asked]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:2])}{' and more' if len(titles) > 2 else ''}"
