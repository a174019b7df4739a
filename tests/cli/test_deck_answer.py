"""`quizzer deck answer`: what is typed in an editor is saved, corrected, or kept, and the rest of the deck stays."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.terminal import Terminal

DECK = """\
# ours
quizzer: 1
deck: {id: sky, title: The sky}
cards:
  - id: sky-01   # the first
    question: Why is the sky blue?
    answers:
      - "Air scatters blue light more."
  # nobody knows
  - id: sky-02
    question: Why is it dark at night?
    aliases: [night]
"""


@pytest.fixture
def sky(home: Path) -> Path:
    """A deck in the current folder; returns its file."""
    file = Path("decks/sky.yaml")
    file.parent.mkdir()
    file.write_text(DECK)
    return file


@pytest.fixture
def drafts(home: Path) -> Path:
    """The folder of the texts that were kept."""
    return home / "drafts"


def editor(tmp_path: Path, program: str) -> str:
    """A program in Python that plays the editor; ``path`` is the file and ``text`` what is in it."""
    script = tmp_path / "editor.py"
    head = "import sys, time, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
    script.write_text(head + program)
    return f"{sys.executable} {script}"


WRITES = 'path.write_text(text.replace("answers:\\n  - \\n", "answers:\\n  - The sun is away.\\n"))\n'


def answer(quizzer: Run, *words: str, code: int = 0, **environment: str) -> dict[str, Any]:  # the envelope
    done = quizzer("deck", "answer", *words, "--json", **environment)
    assert done.returncode == code, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def test_a_card_is_filled_in_the_editor(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """The file differs by the answer, and no draft is left."""
    done = quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, WRITES))

    assert (done.returncode, done.stdout) == (0, "saved sky-02 (2 of 2 open)\n")
    assert sky.read_text() == DECK.replace("at night?\n", "at night?\n    answers:\n      - The sun is away.\n")
    assert list(drafts.iterdir()) == []


def test_the_walk_begins_with_what_is_unanswered(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """Then come the cards that are thin; with nobody at a terminal, one follows the other."""
    seen = tmp_path / "seen"
    program = f'with open({str(seen)!r}, "a") as log: log.write(text)\n' + WRITES

    value = answer(quizzer, "sky", EDITOR=editor(tmp_path, program))

    assert [line for line in seen.read_text().splitlines() if line.startswith(("# sky", "# open"))] == [
        "# sky-02, card 2 of 2 in decks/sky.yaml; 2 open",
        "# open: unanswered",
        "# sky-01, card 1 of 2 in decks/sky.yaml; 2 open",
        "# open: 1 answer of 2, no points, no misconceptions, no passing tests, no partial tests, no failing tests, "
        "no sources",
    ]
    assert value["data"] == {
        "deck": "sky", "path": "decks/sky.yaml", "open": 2, "cards": 2,
        "saved": [{"card": "sky-02", "changed": ["answers"]}],
        "left": [{"card": "sky-01", "reason": "nothing was changed"}],
    }  # fmt: skip


def test_what_stands_in_a_card_comes_back_as_it_was(quizzer: Run, home: Path, tmp_path: Path) -> None:
    """Saving every card of the bundled deck, with a comment added to each, changes nothing."""
    bundled = Path(__file__).parents[2] / "decks" / "bert.yaml"
    Path("decks").mkdir()
    Path("decks/bert.yaml").write_bytes(bundled.read_bytes())

    value = answer(quizzer, "bert", "--all", EDITOR=editor(tmp_path, 'path.write_text("# mine\\n" + text)'))

    assert value["data"]["saved"] == []
    assert len(value["data"]["left"]) == 50
    assert Path("decks/bert.yaml").read_bytes() == bundled.read_bytes()


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("", "nothing was changed"),
        ("path.write_text('')", "the text was emptied"),
        ("path.write_text('# only a comment\\n')", "the text was emptied"),
        ("path.unlink()", "the text was emptied"),
    ],
)
def test_an_abandoned_text_changes_nothing(
    program: str, reason: str, quizzer: Run, sky: Path, drafts: Path, tmp_path: Path
) -> None:
    """Closing the editor, emptying the file and deleting it all mean: not now."""
    value = answer(quizzer, "sky", "sky-02", EDITOR=editor(tmp_path, program))

    assert value["data"]["left"] == [{"card": "sky-02", "reason": reason}]
    assert sky.read_text() == DECK
    assert list(drafts.iterdir()) == []


BROKEN = {
    "not YAML": ('path.write_text("answers: [" + text)', "not valid YAML"),
    "an unknown key": ('path.write_text(text + "anwsers: [x]\\n")', "did you mean 'answers'?"),
    "another id": ('path.write_text(text + "id: x\\n")', "the id of a card does not change"),
    "a text lost to a comment": (
        'path.write_text(text.replace("explanation: ", "explanation: C #1"))',
        "what follows # is a comment",
    ),
    "UTF-16": ('path.write_bytes(text.encode("utf-16"))', "is not UTF-8"),
    "50 MB": ('path.write_text(text + "#" * 50_000_000)', "no card is so long"),
    "a failing editor": (WRITES + "sys.exit(1)", "ended with exit code 1"),
    "a dying editor": (WRITES + "import os\nos.abort()", "was ended by signal 6"),
    "a placeholder": (WRITES.replace("The sun is away.", "TBD"), "'TBD' is no answer yet"),
    "a list of nothing but its brackets": ('path.write_text("[]")', "the keys of the card are gone"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_saved_is_kept(name: str, quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """Whatever the editor leaves behind: the deck is as it was, and the message names the file with the text."""
    program, message = BROKEN[name]

    done = quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, program))

    (kept,) = drafts.iterdir()
    assert done.returncode in (2, 3)
    assert message in done.stderr
    assert f"quizzer deck answer sky sky-02 --draft {kept}" in done.stderr
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sky.read_text() == DECK


def test_a_failing_editor_that_wrote_nothing_leaves_nothing(
    quizzer: Run, sky: Path, drafts: Path, tmp_path: Path
) -> None:
    """``:cq`` in vi means that nothing was meant."""
    done = quizzer("deck", "answer", "sky", EDITOR=editor(tmp_path, "sys.exit(3)"))

    assert done.returncode == 2
    assert "ended with exit code 3" in done.stderr
    assert list(drafts.iterdir()) == []


def test_a_kept_draft_is_saved_without_an_editor(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """Once it is right, it goes into the deck and is gone."""
    quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, WRITES + "sys.exit(1)"))
    (kept,) = drafts.iterdir()

    value = answer(quizzer, "sky", "sky-02", "--draft", str(kept))

    assert value["data"]["saved"] == [{"card": "sky-02", "changed": ["answers"]}]
    assert "- The sun is away." in sky.read_text()
    assert not kept.exists()


def _replaces(deck: Path, old: str, new: str) -> str:
    """A program that edits *deck*, as somebody else would meanwhile."""
    return (
        f"deck = pathlib.Path({str(deck.absolute())!r})\ndeck.write_text(deck.read_text().replace({old!r}, {new!r}))\n"
    )


def test_an_edit_of_another_card_meanwhile_is_kept_too(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """Two people fill one deck."""
    program = _replaces(sky, "blue?", "so blue?") + WRITES

    answer(quizzer, "sky", "sky-02", EDITOR=editor(tmp_path, program))

    assert "Why is the sky so blue?" in sky.read_text()
    assert "- The sun is away." in sky.read_text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("at night?", "by night?", "card 'sky-02' was changed in the deck meanwhile"),
        ("- id: sky-02", "- id: sky-03", "card 'sky-02' was removed from the deck meanwhile"),
        ("cards:", "cards: [", "not valid YAML"),
    ],
)
def test_an_edit_of_the_same_card_meanwhile_is_not_overwritten(
    old: str, new: str, message: str, quizzer: Run, sky: Path, drafts: Path, tmp_path: Path
) -> None:
    """Theirs stays in the deck, and mine in the draft."""
    theirs = (
        f"deck = pathlib.Path({str(sky.absolute())!r})\ndeck.write_text(deck.read_text().replace({old!r}, {new!r}))\n"
    )

    done = quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, theirs + WRITES))

    (kept,) = drafts.iterdir()
    assert done.returncode == 3
    assert message in done.stderr
    assert sky.read_text() == DECK.replace(old, new)
    assert "- The sun is away." in kept.read_text()


def test_a_read_only_deck_is_refused_before_anybody_types(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """An hour's work must not end in an error that was foreseeable."""
    sky.chmod(0o444)

    done = quizzer("deck", "answer", "sky", EDITOR=editor(tmp_path, "print('opened')"))

    assert done.returncode == 3
    assert "decks/sky.yaml: is read-only" in done.stderr
    assert "opened" not in done.stdout


