"""Random edits of decks in every layout: the meaning is the one that was meant, and the other bytes are equal."""

from __future__ import annotations

import codecs
import dataclasses
import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.editing.deckfile import Changes, DeckFile
from quizzer.errors import DeckInvalid, EditRefused
from quizzer.model import Card
from tests.decks.editing.deckwriting import DeckWriter
from tests.decks.editing.editing import check, check_adding

HEAD = "quizzer: 1\ndeck:\n  id: d\ncards:\n"


@given(st.integers(0, 2**32))
@settings(deadline=None, max_examples=200)
def test_an_edit_leaves_every_other_byte(seed: int) -> None:
    """Comments in every position, quotes, order, blank lines and line ends are somebody's work."""
    choose = random.Random(seed)
    pieces = DeckWriter(choose).write()
    mark = codecs.BOM_UTF8 if choose.random() < 0.1 else b""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.yaml"
        path.write_bytes(mark + "".join(piece.text for piece in pieces).encode())
        try:
            opened = DeckFile.open(path)
        except DeckInvalid:
            return  # one in a thousand is not YAML
        for _ in range(3):
            assert not check(opened, pieces, choose).startswith("refused")
        assert check_adding(opened, choose) == "added"


def edited(text: str, changes: Changes, tmp_path: Path, card: str = "a") -> str:
    """*text* after *changes* to one card."""
    path = tmp_path / "d.yaml"
    path.write_bytes(text.encode())
    return DeckFile.open(path).change_card(card, changes).text


