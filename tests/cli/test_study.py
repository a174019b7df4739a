"""Whole study sessions through the program, by pipe and on a pseudo-terminal, with the real grader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.kill import Sitting, kill_sessions, verify
from tests.conftest import Run

pytestmark = pytest.mark.model

DECK = """
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: blue
    question: Why is the sky blue?
    answers:
      - Air molecules scatter short wavelengths of sunlight more than long ones, so blue light comes from all sides.
    hints: [Think of wavelengths.]
  - id: night
    question: Why is the sky dark at night?
    answers:
      - The sun is behind the earth, so no sunlight is scattered towards us.
"""
RIGHT = "Short wavelengths of sunlight are scattered more by air molecules, so blue light comes from every side"


@pytest.fixture
def sky(ready_home: Path) -> Path:
    """A home with one small deck in the current folder; the program runs with ``study sky``."""
    decks = Path("decks")
    decks.mkdir()
    (decks / "sky.yaml").write_text(DECK)
    return ready_home


def history(quizzer: Run, card: str, now: str | None = None) -> list[dict[str, object]]:
    facts: list[dict[str, object]] = json.loads(quizzer("card", "history", card, "--json", now=now).stdout)["data"]
    return facts


def test_a_first_session_explains_itself_and_keeps_every_answer(quizzer: Run, sky: Path) -> None:
    """Welcome, question, verdict, reference, when it returns, and a summary."""
    result = quizzer("study", "sky", stdin=f"/hint\n{RIGHT}\n\n/reveal\n/quit\n")
    assert result.returncode == 0, result.stderr
    assert "Welcome to quizzer" in result.stdout
    assert "Think of wavelengths." in result.stdout
    assert "[+] right" in result.stdout
    assert "Comes back tomorrow" in result.stdout
    assert "2 cards answered, 1 right the first time." in result.stdout
    assert [fact["answer"] for fact in history(quizzer, "sky/blue")] == [RIGHT]


def test_the_next_day_brings_the_card_back(quizzer: Run, sky: Path) -> None:
    """The point of the whole program."""
    first = quizzer("study", "sky", "--new", "1", stdin=f"{RIGHT}\n\n/grade 5\n", now="2026-03-02T09:00:00+00:00")
    assert "Graded 5 (perfect). Comes back tomorrow" in first.stdout
    due = json.loads(quizzer("due", "sky", "--json", now="2026-03-03T09:00:00+00:00").stdout)["data"]
    assert due["due"] == 1
    second = quizzer("study", "sky", "--new", "0", stdin=f"{RIGHT}\n\n/grade 5\n", now="2026-03-03T09:00:00+00:00")
    assert "Welcome" not in second.stdout
    assert "Comes back in 6 days, on Monday 9 March: right 2 times in a row." in second.stdout
    assert quizzer("stats", "sky", now="2026-03-03T10:00:00+00:00").stdout.count("1 of 1") >= 1


def test_a_failed_card_is_repeated_even_after_an_interruption(quizzer: Run, sky: Path) -> None:
    """The memory moves once a day; the repeat is asked until it is right."""
    now = "2026-03-02T09:00:00+00:00"
    quizzer("study", "sky", "--new", "1", stdin="/reveal\n/quit\n", now=now)
    again = quizzer("study", "sky", "--new", "0", stdin=f"{RIGHT}\n\n/grade 4\n", now="2026-03-02T10:00:00+00:00")
    assert "once more" in again.stdout
    facts = history(quizzer, "sky/blue")
    assert [fact["mode"] for fact in facts if fact["fact"] == "review"] == ["study", "repeat"]
    assert "today's first answer set that" in again.stdout


def test_nothing_due_is_not_a_dead_end(quizzer: Run, sky: Path) -> None:
    """It says when the next card is due and how to go ahead."""
    now = "2026-03-02T09:00:00+00:00"
    quizzer("study", "sky", stdin=f"{RIGHT}\n\n/grade 5\nno light\n\n/grade 5\n", now=now)
    result = quizzer("study", "sky", now=now)
    assert "Nothing more is due today." in result.stdout
    assert "due tomorrow" in result.stdout
    assert "--cram" in result.stdout
    tomorrow = "2026-03-03T09:00:00+00:00"
    quizzer("study", "sky", stdin=f"{RIGHT}\n\n/grade 5\nno light\n\n/grade 5\n", now=tomorrow)
    later = "2026-03-04T09:00:00+00:00"
    assert "quizzer study --ahead" in quizzer("study", "sky", now=later).stdout
    ahead = quizzer("study", "sky", "--ahead", "6", stdin="/reveal\n/quit\n", now=later)
    assert "Reference:" in ahead.stdout
    assert "ahead" in {fact.get("mode") for card in ("sky/blue", "sky/night") for fact in history(quizzer, card)}


def test_undo_takes_the_answer_back(quizzer: Run, sky: Path) -> None:
    """As if it had not been given, though the log remembers both."""
    result = quizzer("study", "sky", "--new", "1", stdin="/reveal\n/undo\n/quit\n")
    assert "undone" in result.stdout
    facts = history(quizzer, "sky/blue")
    assert [fact["fact"] for fact in facts] == ["review", "event"]
    assert facts[0]["voided"]
    assert json.loads(quizzer("card", "show", "sky/blue", "--json").stdout)["data"]["schedule"] is None


def test_a_card_that_vanishes_is_left_out_and_returns_with_its_history(quizzer: Run, sky: Path) -> None:
    """Editing a deck never costs a history."""
    quizzer("study", "sky", "--new", "1", stdin="/reveal\n/quit\n")
    Path("decks/sky.yaml").write_text(DECK.replace("id: blue", "id: other"))
    assert json.loads(quizzer("due", "sky", "--json").stdout)["data"]["repeat"] == 0
    Path("decks/sky.yaml").write_text(DECK)
    assert json.loads(quizzer("due", "sky", "--json").stdout)["data"]["repeat"] == 1


def test_a_renamed_card_keeps_its_history(quizzer: Run, sky: Path) -> None:
    """`aliases` name former ids."""
    quizzer("study", "sky", "--new", "1", stdin="/reveal\n/quit\n")
    Path("decks/sky.yaml").write_text(DECK.replace("id: blue", "id: azure\n    aliases: [blue]"))
    assert json.loads(quizzer("due", "sky", "--json").stdout)["data"]["repeat"] == 1
    assert len(history(quizzer, "sky/azure")) == 1


def test_a_broken_deck_is_named_and_the_others_go_on(quizzer: Run, sky: Path) -> None:
    """One typo must not cost the morning's study."""
    Path("decks/broken.yaml").write_text("quizzer: 1\ndeck: {id: broken}\ncards:\n  - id: a\n")
    result = quizzer("study", "--new", "1", stdin="/quit\n")
    assert "broken.yaml: left out: 1 to correct" in result.stderr
    assert "1 of 1" in result.stdout


