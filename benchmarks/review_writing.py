"""What writing one review costs: `store.record` beside a bare sqlite3 transaction of the same rows.

Both files are in WAL mode with `synchronous=FULL` and have the same tables and indexes; the bare side gets its rows
ready-made, without quizzer's checks, triggers and replay. A card's first answer writes the card's wording too, on both
sides. Before each transaction, unmeasured, an answer is made and its card's schedule advanced, as a sitting does before
it saves. Run it with no argument.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from quizzer.model import Card, Review, Schedule
from quizzer.storage.rows import REVIEW_COLUMNS, SCHEDULE_COLUMNS, Row, review_row, schedule_row
from quizzer.storage.store import SqliteStore

CARDS = 500
REVIEWS = 3000
BLOCK = 50
TARGET = 1.5
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ANSWER = (
    "RoBERTa drops next-sentence prediction, masks anew in every epoch, and trains longer on ten times the data. " * 3
)


def insertion(table: str, columns: str) -> str:
    """The statement that inserts a row of *columns*."""
    return f"insert or replace into {table} ({columns}) values ({', '.join('?' * len(columns.split(',')))})"


INSERT_REVIEW = insertion("reviews", REVIEW_COLUMNS)
INSERT_SCHEDULE = insertion("schedules", SCHEDULE_COLUMNS)
INSERT_WORDING = insertion("card_texts", "digest, question, answers")


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sitting hands to the store."""

    review: Review
    schedule: Schedule
    card: Card

    def rows(self) -> list[tuple[str, Row]]:
        """(statement, values) of each row: of the review, of its schedule, and of the card's wording."""
        wording = (self.card.digest, self.card.question, json.dumps(self.card.answers))
        return [
            (INSERT_REVIEW, review_row(self.review)),
            (INSERT_SCHEDULE, schedule_row(self.schedule)),
            (INSERT_WORDING, wording),
        ]


def answer_to(fact: Review, store: SqliteStore) -> Answer:
    """*fact* with the schedule that follows from it, computed as `study.conduct` does it."""
    schedule = store.schedulers.advance(store.schedule(fact.card), fact)
    if schedule is None:
        raise ValueError(f"a review of mode {fact.mode!r} moves no schedule")
    return Answer(fact, schedule, card_of(fact))


def write_bare(connection: sqlite3.Connection, rows: list[tuple[str, Row]]) -> None:
    """One transaction of *rows*."""
    connection.execute("begin immediate")
    for statement, values in rows:
        connection.execute(statement, values)
    connection.execute("commit")


@dataclass(frozen=True, slots=True)
class Sides:
    """The two that are compared."""

    bare: Samples
    ours: Samples


def measure(folder: Path) -> tuple[Sides, Sides]:
    """(the first answers to cards, which keep their wording too; later answers).

    In blocks that take turns, so that a machine's changing speed touches both alike.
    """
    store = SqliteStore(folder / "quizzer.db")
    first, later = (Sides(Samples([], []), Samples([], [])) for _ in range(2))
    connection = bare_copy(store, folder / "bare.db")
    for start in range(0, REVIEWS, BLOCK):
        sides, written = (first, 3) if start < CARDS else (later, 2)
        facts = [review(number, store) for number in range(start, start + BLOCK)]
        for fact in facts:
            rows = answer_to(fact, store).rows()[:written]
            sides.bare.timed(partial(write_bare, connection, rows))
        for fact in facts:
            answer = answer_to(fact, store)
            sides.ours.timed(partial(store.record, answer.review, answer.schedule, answer.card))
    connection.close()
    store.close()
    return first, later


def main() -> None:
    """Print the medians side by side."""
    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        first, later = measure(Path(folder))
    print(f"writing one review, p50 of {REVIEWS} transactions (WAL, synchronous=FULL)")
    for name, sides in (("", later), (", a card's first answer", first)):
        for clock, theirs, mine in (
            ("wall", sides.bare.wall, sides.ours.wall),
            ("CPU", sides.bare.cpu, sides.ours.cpu),
        ):
            base, own = statistics.median(theirs), statistics.median(mine)
            compared = f"bare {base:7.3f} ms   quizzer {own:7.3f} ms   {own / base:5.2f} x   (at most {TARGET} x)"
            print(f"{clock + name:28} {compared}")


if __name__ == "__main__":
    main()