CASES: dict[str, tuple[str, Changes, str]] = {
    "a comment stays beside a text that becomes a block": (
        "  - id: a\n    question: b  # c\n",
        {"question": "x " * 80 + "y"},
        "  - id: a\n    question: >-  # c\n" + "      " + "x " * 56 + "x\n      " + "x " * 23 + "y\n",
    ),
    "a comment stays beside a block that becomes a text": (
        "  - id: a\n    question: |- # c\n      b\n\n  - {id: b, question: c}\n",
        {"question": "d"},
        "  - id: a\n    question: d # c\n\n  - {id: b, question: c}\n",
    ),
    "quotes are kept": (
        "  - id: a\n    question: 'b'\n    answers: [\"c\", d]\n",
        {"question": "it's", "answers": ("e", "d", "f g")},
        "  - id: a\n    question: 'it''s'\n    answers: [\"e\", d, f g]\n",
    ),
    "a list under its key stays under its key": (
        "  - id: a\n    question: b\n    answers:\n    - c\n    # of the next\n    points:\n    - d\n",
        {"answers": ("c", "e")},
        "  - id: a\n    question: b\n    answers:\n    - c\n    - e\n    # of the next\n    points:\n    - d\n",
    ),
    "empty brackets make room for a list": (
        "  - id: a\n    question: b\n    answers: []  # to be filled\n",
        {"answers": ("c",)},
        "  - id: a\n    question: b\n    answers:  # to be filled\n      - c\n",
    ),
    "brackets on several lines get a line more": (
        "  - id: a\n    question: b\n    tags: [\n      x,  # one\n      y  # two\n    ]\n",
        {"tags": ("x", "y", "z")},
        "  - id: a\n    question: b\n    tags: [\n      x,  # one\n      y,  # two\n      z\n    ]\n",
    ),
    "a comment above a removed item stays": (
        "  - id: a\n    question: b\n    answers:\n      # first\n      - c\n      # second\n      - d  # beside\n",
        {"answers": ("c",)},
        "  - id: a\n    question: b\n    answers:\n      # first\n      - c\n      # second\n",
    ),
    "a moved item does not take others with it": (
        "  - id: a\n    question: b\n    answers:\n      - c  # c\n      - d  # d\n      - e  # e\n",
        {"answers": ("d", "e", "c")},
        "  - id: a\n    question: b\n    answers:\n      - d  # d\n      - e  # e\n      - c\n",
    ),
    "the first key of a card gives its place to the second": (
        "  - tags: [x]\n    id: a\n    question: b\n",
        {"tags": ()},
        "  - id: a\n    question: b\n",
    ),
    "a file without a final line end stays without": (
        "  - id: a\n    question: b",
        {"answers": ("c",)},
        "  - id: a\n    question: b\n    answers:\n      - c",
    ),
    "line ends are the file's": (
        "  - id: a\r\n    question: b\r\n",
        {"answers": ("c\nd",)},
        "  - id: a\r\n    question: b\r\n    answers:\r\n      - |-\r\n        c\r\n        d\r\n",
    ),
    "what a terminal would not show is written as escapes": (
        "  - id: a\n    question: b\n",
        {"question": "x\u200b\x85y\t"},
        '  - id: a\n    question: "x\\u200b\\u0085y\\t"\n',
    ),
    "tests go when the last of them goes": (
        "  - id: a\n    question: b\n    tests:\n      pass:\n        - c\n    tags: [d]\n",
        {"tests.pass": ()},
        "  - id: a\n    question: b\n    tags: [d]\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_edits_by_example(name: str, tmp_path: Path) -> None:
    """What a maintainer sees in the diff."""
    before, changes, after = CASES[name]

    assert edited(HEAD + before, changes, tmp_path) == HEAD + after


def test_a_deck_in_json_stays_json(tmp_path: Path) -> None:
    """JSON is YAML too; some programs write decks so."""
    text = json.dumps({"quizzer": 1, "deck": {"id": "d"}, "cards": [{"id": "a", "question": "b"}]}, indent=2)

    new = edited(text, {"answers": ("c", 'd "e"')}, tmp_path)

    added = '"question": "b",\n      "answers": [\n        "c",\n        "d \\"e\\""\n      ]\n'
    assert new == text.replace('"question": "b"\n', added)


@pytest.mark.parametrize("cards", ["cards:\n", "cards: []\n", "cards:  # none yet\n", "cards: [ ]  # none yet"])
def test_the_first_card_of_a_deck_is_added(cards: str, tmp_path: Path) -> None:
    """A new deck has none."""
    path = tmp_path / "d.yaml"
    path.write_text("quizzer: 1\ndeck:\n    id: d\n" + cards)

    deck = DeckFile.open(path).add_cards([Card("a", "d", "b?", tags=("x", "z"))])

    comment = "  # none yet" if "none" in cards else ""
    expected = f"cards:{comment}\n    - id: a\n      question: b?\n      tags: [x, z]\n"
    assert deck.text == "quizzer: 1\ndeck:\n    id: d\n" + (expected if cards.endswith("\n") else expected[:-1])


def test_blank_lines_between_cards_are_kept_up(tmp_path: Path) -> None:
    """A new card looks like its neighbours."""
    path = tmp_path / "d.yaml"
    cards = "  - id: a\n    question: b\n\n  - id: b\n    question: c\n"
    path.write_text(HEAD + cards)

    deck = DeckFile.open(path).add_cards([Card("c", "d", "e"), Card("f", "d", "g")])

    assert deck.text == HEAD + cards + "\n  - id: c\n    question: e\n\n  - id: f\n    question: g\n"


def test_what_cannot_be_edited_is_refused_with_its_place(tmp_path: Path) -> None:
    """A key without a colon has no place for a value; nobody guesses."""
    with pytest.raises(EditRefused) as caught:
        edited(HEAD + "  - id: a\n    question: b\n    ? answers\n", {"answers": ("c",)}, tmp_path)

    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (7, 5)
    assert "edit the file by hand" in (problem.hint or "")


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    """No file can hold it; a paste from a broken program can."""
    with pytest.raises(EditRefused, match="half a character"):
        edited(HEAD + "  - id: a\n    question: b\n", {"question": "x\ud800"}, tmp_path)


def test_many_cards_change_at_once(tmp_path: Path) -> None:
    """An import reads the file again once, not for every card."""
    path = tmp_path / "d.yaml"
    path.write_text(HEAD + "".join(f"  - id: c{n}\n    question: q{n}  # {n}\n" for n in range(50)))

    deck = DeckFile.open(path).change_cards({f"c{n}": {"question": f"new {n}"} for n in range(0, 50, 2)})

    lines = path.read_text().splitlines()
    changed = [n for n, (old, new) in enumerate(zip(lines, deck.text.splitlines(), strict=True)) if old != new]
    assert changed == [5 + 4 * n for n in range(25)]
    assert deck.card("c2") == dataclasses.replace(
        DeckFile.open(path).card("c2"), question="new 2", digest=deck.card("c2").digest
    )
