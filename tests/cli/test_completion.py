"""`quizzer completion`: what a shell is offered, through the shells themselves where they are installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from quizzer.cli.completing import SHELLS, respond
from quizzer.cli.main import COMPLETE_VARIABLE, TABLE, root
from quizzer.cli.reference import walk
from tests.conftest import Run
from tests.terminal import Terminal

DECK = """quizzer: 1
deck: {{id: {id}, title: "{title}"}}
cards:
  - {{id: blue, question: Why?, tags: [light, "$(touch hacked)", "two words"]}}
  - {{id: black, question: Why?}}
  - {{id: red, question: Why?, tags: [evening]}}
"""


@pytest.fixture
def sky(decks: Path) -> Path:
    """Two decks; one has a hostile title."""
    (decks / "sky.yaml").write_text(DECK.format(id="sky", title="The: sky, above"))
    (decks / "sea.yaml").write_text(DECK.format(id="sea", title="\\e[31mThe\\nsea"))
    return decks


def offered(quizzer: Run, line: str, *, shell: str = "bash") -> list[str]:
    """What *shell*'s script would be told for *line*."""
    words = line.split(" ")
    position = words[-1] if shell == "fish" else str(len(words) - 1)
    result = quizzer(COMP_WORDS=line, COMP_CWORD=position, _QUIZZER_COMPLETE=f"{shell}_complete")
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.splitlines()


def test_commands_are_offered_without_importing_them() -> None:
    """Tab is pressed more often than any command is run."""
    code = "import sys, quizzer.cli.main as m; assert m.root; m.main()"
    environment = {**os.environ, "COMP_WORDS": "quizzer ", "COMP_CWORD": "1", "_QUIZZER_COMPLETE": "bash_complete"}
    after = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {code}"
    output = subprocess.run(
        [sys.executable, "-c", after], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert [line.removeprefix("plain,") for line in output.splitlines()[: len(TABLE)]] == list(TABLE)
    loaded = set(output.splitlines()[-1].split())
    assert not loaded & {"quizzer.cli.study", "numpy", "rich", "yaml", "sqlite3", "onnxruntime", "prompt_toolkit"}


def test_decks_are_offered_by_id(quizzer: Run, sky: Path) -> None:
    """The bundled deck too."""
    assert offered(quizzer, "quizzer study ") == ["plain,sea", "plain,sky", "plain,bert"]
    assert offered(quizzer, "quizzer export markdown sk") == ["plain,sky"]


def test_unchanged_decks_are_not_parsed(quizzer: Run, sky: Path) -> None:
    """A hundred decks answer at once: the index knows them, so the parser is not even imported."""
    old = 1_600_000_000
    for path in sky.iterdir():
        os.utime(path, (old, old))
    script = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from quizzer.cli.main import main; main()"
    )
    environment = {**os.environ, "COMP_WORDS": "quizzer study s", "COMP_CWORD": "2"} | {
        "_QUIZZER_COMPLETE": "bash_complete"
    }
    # A file as young as its reading is read again, so the clock of the files must move on.
    for _ in range(30):
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        if "quizzer.decks.schema" not in run.stdout.split():
            break
    assert "plain,sky" in run.stdout
    assert not set(run.stdout.split()) & {"yaml", "quizzer.decks.schema", "numpy", "onnxruntime"}


def test_a_card_is_offered_in_two_steps(quizzer: Run, sky: Path) -> None:
    """First the deck with its slash, to which a shell adds no space, then its cards."""
    assert offered(quizzer, "quizzer card show s") == ["open,sea/", "open,sky/"]
    assert offered(quizzer, "quizzer card show sky/bl") == ["plain,sky/blue", "plain,sky/black"]
    assert offered(quizzer, "quizzer grade sk") == ["plain,sky/blue", "plain,sky/black", "plain,sky/red"]


def test_a_tag_that_a_shell_would_obey_is_not_offered(quizzer: Run, sky: Path) -> None:
    """It would be run when Enter is pressed."""
    tags = offered(quizzer, "quizzer study --tag ")
    assert "plain,light" in tags
    assert not [tag for tag in tags if "$" in tag or " " in tag]


