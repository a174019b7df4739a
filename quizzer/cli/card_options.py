"""The options that give a card's texts on the command line, and what they change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from quizzer.decks.checking.placeholders import LEAVE_OUT, is_placeholder
from quizzer.decks.editing.changes import FIELDS, Value, value_of
from quizzer.decks.keys import CARD_KEYS
from quizzer.errors import UsageError
from quizzer.model import Card

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = {
    "answers": ("--answer", "TEXT", "Add an answer; - reads it from stdin."),
    "points": ("--point", "TEXT", "Add a point: one idea that a full answer says."),
    "misconceptions": ("--misconception", "TEXT", "Add a claim that makes an answer wrong."),
    "hints": ("--hint", "TEXT", "Add a hint."),
    "explanation": ("--explanation", "TEXT", "Set what is shown after answering."),
    "sources": ("--source", "TEXT", "Add where the answer can be checked."),
    "tags": ("--tag", "TAG", "Add a topic."),
    "difficulty": ("--difficulty", "easy|medium|hard", "Set how hard the question is."),
    "tests.pass": ("--pass", "TEXT", "Add an answer that must pass."),
    "tests.partial": ("--partial", "TEXT", "Add an answer that is half right."),
    "tests.fail": ("--fail", "TEXT", "Add an answer that must not pass."),
}


def card_options(command: Command) -> Command:
    """Give *command* an option for each key of a card; they arrive as ``given``, texts by key."""
    for key, (option, metavar, text) in reversed(_OPTIONS.items()):
        decorate = click.option(
            option, key.replace(".", "_"), multiple=FIELDS[key], default=None, metavar=metavar, help=text
        )
        command = decorate(command)
    return command


def given(options: dict[str, Any]) -> dict[str, Value]:
    """The texts that were given, by key, out of a command's *options*; a text ``-`` is read from stdin.

    Raises:
        UsageError: stdin is to be read twice, or is no UTF-8.
    """
    values: dict[str, Value] = {}
    for key in _OPTIONS:
        value = options[key.replace(".", "_")]
        if value:
            values[key] = tuple(value) if FIELDS[key] else str(value)
    texts = [text for value in values.values() for text in ((value,) if isinstance(value, str) else value)]
    if texts.count("-") > 1:
        raise UsageError("- stands for stdin, which can be read once", hint="give the other texts on the command line")
    if "-" in texts:
        read = _stdin()
        for key, value in values.items():
            if isinstance(value, tuple):
                values[key] = tuple(read if text == "-" else text for text in value)
            elif value == "-":
                values[key] = read
    return values


def _stdin() -> str:
    try:
        text = str(sys.stdin.buffer.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("stdin is not UTF-8", hint="convert the text first") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def refuse_unwritten(values: Mapping[str, Value]) -> None:
    """Nothing, unless one of *values*, texts by key, is empty, or an answer that is still to be written.

    Raises:
        UsageError: one is; it is known by its number, since it stands in no file.
    """
    for key, value in values.items():
        if isinstance(value, str):
            if key == "question" and not value.strip():
                raise UsageError("the question is empty", hint="write what is asked")
            continue
        for number, text in enumerate(value, start=1):
            # An empty answer is a test.
            if not text.strip() and key in CARD_KEYS:
                raise UsageError(f"{CARD_KEYS[key].entry} {number} is empty", hint="write the text, or leave it out")
            if key == "answers" and is_placeholder(text):
                raise UsageError(f"{text.strip()!r} is no answer yet", hint=LEAVE_OUT)


def added(card: Card, values: dict[str, Value]) -> dict[str, Value]:
    """What *values* change on *card*: texts are added to its lists unless they stand there, others are set."""
    changes: dict[str, Value] = {}
    for key, value in values.items():
        if isinstance(value, str):
            changes[key] = value
        else:
            old = value_of(card, key)
            changes[key] = tuple(dict.fromkeys((*old, *value)))
    return changes
