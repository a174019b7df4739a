"""What `docs/maintaining.md` and the pre-commit hooks promise is what the commands do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from quizzer.cli.main import root

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "maintaining.md").read_text(encoding="utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def command(words: list[str]) -> click.Command:
    """The command that *words* name, after ``quizzer``."""
    found: click.Command = root
    for word in words:
        if not isinstance(found, click.Group):
            break
        child = found.get_command(click.Context(found), word)
        assert child, words
        found = child
    return found


def options(of: click.Command) -> set[str]:
    return {name for parameter in of.params for name in parameter.opts if name.startswith("-")}


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_hooks_use_the_quizzer_that_is_installed(hook: dict[str, object]) -> None:
    """An environment for each repository would download torch for each."""
    program, *words = shlex.split(str(hook["entry"]))

    assert (hook["language"], program, hook["types"]) == ("system", "quizzer", ["yaml"])
    assert hook["require_serial"]
    assert isinstance(command(words).params[0], click.Argument)
    assert f"{{id: {hook['id']}}}" in GUIDE
    assert re.search(str(hook["files"]), "decks/a.yaml")
    assert not re.search(str(hook["files"]), "src/a.yaml")


def test_every_code_of_a_content_finding_is_explained() -> None:
    """Somebody who meets a code looks it up here, and allows it by this name."""
    sources = [ROOT / "quizzer" / "decks" / "checking" / name for name in ("lint.py", "coverage.py")]
    sources.append(ROOT / "quizzer" / "cli" / "check_meaning.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'Finding\(\s*"([a-z-]+)"', text)) | set(re.findall(r'home, other, "([a-z-]+)"', text))
    codes |= set(re.findall(r'^    \("[a-z.]+", "[a-z.]+", "([a-z-]+)"', text, re.MULTILINE))
    table = GUIDE[GUIDE.index("| code |") : GUIDE.index("What is meant so passes")]

    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    documented = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}

    assert len(codes) >= 15
    assert documented == codes


def test_commands_and_options_of_the_guide_exist() -> None:
    """A recipe that does not run is worse than none."""
    lines = re.findall(r"quizzer ((?:deck|import|export|card) [^`\n]*)", GUIDE)
    assert len(lines) >= 8
    for line in lines:
        words = line.split("  ")[0].split()
        found = command([word for word in words if not word.startswith("-")])
        assert not isinstance(found, click.Group), line
        assert {word for word in words if word.startswith("--")} <= options(found), line
