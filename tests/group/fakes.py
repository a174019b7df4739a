"""Stand-ins at the ports of a live session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quizzer.errors import DiskFull
from quizzer.group.events import Event, Question
from quizzer.ports import Judgement
from tests.group.sessions import START, mark


class SetClock:
    """A clock that the test sets."""

    def __init__(self, at: int = START) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


class MemoryLog:
    """Keeps events in memory; with *full*, the disk is full."""

    def __init__(self) -> None:
        self.writes: list[tuple[Event, ...]] = []
        self.full = False

    def append(self, events: Sequence[Event]) -> None:
        if self.full:
            raise DiskFull("no room")
        self.writes.append(tuple(events))


class WordJudge:
    """Grades at once by words; holds the marks back while *gate* is closed. Tells what it was asked to do."""

    def __init__(self) -> None:
        self.ahead_of: list[str] = []
        self.warmed: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    def warm(self, questions: Sequence[Question]) -> None:
        self.warmed += [question.card for question in questions]

    def ahead(self, question: Question, answer: str) -> None:
        self.ahead_of.append(f"{question.card}: {answer}")

    async def judge(self, question: Question, answers: Sequence[tuple[str, str]]) -> Judgement:
        await self.gate.wait()
        same: dict[str, list[str]] = {}
        for player, text in answers:
            same.setdefault(text.casefold(), []).append(player)
        return tuple((player, mark(question, text)) for player, text in answers), tuple(map(tuple, same.values()))
