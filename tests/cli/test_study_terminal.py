"""The program on a real pseudo-terminal: the editor, the keys, and leaving."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import Terminal

pytestmark = pytest.mark.model

DECK = """
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: blue
    question: Why is the sky blue when one looks up at noon on a day without clouds?
    answers: [Air molecules scatter short wavelengths of sunlight more than long ones.]
    hints: [Think of wavelengths.]
  - id: night
    question: Why is the sky dark at night?
    answers: [The sun is behind the earth, so no sunlight is scattered towards us.]
  - id: red
    question: Why is the sunset red?
    answers: [The light's way through the air is long, and the short wavelengths are scattered out of it.]
"""
ASKED = "Enter submits"
GIVEN = "overrules >"
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38|4[0-7])(?:;\d+)*m")


@pytest.fixture
def sky(ready_home: Path) -> Path:
    """A home with one small deck in the current folder."""
    decks = Path("decks")
    decks.mkdir()
    (decks / "sky.yaml").write_text(DECK)
    return ready_home


def facts(quizzer: Run, card: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(quizzer("card", "history", card, "--json").stdout)["data"]
    return found


def answers(quizzer: Run, card: str = "sky/blue") -> list[object]:
    return [fact["answer"] for fact in facts(quizzer, card) if fact["fact"] == "review"]


def widest(terminal: Terminal) -> int:
    """The most columns from the reference on, without the prompt: it may be drawn several times in one place."""
    feedback = terminal.text[terminal.text.index("Reference:") :]
    return max(map(len, feedback.replace(f"Enter goes on; y, n or 0-5 {GIVEN}", "").split("\n")))


def test_the_screen_says_how_to_submit_in_any_terminal(sky: Path) -> None:
    """This one answers no queries; a warning from a library would be the first thing that a newcomer sees."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for("Enter submits | Alt-Enter or Esc Enter: new line | /help")
        terminal.send("a few words\r")
        terminal.wait_for("Enter goes on; y, n or 0-5 overrules >")
        assert "WARNING" not in terminal.text


@pytest.mark.parametrize("keys", [b"\x1b\r", b"\x1b\n"])
def test_alt_enter_makes_a_new_line_and_enter_submits(sky: Path, quizzer: Run, keys: bytes) -> None:
    """As the screen says."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send(b"first" + keys)
        terminal.send("second")
        terminal.send("\r")
        terminal.wait_for(GIVEN)
    assert answers(quizzer) == ["first\nsecond"]


@pytest.mark.parametrize(
    "paste", [b"\x1b[200~one\rtwo\r\x1b[201~", b"one\rtwo\r", b"one\ntwo\n"], ids=["bracketed", "raw", "line feeds"]
)
def test_a_paste_with_line_breaks_never_submits(sky: Path, quizzer: Run, paste: bytes) -> None:
    """What was pasted is read over before it is graded, even where the terminal does not mark pastes."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send(paste)
        terminal.wait_for("two")
        terminal.send("three")
        terminal.wait_for("three")
        assert answers(quizzer) == []
        terminal.send("\r")
        terminal.wait_for(GIVEN)
    assert answers(quizzer) == ["one\ntwo\nthree"]


def test_what_is_typed_before_the_editor_is_there_is_not_lost(sky: Path, quizzer: Run) -> None:
    """The question is on the screen before the editor is loaded; a quick learner types at once."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for("without clouds?")
        terminal.send("typed at once\r")
        terminal.wait_for(GIVEN)
    assert answers(quizzer) == ["typed at once"]


def test_a_word_below_a_draft_keeps_the_draft(sky: Path, quizzer: Run) -> None:
    """A hint in the middle of an answer costs nothing."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send(b"my draft\x1b\r/hint\r")
        terminal.wait_for("Think of wavelengths.")
        terminal.wait_for("my draft")
        terminal.send(" goes on\r")
        terminal.wait_for(GIVEN)
    assert answers(quizzer) == ["my draft goes on"]


@pytest.mark.parametrize(("key", "quality"), [("y", 4), ("n", 0), ("3", 3)])
def test_one_key_overrules(sky: Path, quizzer: Run, key: str, quality: int) -> None:
    """A grader that cannot be contradicted is not trusted."""
    with Terminal("study", "sky", "--limit", "1") as terminal:
        terminal.wait_for(ASKED)
        terminal.send("/reveal\r")
        terminal.wait_for(GIVEN)
        terminal.send(key)
        terminal.wait_for(f"Graded {quality} (")
    assert [fact["quality"] for fact in facts(quizzer, "sky/blue") if fact["fact"] == "decision"] == [quality]


def test_keys_that_mean_nothing_after_feedback_do_nothing(sky: Path, quizzer: Run) -> None:
    """Whoever begins to type the next answer too early overrules nothing."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send("/reveal\r")
        terminal.wait_for(GIVEN)
        terminal.send("x\x1b[200~no, yes\x1b[201~\r")
        terminal.wait_for("2 of 3")
    assert [fact["fact"] for fact in facts(quizzer, "sky/blue")] == ["review"]


def test_undo_after_feedback_asks_again(sky: Path, quizzer: Run) -> None:
    """One key takes back a slip."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send("/reveal\r")
        terminal.wait_for(GIVEN)
        terminal.send("u")
        terminal.wait_for("1 of 3")
    assert [fact["fact"] for fact in facts(quizzer, "sky/blue")] == ["review", "event"]


def test_ctrl_c_leaves_with_everything_answered_kept(sky: Path, quizzer: Run) -> None:
    """At any moment, and the shell learns that it was Ctrl-C."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        terminal.send("/reveal\r")
        terminal.wait_for(GIVEN)
        terminal.send("\r")
        terminal.wait_for(ASKED)
        terminal.send("half an answ\x03")
        terminal.wait_for("saved in this session: 1 answer")
        assert terminal.end() == 130
        assert "Traceback" not in terminal.text
    assert len(answers(quizzer)) == 1


@pytest.mark.parametrize("prompt", ["question", "feedback"])
def test_ctrl_d_leaves_quietly(sky: Path, prompt: str) -> None:
    """The end of input is an ordinary way to stop, with the summary."""
    with Terminal("study", "sky") as terminal:
        terminal.wait_for(ASKED)
        if prompt == "feedback":
            terminal.send("/reveal\r")
            terminal.wait_for(GIVEN)
        terminal.send("\x04")
        assert terminal.end() == 0
        assert "answered" in terminal.text


def test_quitting_at_once_does_not_wait_for_the_model_or_crash(sky: Path) -> None:
    """The grader's thread is in the middle of loading native libraries then."""
    for _ in range(5):
        with Terminal("study", "sky") as terminal:
            terminal.wait_for(ASKED)
            terminal.send("/quit\r")
            assert terminal.end() == 0


def test_no_color_means_no_colour(sky: Path) -> None:
    """https://no-color.org"""
    for value, coloured in (("1", False), ("", True)):
        with Terminal("study", "sky", "--limit", "1", NO_COLOR=value) as terminal:
            terminal.wait_for(ASKED)
            terminal.send("/reveal\r")
            terminal.wait_for(GIVEN)
            assert bool(COLOUR.search(terminal.raw)) is coloured


def test_a_narrow_terminal_is_enough(sky: Path) -> None:
    """Phones, split panes: nothing runs past the edge."""
    with Terminal("study", "sky", "--limit", "1", columns=40, rows=20) as terminal:
        terminal.wait_for("Alt-Enter: new line")
        terminal.send("/reveal\r")
        terminal.wait_for(">")
        terminal.send("\r")
        terminal.wait_for("once more")
        assert widest(terminal) <= 40


def test_a_terminal_made_narrower_is_noticed(sky: Path) -> None:
    """The next page fits, and what is being typed stays."""
    with Terminal("study", "sky", columns=100) as terminal:
        terminal.wait_for("Why is the sky blue when one looks up at noon on a day without clouds?")
        terminal.wait_for(ASKED)
        terminal.send("typed before")
        terminal.wait_for("typed before")
        terminal.resize(columns=50, rows=20)
        terminal.send(" and after\r")
        terminal.wait_for("Graded")
        terminal.wait_for(">")
        terminal.send("/quit\r")
        assert terminal.end() == 0
        assert widest(terminal) <= 50


def test_a_dumb_terminal_gets_plain_lines(sky: Path) -> None:
    """No cursor control, no colour; an empty line ends the answer, and the screen says so."""
    with Terminal("study", "sky", "--limit", "1", TERM="dumb") as terminal:
        terminal.wait_for("(an empty line ends your answer)")
        terminal.send("one\ntwo\n\n")
        terminal.wait_for("Graded")
        terminal.send("/quit\n")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.raw


def test_bytes_that_are_no_text_do_no_harm(sky: Path, quizzer: Run) -> None:
    """A terminal in another encoding sends them with every accent."""
    with Terminal("study", "sky", "--limit", "1") as terminal:
        terminal.wait_for(ASKED)
        terminal.send(b"caf\xe9 \xff\r")
        terminal.wait_for(GIVEN)
    assert len(answers(quizzer)) == 1
