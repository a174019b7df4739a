"""CPU time of `quizzer` alone (today at a glance, then the first question) against `quizzer study`, which only asks.

Run: python -m benchmarks.today
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.first_question import write_decks
from benchmarks.timing import Program, compile_everything, medians, row

PROGRAM = "from quizzer.cli.main import main; main()"
CARDS = 10_000
DAYS = 60


def study_for_weeks(home: Path, keys: list[str], *, at: datetime) -> int:
    """Answers to half of *keys* on each of the last days in turn, each card every other week; how many they are."""
    from quizzer.model import Review
    from quizzer.storage.store import SqliteStore

    store = SqliteStore(home / "quizzer.db")
    facts = []
    for days_ago in range(DAYS, 0, -1):
        for number, key in enumerate(keys[days_ago % 14 : len(keys) // 2 : 14]):
            when = at - timedelta(days=days_ago) + timedelta(seconds=60 * number)
            facts.append(
                Review(
                    id=store.new_id(when),
                    device_id=store.device_id,
                    card=key,
                    card_digest="",
                    session_id=str(days_ago),
                    player="",
                    at=when,
                    utc_offset_minutes=0,
                    answer="It does the work.",
                    score=0.9,
                    verdict="pass",
                    quality=4,
                    points_made=(),
                    points_missed=(),
                    flags=(),
                    grader="benchmark",
                    latency_ms=30_000,
                    mode="study",
                )
            )
    store.merge(facts)
    store.close()
    return len(facts)


def main() -> None:
    """Print the CPU times and their ratio."""
    compile_everything()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        answers = study_for_weeks(home, write_decks(home / "decks", CARDS), at=datetime.now(UTC))
        print(f"CPU time, median of 9 runs; {CARDS} cards, {answers} answers on {DAYS} days")
        environment = {"QUIZZER_HOME": str(home)}
        program = [sys.executable, "-c", PROGRAM]
        study = Program("quizzer study", [*program, "study", "--plain"], environment, home)
        today = Program("quizzer", program, environment, home)
        due = Program("quizzer due --json", [*program, "due", "--json"], environment, home)
        base, page, counted = medians([study, today, due], runs=9)
        print(row(study.name, base, base, target=1))
        print(row(today.name, page, base, target=1.2))
        print(row(due.name, counted, base, target=1.2))


if __name__ == "__main__":
    main()