def test_texts_are_added_without_an_editor(quizzer: Run, sky: Path) -> None:
    """A script fills a deck; what stands there already is not added again."""
    value = answer(
        quizzer, "sky/sky-01", "--answer", "Air scatters blue light more.", "--answer", "Rayleigh.", "--point", "blue",
        "--source", "A: b", "--difficulty", "easy", "--pass", "x", "--fail", "no",
    )  # fmt: skip

    assert value["data"]["saved"][0]["changed"] == [
        "answers", "points", "sources", "difficulty", "tests.pass", "tests.fail",
    ]  # fmt: skip
    assert '      - "Air scatters blue light more."\n      - Rayleigh.\n    points:\n' in sky.read_text()


def test_an_answer_is_read_from_stdin(quizzer: Run, sky: Path) -> None:
    """Long texts do not go on a command line."""
    done = quizzer("deck", "answer", "sky", "night", "--answer", "-", stdin="Two\r\nlines\r\n")

    assert done.returncode == 0
    assert "      - |-\n        Two\n        lines\n" in sky.read_text()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["sky", "sky-03"], 2, "did you mean 'sky-02'?"),
        (["sky", "--answer", "x"], 2, "name the card"),
        (["sky", "sky-01", "--difficulty", "so"], 3, "decks/sky.yaml:5: difficulty 'so' is not known"),
        (["sky", "sky-01", "--answer", " "], 2, "error: answer 1 is empty"),
        (["sky", "sky-01", "--point", "x", "--point", ""], 2, "error: point 2 is empty"),
        (["sky", "sky-01", "--question", " "], 2, "error: the question is empty"),
        (["sky", "sky-02", "--answer", "x", "--answer", "To be filled"], 2, "'To be filled' is no answer yet"),
        (["sky", "sky-01"], 2, "set $EDITOR"),
        (["nosuch"], 3, "no deck 'nosuch' found"),
        (["decks"], 2, "names 2 decks"),
        (["sky", "sky-01", "--answer", "-", "--point", "-"], 2, "can be read once"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], code: int, message: str, quizzer: Run, sky: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do about it, and the deck as it was."""
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    Path("decks/other.yaml").write_text("quizzer: 1\ndeck: {id: other}\ncards: []\n")

    done = quizzer("deck", "answer", *words)

    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
    assert sky.read_text() == DECK


def test_an_editor_that_is_not_there_is_said_to_be_missing(quizzer: Run, sky: Path, drafts: Path) -> None:
    """The message names the variable to set."""
    done = quizzer("deck", "answer", "sky", EDITOR="nosuch-editor --wait")

    assert done.returncode == 2
    assert "the editor 'nosuch-editor' cannot be started: no such file or directory" in done.stderr
    assert list(drafts.iterdir()) == []


def test_visual_comes_before_editor(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """As everywhere."""
    value = answer(quizzer, "sky", "sky-02", EDITOR="false", VISUAL=editor(tmp_path, WRITES))

    assert len(value["data"]["saved"]) == 1


def test_an_invalid_text_comes_back_with_its_problems_marked(sky: Path, drafts: Path, tmp_path: Path) -> None:
    """Each mark stands above its line and goes by itself; the user's own words stay as they are."""
    program = """\
if "#!! " not in text:
    text = text.replace("difficulty: ", "difficulty: hadr")
    path.write_text(text.replace("answers:\\n  - \\n", "answers:\\n  - The sun: away\\n"))
else:
    print([line for line in text.splitlines() if line.startswith("#!!")])
    print("mark above:", text.splitlines()[text.splitlines().index("  - The sun: away") - 2])
    path.write_text(text.replace("The sun: away", "'The sun: away'").replace("hadr", "hard"))
"""
    with Terminal("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, program), columns=300) as terminal:
        terminal.wait_for("not saved: 2 problems, marked below")
        terminal.wait_for("mark above: #!! column 5: each answer in 'answers' must be a text")
        terminal.wait_for("saved sky-02")
        assert terminal.end() == 0

    filled = "at night?\n    answers:\n      - 'The sun: away'\n    difficulty: hard\n"
    assert sky.read_text().replace('"', "'") == DECK.replace("at night?\n", filled).replace('"', "'")
    assert list(drafts.iterdir()) == []


def test_whoever_leaves_the_problems_gives_up(sky: Path, drafts: Path, tmp_path: Path) -> None:
    """The text is kept without marks; there is no way to be caught in the editor."""
    program = "path.write_text(text if '#!! ' in text else text + 'nosuch: key\\n')"
    with Terminal("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, program), columns=300) as terminal:
        terminal.wait_for("unknown key 'nosuch'")
        assert terminal.end() == 3

    (kept,) = drafts.iterdir()
    assert kept.read_text().endswith("nosuch: key\n")
    assert "#!!" not in kept.read_text()
    assert sky.read_text() == DECK


def test_the_walk_asks_before_each_next_card(sky: Path, tmp_path: Path) -> None:
    """What was saved is saved, whenever one stops."""
    program = "time.sleep(0.6)\n" + WRITES
    with Terminal("deck", "answer", "sky", EDITOR=editor(tmp_path, program), columns=120) as terminal:
        terminal.wait_for("saved sky-02 (2 of 2 open)")
        terminal.wait_for("next, sky-01: Why is the sky blue?")
        terminal.wait_for("q stops: ")
        terminal.send("q\n")
        terminal.wait_for("1 card saved; 2 of 2 open")
        assert terminal.end() == 0


def test_ctrl_c_in_the_editor_is_the_editors(sky: Path, drafts: Path, tmp_path: Path) -> None:
    """vi goes on; a program that it ends leaves what it had written, and its place is named."""
    program = WRITES + "print('open', flush=True)\ntime.sleep(600)\n"
    with Terminal("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, program), columns=300) as terminal:
        terminal.wait_for("open")
        os.killpg(terminal.process.pid, signal.SIGINT)
        terminal.wait_for("what you wrote is kept in")
        assert terminal.end() == 2

    (kept,) = drafts.iterdir()
    assert "- The sun is away." in kept.read_text()
    assert sky.read_text() == DECK


def test_an_editor_that_opens_a_window_is_told_to_wait(sky: Path, drafts: Path) -> None:
    """It comes back at once, and the text is still to be written: the draft stays for it."""
    with Terminal("deck", "answer", "sky", EDITOR="true", columns=300) as terminal:
        terminal.wait_for("tell it to wait, as in EDITOR='code --wait'")
        assert terminal.end() == 0

    assert len(list(drafts.iterdir())) == 1


def test_a_learners_flag_is_shown_in_the_editor(quizzer: Run, sky: Path, tmp_path: Path) -> None:
    """Whoever corrects a card sees what was said of it."""
    assert quizzer("card", "flag", "sky/sky-01", "which\nsky?").returncode == 0

    done = quizzer("deck", "answer", "sky", "sky-01", EDITOR=editor(tmp_path, "print(text)"))

    assert ": which sky?\n" in done.stdout
    assert "# flagged by a learner on " in done.stdout


def test_the_draft_is_in_a_folder_of_ones_own(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """Where the data folder cannot be written, any other will do."""
    drafts.parent.mkdir(parents=True, exist_ok=True)
    drafts.write_text("in the way")

    value = answer(quizzer, "sky", "sky-02", EDITOR=editor(tmp_path, WRITES), TMPDIR=os.fspath(tmp_path))

    assert len(value["data"]["saved"]) == 1


def _draft_while(quizzer: Run, deck: Path, drafts: Path, tmp_path: Path, theirs: str, mine: str) -> Path:
    """The draft that is left when somebody changes the card in *deck* while another one has it in the editor."""
    done = quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, theirs + mine))
    assert done.returncode == 3, done.stderr
    (kept,) = drafts.iterdir()
    return kept


def test_a_draft_is_merged_with_what_others_changed(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """They reworded the question and I wrote the answer: the deck gets both, and I am told."""
    theirs = _replaces(sky, "night?", "night, really?")
    kept = _draft_while(quizzer, sky, drafts, tmp_path, theirs, WRITES)

    done = quizzer("deck", "answer", "sky", "sky-02", "--draft", str(kept))

    assert (done.returncode, done.stdout) == (0, "saved sky-02 (2 of 2 open)\n"), done.stderr
    assert "changed in the deck since the draft was begun, and kept: question" in done.stderr
    filled = "night, really?\n    answers:\n      - The sun is away.\n"
    assert sky.read_text() == DECK.replace("night?\n", filled)
    assert not kept.exists()


def _conflict(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> Path:
    theirs = _replaces(sky, "aliases: [night]", "aliases: [night]\n    answers: [The earth has turned.]\n    tags: [a]")
    return _draft_while(quizzer, sky, drafts, tmp_path, theirs, WRITES)


def test_what_both_changed_is_not_overwritten(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """However often it is tried: the deck keeps theirs, the draft shows both, and saves once somebody has decided."""
    kept = _conflict(quizzer, sky, drafts, tmp_path)
    theirs = sky.read_text()

    first = quizzer("deck", "answer", "sky", "sky-02", "--draft", str(kept))
    again = quizzer("deck", "answer", "sky", "sky-02", "--draft", str(kept))

    assert (first.returncode, again.returncode) == (3, 3)
    assert "both the deck and the draft have changed answers of sky/sky-02" in first.stderr
    assert "still shows what the deck has" in again.stderr
    assert "remove the lines that begin with #>>" in again.stderr
    assert sky.read_text() == theirs
    text = kept.read_text()
    assert "#>>   - The earth has turned.\n" in text
    assert "answers:\n  - The sun is away.\n" in text
    assert "tags: [a]" in text

    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#>>")]
    kept.write_text("".join(lines).replace("is away.\n", "is away.\n  - The earth has turned.\n"))
    value = answer(quizzer, "sky", "sky-02", "--draft", str(kept))

    assert value["data"]["saved"] == [{"card": "sky-02", "changed": ["answers"]}]
    assert "answers: [The sun is away., The earth has turned.]\n" in sky.read_text()
    assert not kept.exists()


def test_what_both_changed_comes_up_in_the_editor(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """At a terminal it is decided at once."""
    kept = _conflict(quizzer, sky, drafts, tmp_path)
    program = """\
print("seen:", [line for line in text.splitlines() if line.startswith("#>>")][1:3])
path.write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith("#>>")))
"""
    with Terminal(
        "deck", "answer", "sky", "sky-02", "--draft", str(kept), EDITOR=editor(tmp_path, program), columns=300
    ) as terminal:
        terminal.wait_for("seen: ['#>> answers:', '#>>   - The earth has turned.']")
        terminal.wait_for("saved sky-02")
        assert terminal.end() == 0

    assert "The sun is away." in sky.read_text()
    assert "tags: [a]" in sky.read_text()


def test_a_draft_that_forgot_what_it_is_of_takes_nothing_away(
    quizzer: Run, sky: Path, drafts: Path, tmp_path: Path
) -> None:
    """Whoever deletes the comments of a draft still overwrites nobody."""
    kept = _conflict(quizzer, sky, drafts, tmp_path)
    theirs = sky.read_text()
    kept.write_text("".join(line for line in kept.read_text().splitlines(keepends=True) if line[0] != "#"))

    done = quizzer("deck", "answer", "sky", "sky-02", "--draft", str(kept))

    assert done.returncode == 3
    assert "the draft does not say what it was begun from, and differs from sky/sky-02 in answers" in done.stderr
    assert sky.read_text() == theirs


def test_a_draft_of_another_card_is_refused(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """It would overwrite the question; under a former id of its own card it is right."""
    quizzer("deck", "answer", "sky", "sky-02", EDITOR=editor(tmp_path, WRITES + "sys.exit(1)"))
    (kept,) = drafts.iterdir()

    done = quizzer("deck", "answer", "sky", "sky-01", "--draft", str(kept))

    assert done.returncode == 2
    assert f"{kept}: is a draft of sky/sky-02, not of sky/sky-01" in done.stderr
    assert f"quizzer deck answer sky/sky-02 --draft {kept}" in done.stderr
    assert sky.read_text() == DECK
    assert answer(quizzer, "sky", "night", "--draft", str(kept))["data"]["saved"]


@pytest.mark.parametrize(("name", "message"), [("nosuch", "there is no such draft"), ("decks", "is no file")])
def test_a_draft_that_is_not_there_is_said_to_be_missing(name: str, message: str, quizzer: Run, sky: Path) -> None:
    """A slip of the fingers is no emptied text."""
    done = quizzer("deck", "answer", "sky", "sky-02", "--draft", name)

    assert done.returncode == 2
    assert f"{name}: {message}" in done.stderr
    assert sky.read_text() == DECK


def test_a_draft_is_rewritten_whole_or_not_at_all(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """It may be the only place of what was typed: one that is read-only stays as it is, with an error that says so."""
    kept = _conflict(quizzer, sky, drafts, tmp_path)
    mine, theirs = kept.read_text(), sky.read_text()
    kept.chmod(0o400)

    done = quizzer("deck", "answer", "sky", "sky-02", "--draft", str(kept))

    assert done.returncode == 3
    assert f"{kept}: is read-only" in done.stderr
    assert (kept.read_text(), sky.read_text()) == (mine, theirs)

    kept.chmod(0o600)
    inode = kept.stat().st_ino
    link = tmp_path / "link.yaml"
    link.symlink_to(kept)
    assert quizzer("deck", "answer", "sky", "sky-02", "--draft", str(link)).returncode == 3
    assert "#>>" in kept.read_text()
    assert (stat.S_IMODE(kept.stat().st_mode), kept.stat().st_ino != inode, link.is_symlink()) == (0o600, True, True)


def test_whoever_does_not_decide_changes_nothing(quizzer: Run, sky: Path, drafts: Path, tmp_path: Path) -> None:
    """Closing the editor on a conflict leaves deck and draft for later."""
    kept = _conflict(quizzer, sky, drafts, tmp_path)
    theirs = sky.read_text()

    with Terminal("deck", "answer", "sky", "sky-02", "--draft", str(kept), EDITOR="true", columns=300) as terminal:
        terminal.wait_for("both the deck and the draft have changed answers")
        assert terminal.end() == 3

    assert sky.read_text() == theirs
    assert "#>>   - The earth has turned.\n" in kept.read_text()
