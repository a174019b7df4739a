"""Going through proposals in a terminal, one key for each."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import click

from quizzer.cli.deck_proposals import accepted_text, proposal_lines, quoted
from quizzer.cli.output import print_problem, problems_of
from quizzer.cli.proposal_desk import Desk
from quizzer.decks.proposals import Place, Proposal
from quizzer.errors import DeckError, UsageError
from quizzer.study.editor import read_key
from quizzer.text import printable

PLACES: dict[str, Place] = {"a": "answers", "t": "tests.pass", "f": "tests.fail"}
_KEYS = "a accept as an answer, t as a test that must pass, f as a test that must fail, r reject, s skip, q quit"


@dataclass(frozen=True, slots=True)
class Choice:
    """A key that was pressed: what to do with the wording number *chosen*, from 0."""

    key: Literal["a", "t", "f", "r", "s", "q", "x"]
    chosen: int


def walk(desk: Desk, found: Sequence[Proposal]) -> None:
    """Show each proposal and do what the key says; what was decided is saved at once."""
    open_ = deque(found)
    total, settled = len(found), 0
    while open_:
        proposal = open_.popleft()
        click.echo(f"\n{total - len(open_)} of {total}")
        choice = _choice(desk, proposal)
        if choice.key == "q":
            break
        if choice.key == "x":
            rest = tuple(one for place, one in enumerate(proposal.wordings) if place != choice.chosen)
            open_.extendleft([Proposal((proposal.wordings[choice.chosen],)), Proposal(rest)])
            total += 1
        elif choice.key != "s":
            settled += _settle(desk, proposal, choice)
    left = len(desk.waiting())
    click.echo(f"\n{settled} settled; {'1 answer waits' if left == 1 else f'{left} answers wait'}")


def _choice(desk: Desk, proposal: Proposal) -> Choice:
    """The first key that means something here, after the wording was chosen; Ctrl-D quits."""
    chosen, count = 0, len(proposal.wordings)
    while True:
        _print([*proposal_lines(proposal, desk, chosen=chosen if count > 1 else None), _reference(desk, proposal)])
        choosing = f"; 1 to {min(count, 9)} choose a wording, x takes the chosen one out of the group"
        click.echo("\n".join(_wrapped(f"{_KEYS}{choosing if count > 1 else ''}")))
        others = "".join(str(number + 1) for number in range(min(count, 9)) if number != chosen)
        key = read_key(f"atfrsq{f'x{others}' if count > 1 else ''}", colour=not os.environ.get("NO_COLOR"))
        if key is None or not key.isdecimal():
            return Choice(key or "q", chosen)  # type: ignore[arg-type]  # one of the keys above
        chosen = int(key) - 1


def _reference(desk: Desk, proposal: Proposal) -> str:
    answers = desk.cards[proposal.best.card].answers
    return f"the deck's answer: {quoted(answers[0], 300)}" if answers else "the deck has no answer yet"


def _settle(desk: Desk, proposal: Proposal, choice: Choice) -> bool:
    """Do what was chosen; False, with the reason on the screen, where it cannot be done."""
    try:
        if choice.key == "r":
            desk.reject(proposal.wordings)
            click.echo("rejected, and not shown again")
        else:
            done = desk.accept(proposal.wordings[choice.chosen], PLACES[choice.key], others=proposal.wordings)
            _print([accepted_text(done)])
    except (DeckError, UsageError) as error:
        for problem in problems_of(error):
            print_problem(problem)
        return False
    return True


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo("\n".join(_wrapped(printable(line))))


def _wrapped(line: str) -> list[str]:
    width = max(20, min(shutil.get_terminal_size().columns - 1, 100))
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, width, subsequent_indent=f"{indent}    ", break_on_hyphens=False) or [""]
