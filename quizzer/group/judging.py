"""Has answers graded in processes of their own, while the clock runs, so that the session's loop never waits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from quizzer.grading.words import language
from quizzer.group import graders
from quizzer.group.events import Mark, Question
from quizzer.group.graders import Failed, Graded, Load
from quizzer.group.grouping import groups
from quizzer.ports import Judgement

AT_ONCE = 8
"""Answers that a process is given at a time: enough to be encoded in one batch, few enough to be shared out evenly."""

MOST_PROCESSES = 4
"""Each takes some 250 MB."""

HOPELESS = 4
"""Processes that ended one after another without a grade: then the next question is waited for."""

UNGRADED = Mark(0.5, 2, "unsure", flags=("ungraded",), reason="it could not be graded; the host decides")

_PROGRAM = "from quizzer.group.graders import main; main()"

logger = logging.getLogger("quizzer.group")


class GraderEnded(Exception):
    """The process is no more."""


class GraderProcess:
    """A grading process, started when it is first asked and again when it has ended; for one thread at a time."""

    def __init__(self, load: Load) -> None:
        self._name = graders.name_of(load)
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, question: Question, texts: Sequence[str] | None) -> list[Graded] | Failed:
        """The grades of *texts*; None has it read the question's references, so that grading will be quick.

        Raises:
            GraderEnded: it cannot be started, or ended before it had graded them.
        """
        try:
            process = self._started()
            if process.stdin is None or process.stdout is None:
                raise GraderEnded("without pipes")
            graders.send(process.stdin, (question, texts))
            found: list[Graded] | Failed = graders.receive(process.stdout)
        except (OSError, EOFError) as error:
            self.bury()
            raise GraderEnded(str(error) or "it ended by itself") from error
        return found

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EOFError
            if self._process is None:
                path = os.pathsep.join(entry or os.curdir for entry in sys.path)
                self._process = subprocess.Popen(
                    [sys.executable, "-c", _PROGRAM, self._name],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": path},
                )  # fmt: skip
            return self._process

    def close(self) -> None:
        """End it for good; whoever waits for it hears that it has ended."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def bury(self) -> None:
        """Clear away what is left of it."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # a request that was not read any more
                        pipe.close()


@dataclass(frozen=True, slots=True)
class _Wanted:
    question: Question
    text: str
    done: asyncio.Future[Graded | None]


class WorkerJudge:
    """Grades in worker processes: each text once, those handed in early while the others still write."""

    def __init__(self, load: Load, *, processes: int = 0) -> None:
        """*load* makes the grader in each process; *processes* 0: one for each core, `MOST_PROCESSES` at most."""
        count = processes or min(MOST_PROCESSES, _cores())
        self._processes = [GraderProcess(load) for _ in range(count)]
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="grading") for _ in range(count)]
        self._busy = [False] * count
        self._warmed: set[str] = set()
        self._found: dict[tuple[str, str], asyncio.Future[Graded | None]] = {}
        self._queue: deque[_Wanted] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures = 0

    def warm(self, questions: Sequence[Question]) -> None:
        """Have each process, started if need be, read what the answers to *questions* are compared with."""
        self._failures = 0
        for question in questions:
            if question.card not in self._warmed:
                self._warmed.add(question.card)
                for process, thread in zip(self._processes, self._threads, strict=True):
                    thread.submit(process.ask, question, None)

    def ahead(self, question: Question, answer: str) -> None:
        """Grade *answer* as soon as a process has nothing else to do."""
        self._want(question, answer)
        self._feed()

    async def judge(self, question: Question, answers: Sequence[tuple[str, str]]) -> Judgement:
        """Marks and groups of *answers*; those that cannot be graded are unsure, and left to the host."""
        wanted = [self._want(question, text) for _, text in answers]
        # What was handed in, and replaced since, need not be graded any more.
        texts = {_plain(text) for _, text in answers}
        self._queue = deque(one for one in self._queue if one.question is not question or one.text in texts)
        self._feed()
        found = list(await asyncio.gather(*wanted))
        marks = [one.mark if one else UNGRADED for one in found]
        for key in [key for key in self._found if key[0] == question.card]:
            del self._found[key]
        same = await asyncio.to_thread(_grouped, question, [text for _, text in answers], marks, found)
        players = [player for player, _ in answers]
        return (
            tuple(zip(players, marks, strict=True)),
            tuple(tuple(players[index] for index in group) for group in same),
        )

    def close(self) -> None:
        """End the processes."""
        for task in self._tasks:
            task.cancel()
        for process, thread in zip(self._processes, self._threads, strict=True):
            process.close()
            thread.shutdown(wait=True, cancel_futures=True)
            process.bury()

    def _want(self, question: Question, answer: str) -> asyncio.Future[Graded | None]:
        text = _plain(answer)
        known = self._found.get((question.card, text))
        if known is None:
            known = self._found[question.card, text] = asyncio.get_running_loop().create_future()
            self._queue.append(_Wanted(question, text, known))
        return known

    def _feed(self) -> None:
        """Give every idle process something to do."""
        for index, busy in enumerate(self._busy):
            if self._queue and not busy:
                self._busy[index] = True
                task = asyncio.get_running_loop().create_task(self._grade(index, self._next()))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def _next(self) -> list[_Wanted]:
        """Answers to one question, a fair share of what waits."""
        share = min(AT_ONCE, -(-len(self._queue) // len(self._processes)))
        some = [self._queue.popleft()]
        while self._queue and len(some) < share and self._queue[0].question is some[0].question:
            some.append(self._queue.popleft())
        return some

    async def _grade(self, index: int, some: list[_Wanted]) -> None:
        found: list[Graded | None] = [None] * len(some)
        try:
            found = await self._graded(index, some[0].question, [one.text for one in some])
        finally:
            self._busy[index] = False
            for one, graded in zip(some, found, strict=True):
                if not one.done.done():
                    one.done.set_result(graded)
        self._feed()

    async def _graded(self, index: int, question: Question, texts: list[str]) -> list[Graded | None]:
        """The grades of *texts*; None for one of which the grader fails or its process dies, however often it is tried.

        Whatever is wrong with the grader, the quiz goes on.
        """
        loop = asyncio.get_running_loop()
        for _ in range(2 if len(texts) == 1 else 1):
            if self._failures >= HOPELESS:
                return [None] * len(texts)
            try:
                found = await loop.run_in_executor(self._threads[index], self._processes[index].ask, question, texts)
            except GraderEnded as error:
                logger.warning("a grading process ended: %s", error)
                self._failures += 1
                continue
            if isinstance(found, Failed):
                logger.warning("an answer could not be graded: %s", found.message)
                break
            self._failures = 0
            return [*found]
        if len(texts) == 1:
            return [None]
        # One of them may be to blame, which must not cost the others their grades.
        return [(await self._graded(index, question, [text]))[0] for text in texts]


def _grouped(
    question: Question, texts: Sequence[str], marks: Sequence[Mark], found: Iterable[Graded | None]
) -> tuple[tuple[int, ...], ...]:
    vectors = [np.frombuffer(one.vector, np.float32) if one and one.vector else None for one in found]
    return groups(texts, marks, vectors, negators=language(question.language).negators)


def _plain(text: str) -> str:
    return text.strip()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
