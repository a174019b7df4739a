"""`quizzer deck test`: a deck's answers are tested the way code is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.annotations import annotation
from quizzer.cli.bar import progress, waiting
from quizzer.cli.output import Result, print_problem, printable, reports
from quizzer.cli.places import shown
from quizzer.errors import DeckInvalid, UnknownCard, UsageError

if TYPE_CHECKING:
    from quizzer.cli.compose import Meaning
    from quizzer.cli.deck_files import Located, ReadDeck
    from quizzer.cli.deck_outcomes import Tested
    from quizzer.decks.checking.testing import Case
    from quizzer.decks.library import Library
    from quizzer.grading.mistaken import DeckGrader
    from quizzer.model import Card
    from quizzer.ports import Grader

_KINDS = ("tests", "tests.pass", "tests.partial", "tests.fail", "reference", "negated", "shuffled", "misconception",
          "neighbour", "question", "don't know", "blank")  # fmt: skip
"""`quizzer.decks.checking.testing.KINDS`, without numpy for the help; and "tests" for the three written ones."""

_CHARACTERS_AT_ONCE = 30_000
"""Of answers that are graded in one batch: their word states take about 30 MB."""


@click.command("test", short_help="Grade answers whose outcome is known.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--card", "cards", metavar="CARD", multiple=True, help="Only this card (bert-02 or bert/bert-02).")
@click.option("--only", metavar="KIND", multiple=True, type=click.Choice(_KINDS),
              help="Only tests of this kind; 'tests' are those that the decks themselves hold.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Show every answer, not only what is not as expected.")
@click.option("--github", is_flag=True, help="Print GitHub annotations, for a workflow.")
@click.option("--model", metavar="NAME_OR_PATH", default="", help="A sentence-transformers model on this machine.")
@reports("deck test")
def test(
    decks: tuple[str, ...], cards: tuple[str, ...], only: tuple[str, ...], everything: bool, github: bool, model: str
) -> Result:
    """Grade answers whose outcome is known, and show where the grader says something else.

    They are the `tests` of each card, and answers made for every card: each reference must pass; the reference with its
    claims denied, its keywords shuffled, each misconception, the answers of similar cards, the question, "I don't know"
    and nothing at all must not. Exit code 1 where one is not graded as expected. Cards without an answer are counted.

    \b
    Examples:
      quizzer deck test bert
      quizzer deck test bert --card bert-02 --all
      quizzer deck test decks --only tests --github
    """
    if github and click.get_current_context().params.get("as_json"):
        raise UsageError("'--github' does not go with '--json'", hint="give one of the two")
    library = compose.library(decks)
    compose.before_numpy()
    from quizzer.cli.deck_files import cards_of  # numpy and yaml
    from quizzer.cli.deck_outcomes import Report, as_data, as_lines
    from quizzer.decks.checking.content import gradable
    from quizzer.grading.text import clean

    chosen = _sound(library, decks)
    located = cards_of(chosen)
    wanted = _wanted(located, cards)
    tested: list[Tested] = []
    same: list[tuple[str, str]] = []
    grader = ""
    large = [one.card.key for one in wanted if one.card.answers and not gradable(one.card)]
    if any(one.card.answers and gradable(one.card) for one in wanted):
        with waiting("loading the model"):
            meaning = compose.meaning(model=model, progress=_tell)
        grader = meaning.grader.name
        planned, same = _planned(located, wanted, frozenset(only), meaning)
        # An answer is graded on its own card, and on those that it is a neighbour of.
        meaning.recent.keep(clean(case.answer) for _, case in planned if case.kind == "neighbour")
        tested = list(_graded(chosen, planned, _knowing(meaning.grader, located)))
    report = Report(tested, [one.card.key for one in wanted if not one.card.answers], large, same, grader)
    problems = report.problems()
    if github:
        lines = [
            *(annotation(problem, "error") for problem in problems),
            *list(as_lines(report, everything=False))[-1:],
        ]
    else:
        lines = list(as_lines(report, everything=everything))
    return Result(as_data(report), "\n".join(lines), problems=problems, findings=bool(problems))


def _sound(library: Library, selectors: Sequence[str]) -> list[ReadDeck]:
    """The decks that *selectors* name.

    Raises:
        DeckInvalid: one that is named breaks the format; where none is named, broken ones are told and left out.
    """
    from quizzer.cli.deck_files import read_deck, sound

    selected = library.selected(selectors)
    broken = tuple(problem._replace(path=shown(problem.path)) for found in selected for problem in found.problems)
    if broken and selectors:
        raise DeckInvalid(broken)
    for problem in broken:
        print_problem(problem, severity="warning")
    return [read_deck(found.path) for found in selected if sound(found) and (selectors or found.usable)]


def _wanted(located: Sequence[Located], names: Sequence[str]) -> list[Located]:
    """The cards with these ids or keys, all where there are none.

    Raises:
        UnknownCard: no deck that is tested has it.
    """
    if not names:
        return list(located)
    for name in names:
        if not any(name in (one.card.key, one.card.id) for one in located):
            raise UnknownCard(f"no card {name!r} in the decks tested", hint=_nearest(name, located))
    return [one for one in located if one.card.key in names or one.card.id in names]


def _nearest(name: str, located: Sequence[Located]) -> str:
    import difflib  # only for a mistyped name

    close = difflib.get_close_matches(name.rsplit("/", maxsplit=1)[-1], [one.card.id for one in located], n=1)
    return f"did you mean {close[0]!r}?" if close else "`quizzer deck list` shows the decks found"


def _planned(
    located: Sequence[Located], wanted: Sequence[Located], only: frozenset[str], meaning: Meaning
) -> tuple[list[tuple[int, Case]], list[tuple[str, str]]]:
    """The number of its deck and the case, of every test of *wanted*; and pairs of cards that ask the same."""
    from quizzer.decks.checking.content import gradable
    from quizzer.decks.checking.neighbours import neighbours
    from quizzer.decks.checking.testing import Neighbour, cases

    answered = [one for one in located if one.card.answers and gradable(one.card)]
    near: dict[tuple[int, int], list[Neighbour]] = {}
    same: list[tuple[str, str]] = []
    if not only or "neighbour" in only:
        with progress("comparing cards") as tell:
            found, twins = neighbours(
                [one.card for one in answered], lambda texts: meaning.vectors.of(texts, progress=tell)
            )
        near = {(one.deck, one.number): others for one, others in zip(answered, found, strict=True)}
        same = [(answered[one].card.key, answered[other].card.key) for one, other in twins]
    planned = []
    for one in wanted:
        if one.card.answers and gradable(one.card):
            for case in cases(one.number, one.card, near.get((one.deck, one.number), ())):
                if not only or case.kind in only or (case.kind.startswith("tests.") and "tests" in only):
                    planned.append((one.deck, case))
    return planned, same


def _knowing(grader: Grader, located: Sequence[Located]) -> DeckGrader:
    """*grader*, which knows the other cards of the decks that are tested, as they are now."""
    from quizzer.grading.mistaken import DeckGrader, OtherCards

    decks: dict[str, list[Card]] = {}
    for one in located:
        decks.setdefault(one.card.deck_id, []).append(one.card)
    return DeckGrader(grader, OtherCards(lambda deck_id: decks.get(deck_id, ())))


def _graded(decks: Sequence[ReadDeck], planned: Sequence[tuple[int, Case]], grader: Grader) -> Iterator[Tested]:
    """The outcome of each case, in order, graded some at a time."""
    from quizzer.cli.deck_outcomes import Tested
    from quizzer.decks.checking.testing import run

    with progress("grading answers") as tell:
        done = 0
        for some in _batches(planned):
            outcomes = run([case for _, case in some], grader)
            yield from (Tested(decks[deck], outcome) for (deck, _), outcome in zip(some, outcomes, strict=True))
            done += len(some)
            tell(done, len(planned))


def _batches(planned: Sequence[tuple[int, Case]]) -> Iterator[list[tuple[int, Case]]]:
    batch: list[tuple[int, Case]] = []
    characters = 0
    for one in planned:
        batch.append(one)
        characters += len(one[1].answer)
        if characters > _CHARACTERS_AT_ONCE:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _tell(message: str) -> None:
    click.echo(printable(f"quizzer: {message}"), err=True)
