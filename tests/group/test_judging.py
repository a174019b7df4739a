"""Grading in processes of their own."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from quizzer.cli.compose import group_grader
from quizzer.group.judging import UNGRADED, WorkerJudge
from quizzer.group.marking import card_of, mark_of
from quizzer.ports import Judgement
from tests.group import loads
from tests.group.serving import bert
from tests.group.sessions import QUESTIONS

FRANCE, NETHERLANDS, _ = QUESTIONS
ANSWERS = (
    ("p1", "Amsterdam is the capital"), ("p2", "the government sits in The Hague, Amsterdam is the capital"),
    ("p3", "no idea"), ("p4", "  Amsterdam is the capital\n"), ("p5", ""),
)  # fmt: skip


def judged(judge: WorkerJudge, *answers: tuple[str, str]) -> Judgement:
    async def ask() -> Judgement:
        judge.warm(QUESTIONS[:2])
        for _, text in answers[::2]:
            judge.ahead(NETHERLANDS, text)
        return await judge.judge(NETHERLANDS, answers)

    with closing(judge):
        return asyncio.run(ask())


def test_marks_are_those_that_the_grader_gives_in_this_process() -> None:
    """Neither batches nor processes change a score."""
    marks, groups = judged(WorkerJudge(loads.words, processes=2), *ANSWERS)
    grader, _ = loads.words()
    expected = {player: mark_of(grader.grade(card_of(NETHERLANDS), text)) for player, text in ANSWERS}
    assert dict(marks) == expected
    assert sorted(player for group in groups for player in group) == ["p1", "p2", "p3", "p4", "p5"]
    assert ("p1", "p4") in groups


def test_equal_texts_are_graded_once_ahead_or_not() -> None:
    """500 people who say the same are one answer to grade."""
    marks, groups = judged(WorkerJudge(loads.moody, processes=1), *((f"p{number}", "the same") for number in range(50)))
    assert len(groups) == 1
    assert {mark.score for _, mark in marks} == {0.8}


def test_both_processes_grade() -> None:
    """On two cores, half the time."""
    marks, _ = judged(
        WorkerJudge(loads.moody, processes=2), *((f"p{number}", f"text {number}") for number in range(60))
    )
    assert len({mark.grader for _, mark in marks}) == 2


def test_what_cannot_be_graded_is_left_to_the_host() -> None:
    """A grader that dies of an answer takes nobody else's marks along, and the quiz goes on."""
    answers = [(f"p{number}", f"text {number}") for number in range(40)]
    marks, _ = judged(WorkerJudge(loads.moody, processes=2), *answers, ("p40", "die"))
    assert [player for player, mark in marks if mark == UNGRADED] == ["p40"]


def test_a_grader_that_fails_leaves_the_answers_to_the_host() -> None:
    """It says why in the log."""
    marks, _ = judged(WorkerJudge(loads.moody, processes=1), ("p1", "raise"))
    assert marks == (("p1", UNGRADED),)


def test_without_a_model_the_host_decides_everything() -> None:
    """A quiz without a grader is still a quiz."""
    marks, groups = judged(WorkerJudge(loads.broken, processes=1), *ANSWERS)
    assert {mark for _, mark in marks} == {UNGRADED}
    assert ("p1", "p4") in groups


def test_a_question_without_answers_is_graded_at_once() -> None:
    """Nobody knew anything: there is nothing to wait for."""
    assert judged(WorkerJudge(loads.words, processes=1)) == ((), ())


def test_the_processes_end_with_a_host_that_is_killed() -> None:
    """Each holds a model in memory; nobody else would ever end them."""
    program = (
        "import asyncio, os, sys, multiprocessing; from quizzer.group.judging import WorkerJudge;"
        "from tests.group import loads; from tests.group.sessions import QUESTIONS\n"
        "async def main():\n"
        "    judge = WorkerJudge(loads.moody, processes=2)\n"
        "    marks, _ = await judge.judge(QUESTIONS[1], [(f'p{n}', f'text {n}') for n in range(60)])\n"
        "    print(*{mark.grader.split()[1] for _, mark in marks}, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "if __name__ == '__main__':\n    asyncio.run(main())\n"
    )
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    with host.stdout:
        graders = [int(word) for word in host.stdout.readline().split()]
    host.send_signal(signal.SIGKILL)
    host.wait()
    assert graders
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if not any(map(_alive, graders)):
            return
        time.sleep(0.05)
    pytest.fail("a grading process outlived its host")


@pytest.mark.model
def test_the_real_grader_grades_in_its_processes(ready_home: object) -> None:
    """The way that `quizzer host` goes: the model is loaded there, and the same answers give the same marks."""
    [question] = bert(1)
    right, wrong = question.answers[0], "It is a recurrent network that reads one word at a time."

    async def ask() -> Judgement:
        judge.warm([question])
        return await judge.judge(question, [("p1", right), ("p2", wrong), ("p3", right.upper())])

    with closing(WorkerJudge(group_grader, processes=2)) as judge:
        marks, _groups = asyncio.run(ask())
    grader, _ = group_grader()
    expected = grader.grade_many([(card_of(question), text) for text in (right, wrong, right.upper())])
    assert [mark for _, mark in marks] == [mark_of(grade) for grade in expected]
    assert [mark.verdict for _, mark in marks][:2] == ["pass", "fail"]
    assert ready_home


def _alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
