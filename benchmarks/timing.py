"""CPU time of whole processes, measured in turn so that a machine's changing speed touches both sides alike."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Program:
    """A command to time: its words, environment additions and working folder."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    folder: Path | None = None


def cpu_seconds(program: Program) -> float:
    """User and system seconds of one run, children included, standard input empty."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        program.words,
        env={**os.environ, **program.environment},
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(programs: Sequence[Program], *, runs: int = 15) -> list[float]:
    """Median CPU seconds of each program, after one run that is not counted."""
    samples: list[list[float]] = [[] for _ in programs]
    for turn in range(runs + 1):
        for index, program in enumerate(programs):
            seconds = cpu_seconds(program)
            if turn:
                samples[index].append(seconds)
    return [statistics.median(values) for values in samples]


def compile_everything() -> None:
    """Byte-compile this environment, as an installer does, even where writing byte code is switched off."""
    import quizzer  # where it lies is all that is wanted

    package = Path(quizzer.__file__).parent
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for folder in (package, *map(Path, sys.path)):
        if folder.is_dir() and (folder == package or folder.name == "site-packages"):
            subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder)], env=environment, check=False)


def row(name: str, seconds: float, base: float, *, target: float) -> str:
    """One line of a table: milliseconds, ratio to *base*, the ratio to stay under."""
    return f"{name:44} {seconds * 1000:8.1f} ms   {seconds / base:5.2f} x   (at most {target} x)"
