"""`quizzer deck test`: the answers of a deck are graded, and what is not as expected is shown where it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

DECK = """\
quizzer: 1
deck: {id: net, title: Networks}
cards:
  - id: tcp
    question: What does TCP add to IP?
    answers: ["TCP adds a reliable, ordered stream of bytes: lost segments are sent again."]
    points: [bytes arrive in order, lost segments are sent again]
    misconceptions: [TCP encrypts what it carries.]
    tests:
      pass: ["It makes a dependable stream: segments that get lost are sent once more, and bytes come in order."]
      fail: ["", "It finds the way to the other machine."]
  - id: dns
    question: What is a DNS resolver?
    answers: ["A server that looks names up for its clients, and remembers the addresses that it found."]
  - id: open
    question: What is a socket?
"""
WRONG = DECK.replace("It finds the way to the other machine.", "Lost segments are sent again, bytes arrive in order.")

pytestmark = pytest.mark.model


@pytest.fixture
def deck(ready_home: Path) -> Path:
    """The file of a deck in ``decks/``."""
    folder = ready_home.parent / "work" / "decks"
    folder.mkdir()
    path = folder / "net.yaml"
    path.write_text(DECK)
    return path


def envelope(text: str) -> dict[str, Any]:  # JSON
    value: dict[str, Any] = json.loads(text)
    return value


def test_a_deck_whose_answers_are_graded_as_expected(quizzer: Run, deck: Path) -> None:
    """The shares of each kind, what could not be tested, and exit code 0."""
    result = quizzer("deck", "test", "net", "--only", "tests", "--only", "reference", "--only", "blank")

    assert result.returncode == 0, result.stdout
    assert result.stdout.splitlines() == [
        "tests.pass         1 of 1      100.0 %  answers that the deck says pass",
        "tests.fail         2 of 2      100.0 %  answers that the deck says do not pass",
        "reference          2 of 2      100.0 %  each reference answer",
        "blank              2 of 2      100.0 %  an empty answer",
        "all                7 of 7      100.0 %",
        "1 card has no answer yet, and was not tested: net/open",
        "every answer was graded as expected",
    ]


def test_a_failure_is_shown_with_its_line_and_what_decided(quizzer: Run, deck: Path) -> None:
    """What was said, what was expected, the score, and the points."""
    deck.write_text(WRONG)

    result = quizzer("deck", "test", "decks/net.yaml", "--only", "tests")

    lines = result.stdout.splitlines()
    assert result.returncode == 1
    assert lines[0].split() == ["line", "test", "expected", "got", "score", "quality"]
    assert lines[1] == 'net/tcp  decks/net.yaml:4  "What does TCP add to IP?"'
    assert lines[2].startswith("-     11  tests.fail 2                not pass  pass ")
    assert lines[3].strip() == '"Lost segments are sent again, bytes arrive in order."'
    assert lines[4].strip() == "no guard spoke; 2 of 2 points made"
    assert lines[-1] == "1 answer to 1 card not as expected"


def test_json_holds_every_case(quizzer: Run, deck: Path) -> None:
    """Figures for a dashboard, and the failures as errors with places."""
    deck.write_text(WRONG)

    result = quizzer("deck", "test", "net", "--json")

    value = envelope(result.stdout)
    data = value["data"]
    assert (result.returncode, value["status"]) == (1, "findings")
    assert data["unanswered"] == ["net/open"]
    assert data["grader"].startswith("meaning-")
    assert len(data["cases"]) == data["summary"]["all"]["of"]
    failed = [case for case in data["cases"] if not case["met"]]
    assert len(value["errors"]) == len(failed)
    (case,) = [case for case in failed if case["test"] == "tests.fail 2"]
    assert (case["card"], case["path"], case["line"]) == ("net/tcp", "decks/net.yaml", 11)
    assert (case["expected"], case["verdict"], case["points_missed"]) == ("not pass", "pass", [])
    assert {case["kind"] for case in data["cases"]} == {
        "tests.pass", "tests.fail", "reference", "negated", "shuffled", "misconception", "neighbour", "question",
        "don't know", "blank",
    }  # fmt: skip


def test_annotations_are_printed_for_a_workflow(quizzer: Run, deck: Path) -> None:
    """A failing test stands beside its line in the pull request."""
    deck.write_text(WRONG)

    result = quizzer("deck", "test", "net", "--only", "tests.fail", "--github")

    first, last = result.stdout.splitlines()
    assert result.returncode == 1
    assert first.startswith("::error file=decks/net.yaml,line=11,col=18,title=quizzer%3A test-failed::tests.fail 2 of")
    assert last == "1 answer to 1 card not as expected"


def test_one_card_is_tested_alone(quizzer: Run, deck: Path) -> None:
    """By its id or its key; its neighbours are still those of the deck."""
    shown = quizzer("deck", "test", "net", "--card", "tcp", "--all")
    value = envelope(quizzer("deck", "test", "net", "--card", "net/tcp", "--json").stdout)
    unknown = quizzer("deck", "test", "net", "--card", "tpc")

    assert "net/tcp" in shown.stdout
    assert "net/dns  decks" not in shown.stdout
    assert "+     10  tests.pass 1" in shown.stdout
    assert {case["card"] for case in value["data"]["cases"]} == {"net/tcp"}
    assert [case["test"] for case in value["data"]["cases"] if case["kind"] == "neighbour"] == ["answer of net/dns"]
    assert unknown.returncode == 2
    assert "no card 'tpc' in the decks tested\nhint: did you mean 'tcp'?" in unknown.stderr


def test_a_deck_without_answers_needs_no_model(quizzer: Run, home: Path) -> None:
    """It is counted, not failed."""
    (home.parent / "work" / "a.yaml").write_text("quizzer: 1\ndeck: {id: a}\ncards:\n  - {id: x, question: y?}\n")

    result = quizzer("deck", "test", "a.yaml")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "1 card has no answer yet, and was not tested: a/x\nno card has an answer: there is nothing to test\n"
    )


def test_a_broken_deck_is_an_error(quizzer: Run, deck: Path) -> None:
    """A deck that was not tested must not look like one that passed."""
    deck.write_text(DECK.replace("question: What is a socket?", "questoin: What is a socket?"))

    result = quizzer("deck", "test", "net")

    assert result.returncode == 3
    assert "decks/net.yaml:16:5: unknown key 'questoin'" in result.stderr


def test_twins_are_named_and_not_tested_against_each_other(quizzer: Run, deck: Path) -> None:
    """The answer of a card that asks the same is right."""
    twin = (
        "  - id: twin\n    question: Explain what TCP adds to IP.\n    answers: [A reliable ordered stream of bytes.]\n"
    )
    deck.write_text(DECK + twin)

    result = quizzer("deck", "test", "net", "--only", "neighbour", "--all")

    assert "net/tcp and net/twin ask the same: not tested against each other" in result.stdout
    assert "answer of net/twin" not in result.stdout.split("net/dns  decks", maxsplit=1)[0]
