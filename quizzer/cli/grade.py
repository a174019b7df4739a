"""`quizzer grade`: grade one answer, or a stream of them."""

from __future__ import annotations

import functools
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.output import EXIT_FINDINGS, Result, printable, reports
from quizzer.errors import CardUnanswered, UsageError
from quizzer.study.words import QUALITIES

if TYPE_CHECKING:
    from quizzer.grading.explanation import Explanation
    from quizzer.model import Card, Grade

ANSWER_BYTES = 1 << 20
SIGNS = {"pass": "+", "unsure": "?", "fail": "-"}


@click.command("grade", short_help="Grade an answer to a card, or JSON lines.")
@click.argument("card", metavar="DECK/CARD|-")
@click.option("--answer", metavar="TEXT", help="The answer; without it, it is read from the prompt or from stdin.")
@click.option("--model", metavar="NAME_OR_PATH", default="", help="A sentence-transformers model on this machine.")
@click.option("--explain", is_flag=True, help="Show how the score came about: every feature and what it adds.")
@reports("grade")
def grade(card: str, answer: str | None, model: str, explain: bool) -> Result:
    """Grade one answer to a card: score, verdict, points made and missed, and why.

    With "-" it reads one JSON object a line from stdin and writes one a line: {"card": "bert/bert-02", "answer":
    "..."}, or a question of your own, {"question": "...", "references": ["..."], "points": ["..."],
    "misconceptions": ["..."], "answer": "..."}. An "id" is copied to the result. A bad line gives {"error": ...} in
    its place, and exit code 1 at the end.

    \b
    Examples:
      quizzer grade bert/bert-02
      quizzer grade bert/bert-02 --answer "It drops next-sentence prediction" --json
      quizzer grade bert/bert-02 --answer "It drops next-sentence prediction" --explain
      quizzer grade - < answers.jsonl
    """
    if card == "-":
        if answer is not None:
            raise UsageError("'--answer' does not go with '-'", hint="put the answer into the JSON line")
        if explain:
            raise UsageError("'--explain' does not go with '-'", hint="name a card: quizzer grade DECK/CARD --explain")
        _stream(model)
    library = compose.library()
    chosen = library.card(card)
    if not chosen.answers:
        raise CardUnanswered(f"card {card!r} has no reference answer", hint="write one under `answers` in its deck")
    text = _asked(chosen) if answer is None else answer
    grader, others = compose.grader(model=model, progress=_progress), compose.other_cards(lambda: library)
    from quizzer.cli.grade_stream import as_data

    if explain:
        explanation = grader.explain(chosen, text)
        explanation = replace(explanation, grade=others.judged(chosen, text, explanation.grade))
        return Result({"card": chosen.key, **as_data(explanation)}, functools.partial(_print_way, chosen, explanation))
    graded = others.judged(chosen, text, grader.grade(chosen, text))
    return Result({"card": chosen.key, **as_data(graded)}, functools.partial(_print, chosen, graded))


def _stream(model: str) -> None:
    """Grade stdin's lines and end the command."""
    from quizzer.cli.grade_stream import answer_lines

    decks = functools.cache(compose.library)
    grader = compose.deck_grader(decks, model=model, progress=_progress)
    fine = answer_lines(grader, lambda key: decks().card(key))
    click.get_current_context().exit(0 if fine else EXIT_FINDINGS)


def _progress(message: str) -> None:
    click.echo(printable(f"quizzer: {message}"), err=True)


def _asked(card: Card) -> str:
    """The answer from stdin: to its end where it is a file or a pipe, to an empty line in a terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.buffer.read(ANSWER_BYTES).decode(errors="replace")
    click.echo(printable(card.question), err=True)
    click.echo("(your answer; an empty line ends it)", err=True)
    lines = []
    for line in sys.stdin:
        if not line.strip():
            break
        lines.append(line)
    return "".join(lines)


def _print_way(card: Card, way: Explanation) -> None:
    _print(card, way.grade)
    if not way.features:
        return
    coverage = "" if way.coverage is None else f", {way.coverage:.2f} of the points made"
    lines = ["", f"the answer against the reference: {way.head:.2f}{coverage}; together {way.combined:.2f}"]
    if way.doubt:
        signs = ", ".join(f"{name} {value:.1f}" for name, value in way.signs.items() if value)
        lines.append(f"signs of claims turned around ({signs}) take {way.doubt:.2f} from the log-odds of that")
    if way.grade.flags:
        lines.append(f"objected: {', '.join(way.grade.flags)}; that leaves {way.grade.score:.2f}")
    lines += ["", "what makes the first figure, in log-odds (0 is a score of 0.50):"]
    lines += [
        f"  {way.base:+6.2f}         an average answer",
        f"  {way.words:+6.2f}         the words one by one (a small net)",
    ]
    lines += [f"  {one.push:+6.2f}  {one.value:5.2f}  {one.name}: {one.meaning}" for one in way.features]
    click.echo(printable("\n".join(lines)))


def _print(card: Card, graded: Grade) -> None:
    lines = [
        f"{SIGNS[graded.verdict]} {graded.verdict}: {graded.reason}",
        f"  score {graded.score:.2f}, quality {graded.quality} ({QUALITIES[graded.quality]})",
    ]
    for point in graded.points:
        lines.append(f"  {'[x]' if point.covered else '[ ]'} {point.text}")
        if point.words:
            lines.append(f'      you: "{" ".join(point.words.split())}"')
    if graded.reference is not None:
        lines += ["", f"reference: {card.answers[graded.reference]}"]
    click.echo(printable("\n".join(lines)))
