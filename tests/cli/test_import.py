"""`quizzer import markdown`: from a list that people keep to a deck that is studied."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from quizzer.decks import schema, yamlfile
from quizzer.decks.textfile import MAXIMUM_BYTES
from quizzer.model import Deck
from tests.conftest import Run

LIST = """# Sky questions

## Light

### 1. Why is the sky blue?

Air scatters blue light more.

### 2. Why are sunsets red?

_To be filled_
"""


@pytest.fixture
def work(home: Path) -> Path:
    """The current folder."""
    return home.parent / "work"


def data(result: Any) -> Any:  # JSON
    return json.loads(result.stdout)["data"]


def deck(path: Path) -> Deck:
    return schema.parse(yamlfile.read(path), path=str(path))


@pytest.mark.model
def test_a_list_becomes_a_deck(quizzer: Run, ready_home: Path, work: Path) -> None:
    """The first command of a maintainer: the deck is found, valid and has ids for good."""
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "sky.md: 2 questions, 1 answered, into new deck sky (decks/sky.yaml)\n  2 added, 1 of them unanswered\n"
    )
    made = deck(work / "decks" / "sky.yaml")
    assert [(card.id, card.question, card.answers, card.tags) for card in made.cards] == [
        ("sky-01", "Why is the sky blue?", ("Air scatters blue light more.",), ("light",)),
        ("sky-02", "Why are sunsets red?", (), ("light",)),
    ]
    assert quizzer("deck", "check", "sky").returncode == 0


def test_importing_again_changes_no_byte(quizzer: Run, work: Path) -> None:
    """It may stand in a script."""
    (work / "sky.md").write_text(LIST)
    quizzer("import", "markdown", "sky.md")
    before = (work / "decks" / "sky.yaml").read_bytes()

    result = quizzer("import", "markdown", "sky.md")

    assert "nothing to change" in result.stdout
    assert (work / "decks" / "sky.yaml").read_bytes() == before


def test_importing_a_changed_list_updates_the_deck(quizzer: Run, work: Path) -> None:
    """Ids and the maintainer's own words stay, comments too; new questions and first answers come in."""
    (work / "sky.md").write_text(LIST)
    quizzer("import", "markdown", "sky.md")
    path = work / "decks" / "sky.yaml"
    own = (
        path.read_text()
        .replace("Air scatters blue light more.", "My own words.  # kept")
        .replace("cards:", "# mine\ncards:")
    )
    path.write_text(own)
    changed = LIST.replace("Why is the sky blue?", "Why does the sky look blue?").replace(
        "_To be filled_", "A long way."
    )
    (work / "sky.md").write_text(changed + "\n### 3. Why is space black?\n\nNo air.\n")

    result = quizzer("import", "markdown", "sky.md", "--json")

    (report,) = data(result)["files"]
    assert [(item["card"], item["old"], item["new"]) for item in report["reworded"]] == []
    made = deck(path)
    assert [card.id for card in made.cards] == ["sky-01", "sky-02", "sky-03", "sky-04"]
    assert made.cards[0].answers == ("My own words.",)
    assert made.cards[1].answers == ("A long way.",)
    assert report["gone"] == [{"card": "sky-01", "question": "Why is the sky blue?"}]
    assert "# mine\n" in path.read_text()
    assert "# kept" in path.read_text()


def test_a_reworded_question_keeps_its_id(quizzer: Run, work: Path) -> None:
    """Its history is not lost over a comma."""
    long = "### 1. How do you explain the colour of the daytime sky to a child?\n\nBlue light is scattered.\n"
    (work / "sky.md").write_text(f"# Sky\n\n{long}")
    quizzer("import", "markdown", "sky.md")
    (work / "sky.md").write_text(
        "# Sky\n\n" + long.replace("How do you explain", "How would you explain").replace("Blue", "The blue")
    )

    result = quizzer("import", "markdown", "sky.md")

    assert "sky-01 reworded: 'How do you explain" in result.stdout
    assert "sky-01: the deck's answers kept; line 3 of the list says something else" in result.stdout
    (card,) = deck(work / "decks" / "sky.yaml").cards
    assert (card.id, card.question[:18], card.answers) == (
        "sky-01",
        "How would you expl",
        ("Blue light is scattered.",),
    )


