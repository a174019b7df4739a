"""`quizzer deck check` on a deck of 5,000 cards: time, CPU time and peak memory, with an empty and with a filled cache.

Twenty questions of the deck ask in other words what twenty others ask.

Run: python -m benchmarks.deck_check [CARDS]
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.duplicate_questions import SAME
from quizzer import config

CARDS = 5_000
TWINS = 20
SECONDS, MEGABYTES = 60, 600
"""Targets of the run with a filled cache."""


def _words(text: str) -> list[str]:
    return text.split()


_FIELDS = _words(
    """
    database compiler network cache scheduler tokenizer optimizer garbage-collector parser hypervisor
    load-balancer file-system message-queue search-index key-store container ledger encoder decoder classifier
    regressor filter bridge reactor turbine enzyme membrane ribosome neuron hormone antibody glacier volcano
    reef aquifer estuary monsoon treaty parliament tariff guild census statute verdict mortgage dividend auction
    audit pension ledger-entry sonata fresco sonnet cathedral aqueduct lighthouse telescope microscope barometer
    lathe loom kiln furnace
    """
)
_KINDS = _words(
    """
    distributed embedded columnar incremental lossless adaptive recursive persistent volatile redundant
    hierarchical asynchronous transactional probabilistic symmetric federated thermal tidal coastal alpine
    tropical medieval colonial municipal federal civic rural urban baroque gothic romantic modern early late
    small large portable hydraulic optical
    """
)
_ASPECTS = _words(
    """
    latency throughput memory accuracy fairness durability ordering isolation pressure temperature salinity
    erosion friction recall precision drift bias variance cost yield taxation representation accountability
    ornament proportion rhythm resolution calibration alignment maintenance capacity vibration corrosion
    insulation ventilation drainage
    """
)
_VERBS = _words(
    """
    reduces raises stabilizes limits predicts hides exposes doubles delays balances distorts amplifies filters
    records compensates measures replaces protects weakens regulates
    """
)
_QUESTIONS: tuple[Callable[[str, str, str, str], str], ...] = (
    lambda thing, other, aspect, place: f"How does a {thing} affect {aspect} when {place}?",
    lambda thing, other, aspect, place: f"Why would one choose a {thing} over a {other} if {aspect} matters {place}?",
    lambda thing, other, aspect, place: f"What goes wrong with the {aspect} of a {thing} {place}?",
    lambda thing, other, aspect, place: f"Explain what a {thing} does about {aspect} that a {other} cannot do {place}.",
    lambda thing, other, aspect, place: f"Which signs show that the {aspect} of a {thing} is failing {place}?",
    lambda thing, other, aspect, place: f"Describe how {aspect} is measured in a {thing} {place}.",
)
_PLACES = [
    place.strip()
    for place in re.split(
        r"[|\n]",
        """under heavy load|in winter|during the first hour|after a long pause|on cheap hardware|without supervision
        at night|across borders|in a small town|at the end of its life|when demand doubles|in a laboratory
        after an upgrade|during a drought|while it is being repaired|far from the coast|at high altitude
        in the second century|on a ship""",
    )
]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    duplicates: int
    problems: int


def write_deck(path: Path, cards: int) -> None:
    """A deck of *cards* answered cards with points, of which the last `TWINS` ask what earlier ones ask."""
    choose = random.Random(7)

    def thing() -> str:
        return f"{choose.choice(_KINDS)} {choose.choice(_FIELDS)}"

    def claim() -> str:
        number = choose.randint(2, 900)
        tail = choose.choice([f"by {number} units", f"for {number} days", f"in {number} of 1,000 cases", "", "", ""])
        words = f"the {thing()} {choose.choice(_VERBS)} {choose.choice(_ASPECTS)} {choose.choice(_PLACES)} {tail}"
        return words.strip()

    lines = ["quizzer: 1", "deck: {id: large, title: Large}", "cards:"]
    for number in range(cards - TWINS):
        subject, other = thing(), thing()
        question = choose.choice(_QUESTIONS)(subject, other, choose.choice(_ASPECTS), choose.choice(_PLACES))
        if number < TWINS:
            question = SAME[number][0]
        points = [claim() for _ in range(4)]
        answer = ". ".join(point[0].upper() + point[1:] for point in points) + f". So the {subject} is no {other}."
        lines += [f"  - id: card-{number}", f"    question: {json.dumps(question)}", "    answers:"]
        lines += [f"      - {json.dumps(answer)}", f"      - {json.dumps('; '.join(points[:3]))}", "    points:"]
        lines += [f"      - {json.dumps(point)}" for point in points]
        lines += [f"    misconceptions: [{json.dumps(claim())}]", "    sources: ['Handbook, chapter 3']"]
    for number, (_, question) in enumerate(SAME[:TWINS]):
        lines += [f"  - id: twin-{number}", f"    question: {json.dumps(question)}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check(path: Path, home: Path, *, cores: int | None = None) -> Run:
    """One run of the command as a process of its own, on *cores* cores."""
    words = [sys.executable, "-m", "quizzer", "deck", "check", str(path), "--alone", "--json"]
    began = time.monotonic()
    process = subprocess.Popen(words, env={**os.environ, "QUIZZER_HOME": str(home)}, stdout=subprocess.PIPE)
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
    assert process.stdout
    output = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    codes = [error["code"] for error in json.loads(output)["errors"]]
    return Run(
        seconds=time.monotonic() - began,
        cpu_seconds=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss / 1024,
        duplicates=codes.count("duplicate-question"),
        problems=len(codes),
    )


def main() -> None:
    """Print a row for each run."""
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else CARDS
    with tempfile.TemporaryDirectory() as name:
        home, path = Path(name) / "home", Path(name) / "large.yaml"
        write_deck(path, cards)
        exported = config.paths().models
        if exported.is_dir():
            (home / "cache").mkdir(parents=True)
            (home / "cache" / "models").symlink_to(exported)
        print(f"{cards:,} cards, {path.stat().st_size / 1e6:.1f} MB, {TWINS} of them twins in other words")
        runs: dict[str, int | None] = {"empty cache": None, "filled cache": None, "filled cache, one core": 1}
        for label, cores in runs.items():
            run = check(path, home, cores=cores)
            print(
                f"  {label:24}{run.seconds:8.1f} s{run.cpu_seconds:8.1f} s of CPU{run.megabytes:8.0f} MB"
                f"  {run.problems} findings, {run.duplicates} of them duplicate questions"
            )
        print(f"targets with a filled cache: {SECONDS} s, {MEGABYTES} MB")


if __name__ == "__main__":
    main()
