"""What a grading process does: it loads its grader once, grades what it is given, and ends with its host.

Requests come in on standard input and replies go out on standard output, each pickled and preceded by its length; the
host on the other side is the only one who can write there. Nothing here imports numpy: what loads the grader first
settles how many threads numpy may have.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from quizzer.grading.text import clean
from quizzer.group.events import Mark, Question
from quizzer.group.marking import card_of, mark_of
from quizzer.ports import Embedder, Grader

Load = Callable[[], tuple[Grader, Embedder]]
"""Makes a grader, and what it encodes with, which had better remember the latest texts; found by name in a new
process, so it must stand in a module."""

_LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Graded:
    """What the grader says of one text, and the text's vector (float32) as bytes; empty where it has none."""

    mark: Mark
    vector: bytes = b""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are no grades."""

    message: str


def name_of(load: Load) -> str:
    """How a new process finds *load*."""
    return f"{load.__module__}:{load.__qualname__}"


def send(file: IO[bytes], value: object) -> None:
    """Write *value* for the process at the other end."""
    content = pickle.dumps(value)
    file.write(_LENGTH.pack(len(content)) + content)
    file.flush()


def receive(file: IO[bytes]) -> Any:  # whatever was sent
    """What the process at the other end has sent.

    Raises:
        EOFError: it has ended.
    """
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = file.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)


def grade(grader: Grader, embedder: Embedder, question: Question, texts: Sequence[str]) -> list[Graded]:
    """The grade of each of *texts*, and its vector."""
    asked = card_of(question)
    grades = grader.grade_many([(asked, text) for text in texts])
    plain = [clean(text) for text in texts]
    spoken = [text for text in dict.fromkeys(plain) if text]
    encoded = embedder.encode(spoken) if spoken else []
    vectors = {text: one.vector.astype("float32").tobytes() for text, one in zip(spoken, encoded, strict=True)}
    return [Graded(mark_of(one), vectors.get(text, b"")) for one, text in zip(grades, plain, strict=True)]


def warm(grader: Grader, question: Question) -> None:
    """Read what answers to *question* are compared with."""
    if question.answers:
        grader.grade(card_of(question), question.answers[0])


def main() -> None:
    """Grade with what the first argument (MODULE:FUNCTION) loads, until the host closes the line or is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the host's terminal is for the host
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    module, _, function = sys.argv[1].partition(":")
    load: Load = getattr(importlib.import_module(module), function)
    grader, embedder = load()
    while True:
        try:
            question, texts = receive(requests)
        except EOFError:
            return
        try:
            if texts is None:
                warm(grader, question)
                send(replies, [])
            else:
                send(replies, grade(grader, embedder, question, texts))
        except Exception as error:  # noqa: BLE001  the host's side says what becomes of it
            send(replies, Failed(f"{type(error).__name__}: {error}"))