def test_a_title_cannot_break_out_of_its_line(quizzer: Run, sky: Path) -> None:
    """Escapes and line feeds in it would reach the terminal, or make entries of their own."""
    assert offered(quizzer, "quizzer study se", shell="zsh") == ["plain", "sea", "\ufffd[31mThe sea"]
    assert offered(quizzer, "quizzer study se", shell="fish") == ["plain,sea\t\ufffd[31mThe sea"]


def test_options_and_their_choices_are_offered(quizzer: Run, sky: Path) -> None:
    """As click knows them."""
    assert "plain,--limit" in offered(quizzer, "quizzer study --li")
    assert offered(quizzer, "quizzer completion ") == [f"plain,{shell}" for shell in SHELLS]


@pytest.mark.parametrize("line", ["quizzer nosuch ", "quizzer deck nosuch ", "quizzer study --nosuch ", "quizzer 'un"])
def test_a_mistyped_line_is_no_error_yet(quizzer: Run, sky: Path, line: str) -> None:
    """It is said when the line is run; a message now would stand in the middle of what is typed."""
    assert isinstance(offered(quizzer, line), list)


def test_a_broken_configuration_offers_nothing(quizzer: Run, home: Path) -> None:
    """An error message would be pasted into the prompt."""
    home.mkdir()
    (home / "config.toml").write_text("nonsense")
    assert offered(quizzer, "quizzer study ") == [""]


def test_every_deck_and_card_on_the_command_line_is_completed(
    sky: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new command has completion when its arguments are named like those of the others."""
    for context in walk(root, click.Context(root, info_name="quizzer")):
        first = next((item for item in context.command.params if isinstance(item, click.Argument)), None)
        if first is not None and re.search(r"\b(DECK|CARD)\b", first.make_metavar(context)):
            monkeypatch.setenv("COMP_WORDS", f"{context.command_path} sk")
            monkeypatch.setenv("COMP_CWORD", str(context.command_path.count(" ") + 1))
            assert respond(root, COMPLETE_VARIABLE, "bash_complete") == 0
            assert "plain,sky" in capsys.readouterr().out, context.command_path


@pytest.fixture
def on_path(quizzer: Run, sky: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a ``quizzer`` that shells find, with the completion scripts beside it."""
    program = sky.parent / "bin" / "quizzer"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m quizzer "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    for shell in SHELLS:
        (program.parent / f"script.{shell}").write_text(quizzer("completion", shell).stdout)
    return program.parent


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_completes(on_path: Path) -> None:
    """In an interactive bash, with keys."""
    (on_path / "rc").write_text(f"PS1='ready> '; . {on_path}/script.bash\n")
    with Terminal(command=["bash", "--noprofile", "--rcfile", str(on_path / "rc"), "-i"]) as terminal:
        terminal.wait_for("ready> ")
        terminal.send("quizzer card sho\tsk\tr\t--js\t\r")
        terminal.wait_for('"card": "sky/red"')


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh")
def test_zsh_completes(on_path: Path) -> None:
    """In an interactive zsh, with keys."""
    (on_path / ".zshrc").write_text(f"PS1='ready> '; . {on_path}/script.zsh\n")
    with Terminal(command=["zsh", "-i"], ZDOTDIR=str(on_path)) as terminal:
        terminal.wait_for("ready> ")
        terminal.send("quizzer card sho\tsky/r\t--js\t\r")
        terminal.wait_for('"card": "sky/red"')


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish")
def test_fish_completes(on_path: Path) -> None:
    """By fish's own question to itself."""
    lines = ("quizzer study s", "quizzer card show s", "quizzer card show sky/r", "quizzer completion f")
    asked = "; ".join([f"source {on_path}/script.fish", *(f"complete -C '{line}'" for line in lines)])
    result = subprocess.run(["fish", "--no-config", "-c", asked], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [
        "sea\t\ufffd[31mThe sea", "sky\tThe: sky, above", "sea/", "sky/", "sky/red", "fish",
    ]  # fmt: skip
