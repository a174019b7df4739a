"""`quizzer export markdown`: from a deck to a list, or into the list that it came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizzer.decks.markdown import canonical
from tests.conftest import Run

DECK = """quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: sky-01
    question: Why is the sky blue?
    answers:
      - "Air scatters blue light more.\\n\\n- by **Rayleigh**"
      - Scattering.
    points: [blue is scattered more]
    tests: {fail: [""]}
  - id: sky-02
    question: Why are sunsets red?
"""
LIST = b"""\xef\xbb\xbf# Sky\r
\r
## Question 1\r
**Why is the sky blue?**  \r
**Answer:** _To be filled_\r
\r
## Question 2\r
**Why are sunsets red?**\r
**Answer:** _To be filled_\r
\r
## Question 3\r
**Why is space black?**\r
**Answer:** No air."""


@pytest.fixture
def work(home: Path) -> Path:
    """The current folder, with a deck in it."""
    folder = home.parent / "work"
    (folder / "decks").mkdir()
    (folder / "decks" / "sky.yaml").write_text(DECK)
    return folder


def test_the_list_goes_to_stdout(quizzer: Run, work: Path) -> None:
    """Pipes get it byte for byte."""
    result = quizzer("export", "markdown", "sky")

    assert result.returncode == 0
    assert canonical.is_canonical(result.stdout)
    assert "## Why is the sky blue?\n<!-- card: sky-01 -->" in result.stdout


def test_export_and_import_give_the_same_deck(quizzer: Run, work: Path) -> None:
    """Every field, through files and both commands."""
    quizzer("export", "markdown", "sky", "--output", "sky.md")
    (work / "decks" / "sky.yaml").rename(work / "before.yaml")

    result = quizzer("import", "markdown", "sky.md")

    assert "2 questions, 1 answered, into new deck sky (decks/sky.yaml)" in result.stdout
    again = quizzer("export", "markdown", "decks/sky.yaml").stdout
    assert again == quizzer("export", "markdown", "before.yaml").stdout == (work / "sky.md").read_text()


def test_an_edited_export_updates_the_deck(quizzer: Run, work: Path) -> None:
    """The list names its cards, so that a question can be rewritten from scratch."""
    quizzer("export", "markdown", "sky", "--output", "sky.md")
    text = (work / "sky.md").read_text()
    (work / "sky.md").write_text(
        text.replace("## Why are sunsets red?", "## What colours the evening?").replace(
            "_To be filled_", "A long way of air."
        )
    )

    result = quizzer("import", "markdown", "sky.md", "--json")

    (report,) = json.loads(result.stdout)["data"]["files"]
    assert [item["card"] for item in report["reworded"]] == ["sky-02"]
    assert report["filled"] == [{"card": "sky-02", "keys": ["answers"], "line": report["filled"][0]["line"]}]
    assert "What colours the evening?" in (work / "decks" / "sky.yaml").read_text()


def test_filling_leaves_every_other_byte(quizzer: Run, work: Path) -> None:
    """Byte-order mark, line ends, trailing spaces and the missing last line end are the list's own affair."""
    (work / "list.md").write_bytes(LIST)

    result = quizzer("export", "markdown", "sky", "--into", "list.md")

    assert result.stdout == (
        "list.md: 1 of 2 open questions filled from deck sky\n  line 7: not filled, card sky-02 is unanswered\n"
    )
    filled = b"Air scatters blue light more.\r\n\r\n- by **Rayleigh**"
    assert (work / "list.md").read_bytes() == LIST.replace(b"_To be filled_", filled, 1)
    again = quizzer("import", "markdown", "list.md", "--deck", "sky", "--json")
    (report,) = json.loads(again.stdout)["data"]["files"]
    assert (report["unchanged"], len(report["added"]), report["kept"]) == (2, 1, [])


def test_filling_as_json(quizzer: Run, work: Path) -> None:
    """What was filled, what has no answer, and what could not be written."""
    (work / "list.md").write_bytes(LIST.replace(b"_To be filled_\r\n\r\n## Question 2", b"TBD\r\n\r\n## Question 2"))

    result = quizzer("export", "markdown", "sky", "--into", "list.md", "--json")

    value = json.loads(result.stdout)["data"]
    assert value["filled"] == [{"line": 3, "question": "Why is the sky blue?", "card": "sky-01"}]
    assert value["without_answer"] == [{"line": 7, "question": "Why are sunsets red?", "card": "sky-02"}]
    assert value["refused"] == []


def test_nothing_to_fill_leaves_the_file_alone(quizzer: Run, work: Path) -> None:
    """Not even its time of change."""
    (work / "list.md").write_text("### Why is it so?\n\nSo.\n")
    before = (work / "list.md").stat().st_mtime_ns

    result = quizzer("export", "markdown", "sky", "--into", "list.md")

    assert "0 of 0 open questions filled" in result.stdout
    assert (work / "list.md").stat().st_mtime_ns == before


def test_an_answer_that_would_be_misread_is_a_finding(quizzer: Run, work: Path) -> None:
    """It stays open, with its line, and the exit code says that there is something to do."""
    path = work / "decks" / "sky.yaml"
    path.write_text(
        path.read_text().replace("Air scatters blue light more.\\n\\n- by **Rayleigh**", "```\\nnever closed")
    )
    (work / "list.md").write_bytes(LIST)

    result = quizzer("export", "markdown", "sky", "--into", "list.md")

    assert result.returncode == 1
    assert "line 3: not filled, the answer of sky-01 would not be read back as it is" in result.stdout
    assert (work / "list.md").read_bytes() == LIST


def test_a_list_of_somebody_else_is_not_overwritten(quizzer: Run, work: Path) -> None:
    """`--output` for `--into` would destroy the original."""
    (work / "list.md").write_bytes(LIST)

    result = quizzer("export", "markdown", "sky", "--output", "list.md")

    assert result.returncode == 3
    assert "quizzer did not write it" in result.stderr
    assert "--into" in result.stderr
    assert (work / "list.md").read_bytes() == LIST


def test_a_former_export_is_replaced(quizzer: Run, work: Path) -> None:
    """It is made anew from the deck."""
    first = quizzer("export", "markdown", "sky", "--output", "sky.md")
    second = quizzer("export", "markdown", "sky", "--output", "sky.md")

    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stdout == "sky.md: 2 questions of deck sky, 1 answered\n"


def test_output_and_into_exclude_each_other(quizzer: Run, work: Path) -> None:
    """One makes a file, the other changes one."""
    result = quizzer("export", "markdown", "sky", "--output", "a.md", "--into", "b.md")

    assert result.returncode == 2


def test_a_folder_is_no_output(quizzer: Run, work: Path) -> None:
    """The list needs a name."""
    result = quizzer("export", "markdown", "sky", "--output", "decks")

    assert result.returncode == 2
    assert "decks: is a folder" in result.stderr


def test_a_read_only_list_is_not_filled(quizzer: Run, work: Path) -> None:
    """Its maintainer has protected it."""
    (work / "list.md").write_bytes(LIST)
    (work / "list.md").chmod(0o444)

    result = quizzer("export", "markdown", "sky", "--into", "list.md")

    assert result.returncode == 3
    assert "list.md: is read-only" in result.stderr
