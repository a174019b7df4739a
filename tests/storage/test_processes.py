"""Several processes on one database at the same time."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

from quizzer.storage.store import SqliteStore

SESSION = textwrap.dedent("""
    import sys
    from datetime import timedelta
    from pathlib import Path
    from quizzer.storage.store import SqliteStore
    from tests.factories import START, review
    worker = int(sys.argv[2])
    store = SqliteStore(Path(sys.argv[1]))
    for turn in range(20):
        number = 100 * worker + turn
        fact = review(number, id=store.new_id(START), at=START + timedelta(hours=7 * turn + worker),
                      card=f"deck/{turn % 3}", quality=number % 6)
        store.record(fact, store.schedulers.advance(store.schedule(fact.card), fact))
    store.close()
""")


def test_sessions_at_the_same_time_lose_nothing(path: Path) -> None:
    """Four windows open on a first start: every answer is there once, and the schedules follow from the log."""
    program = [sys.executable, "-c", SESSION, str(path)]
    root = Path(__file__).parents[2]
    sessions = [
        subprocess.Popen([*program, str(worker)], cwd=root, stderr=subprocess.PIPE, text=True) for worker in range(4)
    ]
    for session in sessions:
        _, complaints = session.communicate()
        assert session.returncode == 0, complaints
    store = SqliteStore(path)
    assert store.connection.execute("select count(*) from reviews").fetchone()[0] == 80
    assert store.integrity() == []
    assert store.database.current()
    store.close()
