"""CPU time of `quizzer stats` on a long log, against the one SQL query that aggregates the reviews by day.

The query runs in a process of its own, with sqlite3 alone. Answers are counted when whoever wrote them is done; shown
apart from later ones are the first `stats` after that, the first one where nothing was counted (a database of an older
version), and one after a day more that nobody has counted.

Run: python -m benchmarks.stats [REVIEWS CARDS]
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.first_question import CARDS_IN_A_DECK
from benchmarks.timing import Program, compile_everything, cpu_seconds, medians
from quizzer.storage.rows import REVIEW_COLUMNS
from quizzer.storage.store import SqliteStore

SIZES = ((10_000, 1_000), (100_000, 10_000), (1_000_000, 100_000))
DAYS = 730
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TARGET = 1.5
TAGS = [f"topic-{number}" for number in range(40)]
POINTS = [f"it does the work of part {number}, and of nothing else" for number in range(4)]
ANSWER = "It does the work of its part, as far as I remember, and hands the result on to the next one. " * 2
BY_DAY = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
query = '''select date(at_us / 1000000 + utc_offset_minutes * 60 - 14400, 'unixepoch') as day, count(*),
    sum(quality >= 3), sum(latency_ms) from reviews group by day order by day'''
print(len(connection.execute(query).fetchall()))
"""


def write_decks(folder: Path, cards: int) -> list[str]:
    """Decks of 500 cards in *folder*, each card under two of 40 topics; the keys of their cards."""
    folder.mkdir(parents=True)
    keys = []
    for start in range(0, cards, CARDS_IN_A_DECK):
        deck = f"deck-{start // CARDS_IN_A_DECK}"
        lines = ["quizzer: 1", "deck:", f"  id: {deck}", f"  title: Deck {deck}", "cards:"]
        for number in range(start, min(start + CARDS_IN_A_DECK, cards)):
            keys.append(f"{deck}/card-{number}")
            lines += [f"  - id: card-{number}", f"    question: What is the role of part {number}?", "    answers:"]
            lines += [f"      - It does the work of part {number}."]
            lines += ["    points:", *(f"      - {point}" for point in POINTS)]
            lines += [f"    tags: [{TAGS[number % 40]}, {TAGS[(number * 7 + 3) % 40]}]"]
        (folder / f"{deck}.yaml").write_text("\n".join(lines) + "\n")
    return keys


def turns(keys: list[str], reviews: int, draw: random.Random) -> list[tuple[float, str, str]]:
    """(seconds before now, card, mode) of as many answers, the oldest first: gaps grow, one in eight is a repeat."""
    found = []
    each = reviews // len(keys)
    for key in keys:
        day = draw.uniform(1, DAYS)
        for turn in range(each):
            repeat = turn and draw.random() < 0.125
            day = day - 0.01 if repeat else day * draw.uniform(0.55, 0.95)
            found.append((max(0.0, day) * 86_400, key, "repeat" if repeat else "study"))
    return sorted(found, reverse=True)


def review_rows(keys: list[str], reviews: int, device: str) -> Iterator[tuple[object, ...]]:
    """Rows of REVIEW_COLUMNS."""
    draw = random.Random(5)
    for number, (before, card, mode) in enumerate(turns(keys, reviews, draw)):
        at_us = int((NOW.timestamp() - before) * 1e6)
        milliseconds = at_us // 1000
        quality = draw.choice((0, 1, 2, 3, 4, 4, 4, 5, 5, 5))
        missed = json.dumps(draw.sample(POINTS, 5 - quality if quality > 1 else 4)) if quality < 5 else "[]"
        yield (
            f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7000-8000-{number:012x}", device, card, f"{0:016}",
            f"session-{int(before) // 86_400}", "", at_us, 60, ANSWER, quality / 5, "pass" if quality > 2 else "fail",
            quality, json.dumps(POINTS[:quality]), missed, "[]", "meaning 1", draw.randrange(5_000, 90_000), mode,
        )  # fmt: skip