def test_hostile_text_reaches_the_terminal_harmlessly(quizzer: Run, sky: Path) -> None:
    """Neither from the deck nor from the answer."""
    hostile = DECK.replace("Why is the sky blue?", '"Why \\e[2J\\u202e is it?"')
    Path("decks/sky.yaml").write_text(hostile)
    result = quizzer("study", "sky", "--new", "1", stdin="\x1b[31mred \u202e text " + "x" * 100_000 + "\n\n/quit\n")
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_input_that_ends_quits_quietly(quizzer: Run, sky: Path) -> None:
    """No answer, no fact."""
    result = quizzer("study", "sky")
    assert result.returncode == 0
    assert "Nothing was answered; nothing has changed." in result.stdout
    assert history(quizzer, "sky/blue") == []


def test_two_sessions_at_once_lose_nothing(quizzer: Run, sky: Path) -> None:
    """Both answers are facts; the card moves once."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        texts = [f"{RIGHT}, says {name}\n\n/quit\n" for name in ("Ann", "Ben")]
        results = list(pool.map(lambda text: quizzer("study", "sky", "--new", "1", stdin=text), texts))
    assert [result.returncode for result in results] == [0, 0]
    assert len([fact for fact in history(quizzer, "sky/blue") if fact["fact"] == "review"]) == 2
    schedule = json.loads(quizzer("card", "show", "sky/blue", "--json").stdout)["data"]["schedule"]
    assert schedule["reviews"] == 1


def test_a_session_on_a_terminal_answers_and_goes_on(sky: Path) -> None:
    """The editor, the keys and the grader together."""
    sitting = Sitting(sky, "terminal")
    sitting.run(seconds=0.0, answers=2)
    assert sitting.read
    verify(sky, [sitting])


def test_twelve_kills_at_random_moments_lose_nothing_that_was_read(sky: Path) -> None:
    """Every answer whose feedback was read is in the log, once."""
    assert kill_sessions(sky, kills=12, seed=7) > 0


def test_more_than_a_window_of_due_cards_is_asked_in_one_sitting(quizzer: Run, ready_home: Path) -> None:
    """Due cards are fetched in windows of 500; nobody should notice."""
    decks = Path("decks")
    decks.mkdir()
    cards = "".join(f"  - id: c{number}\n    question: What is {number}?\n    answers: [x]\n" for number in range(510))
    (decks / "many.yaml").write_text(f"quizzer: 1\ndeck: {{id: many}}\ncards:\n{cards}")
    first = "/reveal\n/grade 5\n" * 510
    quizzer("study", "many", "--new", "510", stdin=first, now="2026-03-02T09:00:00+00:00")
    again = quizzer("study", "many", stdin=first, now="2026-03-03T09:00:00+00:00")
    assert "510 cards answered" in again.stdout


def test_contradicting_options_and_numbers_out_of_range_are_refused(quizzer: Run, sky: Path) -> None:
    """With what to do about it, never a traceback."""
    assert quizzer("study", "sky", "--cram", "--ahead", "2").returncode == 2
    assert quizzer("study", "sky", "--ahead", "99999999").returncode == 2
    assert quizzer("study", "sky", "--new", "1" * 20).returncode == 2
    assert quizzer("due", now="9999-12-31T00:00:00").returncode == 4
    assert "No card has the tag 'nosuch'" in quizzer("study", "sky", "--tag", "nosuch", "--new", "0").stdout
