"""Packages through Anki's own library, both ways."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzer.decks import schema, yamlfile
from quizzer.model import Deck
from quizzer.storage.store import SqliteStore
from tests.conftest import Run
from tests.decks.anki import program
from tests.decks.anki.program import Imported
from tests.factories import event, review

DECK = """quizzer: 1
deck: {id: sky, title: "The sky: above"}
cards:
  - id: sky-01
    question: |-
      Why is `the sky` **blue** & not <i>green</i>?
      Say it in two lines.
    answers: ["Air scatters blue light more. [sound:x.mp3] {{c1::x}} [latex]", "Rayleigh\\n\\n  scattering"]
    points: [blue is scattered more, light comes from everywhere]
    explanation: "```py\\nx = 1 < 2\\n```"
    hints: [think of waves]
    sources: ["Rayleigh 1871"]
    tags: [light, "two words", "a::b"]
  - id: sky-02
    question: Why are sunsets red?
    answers: [A long way through the air.]
  - id: sky-03
    question: Why is space black?
"""


@pytest.fixture
def sky(decks: Path) -> Path:
    """A deck in the current folder, changed yesterday."""
    path = decks / "sky.yaml"
    path.write_text(DECK)
    yesterday = time.time() - 86_400
    os.utime(path, (yesterday, yesterday))
    return path


def deck(path: Path) -> Deck:
    return schema.parse(yamlfile.read(path), path=str(path))


def test_notes_fields_tags_and_guids_are_what_the_deck_says(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """What is in the deck is text to Anki: nothing of it is markup, a sound, a gap or a formula."""
    result = quizzer("export", "anki", "sky")

    assert result.stdout == "sky.apkg: 2 cards of deck sky\n  1 without an answer left out: sky-03\n"
    with program.opened(tmp_path / "a.anki2") as anki:
        assert program.import_package(anki, Path("sky.apkg")) == Imported(2, 0, 0)
        first, second = program.notes(anki)
        assert (first.guid, second.guid) == ("quizzer:sky/sky-01", "quizzer:sky/sky-02")
        assert first.fields == [
            "Why is <code>the sky</code> <b>blue</b> &amp; not &lt;i&gt;green&lt;/i&gt;?<br>Say it in two lines.",
            "Air scatters blue light more. &#91;sound:x.mp3] {{c1::x}} &#91;latex]<hr>"
            "Rayleigh<br><br>&nbsp; scattering",
            "<ul><li>blue is scattered more</li><li>light comes from everywhere</li></ul>",
            '<pre><code class="language-py">x = 1 &lt; 2</code></pre>',
            "<ul><li>think of waves</li></ul>",
            "<ul><li>Rayleigh 1871</li></ul>",
            "sky/sky-01",
        ]
        assert first.tags == ["a::b", "light", "two_words"]
        assert first.deck == "The sky: above"
        card = anki.get_note(anki.find_notes("two lines")[0]).cards()[0]
        assert "think of waves" in card.question()
        assert not card.answer_av_tags()
        assert anki.fix_integrity()[1]


def test_importing_again_changes_nothing_and_updates_what_changed(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """Anki takes a note for the same by its GUID, and for newer by the time of the deck's file."""
    quizzer("export", "anki", "sky")
    before = Path("sky.apkg").read_bytes()
    quizzer("export", "anki", "sky")
    assert Path("sky.apkg").read_bytes() == before
    with program.opened(tmp_path / "a.anki2") as anki:
        program.import_package(anki, Path("sky.apkg"))
        notes = program.notes(anki)
        assert program.import_package(anki, Path("sky.apkg")) == Imported(0, 0, 2)
        assert program.notes(anki) == notes

        sky.write_text(DECK.replace("A long way through the air.", "A longer way."))
        quizzer("export", "anki", "sky")

        assert program.import_package(anki, Path("sky.apkg")) == Imported(0, 2, 0)
        assert [note.fields[1] for note in program.notes(anki)][1] == "A longer way."
        assert len(program.notes(anki)) == 2


