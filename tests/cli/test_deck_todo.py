"""`quizzer deck todo`: what is open, and what to do next."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.decks.schema import card_digest
from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.factories import decision, event, review

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DECK = """\
quizzer: 1
deck: {id: sky, title: The sky, tags: [nature]}
cards:
  - id: blue
    question: Why is the sky blue?
    answers: ["Air scatters short wavelengths of sunlight more."]
    sources: [A book]
    tags: [optics]
  - id: night
    question: Why is the sky dark at night?
"""


@pytest.fixture
def sky(home: Path) -> Path:
    """A deck in the current folder; returns its file."""
    file = Path("decks/sky.yaml")
    file.parent.mkdir()
    file.write_text(DECK)
    return file


def todo(quizzer: Run, *words: str) -> dict[str, Any]:  # the deck's JSON object
    done = quizzer("deck", "todo", *words, "--json")
    assert done.returncode == 0, done.stderr
    decks: list[dict[str, Any]] = json.loads(done.stdout)["data"]["decks"]
    return decks[0]


def test_what_to_do_next_comes_first(quizzer: Run, sky: Path) -> None:
    """A report without a next step is put aside; however much is open, it is no failure."""
    done = quizzer("deck", "todo", "sky")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[:3] == [
        "sky  The sky  decks/sky.yaml", "2 cards: 1 answered, 0 tested, 1 sourced", "next: `quizzer deck answer sky`",
    ]  # fmt: skip
    assert done.stdout.index("unanswered (1)") < done.stdout.index("thin (1)") < done.stdout.index("untested (1)")
    assert "  blue  1 answer of 2, no points, no misconceptions" in lines


def test_it_leaves_no_database_behind(quizzer: Run, sky: Path, home: Path) -> None:
    """A maintainer who does not learn has no log; looking at a deck makes none."""
    assert quizzer("deck", "todo", "sky").returncode == 0
    assert not (home / "quizzer.db").exists()


def test_the_same_as_json(quizzer: Run, sky: Path) -> None:
    """Every card and every count, for tools."""
    data = todo(quizzer, "sky")
    assert data["coverage"] == {"cards": 2, "answered": 1, "tested": 0, "sourced": 1}
    assert [(tag["tag"], tag["cards"], tag["answered"]) for tag in data["tags"]] == [("nature", 2, 1), ("optics", 1, 1)]
    assert data["counts"] == {"unanswered": 1, "flagged": 0, "thin": 1, "untested": 1, "unsourced": 0, "proposals": 0}
    assert [(card["card"], card["unanswered"]) for card in data["cards"]] == [("sky/blue", False), ("sky/night", True)]
    assert todo(quizzer, "sky", "--tag", "optics")["coverage"]["cards"] == 1


def test_flags_are_shown_with_their_notes_until_they_are_cleared(quizzer: Run, sky: Path) -> None:
    """A flag that nobody sees, or that never goes away, is not used twice."""
    quizzer("card", "flag", "sky/night", "the \x1b[2Jnumber", "is wrong")
    quizzer("card", "flag", "sky/night")
    text = quizzer("deck", "todo", "sky").stdout
    assert "flagged (1)" in text
    assert "number is wrong" in text
    assert "no note" in text
    assert "\x1b" not in text
    cleared = quizzer("card", "unflag", "sky/night")
    assert (cleared.returncode, cleared.stdout) == (0, "sky/night: 2 flags cleared\n")
    assert "flagged" not in quizzer("deck", "todo", "sky").stdout
    assert "no flag to clear" in quizzer("card", "unflag", "sky/night").stdout
    history = json.loads(quizzer("card", "history", "sky/night", "--json").stdout)["data"]
    assert [(fact["kind"], fact["voided"]) for fact in history] == [
        ("flag", True), ("flag", True), ("void", False), ("void", False)
    ]  # fmt: skip


def test_a_flag_from_before_the_last_change_says_so(quizzer: Run, sky: Path) -> None:
    """It may be settled by that very change."""
    quizzer("card", "flag", "sky/blue", "too short")
    assert todo(quizzer, "sky")["cards"][0]["flags"][0]["before_last_change"] is False
    sky.write_text(DECK.replace("Air scatters", "The air scatters"))
    quizzer("card", "flag", "sky/blue", "still too short")
    flags = todo(quizzer, "sky")["cards"][0]["flags"]
    assert [(flag["note"], flag["before_last_change"]) for flag in flags] == [
        ("too short", True), ("still too short", False)
    ]  # fmt: skip
    assert "too short (before the card's last change)" in quizzer("deck", "todo", "sky").stdout


def test_a_flag_without_its_wording_is_dated_by_the_answer_before(quizzer: Run, sky: Path, home: Path) -> None:
    """Older versions kept no wording with a flag; an answer shows what was on the screen."""
    digest = card_digest("Why is the sky blue?", ("An answer of before.",))
    store = SqliteStore(home / "quizzer.db")
    store.merge([
        event(1, "flag", at=AT - timedelta(days=1), card="sky/blue", value="nothing known"),
        review(2, at=AT, card="sky/blue", card_digest=digest),
        event(3, "flag", at=AT + timedelta(minutes=1), card="sky/blue", value="known"),
    ])  # fmt: skip
    store.close()
    flags = todo(quizzer, "sky")["cards"][0]["flags"]
    assert [(flag["note"], flag["before_last_change"]) for flag in flags] == [("nothing known", False), ("known", True)]


def test_flags_follow_a_renamed_card(quizzer: Run, sky: Path) -> None:
    """A new id does not lose what learners said under the former one."""
    quizzer("card", "flag", "sky/night", "typo")
    sky.write_text(DECK.replace("id: night", "id: dark\n    aliases: [night]"))
    assert [card["card"] for card in todo(quizzer, "sky")["cards"] if card["flags"]] == ["sky/dark"]
    assert "1 flag cleared" in quizzer("card", "unflag", "sky/night").stdout


def test_proposals_are_counted(quizzer: Run, sky: Path, home: Path) -> None:
    """They wait for the maintainer too."""
    given = review(1, at=AT, card="sky/blue", answer="It scatters.", quality=1)
    store = SqliteStore(home / "quizzer.db")
    store.merge([given, decision(2, given, 4)])
    store.close()
    assert todo(quizzer, "sky")["counts"]["proposals"] == 1
    assert "proposals (1): answers on 1 card" in quizzer("deck", "todo", "sky").stdout


def test_long_lists_are_cut_unless_all_is_asked_for(quizzer: Run, sky: Path) -> None:
    """Five hundred unanswered cards must not hide what comes after them."""
    cards = "".join(f"  - {{id: c{n:03}, question: Q{n}?}}\n" for n in range(500))
    sky.write_text(f"quizzer: 1\ndeck: {{id: sky}}\ncards:\n{cards}")
    text = quizzer("deck", "todo", "sky").stdout
    assert "and 490 more (--all lists them)" in text
    assert len(text.splitlines()) < 25
    assert "c499" in quizzer("deck", "todo", "sky", "--all").stdout


def test_a_broken_deck_is_named_and_the_others_are_shown(quizzer: Run, sky: Path) -> None:
    """One slip does not hide the work of the other decks; a broken deck alone is an error."""
    sky.with_name("bad.yaml").write_text("quizzer: 1\ndeck: {id: bad}\ncards:\n  - id: a\n")
    done = quizzer("deck", "todo", "decks")
    assert done.returncode == 0
    assert "bad.yaml" in done.stderr
    assert "sky  The sky" in done.stdout
    assert quizzer("deck", "todo", "bad").returncode == 3


def test_an_empty_deck_has_nothing_to_list(quizzer: Run, sky: Path) -> None:
    """The first minute of a new deck."""
    sky.write_text("quizzer: 1\ndeck: {id: sky}\ncards: []\n")
    assert quizzer("deck", "todo", "sky").stdout == "sky  decks/sky.yaml\nno cards yet\n"
    assert todo(quizzer, "sky")["next"] is None


def test_a_flag_of_a_removed_card_can_still_be_cleared(quizzer: Run, sky: Path) -> None:
    """The card is gone, so `deck todo` shows it no more; its history is there."""
    quizzer("card", "flag", "sky/night", "typo")
    sky.write_text(DECK[: DECK.index("  - id: night")])
    assert "flagged" not in quizzer("deck", "todo", "sky").stdout
    assert quizzer("card", "unflag", "sky/night").stdout == "sky/night: 1 flag cleared\n"
