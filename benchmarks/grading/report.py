"""Everything that is claimed of the grader, measured: one command, given the folder of the marked answers.

Whatever is trained is trained again without the questions (of Mohler: the assignments; of the bundled deck: the cards)
that it is measured on. The exception are the weights of the doubts, which are those of the package: they were fitted on
some answers to each of the marked questions, and on none to the cards of the bundled deck and of the probes.

Run: python -m benchmarks.grading.report FOLDER [--only mohler,probes] [--share 0.1] [--folds 9]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the commands do, before numpy is imported

import torch

from benchmarks.grading import ablation, corpora, deck, precision, reliability
from benchmarks.grading.marked import FOLDS
from benchmarks.grading.probes import (
    FOLDER,
    SUMMARY_HEADERS,
    by_kind,
    graded,
    summary,
    summary_cells,
    without_points,
)  # fmt: skip
from benchmarks.grading.run import Run, say
from benchmarks.grading.tables import table
from quizzer.grading.grader import MeaningGrader

CORPORA = {"mohler": "mohler", "beetle": "beetle", "scientsbank": "sb"}
SECTIONS = (*CORPORA, "probes", "deck", "reliability", "ablation", "int8")


def probe_section(run: Run) -> str:
    """The probes by kind, with and without the points of their cards."""
    say("probes")
    grader, parts, rows = MeaningGrader(run.encoder), list[str](), list[list[str]]()
    for name, probes in (("with the points", run.probes), ("without", without_points(run.probes))):
        found = graded(probes, grader)
        rows.append([name, *summary_cells(summary(found))])
        parts.append(f"{name.capitalize()}:\n\n{by_kind(found)}")
    return "\n\n".join([table([f"{len(run.probes)} probes", *SUMMARY_HEADERS], rows), *parts])


def sections(run: Run, only: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Title and text of each section that is asked for."""
    chosen = [corpus for name, corpus in CORPORA.items() if name in only]
    made: dict[str, tuple[str, Callable[[Run], str]]] = {
        "probes": ("Probes", probe_section),
        "deck": ("The bundled deck, each card left out of what is tuned", deck.section),
        "reliability": ("Reliability: share of the answers that people accept", reliability.section),
        "ablation": ("Ablation", ablation.section),
        "int8": ("Precision of the model", precision.section),
    }
    if chosen:
        yield "Marked answers to questions that were not trained on", corpora.section(run, chosen)
    for name, (title, section) in made.items():
        if name in only:
            yield title, section(run)


def parse() -> tuple[Run, frozenset[str]]:
    """The run and the sections that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading.report", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the marked answers")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, with commas between: %(default)s")
    parser.add_argument("--share", type=float, default=1.0, help="the share of the questions and cards, 0 to 1")
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds (default: %(default)s)")
    parser.add_argument("--seeds", type=int, default=3, help="word nets that are averaged (default: %(default)s)")
    parser.add_argument("--probes", type=Path, default=FOLDER, help="the folder of the probes")
    parser.add_argument("--picture", type=Path, help="where the curve goes (default: the docs, if all is measured)")
    given = parser.parse_args()
    only = frozenset(given.only.split(","))
    if unknown := sorted(only - set(SECTIONS)):
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    if not 0 < given.share <= 1 or given.folds < 2 or given.seeds < 1:
        parser.error("--share is above 0 and at most 1, --folds at least 2, --seeds at least 1")
    picture = given.picture or (reliability.PICTURE if given.share == 1 else None)
    return Run(given.folder, given.share, given.folds, given.seeds, given.probes, picture), only


def main() -> None:
    """Print the sections as they are done."""
    run, only = parse()
    torch.set_num_threads(1)
    for title, text in sections(run, only):
        say("")
        print(f"## {title}\n\n{text}\n", flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)


if __name__ == "__main__":
    main()
