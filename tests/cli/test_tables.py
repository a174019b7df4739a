"""`quizzer import csv` and `export csv`: between a spreadsheet and a deck."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizzer.decks import schema, yamlfile
from quizzer.model import Deck
from tests.conftest import Run

DECK = """quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: sky-01
    question: Why is the sky blue?
    answers: [Air scatters blue light more., "=Rayleigh | Tyndall"]
    points: [blue is scattered more]
    tags: [light]
  - id: sky-02
    question: Why are sunsets red?
"""


def deck(path: Path) -> Deck:
    return schema.parse(yamlfile.read(path), path=str(path))


def test_a_table_becomes_a_deck_in_the_own_folder(quizzer: Run, home: Path) -> None:
    """Whoever studies has no folder of decks about; the deck is found from wherever one is."""
    Path("light-questions.csv").write_text("question,answers,tags\nWhy is the sky blue?,Air | Scattering,light\n")

    result = quizzer("import", "csv", "light-questions.csv")

    path = home / "decks" / "light.yaml"
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (f"light-questions.csv: 1 question, 1 answered, into new deck light ({path})\n  1 added\n")
    (card,) = deck(path).cards
    assert (card.id, card.answers, card.tags) == ("light-01", ("Air", "Scattering"), ("light",))
    assert quizzer("deck", "check", "light", "--no-meaning").returncode == 0


def test_importing_again_changes_no_byte(quizzer: Run, home: Path) -> None:
    """It may stand in a script."""
    Path("sky.csv").write_text("question,answer\nWhy is the sky blue?,Air\n")
    quizzer("import", "csv", "sky.csv")
    before = (home / "decks" / "sky.yaml").read_bytes()

    assert "nothing to change" in quizzer("import", "csv", "sky.csv").stdout
    assert (home / "decks" / "sky.yaml").read_bytes() == before


def test_a_changed_table_updates_the_deck_where_it_is(quizzer: Run, decks: Path, home: Path) -> None:
    """Ids and own words stay; the deck is edited in the folder in which it is found."""
    (decks / "sky.yaml").write_text(DECK)
    Path("sky.csv").write_text(
        "question,answer\nWhy is the sky blue?,Another.\nWhy are sunsets red?,A long way.\nWhy is space black?,\n"
    )

    result = quizzer("import", "csv", "sky.csv")

    assert "sky-01: the deck's answers kept; line 2 of the table says something else" in result.stdout
    assert "sky-02: answers taken from the table" in result.stdout
    made = deck(decks / "sky.yaml")
    assert [card.id for card in made.cards] == ["sky-01", "sky-02", "sky-03"]
    assert made.cards[1].answers == ("A long way.",)
    assert not (home / "decks").exists()


def test_a_deck_that_comes_with_quizzer_is_not_written_over(quizzer: Run, home: Path) -> None:
    """A table that happens to be called bert would take the place of the bundled deck, and its history."""
    Path("bert.csv").write_text("question,answer\nWho is Bert?,A friend of Ernie's.\n")

    result = quizzer("import", "csv", "bert.csv")

    assert (result.returncode, result.stdout) == (2, "")
    assert (
        "a deck that comes with quizzer has the id 'bert' already\nhint: give the new deck another id" in result.stderr
    )
    assert quizzer("import", "csv", "bert.csv", "--id", "ernie").returncode == 0
    assert (home / "decks" / "ernie.yaml").exists()


@pytest.mark.parametrize(("name", "options"), [("sky.csv", ["--excel"]), ("sky.tsv", []), ("x", ["--delimiter", ";"])])
def test_export_and_import_give_the_same_cards(quizzer: Run, decks: Path, name: str, options: list[str]) -> None:
    """Through files and both commands; every field, and a cell that looks like a formula."""
    (decks / "sky.yaml").write_text(DECK)
    assert quizzer("export", "csv", "sky", "--output", name, *options).returncode == 0
    assert b"'=Rayleigh" not in Path(name).read_bytes()  # inside a cell it is harmless
    assert "nothing to change" in quizzer("import", "csv", name, "--deck", "sky").stdout

    quizzer("import", "csv", name, "--deck", "copy.yaml")

    assert deck(Path("copy.yaml")).cards[0].answers == ("Air scatters blue light more.", "=Rayleigh | Tyndall")
    assert [card.id for card in deck(Path("copy.yaml")).cards] == ["sky-01", "sky-02"]


def test_the_table_goes_to_stdout(quizzer: Run, decks: Path) -> None:
    """Byte for byte, and with --json in the envelope."""
    (decks / "sky.yaml").write_text(DECK)
    text = quizzer("export", "csv", "sky").stdout
    assert text.splitlines()[0] == "id,question,answers,points,explanation,tags"
    assert (
        json.loads(quizzer("export", "csv", "sky", "--json").stdout)["data"]["text"].splitlines() == text.splitlines()
    )


def test_somebody_elses_file_is_not_replaced(quizzer: Run, decks: Path) -> None:
    """A mistyped name costs nothing."""
    (decks / "sky.yaml").write_text(DECK)
    Path("mine.csv").write_text("date,amount\n")
    result = quizzer("export", "csv", "sky", "--output", "mine.csv")
    assert (result.returncode, Path("mine.csv").read_text()) == (3, "date,amount\n")
    assert "mine.csv: is there already, and quizzer did not write it" in result.stderr


@pytest.mark.parametrize(
    ("content", "options", "code", "said"),
    [
        (
            b"PK\x03\x04\x00\xff\xfe",
            [],
            3,
            "bad.csv:1: not text: byte 0xff is not UTF-8\nhint: save it as UTF-8; an Excel,",
        ),
        ("question\nWarum Öl?".encode("cp1252"), [], 3, "bad.csv:2: not text: byte 0xd6 is not UTF-8"),
        (
            b"a,b\n1,2\n",
            [],
            3,
            "bad.csv: no column is called 'question'; the first row has 'a', 'b'\nhint: name the col",
        ),
        (b"question,answer\n", [], 3, "bad.csv: no questions found"),
        (b'question\n"open\n', [], 3, "bad.csv: the row that begins on line 2: unexpected end of data"),
        (b"question\nWhy?\n", ["--delimiter", "::"], 2, "'::' cannot part cells"),
        (b"question\nWhy?\n", ["--id", "No Id"], 2, "'No Id' is not an id"),
        (
            b"question\n" + b"x" * 200_000 + b"\n",
            [],
            3,
            "bad.csv: no questions found\nhint: line 2: the question has 200",
        ),
    ],
)
def test_what_cannot_be_imported_is_refused_with_the_reason(
    quizzer: Run, home: Path, content: bytes, options: list[str], code: int, said: str
) -> None:
    """Nothing is written, and the next step is named."""
    Path("bad.csv").write_bytes(content)
    result = quizzer("import", "csv", "bad.csv", *options)
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr
    assert not (home / "decks").exists()
