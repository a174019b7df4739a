"""CPU time of reading a deck of 10,000 cards, with places and validation, against PyYAML's CSafeLoader.

Run: python benchmarks/deck_reading.py
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from quizzer.decks import schema, yamlfile
from quizzer.decks.library import Library

CARDS = 10_000
ROUNDS = 5
TARGET = 1.5
WORDS = ("attention", "batch", "context", "data", "encoder", "feature", "gradient", "head", "layer", "loss", "mask")


def write_deck(path: Path, cards: int) -> None:
    """A deck of *cards* answered cards with points, tags and a difficulty, at *path*."""
    choose = random.Random(1)

    def text(length: int) -> str:
        return " ".join(choose.choices(WORDS, k=length))

    lines = ["quizzer: 1", "deck:", "  id: large", "  title: Large", "cards:"]
    for number in range(cards):
        lines += [f"  - id: card-{number}", f"    question: What is {text(10)}?", "    answers:", "      - >-"]
        lines += [f"        {text(15)}" for _ in range(3)]
        lines += ["    points:", *(f"      - {text(5)}" for _ in range(3))]
        lines += [f"    tags: [{choose.choice(WORDS)}]", "    difficulty: medium"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of one call, what it returns being thrown away in it."""
    began = time.process_time()
    work()
    return time.process_time() - began


def load(path: Path) -> object:
    """What PyYAML makes of the file."""
    with path.open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def refresh(index: Path, folder: Path) -> None:
    """Bring the deck index up to date, as every command does."""
    library = Library(index, [("folder", folder)])
    library.refresh()
    library.close()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "decks"
        folder.mkdir()
        path = folder / "large.yaml"
        write_deck(path, CARDS)
        works: dict[str, Callable[[], object]] = {
            "CSafeLoader": lambda: load(path),
            "quizzer: read and validate": lambda: schema.parse(yamlfile.read(path), path=str(path)),
        }
        # In turns, so that a busy machine is busy for both.
        times: dict[str, list[float]] = {label: [] for label in works}
        for _ in range(ROUNDS):
            for label, work in works.items():
                times[label].append(cpu_seconds(work))
        index = Path(name) / "index.db"
        times["quizzer: and index, first time"] = [cpu_seconds(lambda: refresh(index, folder))]
        time.sleep(1.1)  # a file younger than a second is looked into again
        refresh(index, folder)
        times["quizzer: unchanged since"] = [cpu_seconds(lambda: refresh(index, folder)) for _ in range(ROUNDS)]
    base = statistics.median(times["CSafeLoader"])
    print(f"{CARDS:,} cards, CPU time, median of {ROUNDS}")
    for label, measured in times.items():
        seconds = statistics.median(measured)
        print(f"  {label:32} {seconds * 1000:8.1f} ms   {seconds / base:7.4f}")
    ratio = statistics.median(times["quizzer: read and validate"]) / base
    print(f"read and validate: {ratio:.2f} times CSafeLoader (target: at most {TARGET})")


if __name__ == "__main__":
    main()
