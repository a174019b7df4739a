"""`quizzer grade`, as a process, with the real model."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("ready_home")]

OWN = {"question": "What is a mutex for?", "references": ["It lets only one thread at a time enter a section of code."]}


def test_an_answer_is_graded_with_points_and_reason(quizzer: Run) -> None:
    """The whole way, from a deck to a verdict."""
    done = quizzer("grade", "bert/bert-02", "--answer", "It drops next-sentence prediction", "--json")
    data = json.loads(done.stdout)["data"]
    assert done.returncode == 0
    assert data["card"] == "bert/bert-02"
    assert any(point["covered"] for point in data["points"])
    assert data["reason"]


def test_the_answer_may_come_from_stdin(quizzer: Run) -> None:
    """For editors and pipes."""
    assert "fail" in quizzer("grade", "bert/bert-02", stdin="no idea\n").stdout


def test_lines_are_answered_in_order_and_bad_ones_in_their_place(quizzer: Run) -> None:
    """One line out for each line in: a caller may pair them by counting."""
    lines = [
        json.dumps({**OWN, "answer": "only one thread may be inside at a time", "id": "a"}),
        "not json",
        json.dumps({"card": "bert/nothing", "answer": "x", "id": 2}),
        "",
        json.dumps({**OWN, "answer": "\ud800 \u0000"}),
        json.dumps({"card": "bert/bert-02", "answer": "x" * 1_000_000}),
    ]
    done = quizzer("grade", "-", stdin="\n".join(lines))
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    assert [item.get("id") for item in out] == ["a", None, 2, None, None, None]
    assert [item.get("error", {}).get("line") for item in out] == [None, 2, 3, 4, None, None]
    assert out[0]["verdict"] == "pass"
    assert out[4]["flags"] == ["blank"]
    assert set(out[0]) >= {"score", "quality", "verdict", "points", "flags", "reference", "grader"}


def test_a_caller_may_wait_for_each_line(ready_home: Path) -> None:
    """A live quiz sends one answer and needs its grade before the next one comes."""
    with subprocess.Popen(
        [sys.executable, "-m", "quizzer", "grade", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({**OWN, "answer": "one thread at a time", "id": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("bert/none",), 2),
        (("bert/bert-02", "--model", "no-such-model", "--answer", "x"), 6),
        (("-", "--answer", "x"), 2),
    ],
)
def test_what_cannot_be_graded_says_so(quizzer: Run, arguments: tuple[str, ...], code: int) -> None:
    """Each failure has its own exit code, so that scripts can tell them apart."""
    done = quizzer("grade", *arguments)
    assert done.returncode == code
    assert done.stderr.startswith("quizzer: error: ")


def test_an_explanation_adds_up(quizzer: Run) -> None:
    """A sceptic checks the sum: base, words and every push are the head's log-odds."""
    arguments = ("grade", "bert/bert-02", "--answer", "RoBERTa drops NSP and masks dynamically", "--explain")
    data = json.loads(quizzer(*arguments, "--json").stdout)["data"]
    odds = data["base"] + data["words"] + sum(feature["push"] for feature in data["features"])
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(data["head"], abs=0.002)
    assert all(feature["meaning"] for feature in data["features"])
    assert data["grade"]["points"]
    text = quizzer(*arguments).stdout
    assert "what makes the first figure" in text
    assert "cosine of answer and reference" in text


def test_nothing_is_explained_of_no_answer(quizzer: Run) -> None:
    """No model has read it, so there are no features."""
    done = quizzer("grade", "bert/bert-02", "--answer", "no idea", "--explain")
    assert done.returncode == 0
    assert "log-odds" not in done.stdout
