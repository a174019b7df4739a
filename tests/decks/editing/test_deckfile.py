"""A deck file open for editing: what is meant arrives, every other byte stays, and nothing of anybody's is lost."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from quizzer.decks.editing.deckfile import DeckFile
from quizzer.errors import DeckChanged, DeckInvalid, DeckUnwritable, EditRefused, UnknownCard
from quizzer.model import Card, CardTests, Deck

ROOT = Path(__file__).parents[3]
TEXT = """quizzer: 1  # the format
deck:
  id: d
cards:
  # the first
  - id: d-01
    question: What?  # to be reworded
    answers:
      - 'one'  # quoted

      # about the second
      - two
    # of the card
    tags: [a, 'b']
  - id: d-02
    question: Why?
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A deck of two cards."""
    file = tmp_path / "d.yaml"
    file.write_text(TEXT)
    return file


def test_a_change_touches_its_own_lines_only(path: Path) -> None:
    """Whoever reviews the change in git sees what was changed, and nothing else."""
    deck = DeckFile.open(path).change_card("d-01", {"question": "Why so?", "answers": ("one", "2", "three")})

    assert deck.text == TEXT.replace("What?", "Why so?").replace("- two\n", '- "2"\n      - three\n')
    assert deck.card("d-01").answers == ("one", "2", "three")


def test_a_new_key_comes_where_the_format_has_it(path: Path) -> None:
    """Cards stay readable in one order, whoever filled them."""
    deck = DeckFile.open(path).change_card("d-02", {"tests.fail": ("no",), "answers": ("so",), "tags": ("x",)})

    filled = '    question: Why?\n    answers:\n      - so\n    tags: [x]\n    tests:\n      fail:\n        - "no"\n'
    assert deck.text == TEXT.replace("    question: Why?\n", filled)
    assert deck.card("d-02").tests == CardTests(failing=("no",))


def test_an_empty_value_removes_the_key(path: Path) -> None:
    """Comments on lines of their own stay."""
    deck = DeckFile.open(path).change_card("d-01", {"answers": ()})

    assert deck.card("d-01").answers == ()
    assert "answers" not in deck.text
    assert deck.text.count("#") == TEXT.count("#") - 1


def test_nothing_to_change_changes_nothing(path: Path) -> None:
    """Line feeds at the end of a text are not part of it."""
    opened = DeckFile.open(path)

    assert opened.change_card("d-01", {"question": "What?\n", "hints": ()}) == opened


def test_cards_are_added_after_the_last(path: Path) -> None:
    """A comment at the end of the file stays at the end."""
    opened = DeckFile.open(path)
    card = Card("d-03", "d", "How?", answers=("so",), difficulty="easy")

    deck = opened.add_cards([card])

    added = "  - id: d-03\n    question: How?\n    answers:\n      - so\n    difficulty: easy\n# the end\n"
    assert deck.text == TEXT.replace("# the end\n", added)
    assert deck.deck.cards[-1].answers == ("so",)


def test_what_breaks_the_format_is_refused_with_its_place(path: Path) -> None:
    """The message is the checker's, the place is the card."""
    with pytest.raises(EditRefused) as caught:
        DeckFile.open(path).change_card("d-01", {"difficulty": "harder"})

    (problem,) = caught.value.problems
    assert (problem.line, problem.message) == (6, "difficulty 'harder' is not known")
    assert problem.hint == "write easy, medium or hard"


def test_an_unknown_card_is_said_to_be_unknown(path: Path) -> None:
    """A mistyped id is no reason for a traceback."""
    with pytest.raises(UnknownCard, match="no card 'x'"):
        DeckFile.open(path).change_card("x", {"question": "b"})


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], ["d-01", "d-02"]),
        (["d-1", "d-9"], ["d-10", "d-11"]),
        (["d-007", "x"], ["d-008", "d-009"]),
        (["d-99"], ["d-100", "d-101"]),
        (["q1", "q2"], ["q3", "q4"]),
        (["q1", "r2"], ["d-01", "d-02"]),
    ],
)
def test_new_ids_go_on_with_the_numbers_of_the_deck(ids: list[str], expected: list[str], tmp_path: Path) -> None:
    """An id is minted once and never again."""
    deck = Deck("d", "D", cards=tuple(Card(name, "d", "q") for name in ids))

    assert DeckFile.new(tmp_path / "d.yaml", deck).new_ids(2) == expected


def test_new_ids_are_never_former_ones(tmp_path: Path) -> None:
    """The history of a card that was renamed must not come to another card."""
    deck = Deck("d", "D", cards=(Card("d-01", "d", "q", aliases=("d-02", "d/d-05")),))

    assert DeckFile.new(tmp_path / "d.yaml", deck).new_ids(1) == ["d-06"]


