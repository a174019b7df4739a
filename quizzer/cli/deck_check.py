"""`quizzer deck check`: everything that is wrong with a deck, at its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.annotations import annotation
from quizzer.cli.bar import waiting
from quizzer.cli.output import Result, printable, reports
from quizzer.cli.places import shown
from quizzer.errors import DeckInvalid, DeckUnreadable, ModelUnavailable, Problem, UsageError

if TYPE_CHECKING:
    from quizzer.cli.check_meaning import PlacedFinding
    from quizzer.cli.deck_files import Located, ReadDeck
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library

_NO_MEANING = "compared by their words only"


@click.command("check", short_help="Show everything that is wrong with a deck.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--github", is_flag=True, help="Print GitHub annotations, for a workflow.")
@click.option("--no-meaning", is_flag=True, help="Leave out what needs the model: it takes time on a large new deck.")
@click.option("--alone", is_flag=True, help="Compare with no other decks than those checked.")
@reports("deck check")
def check(decks: tuple[str, ...], github: bool, no_meaning: bool, alone: bool) -> Result:
    """Show everything that is wrong with each DECK (an id, a file or a folder; all found where none is named).

    Beyond the format: questions asked twice, also in other words and in other decks; cards whose answers would be
    accepted for each other; points that no answer makes; answers longer than the model reads; placeholders, repeated
    texts, sources that are none, questions that give their answer away. A comment "# quizzer: allow CODE" in a card
    lets the finding with that code pass.

    Exit code 0: nothing; 1: there are findings; 3: a deck cannot be read.

    \b
    Examples:
      quizzer deck check
      quizzer deck check decks/bert.yaml --json
      quizzer deck check decks --alone --github
    """
    if github and click.get_current_context().params.get("as_json"):
        raise UsageError("'--github' does not go with '--json'", hint="give one of the two")
    library = compose.library(decks, broken_ok=True)
    selected = library.selected(decks)
    for path in library.passed_over:
        note = f"quizzer: note: {shown(path)}: not checked: no deck, since the key 'quizzer' is missing"
        click.echo(printable(note), err=True)
    problems = [problem for item in selected for problem in _problems_of(item, selected)]
    unreadable = any(problem.code == DeckUnreadable.code for problem in problems)
    found, compared = _findings(selected, library, no_meaning=no_meaning or unreadable, alone=alone)
    order = {shown(item.path): number for number, item in enumerate(selected)}
    every = tuple(sorted([*problems, *found], key=lambda one: (order.get(one.path, -1), one.line, one.column)))
    if unreadable:
        if github:
            click.echo("\n".join(annotation(problem, "error") for problem in every))
        raise DeckInvalid(every)
    return _result(selected, every, frozenset(found), compared=compared, github=github)


def _result(
    selected: Sequence[FoundDeck],
    every: tuple[Problem, ...],
    found: frozenset[Problem],
    *,
    compared: bool,
    github: bool,
) -> Result:
    """*every* problem; those *found* beyond the format break no rule of it."""
    counts = Counter(problem.path for problem in every)
    checked = [{"path": shown(item.path), "id": item.id or None, "cards": item.cards, "answered": item.answered,
                "problems": counts[shown(item.path)]} for item in selected]  # fmt: skip
    lines = []
    for problem in every:
        if github:
            lines.append(annotation(problem, "warning" if problem in found else "error"))
            continue
        code = f" [{problem.code}]" if problem in found else ""
        lines.append(f"{problem.path}:{problem.line or 1}:{problem.column or 1}: {problem.message}{code}")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    count = f"{len(every)} problem{'' if len(every) == 1 else 's'}" if every else "no problems"
    lines.append(f"{len(checked)} deck{'' if len(checked) == 1 else 's'} checked, {count}")
    data = {"decks": checked, "meaning": compared}
    return Result(data, "\n".join(lines), problems=every, findings=bool(every))


def _problems_of(item: FoundDeck, others: Sequence[FoundDeck]) -> Iterator[Problem]:
    """What is wrong with the form of one deck, itself and beside its neighbours; paths as one types them here."""
    for problem in item.problems:
        yield problem._replace(path=shown(problem.path))
    # A copy in another place is the way to try a change; two in one place are a mistake.
    first = next((other for other in others if other.path == item.shadowed_by and other.place == item.place), None)
    if first:
        message = f"deck id {item.id!r} is already that of {shown(first.path)}"
        line, column = _place_of_id(item)
        yield Problem(
            "duplicate-deck-id", message, shown(item.path), line, column, "give one of the two decks another id"
        )


def _place_of_id(item: FoundDeck) -> tuple[int, int]:
    """Line and column of the deck's id; 0 where the file is broken, which other problems tell."""
    from quizzer.cli.deck_files import read_deck, sound  # yaml
    from quizzer.decks.checking.places import WHOLE_DECK, Spot

    return read_deck(item.path).places.place(Spot(WHOLE_DECK, "id")) if sound(item) else (0, 0)


def _findings(
    selected: Sequence[FoundDeck], library: Library, *, no_meaning: bool, alone: bool
) -> tuple[list[Problem], bool]:
    """What is wrong with the content of the decks that break no rule; and whether they were compared by meaning."""
    compose.before_numpy()
    from quizzer.cli.check_meaning import aliases_in_use, repeated_questions
    from quizzer.cli.deck_files import cards_of, other_cards, read_deck, sound
    from quizzer.decks.checking.lint import examine

    decks = [read_deck(item.path) for item in selected if sound(item)]
    cards = cards_of(decks)
    if not cards:
        return [], False
    placed = [(one, finding) for one in decks for finding in examine(one.deck)]
    everything = [*cards, *([] if alone else other_cards(library, decks))]
    placed += aliases_in_use(decks, everything)
    placed += repeated_questions(decks, everything, len(cards))
    by_meaning = None if no_meaning else _by_meaning(decks, everything, len(cards))
    placed += by_meaning or []
    problems = {one.places.problem(finding): None for one, finding in placed
                if not one.places.allows(finding.code, finding.spot.card)}  # fmt: skip
    return list(problems), by_meaning is not None


def _by_meaning(decks: Sequence[ReadDeck], cards: Sequence[Located], checked: int) -> list[PlacedFinding] | None:
    """What only the model can tell; None where it cannot be had."""
    from quizzer.cli.check_meaning import by_meaning

    try:
        with waiting("loading the model"):
            meaning = compose.meaning(progress=_tell)
    except ModelUnavailable as error:
        click.echo(printable(f"quizzer: warning: the decks are {_NO_MEANING}: {error.message}"), err=True)
        if error.hint:
            click.echo(printable(f"hint: {error.hint}"), err=True)
        return None
    return list(by_meaning(decks, cards, checked, meaning))


def _tell(message: str) -> None:
    click.echo(printable(f"quizzer: {message}"), err=True)
