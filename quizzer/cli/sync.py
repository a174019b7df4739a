"""`quizzer sync`: this machine's log and those of others, united through a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.clock import now
from quizzer.cli.output import Result, reports
from quizzer.study.pages import counted

if TYPE_CHECKING:
    from quizzer.storage.sync import FileReport, Synced

_SHOWN = 5
"""Refused lines of a file, and cards of a wrong clock, that are named one by one."""


@click.command("sync", short_help="Unite what you answered on several machines, through a folder.")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@reports("sync")
def sync(folder: Path) -> Result:
    """Unite what you answered on this machine with what you answered on others, through FOLDER.

    FOLDER is one that something else keeps the same on all of them: a synced folder, a git work tree, a disk that you
    carry about. Run it on each machine, in any order and as often as you like: all come to the same history and the
    same schedule. Each machine appends to one file of its own there; what it reads is checked line by line.

    Exit code 1 when a file is still on its way, or when something in it was refused.

    \b
    Examples:
      quizzer sync ~/Dropbox/quizzer
      git pull --rebase && quizzer sync . && git add *.jsonl && git commit -m answers && git push
    """
    from quizzer.storage.sync import sync as unite

    store = compose.store()
    done = unite(store, folder, at=now())
    findings = bool(done.ahead) or any(report.unfinished or report.refused for report in done.files)
    return Result(_as_data(done, folder), "\n".join(_lines(done)), findings=findings)


def _lines(done: Synced) -> Iterator[str]:
    answers = f" ({counted(done.answers, 'answer')})" if done.answers else ""
    written = f"{_entries(done.written)} written to {done.file.name}" if done.written else "nothing to write"
    if done.new or any(report.path != done.file for report in done.files):
        yield f"{_entries(done.new)} taken in{answers}, {written}"
    else:
        yield f"no other machine has written here yet; {written}"
    if done.new_identity:
        yield "another machine uses a copy of this database: this one goes by a new name from now on; nothing is lost"
    for report in done.files:
        yield from _about(report)
    for fact in done.ahead[:_SHOWN]:
        yield f"  {fact.card}: dated {fact.at.astimezone():%Y-%m-%d %H:%M}, by a clock that is ahead"
    if done.ahead:
        more = len(done.ahead) - _SHOWN
        yield (f"  and {more} more; " if more > 0 else "  ") + (
            "set that machine's clock; `quizzer card undo CARD` takes such an answer back"
        )


def _entries(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _about(report: FileReport) -> Iterator[str]:
    if report.new:
        yield f"  {report.path.name}: {report.new} new"
    if report.unfinished:
        yield f"  {report.path.name}: not all of it is there yet; sync again when it is"
    for refused in report.refused[:_SHOWN]:
        place = f"{report.path.name}:{refused.line}" if refused.line else report.path.name
        yield f"  {place}: refused: {refused.reason}"
    if len(report.refused) > _SHOWN:
        yield f"  {report.path.name}: {len(report.refused) - _SHOWN} more lines refused"


def _as_data(done: Synced, folder: Path) -> dict[str, Any]:  # a JSON object
    return {
        "folder": str(folder), "file": str(done.file), "new": done.new, "answers": done.answers,
        "written": done.written, "new_identity": done.new_identity,
        "files": [
            {"path": str(report.path), "device": report.device, "new": report.new, "unfinished": report.unfinished,
             "refused": [{"line": refused.line or None, "reason": refused.reason} for refused in report.refused]}
            for report in done.files
        ],
        "ahead": [{"id": fact.id, "card": fact.card, "at": fact.at.isoformat()} for fact in done.ahead],
    }  # fmt: skip
