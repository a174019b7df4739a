"""What a mock interview says before its report, as lines with a role."""

from __future__ import annotations

from quizzer.model import Card
from quizzer.study.interview import End, Interview, Plan
from quizzer.study.pages import Line, counted
from quizzer.study.words import WORDS, clock

WORDS_HERE = {
    "skip": "go on without an answer: I don't know",
    "undo": "take back the last answer and give it again; the time runs on",
    "flag": WORDS["flag"],
    "quit": "stop; `quizzer mock --resume` goes on with what is left",
}
"""What a word means while the clock runs; the others wait."""


def minutes(milliseconds: int) -> str:
    """An allowance as one says it: ``20 minutes``, ``1:30 minutes``."""
    whole, rest = divmod(milliseconds, 60_000)
    return counted(whole, "minute") if not rest else f"{clock(milliseconds / 1000)} minutes"


def introduction(plan: Plan, *, left: int, seconds_left: float) -> list[Line]:
    """What is about to happen. *left*: questions not answered yet; all of them unless it is gone on with."""
    what = f"Mock interview: {counted(len(plan.cards), 'question')} in {minutes(plan.allowed_ms)}."
    if left < len(plan.cards):
        what = f"Mock interview, gone on with: {counted(left, 'question')} left and {clock(seconds_left)} on the clock."
    return [
        Line("strong", what),
        Line("text", "Answer as you would answer a person. You hear nothing of your answers until the end, "
                     "and your schedule stays as it is."),
        Line("text", "/skip when you don't know, /undo, /help, /quit. Every answer is saved at once."),
    ]  # fmt: skip


def question(card: Card, *, number: int, total: int, seconds_left: float) -> list[Line]:
    """A question and the time left."""
    return [
        Line("text", ""),
        Line("quiet", f"{number} of {total}  {card.key}  {clock(seconds_left)} left"),
        Line("strong", card.question),
    ]


def help_page() -> list[Line]:
    """The words that count while the clock runs."""
    return [Line("text", f"/{name:7} {meaning}") for name, meaning in WORDS_HERE.items()]


def ended(end: End, interview: Interview) -> list[Line]:
    """How it ended."""
    left, unasked = clock(interview.left_ms / 1000), len(interview.open_cards)
    if end == "done":
        return [Line("strong", f"That was the last question, with {left} left.")]
    if end == "time":
        rest = f" {counted(unasked, 'question')} not reached." if unasked else ""
        return [Line("strong", f"Time is up.{rest}")]
    return [
        Line("strong", f"Stopped with {left} left and {counted(unasked, 'question')} open."),
        Line("text", "`quizzer mock --resume` goes on; `quizzer mock --report last` reports what there is."),
    ]
