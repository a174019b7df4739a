"""`quizzer deck`: what a maintainer sees of decks, on the screen and as JSON."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Run, envelope

GOOD = "quizzer: 1\ndeck: {id: good, title: Good}\ncards:\n  - {id: a, question: b, answers: [c]}\n"
GOOD += "  - {id: d, question: e}\n"
BROKEN = "quizzer: 1\ndeck: {id: bad}\ncards:\n  - id: a\n    questoin: b\n"


def test_check_says_that_nothing_is_wrong(quizzer: Run, decks: Path) -> None:
    """Exit code 0 is what CI waits for."""
    (decks / "good.yaml").write_text(GOOD)

    result = quizzer("deck", "check", "decks/good.yaml", "--no-meaning")

    assert (result.returncode, result.stdout, result.stderr) == (0, "1 deck checked, no problems\n", "")


def test_check_names_place_problem_and_remedy(quizzer: Run, decks: Path) -> None:
    """Editors and people jump to ``path:line:column``."""
    (decks / "bad.yaml").write_text(BROKEN)

    result = quizzer("deck", "check", "bad")

    assert result.returncode == 1
    assert result.stdout == (
        "decks/bad.yaml:5:5: unknown key 'questoin' in card 'a'\n"
        "    did you mean 'question'?\n"
        "1 deck checked, 1 problem\n"
    )


def test_check_reports_the_same_as_json(quizzer: Run, decks: Path) -> None:
    """Tools read the envelope."""
    (decks / "bad.yaml").write_text(BROKEN)

    result = quizzer("deck", "check", "decks", "--json")

    value = envelope(result.stdout)
    assert result.returncode == 1
    assert (value["command"], value["status"]) == ("deck check", "findings")
    assert value["errors"] == [
        {"code": "unknown-key", "message": "unknown key 'questoin' in card 'a'", "hint": "did you mean 'question'?",
         "path": "decks/bad.yaml", "line": 5, "column": 5}
    ]  # fmt: skip
    assert value["data"]["decks"][0]["id"] == "bad"


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("missing.yaml", None, "no such file"),
        ("latin.yaml", b"quizzer: 1\n\xe9", "decks/latin.yaml:2:1: not text: byte 0xe9 is not UTF-8"),
    ],
)
def test_check_exits_with_3_when_a_deck_cannot_be_read(
    name: str, content: bytes | None, part: str, quizzer: Run, decks: Path
) -> None:
    """A deck that was not looked at must not pass for one with findings."""
    if content is not None:
        (decks / name).write_bytes(content)

    result = quizzer("deck", "check", f"decks/{name}")

    assert result.returncode == 3
    assert part in result.stderr


def test_check_reports_what_can_be_read_beside_what_cannot(quizzer: Run, decks: Path) -> None:
    """One run tells everything."""
    (decks / "bad.yaml").write_text(BROKEN)
    (decks / "latin.yaml").write_bytes(b"quizzer: 1\n\xe9")

    result = quizzer("deck", "check", "--json")

    value = envelope(result.stdout)
    assert (result.returncode, value["status"]) == (3, "error")
    assert {error["path"] for error in value["errors"]} == {"decks/bad.yaml", "decks/latin.yaml"}


def test_check_without_arguments_looks_at_every_deck(quizzer: Run, decks: Path) -> None:
    """The bundled deck is among them, and is clean."""
    (decks / "good.yaml").write_text(GOOD)

    result = quizzer("deck", "check", "--no-meaning")

    assert (result.returncode, result.stdout) == (0, "2 decks checked, no problems\n")


def test_check_finds_two_decks_of_one_folder_with_one_id(quizzer: Run, decks: Path) -> None:
    """A copied file whose id was not changed hides one of the two."""
    (decks / "good.yaml").write_text(GOOD)
    (decks / "copy.yaml").write_text(GOOD)

    result = quizzer("deck", "check", "--no-meaning")

    assert result.returncode == 1
    assert "decks/good.yaml:2:12: deck id 'good' is already that of decks/copy.yaml" in result.stdout


def test_check_explains_a_named_file_that_is_no_deck(quizzer: Run, decks: Path) -> None:
    """In a folder it would be passed over."""
    (decks / "other.yaml").write_text("on: push\n")

    named, searched = quizzer("deck", "check", "decks/other.yaml"), quizzer("deck", "check", "--no-meaning")

    assert (named.returncode, searched.returncode) == (1, 0)
    assert "the key 'quizzer' is missing" in named.stdout


def test_check_shows_hostile_text_harmlessly(quizzer: Run, decks: Path) -> None:
    """A deck from the internet must not take over the terminal that checks it."""
    text = 'quizzer: 1\ndeck: {id: x}\ncards:\n  - id: "\\e[2J\\u202e[red]"\n    question: b\n    "\\e]0;x\\a": c\n'
    (decks / "x.yaml").write_text(text)

    result = quizzer("deck", "check", "x")

    assert result.returncode == 1
    assert result.stdout.count("\n") == 5
    assert not any(character in result.stdout for character in "\x1b\x07\u202e")


@pytest.mark.parametrize(
    "content",
    ["quizzer: 1\nx: " + "[" * 100_000, "quizzer: 1\nx: {a: " + "{a: " * 50_000, "quizzer: &a [x]\ndeck: *a\n",
     "quizzer: 1\ndeck: !!python/object/apply:os.system [false]\ncards:\n"],
)  # fmt: skip
def test_check_refuses_hostile_yaml_with_its_place(content: str, quizzer: Run, decks: Path) -> None:
    """No crash, no object made, no memory filled: a line and a column."""
    (decks / "x.yaml").write_text(content)

    result = quizzer("deck", "check", "decks/x.yaml", "--json")

    value = envelope(result.stdout)
    assert result.returncode == 1
    assert all(error["line"] and error["column"] for error in value["errors"])


def test_list_shows_decks_shadowed_and_broken_ones(quizzer: Run, decks: Path) -> None:
    """Whoever wonders why a deck is not studied looks here first."""
    (decks / "bad.yaml").write_text(BROKEN)
    (decks / "good.yaml").write_text(GOOD)
    (decks / "own.yaml").write_text(GOOD.replace("id: good", "id: bert"))

    shown = quizzer("deck", "list")
    value = envelope(quizzer("deck", "list", "--json").stdout)

    assert shown.returncode == 0
    assert "good  Good  1 of 2 answered\n    decks/good.yaml\n" in shown.stdout
    assert "bad  not used: 1 problem; run `quizzer deck check decks/bad.yaml`" in shown.stdout
    assert "not used: decks/own.yaml has the same id" in shown.stdout
    assert [deck["place"] for deck in value["data"]] == ["folder", "folder", "folder", "bundled"]


def test_schema_prints_json_schema(quizzer: Run) -> None:
    """Redirected into a file, it completes keys in an editor."""
    result = quizzer("deck", "schema")

    assert envelope(result.stdout)["title"] == "quizzer deck, version 1"


def test_decks_are_found_from_a_deleted_folder(quizzer: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell stays in a folder that a git checkout removed; that is no reason to fail."""
    gone = home.parent / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    result = quizzer("deck", "list")

    assert result.returncode == 0
    assert result.stdout.startswith("bert  ")


def test_a_file_name_that_is_not_utf8_is_named_and_the_others_go_on(quizzer: Run) -> None:
    """One stray file must not stop every command."""
    Path("decks").mkdir(exist_ok=True)
    Path(os.fsdecode(b"decks/n\xff.yaml")).write_text("quizzer: 1\ndeck: {id: n}\ncards: []\n")
    assert quizzer("due").returncode == 0
    listed = quizzer("deck", "list")
    assert listed.returncode == 0
    assert "n\ufffd.yaml" in listed.stdout
    checked = quizzer("deck", "check", "--no-meaning")
    assert checked.returncode in (1, 3)
    assert "not UTF-8" in checked.stdout + checked.stderr