def test_a_new_deck_reads_back_as_it_was_meant(tmp_path: Path) -> None:
    """The bundled deck, written anew, is the same deck."""
    deck = DeckFile.open(ROOT / "decks" / "bert.yaml").deck

    new = DeckFile.new(tmp_path / "new" / "bert.yaml", deck)
    new.save()

    read = DeckFile.open(tmp_path / "new" / "bert.yaml").deck
    assert [dataclasses.replace(card, line=0) for card in read.cards] == [
        dataclasses.replace(card, line=0) for card in deck.cards
    ]


def test_a_new_deck_never_takes_the_place_of_a_file(path: Path) -> None:
    """Not even of a broken one."""
    with pytest.raises(DeckUnwritable, match="is there already"):
        DeckFile.new(path, Deck("d", "D")).save()
    assert path.read_text() == TEXT


def test_a_new_deck_that_breaks_the_format_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(DeckInvalid):
        DeckFile.new(tmp_path / "d.yaml", Deck("Not an id", "D"))


def test_saving_keeps_mode_and_link(path: Path) -> None:
    """A deck that is linked into a folder of decks stays linked."""
    path.chmod(0o640)
    link = path.parent / "link.yaml"
    link.symlink_to(path.name)

    DeckFile.open(link).change_card("d-01", {"question": "b"}).save()

    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "question: b  # to be" in path.read_text()
    assert sorted(file.name for file in path.parent.iterdir()) == ["d.yaml", "link.yaml"]


def test_saving_over_somebody_elses_edit_is_refused(path: Path) -> None:
    """Of two people who edit a deck, none loses work without a word."""
    mine = DeckFile.open(path).change_card("d-01", {"question": "mine"})
    DeckFile.open(path).change_card("d-02", {"question": "theirs"}).save()

    with pytest.raises(DeckChanged, match="changed on disk"):
        mine.save()
    assert "theirs" in path.read_text()


def test_one_edit_after_another_can_be_saved(path: Path) -> None:
    """A walk through the deck saves after every card."""
    first = DeckFile.open(path).change_card("d-01", {"question": "1st"})
    first.save()
    second = first.change_card("d-02", {"question": "2nd"})
    second.save()

    assert path.read_text() == second.text


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    """The superuser could write it; whoever made it read-only meant it."""
    path.chmod(0o444)

    with pytest.raises(DeckUnwritable, match="is read-only"):
        DeckFile.open(path).change_card("d-01", {"question": "b"}).save()
    assert path.read_text() == TEXT


def test_a_full_disk_leaves_the_old_file_whole(path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails in the middle in the same way."""
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from quizzer.decks.editing.deckfile import DeckFile\n"
        "deck = DeckFile.open(Path(sys.argv[1])).change_card('d-01', {'explanation': 'x ' * 20000})\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "deck.save()\n"
    )

    result = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)

    assert "DeckUnwritable" in result.stderr
    assert path.read_text() == TEXT
    assert [file.name for file in path.parent.iterdir()] == ["d.yaml"]


def test_what_a_killed_process_left_is_cleared_away(path: Path) -> None:
    """A half-written file beside the deck would be committed one day."""
    (path.parent / ".d.yaml.k1ll3d.new").write_text("half")
    (path.parent / ".other.yaml.k1ll3d.new").write_text("not ours to delete")

    DeckFile.open(path).change_card("d-01", {"question": "b"}).save()

    assert sorted(file.name for file in path.parent.iterdir()) == [".other.yaml.k1ll3d.new", "d.yaml"]


def test_processes_that_save_at_once_lose_no_edit(path: Path) -> None:
    """One of two is refused and starts again; in the end every item of every process is there."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from quizzer.decks.editing.deckfile import DeckFile\n"
        "from quizzer.errors import DeckChanged\n"
        "for number in range(15):\n"
        "    while True:\n"
        "        deck = DeckFile.open(Path(sys.argv[1]))\n"
        "        answers = (*deck.card('d-02').answers, f'{sys.argv[2]} {number}')\n"
        "        try:\n"
        "            deck.change_card('d-02', {'answers': answers}).save()\n"
        "            break\n"
        "        except DeckChanged:\n"
        "            pass\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(path), name]) for name in ("a", "b", "c")]

    assert [writer.wait(timeout=300) for writer in writers] == [0, 0, 0]

    answers = DeckFile.open(path).card("d-02").answers
    assert sorted(answers) == sorted(f"{name} {number}" for name in ("a", "b", "c") for number in range(15))
    assert [file.name for file in path.parent.iterdir()] == ["d.yaml"]