def test_intervals_and_due_days_go_to_anki(quizzer: Run, sky: Path, home: Path, tmp_path: Path) -> None:
    """Whoever changes over goes on where they stood; an overruled grade counts as it was decided."""
    quizzer("due")
    today = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    store = SqliteStore(home / "quizzer.db")
    days = [today - timedelta(days=number) for number in (12, 11, 5)]
    store.merge(review(number, at=at, quality=4, card="sky/sky-01") for number, at in enumerate(days))
    store.merge([event(9, "suspend", at=days[2], card="sky/sky-02")])
    schedule = store.schedule("sky/sky-01")
    store.close()
    assert schedule is not None
    assert schedule.due == (today + timedelta(days=10)).date()

    result = quizzer("export", "anki", "sky", "--history")

    assert "2 of them with a history" in result.stdout
    with program.opened(tmp_path / "a.anki2") as anki:
        program.import_package(anki, Path("sky.apkg"))
        first, second = program.notes(anki)
        assert (first.interval_days, first.factor, first.reviews) == (15, 2500, 3)
        due_day = (datetime.now().astimezone() - timedelta(hours=4)).date() + timedelta(days=first.due_in_days)
        assert due_day == schedule.due
        assert (first.suspended, second.suspended) == (False, True)
        assert anki.db is not None
        assert anki.db.all("select ease, ivl, lastIvl, factor, time, type from revlog order by id") == [
            [3, 1, 0, 2500, 1200, 0], [3, 6, 1, 2500, 1200, 1], [3, 15, 6, 2500, 1200, 1],
        ]  # fmt: skip


def basic_collection(path: Path) -> None:
    """Notes of the usual types, two of them reviewed."""
    with program.opened(path) as anki:
        program.add(
            anki, "Basic", "Geography::Europe", "<div>Capital of <b>France</b>?</div>", "Paris &amp; its<br>suburbs",
            tags=("city", "a::b"),
        )  # fmt: skip
        program.add(anki, "Basic (and reversed card)", "Geography", "dog <img src='dog.png'>", "perro [sound:p.mp3]")
        program.add(anki, "Basic (optional reversed card)", "Geography", "cat", "gato", "")
        program.add(anki, "Basic (type in the answer)", "Geography", "How much is 1+1?", "2")
        program.add(anki, "Cloze", "Geography", "{{c1::Bern::city}} is in {{c2::Switzer{{c1::land}}}}.", "So <i>so</i>")
        program.add(anki, "Basic", "Other", "<img src='only.png'>", "A picture")
        anki.decks.select(anki.decks.id("Geography::Europe"))  # type: ignore[arg-type]  # it is there
        card = anki.sched.getCard()
        assert card is not None
        card.start_timer()
        anki.sched.answerCard(card, 4)
        (suspended,) = anki.find_cards("1+1")
        anki.sched.suspend_cards([suspended])


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same collection in the older format and in today's."""
    folder = tmp_path_factory.mktemp("anki")
    basic_collection(folder / "a.anki2")
    found = {"old": folder / "old.apkg", "new": folder / "new.apkg"}
    with program.opened(folder / "a.anki2") as anki:
        program.export_package(anki, found["old"], legacy=True)
        program.export_package(anki, found["new"])
    return found


@pytest.mark.parametrize("layout", ["old", "new"])
def test_notes_of_the_usual_types_become_cards(
    quizzer: Run, home: Path, packages: dict[str, Path], layout: str
) -> None:
    """HTML, gaps, tags and decks below decks, from both formats alike."""
    result = quizzer("import", "anki", str(packages[layout]))

    assert (result.returncode, result.stderr) == (0, "")
    made = deck(home / "decks" / "geography.yaml")
    assert [(card.question, card.answers, card.tags) for card in made.cards] == [
        ("Capital of **France**?", ("Paris & its\nsuburbs",), ("europe", "a::b", "city")),
        ("dog", ("perro",), ()),
        ("perro", ("dog",), ()),
        ("cat", ("gato",), ()),
        ("How much is 1+1?", ("2",), ()),
        ("[city] is in Switzer[...].", ("Bern; land",), ()),
        ("Bern is in [...].", ("Switzerland",), ()),
    ]
    assert made.cards[5].explanation == "Bern is in Switzerland.\nSo *so*"
    assert "2 cards have pictures or sounds, which are left out" in result.stdout
    assert not (home / "decks" / "other.yaml").exists()
    assert quizzer("deck", "check", "geography", "--no-meaning").returncode == 0


