"""`quizzer import session`: what a player takes home, into a log of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.group import sessionfile
from quizzer.group.takehome import TakenAnswer
from tests.conftest import Run, envelope
from tests.group.homes import AT, answer, home

NOW = "2026-03-02T20:00:00+00:00"
DECK = """quizzer: 1
deck: {id: sky}
cards:
  - {id: blue, question: Why is the sky blue?, answers: [Scattering.]}
  - {id: red, question: Why are sunsets red?, answers: [A long way.]}
"""
Save = Callable[..., str]


@pytest.fixture
def save(decks: Path, tmp_path: Path) -> Save:
    """Writes a session file of these answers; returns its path. A deck with their cards is here."""
    (decks / "sky.yaml").write_text(DECK)

    def write(*answers: TakenAnswer, **changes: Any) -> str:
        file = tmp_path / "quizzer-session.json"
        file.write_text(json.dumps(json.loads(sessionfile.write(home(*answers))) | changes))
        return str(file)

    return write


def due(quizzer: Run, card: str, now: str = NOW) -> str | None:
    done = quizzer("card", "show", f"sky/{card}", "--json", now=now)
    schedule = envelope(done.stdout)["data"]["schedule"]
    return schedule and str(schedule["due"])


def test_missed_cards_come_back_and_known_ones_later(quizzer: Run, save: Save) -> None:
    """The whole point of taking a session home."""
    done = quizzer("import", "session", save(answer("blue"), answer("red", quality=4)), "--json", now=NOW)
    data = envelope(done.stdout)["data"]
    assert (data["new"], [one["due"] for one in data["answers"]]) == (2, ["2026-03-03", "2026-03-03"])
    # A second evening, a week later: what is known goes further away, what is missed comes the next day again.
    later = AT + timedelta(days=7)
    second = replace(home(answer("blue", at=later), answer("red", quality=4, at=later)),
                     session="0195f000-0000-7000-8000-000000000002")  # fmt: skip
    Path("second.json").write_text(sessionfile.write(second))
    data = envelope(quizzer("import", "session", "second.json", "--json", now="2026-03-09T20:00:00+00:00").stdout)[
        "data"
    ]
    assert [one["due"] for one in data["answers"]] == ["2026-03-10", "2026-03-15"]
    assert due(quizzer, "blue") == "2026-03-10"


def test_an_import_moves_the_date_on_which_a_known_card_is_due(quizzer: Run, save: Save) -> None:
    """Whoever has just shown a card forgotten is asked it tomorrow, not in a month."""
    pass_it = [replace(home(answer("blue", quality=5, at=AT - timedelta(days=days))), session=_session(days))
               for days in (8, 7)]  # fmt: skip
    for number, one in enumerate(pass_it):
        Path(f"{number}.json").write_text(sessionfile.write(one))
        assert quizzer("import", "session", f"{number}.json", now=NOW).returncode == 0
    assert due(quizzer, "blue") == "2026-03-01"
    quizzer("import", "session", save(answer("blue")), now=NOW)
    assert due(quizzer, "blue") == "2026-03-03"


def _session(number: int) -> str:
    return f"0195f000-0000-7000-8000-{number:012x}"


def test_a_second_import_changes_nothing(quizzer: Run, save: Save) -> None:
    """A file is clicked twice; somebody travels in between."""
    file = save(answer("blue", by_host=True, right=True), answer("red", quality=4))
    assert quizzer("import", "session", file, now=NOW).returncode == 0
    before = json.loads(quizzer("export", "json", now=NOW).stdout)["records"]
    again = quizzer("import", "session", file, "--json", now="2026-03-05T20:00:00+00:00", TZ="Asia/Tokyo")
    assert (again.returncode, envelope(again.stdout)["data"]["new"]) == (0, 0)
    assert json.loads(quizzer("export", "json", now=NOW).stdout)["records"] == before


def test_the_hosts_word_counts_and_is_kept_apart(quizzer: Run, save: Save) -> None:
    """What the grader said stays a fact; what the host said is another one."""
    quizzer("import", "session", save(answer("blue", quality=1, by_host=True, right=True)), now=NOW)
    review, decision = envelope(quizzer("card", "history", "sky/blue", "--json", now=NOW).stdout)["data"]
    assert (review["mode"], review["player"], review["quality"]) == ("group", "Ann", 1)
    assert (decision["by"], decision["quality"]) == ("host", 4)
    assert due(quizzer, "blue") == "2026-03-03"


def test_cards_of_a_deck_that_is_not_here_are_kept(quizzer: Run, save: Save, decks: Path) -> None:
    """The deck may come later; the facts are there then."""
    file = save(answer("blue"))
    (decks / "sky.yaml").unlink()
    done = quizzer("import", "session", file, now=NOW)
    assert done.returncode == 0
    assert "deck 'sky', which is not here" in done.stdout
    (decks / "sky.yaml").write_text(DECK)
    assert due(quizzer, "blue") == "2026-03-03"


def test_a_dry_run_writes_nothing(quizzer: Run, save: Save) -> None:
    """To see whose file it is, before it is in one's history."""
    done = quizzer("import", "session", save(answer("blue")), "--dry-run", now=NOW)
    assert "1 answer of Ann in 'The sky' of 2026-03-02: 1 would be new" in done.stdout
    assert due(quizzer, "blue") is None


def test_a_file_that_is_wrong_is_refused_whole_with_the_place(quizzer: Run, save: Save) -> None:
    """It may come from anybody; the right answers in it are not taken either."""
    file = save(answer("red", quality=4), answer("blue"), player="\x1b[31mAnn")
    done = quizzer("import", "session", file, now=NOW)
    assert done.returncode == 7
    assert f"{file}: 'player' is" in done.stderr
    assert "\x1b" not in done.stderr
    assert due(quizzer, "red") is None
    done = quizzer("import", "session", str(Path(file).parent / "nowhere.json"), "--json", now=NOW)
    assert envelope(done.stdout)["errors"][0]["code"] == "session-file"
