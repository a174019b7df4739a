"""What writing one review costs: `store.record` beside a bare sqlite3 transaction of the same rows.

Both files are in WAL mode with `synchronous=FULL` and have the same tables and indexes; the bare side gets its rows
ready-made, without quizzer's checks, triggers and replay. Run it with no argument.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.model import Card, Review
from quizzer.scheduling.replay import advance
from quizzer.scheduling.sm2 import Sm2
from quizzer.storage.rows import REVIEW_COLUMNS, SCHEDULE_COLUMNS, review_row, schedule_row
from quizzer.storage.store import SqliteStore

CARDS = 500
REVIEWS = 3000
BLOCK = 50
TARGET = 1.5
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ANSWER = (
    "RoBERTa drops next-sentence prediction, masks anew in every epoch, and trains longer on ten times the data. " * 3
)


@dataclass(frozen=True, slots=True)
class Samples:
    """Milliseconds of each transaction."""

    wall: list[float]
    cpu: list[float]

    def timed(self, act: Callable[[], None]) -> None:
        """Run *act* and keep what it took."""
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        act()
        self.cpu.append((time.process_time_ns() - cpu) / 1e6)
        self.wall.append((time.perf_counter_ns() - wall) / 1e6)


def review(number: int, store: SqliteStore) -> Review:
    """The *number*-th review: all cards once a day, as good as it gets."""
    day, card = divmod(number, CARDS)
    at = START + timedelta(days=day, seconds=card)
    return Review(
        id=store.new_id(at), device_id=store.device_id, card=f"deck/card-{card:04}", card_digest=f"{card:016}",
        session_id="0199b2c4-0000-7000-8000-000000000000", player="", at=at, utc_offset_minutes=60, answer=ANSWER,
        score=0.82, verdict="pass", quality=4, points_made=("no next-sentence prediction", "dynamic masking"),
        points_missed=("byte-level BPE", "larger batches"), flags=(), grader="meaning 1", latency_ms=31_000,
        mode="study",
    )  # fmt: skip


def card_of(review: Review) -> Card:
    """The card that *review* is of, with three answers."""
    name = review.card.removeprefix("deck/")
    return Card(name, "deck", f"What is {name}, and why?", (ANSWER, ANSWER[:150], ANSWER), digest=review.card_digest)


def bare_copy(store: SqliteStore, path: Path) -> sqlite3.Connection:
    """A database with the store's tables and indexes and nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    for (statement,) in store.connection.execute(
        "select sql from sqlite_schema where type in ('table', 'index') and sql is not null"
    ):
        connection.execute(statement)
    return connection


def insertion(table: str, columns: str) -> str:
    """The statement that inserts a row of *columns*."""
    return f"insert or replace into {table} ({columns}) values ({', '.join('?' * len(columns.split(',')))})"


def measure(folder: Path) -> tuple[Samples, Samples, Samples]:
    """(bare, quizzer, those of quizzer that keep a card's wording too).

    In blocks that take turns, so that a machine's changing speed touches both alike.
    """
    store, bare, ours, first = SqliteStore(folder / "quizzer.db"), Samples([], []), Samples([], []), Samples([], [])
    connection = bare_copy(store, folder / "bare.db")
    insert_review, insert_schedule = insertion("reviews", REVIEW_COLUMNS), insertion("schedules", SCHEDULE_COLUMNS)

    def write_bare(values: object, schedule_values: object) -> None:
        connection.execute("begin immediate")
        connection.execute(insert_review, values)  # type: ignore[arg-type]  # rows of REVIEW_COLUMNS
        connection.execute(insert_schedule, schedule_values)  # type: ignore[arg-type]  # rows of SCHEDULE_COLUMNS
        connection.execute("commit")

    for start in range(0, REVIEWS, BLOCK):
        facts = [review(number, store) for number in range(start, start + BLOCK)]
        answers = [(fact, advance(store.schedule(fact.card), fact, Sm2()), card_of(fact)) for fact in facts]
        rows = [(review_row(fact), schedule_row(schedule)) for fact, schedule, _ in answers if schedule]
        for values in rows:
            bare.timed(lambda values=values: write_bare(*values))  # type: ignore[misc]  # bound at once
        for answer in answers:
            samples = first if start < CARDS else ours
            samples.timed(lambda answer=answer: store.record(*answer))  # type: ignore[misc]  # bound at once
    connection.close()
    store.close()
    return bare, ours, first


def main() -> None:
    """Print the medians side by side."""
    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        bare, ours, first = measure(Path(folder))
    print(f"writing one review, p50 of {REVIEWS} transactions (WAL, synchronous=FULL)")
    compared = {
        "wall": (bare.wall, ours.wall),
        "CPU": (bare.cpu, ours.cpu),
        "wall, a card's first answer": (bare.wall[:CARDS], first.wall),
    }
    for name, (theirs, mine) in compared.items():
        base, own = statistics.median(theirs), statistics.median(mine)
        print(f"{name:28} bare {base:7.3f} ms   quizzer {own:7.3f} ms   {own / base:5.2f} x   (at most {TARGET} x)")


if __name__ == "__main__":
    main()
