"""`quizzer export json` and `quizzer import json`, between homes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.conftest import Run, envelope

DECK = """quizzer: 1
deck: {id: sky}
cards:
  - {id: blue, question: Why is the sky blue?, answers: [Scattering.]}
  - {id: red, question: Why are sunsets red?, answers: [Scattering.]}
"""

On = Callable[..., CompletedProcess[str]]


@pytest.fixture
def on(decks: Path, quizzer: Run, tmp_path: Path) -> On:
    """Runs a command on the machine of this name."""
    (decks / "sky.yaml").write_text(DECK)
    return lambda machine, *arguments: quizzer(*arguments, QUIZZER_HOME=str(tmp_path / machine))


@pytest.fixture
def file(on: On, tmp_path: Path) -> str:
    """What the machine `desk` has exported: one suspended card."""
    on("desk", "card", "suspend", "sky/blue")
    exported = str(tmp_path / "desk.json")
    done = on("desk", "export", "json", "--output", exported)
    assert done.stdout == f"{exported}: 1 entry\n", done.stderr
    return exported


def suspended(done: CompletedProcess[str]) -> int:
    count: int = envelope(done.stdout)["data"]["suspended"]
    return count


def test_another_machines_export_is_united_with_what_is_here(on: On, file: str) -> None:
    """Counted beforehand, taken in once, and harmless the second time."""
    on("lap", "card", "suspend", "sky/red")
    assert "1 would be new here" in on("lap", "import", "json", file, "--dry-run").stdout
    assert suspended(on("lap", "due", "--json")) == 1
    for new in (1, 0):
        assert envelope(on("lap", "import", "json", file, "--json").stdout)["data"]["new"] == new
    assert suspended(on("lap", "due", "--json")) == 2


def test_a_machine_may_take_the_place_of_another(on: On, file: str) -> None:
    """Then it exports what the other did; one that has answered under its own name may not."""
    assert on("new", "import", "json", file, "--move").returncode == 0
    first, second = (json.loads(on(machine, "export", "json").stdout) for machine in ("desk", "new"))
    assert second | {"exported_at": ""} == first | {"exported_at": ""}
    on("lap", "card", "suspend", "sky/red")
    refused = on("lap", "import", "json", file, "--move")
    assert refused.returncode == 2
    assert "nothing was answered" in refused.stderr


def test_a_bad_file_is_refused_whole(on: On, file: str) -> None:
    """Each problem with its record, the good ones not taken either."""
    data = json.loads(Path(file).read_text())
    data["records"] += [data["records"][0] | {"at": "\x1b[31mnow"}, {"type": "?"}]
    Path(file).write_text(json.dumps(data))
    refused = on("lap", "import", "json", file)
    assert refused.returncode == 5
    assert "record 2: 'at' is" in refused.stderr
    assert "record 3: not a record" in refused.stderr
    assert "\x1b" not in refused.stderr
    assert suspended(on("lap", "due", "--json")) == 0
    assert [error["path"] for error in envelope(on("lap", "import", "json", file, "--json").stdout)["errors"]] == [
        file
    ] * 2


def test_an_export_is_no_backup(on: On, file: str) -> None:
    """Restoring would replace what is here; uniting is what it is for."""
    refused = on("lap", "restore", file)
    assert refused.returncode == 2
    assert "quizzer import json" in refused.stderr


def test_an_export_replaces_an_export_and_nothing_else(on: On, file: str, tmp_path: Path) -> None:
    """The name may be that of something dear."""
    on("desk", "card", "suspend", "sky/red")
    assert on("desk", "export", "json", "--output", file).returncode == 0
    dear = tmp_path / "dear.json"
    dear.write_text("{}")
    assert on("desk", "export", "json", "--output", str(dear)).returncode == 2
    assert dear.read_text() == "{}"
