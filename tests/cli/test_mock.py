"""Mock interviews through the program, by pipe and on a pseudo-terminal, with the real grader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, envelope
from tests.terminal import Terminal

pytestmark = pytest.mark.model

DECK = """
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: blue
    question: Why is the sky blue?
    answers: [Air molecules scatter short wavelengths of sunlight more than long ones.]
    points: [short wavelengths are scattered more]
    tags: [light]
  - id: night
    question: Why is the sky dark at night?
    answers: [The sun is behind the earth, so no sunlight is scattered towards us.]
    tags: [light, "[bold]night[/bold]"]
  - id: wind
    question: What makes the wind blow?
    answers: [Air flows from high pressure to low pressure.]
"""
RIGHT = "Short wavelengths of sunlight are scattered more by air molecules"


@pytest.fixture
def sky(ready_home: Path) -> Path:
    """A home with one small deck in the current folder."""
    Path("decks").mkdir()
    (Path("decks") / "sky.yaml").write_text(DECK)
    return ready_home


def data(quizzer: Run, *arguments: str, **others: str) -> Any:  # JSON
    result = quizzer("mock", *arguments, "--json", **others)
    assert result.returncode == 0, result.stderr
    return envelope(result.stdout)["data"]


def test_an_interview_by_pipe_reports_at_its_end(quizzer: Run, sky: Path) -> None:
    """Questions first, not a word on the answers, then everything."""
    result = quizzer("mock", "sky", "--minutes", "5", stdin=f"{RIGHT}\n\n/skip\n{RIGHT}\n\n")
    assert result.returncode == 0, result.stderr
    asked, _, reported = result.stdout.partition("That was the last question")
    assert [line.split()[0] for line in asked.splitlines() if "left" in line] == ["1", "2", "3"]
    assert "[+]" not in asked
    assert "[-]" not in asked
    assert "There are no more than 3 to ask." in asked
    assert "Mock interview 1, " in reported
    assert "By topic, the weakest first" in reported
    assert "[bold]night[/bold]" in reported
    assert "`quizzer study sky --tag" in reported
    due = envelope(quizzer("due", "sky", "--json").stdout)["data"]
    assert due["due"] == 0


def test_with_json_the_questions_go_to_stderr_and_the_report_to_stdout(quizzer: Run, sky: Path) -> None:
    """A program can hold an interview, too."""
    result = quizzer("mock", "sky", "--questions", "2", "--json", stdin="/skip\n/skip\n")
    told = envelope(result.stdout)
    assert (told["command"], told["status"]) == ("mock", "ok")
    assert "1 of 2" in result.stderr
    assert [answer["verdict"] for answer in told["data"]["answers"]] == ["fail", "fail"]
    assert told["data"]["interview"]["end"] == "done"
    assert told["data"]["compared"] is None


def test_interviews_are_kept_listed_and_compared(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """Whether it goes better is the question that brings people back."""
    assert "no mock interview yet" in quizzer("mock", "--list").stdout
    first = data(quizzer, "sky", "--tag", "light", stdin="/skip\n/skip\n")
    page = tmp_path / "report.html"
    second = data(quizzer, "sky", "--tag", "light", "--html", str(page), stdin=f"{RIGHT}\n\n{RIGHT}\n\n")
    assert second["compared"]["id"] == first["interview"]["id"]
    assert second["compared"]["all"]["change"] == "better"
    assert [one["number"] for one in data(quizzer, "--list")] == [1, 2]
    assert data(quizzer, "--report", "1")["answers"] == first["answers"]
    assert data(quizzer, "--report", second["interview"]["id"]) == second == data(quizzer, "--report", "last")
    assert "Compared with interview 1" in quizzer("mock", "--report", "2").stdout
    html = page.read_text()
    assert "Why is the sky blue?" in html
    assert "&lt;" not in second["interview"]["began"]
    assert "[bold]night[/bold]" in html


def test_the_same_seed_draws_the_same_questions_and_another_interview_others(quizzer: Run, sky: Path) -> None:
    """Two people can take the same interview; nobody takes the same one twice by chance alone."""
    asked = []
    for name in ("a", "b"):
        told = data(quizzer, "sky", "--seed", "7", stdin="/skip\n" * 3, QUIZZER_HOME=str(sky / name))
        asked.append([answer["card"] for answer in told["answers"]])
    assert asked[0] == asked[1]
    assert sorted(asked[0]) == ["sky/blue", "sky/night", "sky/wind"]


def test_an_interview_that_was_killed_is_reported_and_gone_on_with(quizzer: Run, sky: Path) -> None:
    """What was answered is on disk before the next question shows."""
    command = [sys.executable, "-m", "quizzer", "mock", "sky", "--minutes", "5"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{RIGHT}\n\n".encode())
        process.stdin.flush()
        while b"2 of 3" not in process.stdout.readline():
            continue
        process.kill()
    cut_off = data(quizzer, "--report", "last")
    assert [answer["answer"] for answer in cut_off["answers"]] == [RIGHT]
    assert (cut_off["interview"]["end"], cut_off["interview"]["unfinished"]) == (None, True)
    assert "`quizzer mock --resume` goes on with it" in quizzer("mock", "sky", stdin="").stdout
    # The one that began just now is gone on with first: it is the last one.
    data(quizzer, "--resume", stdin="/skip\n" * 3)
    resumed = data(quizzer, "--resume", stdin="/skip\n/skip\n")
    assert resumed["interview"]["id"] == cut_off["interview"]["id"]
    assert len({answer["card"] for answer in resumed["answers"]}) == 3
    nothing = quizzer("mock", "--resume")
    assert (nothing.returncode, "no interview was interrupted" in nothing.stderr) == (2, True)


def test_an_answer_without_its_end_counts_when_the_time_runs_out_in_a_pipe(sky: Path, quizzer: Run) -> None:
    """Whoever holds the pipe open does not hold the interview up."""
    command = [sys.executable, "-m", "quizzer", "mock", "sky", "--minutes", "0.05", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"air molecules\nscatter")
        process.stdin.flush()
        told = json.loads(process.stdout.read())["data"]
    assert told["interview"]["end"] == "time"
    assert [answer["answer"] for answer in told["answers"]] == ["air molecules\nscatter"]
    assert len(told["open"]) == 2


def test_in_a_terminal_the_clock_is_in_view_and_ends_the_interview(sky: Path, quizzer: Run) -> None:
    """What is being typed counts."""
    with Terminal("mock", "sky", "--minutes", "0.25") as terminal:
        terminal.wait_for("Enter starts, q leaves")
        terminal.send("\r")
        terminal.wait_for("left | Enter submits")
        terminal.send("half an answer")
        terminal.wait_for("Time is up. 2 questions not reached.")
        terminal.wait_for("To study next")
        assert terminal.end() == 0
    assert [answer["answer"] for answer in data(quizzer, "--report", "1")["answers"]] == ["half an answer"]


def test_an_interview_that_is_not_begun_leaves_no_trace(sky: Path, quizzer: Run) -> None:
    """The clock is started by the learner."""
    with Terminal("mock", "sky") as terminal:
        terminal.wait_for("Enter starts, q leaves")
        terminal.send("q")
        assert terminal.end() == 0
    assert data(quizzer, "--list") == []


def test_ctrl_c_stops_and_says_how_to_go_on(sky: Path) -> None:
    """The exit code is that of Ctrl-C everywhere."""
    with Terminal("mock", "sky") as terminal:
        terminal.wait_for("Enter starts, q leaves")
        terminal.send("\r")
        terminal.wait_for("Enter submits")
        terminal.send("\x03")
        terminal.wait_for("`quizzer mock --resume` goes on")
        assert terminal.end() == 130


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--list", "--resume"), "do not go together"),
        (("sky", "--report", "last"), "begins no new interview"),
        (("--settle",), "--settle goes with --report"),
        (("--list", "--html", "x.html"), "--html writes one report"),
        (("--report", "9"), "no mock interview"),
        (("sky", "--tag", "none"), "no card with the tag 'none'"),
    ],
)
def test_what_cannot_be_done_is_refused(quizzer: Run, sky: Path, arguments: tuple[str, ...], message: str) -> None:
    """With what to do next."""
    result = quizzer("mock", *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert "hint: " in result.stderr
