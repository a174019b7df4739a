"""`quizzer export json DECK` and `import json`: a deck for programs, and back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run


def test_a_deck_goes_out_and_comes_in_again(quizzer: Run, home: Path) -> None:
    """With its cards' ids; a second import changes nothing, and a changed question keeps its card."""
    assert quizzer("export", "json", "bert", "--output", "bert.json").returncode == 0
    data = json.loads(Path("bert.json").read_text())
    data["deck"]["id"] = "mine"
    Path("mine.json").write_text(json.dumps(data))
    made = quizzer("import", "json", "mine.json")
    assert (made.returncode, made.stderr) == (0, "")
    assert (home / "decks" / "mine.yaml").exists()
    again = json.loads(quizzer("export", "json", "mine").stdout)
    assert again == data
    assert "nothing to change" in quizzer("import", "json", "mine.json").stdout
    data["cards"][0]["question"] += " And why?"
    Path("mine.json").write_text(json.dumps(data))
    assert "bert-01 reworded" in quizzer("import", "json", "mine.json", "--dry-run").stdout


def test_what_the_file_is_decides_what_is_imported(quizzer: Run) -> None:
    """Options of the other kind are refused, and so is what is neither."""
    quizzer("export", "json", "bert", "--output", "bert.json")
    quizzer("export", "json", "--output", "history.json")
    assert quizzer("import", "json", "bert.json", "--move").returncode == 2
    assert quizzer("import", "json", "history.json", "--deck", "new.yaml").returncode == 2
    Path("other.json").write_text('{"x": 1}')
    refused = quizzer("import", "json", "other.json")
    assert refused.returncode == 5
    assert "not an export of quizzer's" in refused.stderr


def test_an_export_replaces_no_file_of_another_kind(quizzer: Run) -> None:
    """A history above all."""
    quizzer("export", "json", "--output", "history.json")
    assert quizzer("export", "json", "bert", "--output", "history.json").returncode != 0
    assert "quizzer_export" in Path("history.json").read_text()