def test_what_looks_like_a_card_is_said_with_what_to_do(quizzer: Run, work: Path) -> None:
    """Doing what is said keeps the history: the next import finds the card."""
    (work / "sky.md").write_text(LIST)
    quizzer("import", "markdown", "sky.md")
    path, new = work / "decks" / "sky.yaml", "Why is the sky blue at noon on Mars?"
    (work / "sky.md").write_text(LIST.replace("Why is the sky blue?", new))

    dry = quizzer("import", "markdown", "sky.md", "--dry-run")
    report = data(quizzer("import", "markdown", "sky.md", "--dry-run", "--json"))["files"][0]

    line = "      looks like sky-01; if it is the same, give sky-01 this question in the deck, then import\n"
    assert line in dry.stdout
    assert "1 card not in the list, kept: sky-01" in dry.stdout
    assert [added["looks_like"] for added in report["added"]] == [["sky-01"]]
    path.write_text(path.read_text().replace("Why is the sky blue?", new))
    assert "nothing to change" in quizzer("import", "markdown", "sky.md").stdout


def test_after_the_import_the_added_card_is_to_be_removed(quizzer: Run, work: Path) -> None:
    """The advice names both cards."""
    (work / "sky.md").write_text(LIST)
    quizzer("import", "markdown", "sky.md")
    (work / "sky.md").write_text(LIST.replace("sky blue?", "sky blue at noon on Mars?"))

    result = quizzer("import", "markdown", "sky.md")

    assert (
        "looks like sky-01; if it is the same, give sky-01 this question in the deck and remove sky-03" in result.stdout
    )


def test_a_renamed_section_is_reported_once(quizzer: Run, work: Path) -> None:
    """The deck's tags stay; one line for all its cards."""
    (work / "sky.md").write_text(LIST)
    quizzer("import", "markdown", "sky.md")
    (work / "sky.md").write_text(LIST.replace("## Light", "## Light and air"))

    result = quizzer("import", "markdown", "sky.md")
    report = data(quizzer("import", "markdown", "sky.md", "--json"))["files"][0]

    assert "  sky-01, sky-02: the deck's tags kept: light; the list's section says: light-and-air\n" in result.stdout
    assert [(kept["card"], kept["keys"]) for kept in report["kept"]] == [("sky-01", ["tags"]), ("sky-02", ["tags"])]


def test_a_dry_run_writes_nothing(quizzer: Run, work: Path) -> None:
    """It shows each question and each line that was not understood."""
    (work / "sky.md").write_text(LIST + "\n## License\n\nMIT\n")

    result = quizzer("import", "markdown", "sky.md", "--dry-run")

    assert "    sky-02: 'Why are sunsets red?'\n" in result.stdout
    assert "  line 15: text that belongs to no question: 'MIT'\n" in result.stdout
    assert not (work / "decks").exists()


def test_the_report_as_json(quizzer: Run, work: Path) -> None:
    """What a script needs to decide whether a list went in whole."""
    (work / "sky.md").write_text(LIST + "\n## License\n\nMIT\n")

    result = quizzer("import", "markdown", "sky.md", "--dry-run", "--json")

    assert data(result)["dry_run"] is True
    (report,) = data(result)["files"]
    assert {key: report[key] for key in ("path", "deck", "deck_path", "new", "found", "answered", "placeholders")} == {
        "path": "sky.md", "deck": "sky", "deck_path": "decks/sky.yaml", "new": True, "found": 2, "answered": 1,
        "placeholders": 1,
    }  # fmt: skip
    assert report["added"][1] == {
        "card": "sky-02",
        "question": "Why are sunsets red?",
        "line": 9,
        "answered": False,
        "looks_like": [],
    }
    assert report["remarks"] == [{"line": 15, "end_line": 15, "text": "text that belongs to no question: 'MIT'"}]


def test_several_lists_into_several_decks_or_one(quizzer: Run, work: Path) -> None:
    """A folder of lists is one command."""
    (work / "sky.md").write_text(LIST)
    (work / "sea.md").write_text("# The sea\n\n- Why is it salt?\n- Why are there tides?\n")

    apart = quizzer("import", "markdown", "sky.md", "sea.md")
    together = quizzer("import", "markdown", "sky.md", "sea.md", "--deck", "decks/all.yaml")

    assert (apart.returncode, together.returncode) == (0, 0)
    assert [card.id for card in deck(work / "decks" / "the-sea.yaml").cards] == ["the-sea-01", "the-sea-02"]
    assert [card.id for card in deck(work / "decks" / "all.yaml").cards] == ["all-01", "all-02", "all-03", "all-04"]


