"""`quizzer deck new` and `quizzer deck add`: a deck from nothing, card by card."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import quizzer as quizzer_package
from quizzer.decks.editing.deckfile import DeckFile
from tests.conftest import Run
from tests.terminal import Terminal

SKY = """\
# ours
quizzer: 1
deck: {id: sky, title: 'The sky'}
cards:
- id: sky-07   # blue
  question: Why is it blue?
"""


@pytest.fixture
def sky(home: Path) -> Path:
    """A deck of one card in the current folder's ``decks/``."""
    path = home.parent / "work" / "decks" / "sky.yaml"
    path.parent.mkdir()
    path.write_text(SKY)
    return path


def test_a_new_deck_is_found_and_sound(quizzer: Run, home: Path) -> None:
    """The next command needs no path: the deck is where quizzer looks."""
    made = quizzer("deck", "new", "sky", "--title", "The sky: by day", "--author", "A. B.", "--language", "en-GB")
    assert (made.returncode, made.stderr) == (0, "")
    assert "made decks/sky.yaml" in made.stdout
    deck = DeckFile.open(home.parent / "work" / "decks" / "sky.yaml").deck
    assert (deck.id, deck.title, deck.language, deck.authors) == ("sky", "The sky: by day", "en-GB", ("A. B.",))
    assert quizzer("deck", "check", "sky", "--no-meaning").returncode == 0
    assert quizzer("deck", "add", "sky", "Why?", "--json").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("Sky",), "'Sky' is not an id", "small letters"),
        (("sky",), "decks/sky.yaml: is there already", "choose another name"),
        (("bert",), "the id 'bert' is that of", "choose another id"),
        (("air", "--language", "english!"), "is not a language code", "pt-BR"),
        (("air", "--path", "air.txt"), "a deck is a YAML file", "air.txt.yaml"),
    ],
)
def test_a_deck_that_cannot_be_made_is_refused(
    quizzer: Run, sky: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    """Nothing is overwritten, and no deck takes another's histories."""
    done = quizzer("deck", "new", *arguments)
    assert done.returncode in (2, 3)
    assert message in done.stderr
    assert hint in done.stderr
    assert sky.read_text() == SKY


def test_an_added_card_has_the_next_number_and_changes_nothing_else(quizzer: Run, sky: Path) -> None:
    """Comments and quoting of a deck in git are somebody's work."""
    done = quizzer(
        "deck", "add", "sky", "Why: is it dark at night?", "--answer", "The Sun is below.", "--answer", "no sun",
        "--point", "the Sun is below", "--tag", "light", "--difficulty", "easy", "--source", "A book", "--json",
    )  # fmt: skip
    assert json.loads(done.stdout)["data"] == {
        "card": "sky/sky-08", "path": "decks/sky.yaml", "line": 7, "answered": True,
    }  # fmt: skip
    assert sky.read_text().startswith(SKY)
    card = DeckFile.open(sky).card("sky-08")
    assert (card.question, card.answers) == ("Why: is it dark at night?", ("The Sun is below.", "no sun"))
    assert (card.points, card.tags, card.difficulty) == (("the Sun is below",), ("light",), "easy")


def test_a_card_without_an_answer_says_how_to_go_on(quizzer: Run, sky: Path) -> None:
    """Questions are often collected before their answers."""
    done = quizzer("deck", "add", str(sky), "Why is it dark?")
    assert f"next: quizzer deck answer {sky} sky-08" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("why is it  BLUE",), "card 'sky-07' asks this already"),
        (("Why?", "--id", "sky-07"), "error: decks/sky.yaml:5: the id 'sky-07' is in use"),
        (("Why?", "--answer", "TBD"), "error: 'TBD' is no answer yet"),
        (("Why?", "--answer", "x", "--answer", ""), "error: answer 2 is empty"),
        (("Why?", "--source", ""), "error: source 1 is empty"),
        (("Why?", "--id", "No Id"), "is not an id"),
        (("  ",), "the question is empty"),
        ((), "there is no question to add"),
    ],
)
def test_a_card_that_cannot_be_added_is_refused(
    quizzer: Run, sky: Path, arguments: tuple[str, ...], message: str
) -> None:
    """The file stays as it was."""
    done = quizzer("deck", "add", "sky", *arguments)
    assert done.returncode in (2, 3)
    assert message in done.stderr
    assert "hint: " in done.stderr
    assert sky.read_text() == SKY


def test_a_former_id_is_not_given_to_another_card(quizzer: Run, sky: Path) -> None:
    """What learners did under it belongs to the card that had it."""
    sky.write_text(SKY + "  aliases: [blue]\n")
    done = quizzer("deck", "add", "sky", "Why?", "--id", "blue")
    assert done.returncode == 2
    assert "decks/sky.yaml:5: the id 'blue' was the id of card 'sky-07'" in done.stderr


def test_a_placeholder_at_the_prompt_is_asked_for_again(sky: Path) -> None:
    """The question that was typed is not lost over it, and no answer is one too."""
    with Terminal("deck", "add", "sky", columns=200) as terminal:
        terminal.wait_for("Question: ")
        terminal.send("Why is it dark?\n")
        terminal.wait_for("Answer (Enter: none yet)")
        terminal.send("TBD\n")
        terminal.wait_for("'TBD' is no answer yet. Leave it out")
        terminal.send("\n")
        terminal.wait_for("added sky/sky-08")
        assert terminal.end() == 0
    assert DeckFile.open(sky).card("sky-08").answers == ()


def test_a_deck_of_the_installation_is_not_edited(quizzer: Run, tmp_path: Path, home: Path) -> None:
    """The next update would undo the edit without a word; a copy nearer by is used instead."""
    package = tmp_path / "site" / "quizzer"
    shutil.copytree(Path(quizzer_package.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "bundled_decks").mkdir()
    deck = package / "bundled_decks" / "sky.yaml"
    deck.write_text(SKY)
    for arguments in (("deck", "add", "sky", "Why?"), ("import", "markdown", "list.md", "--deck", "sky")):
        (home.parent / "work" / "list.md").write_text("## What is it?\n")
        done = quizzer(*arguments, PYTHONPATH=str(tmp_path / "site"))
        assert done.returncode == 2, done.stderr
        assert "is part of the installation" in done.stderr
        assert "copy it to decks/sky.yaml" in done.stderr
    assert deck.read_text() == SKY


def test_the_id_of_a_removed_card_with_a_history_is_not_given_again(quizzer: Run, sky: Path, home: Path) -> None:
    """Another question would inherit its history and its schedule."""
    quizzer("deck", "add", "sky", "Why is it dark?")
    quizzer("card", "flag", "sky/sky-08", "unclear")
    sky.write_text(SKY)
    (home.parent / "work" / "list.md").write_text("## What is it?\n")
    assert "sky/sky-09" in quizzer("deck", "add", "sky", "Why is it red?").stdout
    imported = quizzer("import", "markdown", "list.md", "--deck", "sky", "--json")
    assert json.loads(imported.stdout)["data"]["files"][0]["added"][0]["card"] == "sky-10"


def test_a_deck_with_a_byte_order_mark_is_found(quizzer: Run, sky: Path) -> None:
    """Some editors write one unasked."""
    sky.write_bytes(b"\xef\xbb\xbf" + SKY.removeprefix("# ours\n").encode())
    assert "sky  The sky" in quizzer("deck", "list").stdout
