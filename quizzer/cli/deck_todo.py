"""`quizzer deck todo`: what is still open in decks, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, print_problem, reports
from quizzer.cli.places import shown
from quizzer.decks.todo import (
    ANSWERS,
    FAILING,
    MISCONCEPTIONS,
    PARTIAL,
    PASSING,
    POINTS,
    Coverage,
    OpenCard,
    Todo,
)
from quizzer.errors import Problem

if TYPE_CHECKING:
    from quizzer.decks.finding import FoundDeck
    from quizzer.decks.library import Library
    from quizzer.decks.todo import Flag

LISTED = 10
"""Cards of one kind that are listed unless all are asked for."""
_SHOWN_CHARACTERS = 70
_MEANINGS = {
    "thin": f": fewer than {ANSWERS} answers, {POINTS} points or {MISCONCEPTIONS} misconception",
    "untested": f": fewer than {PASSING} passing tests, {PARTIAL} partial or {FAILING} failing",
}


@dataclass(frozen=True, slots=True)
class DeckTodo:
    """What is open in one deck file."""

    id: str
    title: str
    path: str
    todo: Todo


@click.command("todo", short_help="Show what is still open in a deck, and what to do next.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--tag", default="", metavar="TAG", help="Only cards with this tag.")
@click.option("--all", "everything", is_flag=True, help=f"List every card, not only the first {LISTED} of each kind.")
@reports("deck todo")
def todo(decks: tuple[str, ...], tag: str, everything: bool) -> Result:
    """Show what is open in each DECK (or in all): cards that are unanswered, flagged by learners, thin, untested or
    unsourced, how much of each tag is done, and what to do next.

    A complete card has two answers, four points, a misconception, a source, and tests: two answers that must pass, one
    half answer, two that must fail. A flag goes with `quizzer card unflag CARD`. This is a report: the exit code is 0
    however much is open.

    \b
    Examples:
      quizzer deck todo
      quizzer deck todo bert --tag pretraining
      quizzer deck todo bert --json
    """
    library = compose.library(decks)
    selected = library.selected(decks)
    broken = tuple(_left_out(deck) for deck in selected if deck.problems)
    found = open_in(library, [deck for deck in selected if deck.usable], tag)
    data = {"tag": tag or None, "decks": [_deck_data(one) for one in found]}

    def print_text() -> None:
        for problem in broken:
            print_problem(problem, severity="warning")
        _print("\n\n".join("\n".join(_deck_lines(one, tag, everything=everything)) for one in found))

    return Result(data, print_text, problems=broken)


def _left_out(deck: FoundDeck) -> Problem:
    path = shown(deck.path)
    return Problem("deck", f"left out: {len(deck.problems)} to correct", path, hint=f"run `quizzer deck check {path}`")


def open_in(library: Library, decks: Iterable[FoundDeck], tag: str = "") -> list[DeckTodo]:
    """What is open in *decks*; where there is no log yet, nobody has flagged or proposed anything."""
    from quizzer.decks import proposals
    from quizzer.decks.todo import todo as todo_of

    flags: list[Flag] = []
    overrules: list[proposals.Overrule] = []
    settled: dict[tuple[str, str], proposals.Outcome] = {}
    if compose.paths().database.exists():
        from quizzer.storage.flags import open_flags  # sqlite3
        from quizzer.storage.overrules import overrules as overrules_of
        from quizzer.storage.overrules import settled as settled_in

        store = compose.store()
        store.set_aliases(library.aliases())
        flags, overrules = open_flags(store.connection), overrules_of(store.connection)
        settled = settled_in(store.connection)
    found = []
    for item in decks:
        deck = library.content(item)
        waiting: dict[str, int] = {}
        cards = {card.key: card for card in deck.cards}
        for wording in proposals.waiting(proposals.wordings(overrules, cards), cards, settled):
            waiting[wording.card] = waiting.get(wording.card, 0) + 1
        found.append(DeckTodo(deck.id, deck.title, item.path, todo_of(deck, flags=flags, proposals=waiting, tag=tag)))
    return found


def _deck_data(one: DeckTodo) -> dict[str, Any]:  # a JSON object
    cards = one.todo.cards
    return {
        "id": one.id, "title": one.title, "path": one.path, "next": _next(one),
        "counts": {name: len(kind) for name, kind in _kinds(cards).items()}
        | {"proposals": sum(card.proposals for card in cards)},
        "coverage": _coverage_data(one.todo.total),
        "tags": [{"tag": tag.tag or None, **_coverage_data(tag)} for tag in one.todo.tags],
        "cards": [_card_data(card) for card in cards],
    }  # fmt: skip


def _coverage_data(coverage: Coverage) -> dict[str, int]:
    return {"cards": coverage.cards, "answered": coverage.answered, "tested": coverage.tested,
            "sourced": coverage.sourced}  # fmt: skip


def _card_data(one: OpenCard) -> dict[str, Any]:  # a JSON object
    return {
        "card": one.card.key, "line": one.card.line, "question": one.card.question, "unanswered": one.unanswered,
        "thin": one.thin, "untested": one.untested, "unsourced": one.unsourced, "proposals": one.proposals,
        "flags": [
            {"at": flag.at.isoformat(), "note": flag.note, "before_last_change": one.outdated(flag)}
            for flag in one.flags
        ],
    }  # fmt: skip


def _kinds(cards: Iterable[OpenCard]) -> dict[str, list[OpenCard]]:
    """The cards with something to do, by what it is, in the order in which to do it."""
    cards = list(cards)
    return {
        "unanswered": [card for card in cards if card.unanswered],
        "flagged": [card for card in cards if card.flags],
        "thin": [card for card in cards if card.thin],
        "untested": [card for card in cards if card.untested],
        "unsourced": [card for card in cards if card.unsourced],
    }


def _next(one: DeckTodo) -> str | None:
    """The command to go on with; None where all is done."""
    kinds = _kinds(one.todo.cards)
    if kinds["unanswered"]:
        return f"quizzer deck answer {one.id}"
    if kinds["flagged"]:
        first = kinds["flagged"][0].card
        return f"quizzer deck answer {one.id} {first.id}"
    if any(card.proposals for card in one.todo.cards):
        return f"quizzer deck proposals {one.id}"
    return f"quizzer deck answer {one.id}" if one.todo.cards else None


def _deck_lines(one: DeckTodo, tag: str, *, everything: bool) -> Iterator[str]:
    total, cards = one.todo.total, one.todo.cards
    yield f"{one.id}  {one.title}  {shown(one.path)}" if one.title != one.id else f"{one.id}  {shown(one.path)}"
    if not total.cards:
        yield f"no card has the tag {tag!r}" if tag else "no cards yet"
        return
    under = f" with the tag {tag!r}" if tag else ""
    number = f"{total.cards} card{'' if total.cards == 1 else 's'}{under}"
    yield f"{number}: {total.answered} answered, {total.tested} tested, {total.sourced} sourced"
    command = _next(one)
    yield f"next: `{command}`" if command else "nothing is open"
    for name, kind in _kinds(cards).items():
        if kind:
            yield from ("", f"{name} ({len(kind)}){_MEANINGS.get(name, '')}")
            yield from _listed(name, kind, everything=everything)
        if name == "flagged" and (waiting := sum(card.proposals for card in cards)):
            on = sum(bool(card.proposals) for card in cards)
            yield ""
            yield (f"proposals ({waiting}): answers on {on} card{'' if on == 1 else 's'} that a person graded "
                   f"otherwise; `quizzer deck proposals {one.id}`")  # fmt: skip
    yield from ("", *_table(one.todo))


def _listed(name: str, kind: list[OpenCard], *, everything: bool) -> Iterator[str]:
    listed = kind if everything else kind[:LISTED]
    for one in listed:
        what = {"thin": one.thin, "untested": one.untested}.get(name, (_shortened(one.card.question),))
        yield f"  {one.card.id}  {', '.join(what)}"
        if name == "flagged":
            for flag in one.flags:
                stale = " (before the card's last change)" if one.outdated(flag) else ""
                note = " ".join(flag.note.split()) or "no note"
                yield f"      {flag.at.astimezone().date()}: {_shortened(note, 500)}{stale}"
            yield f"      settled? `quizzer card unflag {one.card.key}`"
    if len(kind) > len(listed):
        yield f"  and {len(kind) - len(listed)} more (--all lists them)"


def _shortened(text: str, limit: int = _SHOWN_CHARACTERS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _table(one: Todo) -> Iterator[str]:
    """Coverage by tag, as columns of counts."""
    heads = ("cards", "answered", "tested", "sourced")
    names = [_shortened(tag.tag, 40) or "(no tag)" for tag in one.tags]
    width = max(map(len, [*names, "tag"]))
    yield "  ".join(["tag".ljust(width), *heads])
    for name, tag in zip(names, one.tags, strict=True):
        numbers = (tag.cards, tag.answered, tag.tested, tag.sourced)
        yield "  ".join([name.ljust(width), *(str(n).rjust(len(head)) for n, head in zip(numbers, heads, strict=True))])


def _print(text: str) -> None:
    from quizzer.text import printable

    click.echo(printable(text) if text else "no deck to look at; `quizzer deck list` shows the decks found")