def test_into_a_deck_by_its_id(quizzer: Run, work: Path) -> None:
    """The deck may have another name than the list."""
    (work / "decks").mkdir()
    (work / "decks" / "x.yaml").write_text(
        "quizzer: 1\ndeck: {id: weather}\ncards:\n  - id: weather-07\n    question: Why is the sky blue?\n"
    )
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md", "--deck", "weather")

    assert "weather-07: answers, tags taken from the list" in result.stdout
    assert [card.id for card in deck(work / "decks" / "x.yaml").cards] == ["weather-07", "weather-08"]


def test_the_id_of_a_new_deck_can_be_chosen(quizzer: Run, work: Path) -> None:
    """Ids are for good, so the maintainer may want a say."""
    (work / "sky.md").write_text(LIST)

    quizzer("import", "markdown", "sky.md", "--id", "blue")

    assert deck(work / "decks" / "blue.yaml").cards[0].key == "blue/blue-01"


def test_an_id_that_another_deck_has_is_named(quizzer: Run, work: Path) -> None:
    """Of two decks with one id only the first is studied."""
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md", "--id", "bert")

    assert "another deck has the id 'bert'" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("missing.md", None, "missing.md: cannot be read: no such file or directory"),
        ("latin.md", b"# Caf\xe9\n", "latin.md:1: not text: byte 0xe9 is not UTF-8"),
        ("utf16.md", "# T".encode("utf-16"), "utf16.md: is UTF-16, not UTF-8"),
        ("binary.md", b"\x7fELF\0\0", "binary.md:1: not text: it holds a zero byte"),
        ("empty.md", b"", "empty.md: the file is empty"),
        ("words.md", b"# Title\n\nSome words.\n", "words.md: no questions found"),
        ("links.md", b"- [a](http://a)\n- [b](http://b)\n", "no questions found: it is a list of links (2 of 2 lines)"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_said(name: str, content: bytes | None, part: str, quizzer: Run, work: Path) -> None:
    """With what to do next, and without half a deck."""
    if content is not None:
        (work / name).write_bytes(content)

    result = quizzer("import", "markdown", name)

    assert result.returncode == 3
    assert part in result.stderr
    assert "hint: " in result.stderr
    assert not (work / "decks").exists()


def test_one_unreadable_list_stops_all(quizzer: Run, work: Path) -> None:
    """Nothing is written before every list was read."""
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md", "missing.md")

    assert result.returncode == 3
    assert not (work / "decks").exists()


def test_folders_pipes_and_huge_files_are_refused(quizzer: Run, work: Path) -> None:
    """None of them may hang or fill the memory."""
    (work / "folder.md").mkdir()
    os.mkfifo(work / "pipe.md")
    with (work / "huge.md").open("wb") as file:
        file.truncate(MAXIMUM_BYTES + 1)

    messages = [quizzer("import", "markdown", name).stderr for name in ("folder.md", "pipe.md", "huge.md")]

    assert "is a folder, not a list" in messages[0]
    assert "is not a regular file" in messages[1]
    assert "larger than 32 MB" in messages[2]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [(("--id", "Sky!"), "'Sky!' is not an id"), (("--deck", "nothing"), "--deck decks/nothing.yaml"),
     (("--deck", "decks/x.txt"), "a deck is a YAML file"), (("--deck", "."), "is a folder, not a deck")],
)  # fmt: skip
def test_options_that_cannot_be_used_are_explained(
    arguments: tuple[str, ...], part: str, quizzer: Run, work: Path
) -> None:
    """Each says what to write instead."""
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md", *arguments)

    assert result.returncode in (2, 3)
    assert part in result.stderr


def test_a_broken_deck_is_not_touched(quizzer: Run, work: Path) -> None:
    """It is named with line and column, as `deck check` does."""
    (work / "decks").mkdir()
    (work / "decks" / "sky.yaml").write_text("quizzer: 1\ndeck: {id: sky}\ncards:\n  - questoin: x\n")
    (work / "sky.md").write_text(LIST)

    result = quizzer("import", "markdown", "sky.md")

    assert result.returncode == 3
    assert "sky.yaml:4:5: " in result.stderr


def test_hostile_text_is_shown_harmlessly(quizzer: Run, work: Path) -> None:
    """A list from the internet must not take over the terminal."""
    (work / "x.md").write_text("### What is \x1b[2J\u202e it?\n\nx\n\n## License\n\n\x1b]0;x\x07\n")

    result = quizzer("import", "markdown", "x.md", "--dry-run")

    assert result.returncode == 0
    assert not any(character in result.stdout for character in "\x1b\x07\u202e")