def make_home(home: Path, reviews: int, cards: int) -> None:
    """Decks and a log: one answer in thirty was decided by the learner, one in two hundred undone."""
    keys = write_decks(home / "decks", cards)
    store = SqliteStore(home / "quizzer.db")
    connection, device = store.connection, store.device_id
    marks = ", ".join("?" * len(REVIEW_COLUMNS.split(",")))
    connection.execute("begin")
    connection.executemany(
        f"insert into reviews ({REVIEW_COLUMNS}) values ({marks})", review_rows(keys, reviews, device)
    )
    connection.execute(
        "insert into decisions (id, device_id, at_us, review_id, quality, by, note) select 'd' || id, device_id, "
        "at_us + 1000000, id, case when quality < 3 then 4 else 2 end, 'learner', '' from reviews where number % 30 = 0"
    )
    connection.execute(
        "insert into events (id, device_id, at_us, card, kind, value, utc_offset_minutes) select 'v' || id, device_id, "
        "at_us + 2000000, card, 'void', id, utc_offset_minutes from reviews where number % 200 = 7"
    )
    connection.execute("commit")
    store.rebuild()
    store.close()


def one_more_day(home: Path) -> None:
    """A hundred more answers, as after a day's study."""
    connection = sqlite3.connect(home / "quizzer.db")
    names = REVIEW_COLUMNS.replace("id, ", "'n' || id, ", 1).replace("at_us", "at_us + 90000000000")
    with connection:
        connection.execute(
            f"insert into reviews ({REVIEW_COLUMNS}) select {names} from reviews order by number desc limit 100"
        )
    connection.close()
    store = SqliteStore(home / "quizzer.db")  # its schedules are replayed, which a session does one by one
    store.database.close()  # without counting


def nothing_counted(home: Path) -> None:
    """The counts taken away, as in a database that an older version wrote."""
    connection = sqlite3.connect(home / "quizzer.db", isolation_level=None)
    for table in ("days", "intervals", "cards", "state"):
        connection.execute(f"delete from counted_{table}")
    connection.close()


def measure(root: Path, reviews: int, cards: int) -> tuple[float, float]:
    """Print the figures of one size; CPU seconds of the first `stats` and of the query."""
    home = root / f"home-{reviews}"
    print(f"making {reviews:,} reviews of {cards:,} cards ...", file=sys.stderr)
    make_home(home, reviews, cards)
    environment = {"QUIZZER_HOME": str(home), "QUIZZER_NOW": NOW.isoformat(), "COLUMNS": "80"}
    program = [sys.executable, "-c", "from quizzer.cli.main import main; main()"]
    due = Program("due", [*program, "due"], environment, root)
    cpu_seconds(due)  # reads the decks
    ours = Program("quizzer stats", [*program, "stats"], environment, root)
    theirs = Program("SQL", [sys.executable, "-c", BY_DAY, str(home / "quizzer.db")], {}, root)
    first = cpu_seconds(ours)
    base, later = medians([theirs, ours], runs=5)
    one_more_day(home)
    added = cpu_seconds(ours)
    nothing_counted(home)
    anew = cpu_seconds(ours)
    print(f"{reviews:,} reviews, {cards:,} cards")
    for name, seconds in (("one SQL query, reviews by day", base), ("quizzer stats, the first time", first),
                          ("quizzer stats", later), ("100 answers that nobody counted", added),
                          ("nothing counted yet", anew)):  # fmt: skip
        print(f"  {name:32} {seconds * 1000:8.1f} ms   {seconds / base:5.2f} x")
    return first, base


def main() -> None:
    """Print the figures of each size, and what is asked of the longest log and of the growth up to it."""
    compile_everything()
    sizes = SIZES if len(sys.argv) < 3 else ((int(sys.argv[1]), int(sys.argv[2])),)
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(Path(folder), reviews, cards) for reviews, cards in sizes]
    first, base = measured[-1]
    print(f"quizzer stats on the longest log: {first / base:.2f} x   (at most {TARGET} x)")
    for (shorter, _), (longer, _) in pairwise(measured):
        print(f"growth, a log ten times as long: {longer / shorter:.1f} x   (at most 10 x)")


if __name__ == "__main__":
    main()
