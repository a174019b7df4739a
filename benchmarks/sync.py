"""Three machines study, synchronize and are killed in the middle of it; in the end all must hold the same, once.

Each machine is a process with a home and a sync folder of its own. It answers cards, decides and undoes, and
synchronizes every few answers, until it is killed without warning, and started again. A tool, here this program,
copies files between the folders in random order: sometimes only half of one, sometimes as a conflict copy.

Run: python -m benchmarks.sync
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

from quizzer.model import CardEvent, Decision, Fact, Review
from quizzer.storage import holdings
from quizzer.storage.store import SqliteStore
from quizzer.storage.sync import sync

MACHINES = 3
REVIEWS = 2000
CARDS = 150
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = START + timedelta(days=365)
SYNC_EVERY = 20
"""Reviews."""


def facts_of(machine: int, reviews: int) -> Iterator[Fact]:
    """What the machine's learner does: every tenth answer is overruled, every twentieth undone."""
    draw = random.Random(machine)
    for number in range(reviews):
        at = START + timedelta(minutes=30 * number + machine, seconds=draw.randint(0, 59))
        card, stem = f"deck/{draw.randrange(CARDS)}", f"{machine:04x}{number:04x}-0000-7000-8000-00000000"
        quality = draw.randint(0, 5)
        review = Review(
            id=f"{stem}0000", device_id=f"machine-{machine}", card=card, card_digest="", session_id="session",
            player="", at=at, utc_offset_minutes=60, answer=f"what machine {machine} says, {number}", score=quality / 5,
            verdict="pass" if quality >= 3 else "fail", quality=quality, points_made=("one",), points_missed=("two",),
            flags=(), grader="none", latency_ms=900, mode="study",
        )  # fmt: skip
        yield review
        later = at + timedelta(seconds=70)
        if number % 10 == 5:
            yield Decision(f"{stem}0001", review.device_id, later, review.id, draw.randint(0, 5), "learner")
        if number % 20 == 10:
            yield CardEvent(f"{stem}0002", review.device_id, later, card, "void", review.id)


def study(home: Path, folder: Path, machine: int, reviews: int) -> None:
    """Be a machine: do what is not done yet, and synchronize; may be killed at any moment."""
    store = SqliteStore(home / "quizzer.db")
    tables = ("reviews", "decisions", "events")
    done = {row[0] for table in tables for row in store.connection.execute(f"select id from {table}")}
    since = 0
    for fact in facts_of(machine, reviews):
        if fact.id in done:
            continue
        if isinstance(fact, Review):
            store.record(fact, None)
            since += 1
        elif isinstance(fact, Decision):
            store.decide(fact)
        else:
            store.add_event(fact)
        if since == SYNC_EVERY:
            sync(store, folder, at=NOW)
            since = 0
    sync(store, folder, at=NOW)
    store.close()


class Exchange:
    """The tool that copies files between the machines' folders, well or badly."""

    def __init__(self, folders: Sequence[Path], seed: int) -> None:
        self.folders = folders
        self.draw = random.Random(seed)

    def copy_some(self) -> None:
        """One file from one folder to another: whole, half, or as a conflict copy."""
        origin, target = self.draw.sample(self.folders, 2)
        files = sorted(origin.glob("*.jsonl"))
        if files:
            self._copy(self.draw.choice(files), target, self.draw.choice(("whole", "whole", "half", "conflict")))

    def copy_all(self) -> None:
        """Every file to every folder, in random order of folders."""
        pairs = list(permutations(self.folders, 2))
        self.draw.shuffle(pairs)
        for origin, target in pairs:
            for file in sorted(origin.glob("*.jsonl")):
                self._copy(file, target, "whole")

    def _copy(self, file: Path, target: Path, how: str) -> None:
        there = target / file.name
        if how == "conflict":
            there = target / f"{file.stem.split(' (')[0]} (conflicted copy).jsonl"
        content = file.read_bytes()
        if how == "half":
            content = content[: self.draw.randint(0, len(content))]
        # A tool never takes an older version for a newer one.
        if not there.exists() or there.stat().st_size < len(content):
            there.write_bytes(content)


