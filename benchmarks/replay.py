"""How fast the log is replayed: every schedule made anew, in the database, by SM-2 and by FSRS.

Each review is an answer on a day of its own with a text of usual length; one in fifty is overruled. CPU time counts.
"Replayed" is the log read from the file, in order, and every card worked through to its schedule; "and saved" writes
all schedules as well, over those that are there. CPU time is longer on a machine that does other work, too: the least
of a few runs is shown. Run it with no argument.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from quizzer.scheduling.replay import Course
from quizzer.scheduling.rules import Rules
from quizzer.scheduling.schedulers import Schedulers
from quizzer.storage.database import FACTS, Database
from quizzer.storage.replaying import courses
from quizzer.storage.rows import DECISION_COLUMNS, REVIEW_COLUMNS
from quizzer.storage.store import SqliteStore

SIZES = ((100_000, 10_000), (1_000_000, 100_000))
"""Reviews and cards."""
TARGET_A_SECOND = 200_000
RUNS = 3
DAY_US = 86_400_000_000
START_US = 1_700_000_000_000_000
ANSWER = "RoBERTa drops next-sentence prediction, masks anew in every epoch, and trains longer on ten times the data. "


def review_rows(reviews: int, cards: int) -> Iterator[tuple[object, ...]]:
    """Rows of ``REVIEW_COLUMNS`` in the order of time: every card comes back after 1 to 30 days."""
    draw = random.Random(7)
    for number in range(reviews):
        turn, card = divmod(number, cards)
        at_us = START_US + turn * 30 * DAY_US + draw.randrange(29) * DAY_US + card
        quality = draw.choice((0, 1, 2, 3, 4, 4, 4, 5, 5, 5))
        yield (
            f"{number:08x}-0000-7000-8000-000000000000", "device", f"deck-{card % 20}/card-{card}", "digest", "session",
            "", at_us, 60, ANSWER, quality / 5, "pass" if quality >= 3 else "fail", quality, "[]", "[]", "[]",
            "meaning 1", 31_000, "study",
        )  # fmt: skip


def decision_rows(reviews: int) -> Iterator[tuple[object, ...]]:
    """Rows of ``DECISION_COLUMNS`` on every fiftieth review."""
    for number in range(0, reviews, 50):
        review_id = f"{number:08x}-0000-7000-8000-000000000000"
        yield (f"{number:08x}-0000-7000-8000-000000000001", "device", START_US, review_id, 4, "learner", "")


def written(path: Path, reviews: int, cards: int) -> None:
    """A database with a log of so many *reviews*, and no schedules yet."""
    database = Database(path)
    with database.connection as connection:
        connection.execute("begin")
        for table, columns, rows in (
            ("reviews", REVIEW_COLUMNS, review_rows(reviews, cards)),
            ("decisions", DECISION_COLUMNS, decision_rows(reviews)),
        ):
            marks = ", ".join("?" * len(columns.split(",")))
            connection.executemany(f"insert into {table} ({columns}) values ({marks})", rows)
        connection.execute(
            "update meta set value = ? where key = 'facts_applied'", connection.execute(FACTS).fetchone()
        )
    database.close()


def cpu_seconds(act: Callable[[], object]) -> float:
    """The least CPU seconds of *act* in a few runs."""
    least = float("inf")
    for _ in range(RUNS):
        began = time.process_time()
        act()
        least = min(least, time.process_time() - began)
    return least


def replayed(database: Database) -> int:
    """Every card's schedule, from the log; how many there are."""
    schedulers = Schedulers(database.rules)
    found = courses(
        database.connection, lambda card: Course(schedulers.of(card)), day_start_hour=database.rules.day_start_hour
    )
    return sum(course.schedule(card) is not None for card, course in found)


def main() -> None:
    """Print reviews a second of CPU for each size and scheduler."""
    for reviews, cards in SIZES:
        with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
            path = Path(folder) / "quizzer.db"
            written(path, reviews, cards)
            print(f"{reviews:,} reviews of {cards:,} cards")
            for name, rules in (("SM-2", Rules()), ("FSRS", Rules(scheduler="fsrs"))):
                database = Database(path, rules=rules)
                store = SqliteStore(database)
                acts: tuple[tuple[str, Callable[[], object]], ...] = (
                    (", replayed", partial(replayed, database)), (", and saved", store.rebuild),
                )  # fmt: skip
                for what, act in acts:
                    seconds = cpu_seconds(act)
                    target = f"   (at least {TARGET_A_SECOND:,})" if name + what == "SM-2, replayed" else ""
                    print(f"  {name + what:20} {seconds:7.2f} s CPU   {reviews / seconds:10,.0f} a second{target}")
                store.close()


if __name__ == "__main__":
    main()