def facts(home: Path, key: str) -> list[Any]:
    store = SqliteStore(home / "quizzer.db")
    try:
        return store.facts(key)
    finally:
        store.close()


def test_a_second_import_changes_nothing(quizzer: Run, home: Path, packages: dict[str, Path]) -> None:
    """Neither the deck's bytes nor the log, from whichever format it comes."""
    first = quizzer("import", "anki", str(packages["new"]), "--history")
    path = home / "decks" / "geography.yaml"
    before = path.read_bytes()
    keys = [card.key for card in deck(path).cards]
    log = [facts(home, key) for key in keys]
    assert "history: 2 facts added to the log" in first.stdout

    second = quizzer("import", "anki", str(packages["old"]), "--history", "--json")

    data = json.loads(second.stdout)["data"]
    assert data["history_added"] == 0
    assert data["files"][0]["unchanged"] == len(keys)
    assert path.read_bytes() == before
    assert [facts(home, key) for key in keys] == log


def test_the_history_moves_the_schedule(quizzer: Run, home: Path, packages: dict[str, Path]) -> None:
    """An answer "easy" in Anki is a review of quality 5 here, and SM-2 gives the interval."""
    quizzer("import", "anki", str(packages["new"]), "--history")

    reviewed, *_, typed, _, _ = deck(home / "decks" / "geography.yaml").cards
    shown = json.loads(quizzer("card", "show", reviewed.key, "--json").stdout)["data"]["schedule"]
    assert (shown["reviews"], shown["last_quality"], shown["memory"]["interval_days"]) == (1, 5, 1)
    (fact,) = facts(home, reviewed.key)
    assert (fact.mode, fact.quality, fact.grader, fact.device_id, fact.card_digest) == (
        "study", 5, "anki", "anki", ""
    )  # fmt: skip
    assert json.loads(quizzer("card", "show", typed.key, "--json").stdout)["data"]["schedule"]["suspended"]
    assert "study: pass in Anki, quality 5" in quizzer("card", "history", reviewed.key).stdout


def test_a_deck_goes_to_anki_and_comes_back(quizzer: Run, home: Path, sky: Path, tmp_path: Path) -> None:
    """The cards are known by their GUID: nothing is doubled, neither cards nor reviews, and Anki's edits come in."""
    quizzer("due")
    at = datetime.now(UTC).replace(microsecond=123_456) - timedelta(days=3)
    store = SqliteStore(home / "quizzer.db")
    store.merge([review(1, at=at, quality=4, card="sky/sky-01")])
    store.close()
    quizzer("export", "anki", "sky", "--history")
    with program.opened(tmp_path / "a.anki2") as anki:
        program.import_package(anki, Path("sky.apkg"))
        note = anki.get_note(anki.find_notes("sunsets")[0])
        note.fields[0] = "Why are <b>sunsets</b> red?"
        anki.update_note(note)
        program.export_package(anki, Path("back.apkg"))
    before = deck(sky)

    result = quizzer("import", "anki", "back.apkg", "--history")

    assert "sky-02 reworded: 'Why are sunsets red?' -> 'Why are **sunsets** red?'" in result.stdout
    assert "history: 0 facts added to the log" in result.stdout
    after = deck(sky)
    assert [card.id for card in after.cards] == [card.id for card in before.cards]
    assert after.cards[0] == before.cards[0]

    quizzer("import", "anki", "back.apkg", "--deck", "copy.yaml")
    copy = deck(Path("copy.yaml")).cards[0]
    assert (copy.id, copy.question, copy.points, copy.explanation, copy.hints, copy.sources) == (
        "sky-01", before.cards[0].question, before.cards[0].points, before.cards[0].explanation, before.cards[0].hints,
        before.cards[0].sources,
    )  # fmt: skip
    assert copy.answers == before.cards[0].answers