def run_killed(programs: Sequence[list[str]], exchange: Exchange, draw: random.Random) -> int:
    """Run machines at the same time to their ends, killing each again and again while files are exchanged; how often.

    Raises:
        AssertionError: one of them failed.
    """
    kills = 0
    lives: dict[int, tuple[subprocess.Popen[bytes], float]] = {}
    waiting = set(range(len(programs)))
    try:
        while waiting:
            for number in sorted(waiting):
                if number not in lives:
                    # Each life a little longer, so that also a slow machine gets to its end.
                    until = time.monotonic() + draw.uniform(0.3, 1.5) * (1 + kills / 30)
                    lives[number] = subprocess.Popen(programs[number]), until
                process, until = lives[number]
                if process.poll() is None and time.monotonic() > until:
                    process.kill()
                    process.wait()
                    kills += 1
                    del lives[number]
                elif process.returncode == 0:
                    waiting.remove(number)
                elif process.returncode is not None:
                    raise AssertionError(f"{programs[number]} ended with {process.returncode}")
            exchange.copy_some()
            time.sleep(0.02)
    finally:
        for process, _ in lives.values():
            process.kill()
            process.wait()
    return kills


def simulate(root: Path, *, reviews: int, seed: int, machines: int = MACHINES) -> tuple[int, int]:
    """Let *machines* study *reviews* each; (facts of each in the end, kills).

    Raises:
        AssertionError: they do not hold the same, or a fact is missing or doubled.
    """
    draw = random.Random(seed)
    homes = [root / f"home{number}" for number in range(machines)]
    folders = [root / f"folder{number}" for number in range(machines)]
    for folder in folders:
        folder.mkdir(parents=True)
    exchange = Exchange(folders, seed)
    programs = [
        [sys.executable, "-m", "benchmarks.sync", "study", str(home), str(folder), str(number), str(reviews)]
        for number, (home, folder) in enumerate(zip(homes, folders, strict=True))
    ]
    kills = run_killed(programs, exchange, draw)
    order = list(range(machines))
    stores = [SqliteStore(home / "quizzer.db") for home in homes]
    while True:
        exchange.copy_all()
        draw.shuffle(order)
        moved = [sync(stores[number], folders[number], at=NOW) for number in order]
        if not any(done.new or done.written for done in moved):
            break
    expected = Counter(fact.id for number in range(machines) for fact in facts_of(number, reviews))
    verify(stores, expected)
    for store in stores:
        store.close()
    return expected.total(), kills


def verify(stores: Sequence[SqliteStore], expected: Counter[str]) -> None:
    """Check that every store holds the *expected* facts, once each, and the same schedules.

    Raises:
        AssertionError: it does not; says what.
    """
    schedules = []
    for store in stores:
        if damage := store.integrity():
            raise AssertionError(f"{store.path}: {damage}")
        held = Counter(data["id"] for data in holdings.objects(store.connection) if "id" in data)
        if held != expected:
            raise AssertionError(f"{store.path}: lost {expected - held}, too many {held - expected}")
        schedules.append(store.connection.execute("select * from schedules order by card").fetchall())
    if any(other != schedules[0] for other in schedules):
        raise AssertionError("the schedules differ")


def main() -> None:
    """Simulate, and say what was found; then how long synchronizing takes when there is nothing new."""
    with tempfile.TemporaryDirectory() as root:
        facts, kills = simulate(Path(root), reviews=REVIEWS, seed=1)
        print(
            f"{MACHINES} machines, {REVIEWS} answers each, {kills} kills: {facts} facts on each, none lost or doubled,"
        )
        print("schedules equal")
        store = SqliteStore(Path(root) / "home0" / "quizzer.db")
        began = time.process_time()
        sync(store, Path(root) / "folder0", at=NOW)
        seconds = time.process_time() - began
        print(f"synchronizing again, with nothing new: {seconds:.2f} s of CPU ({seconds / facts * 1e6:.0f} us a fact)")
        store.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["study"]:
        study(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
