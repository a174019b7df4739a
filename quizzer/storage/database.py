"""The database file: opened, brought to the newest schema, and asked whether its schedules are up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from quizzer.scheduling.rules import Rules
from quizzer.storage.connection import BUSY_TIMEOUT_SECONDS, connect, translated, use_write_ahead_log
from quizzer.storage.migrations import migrate, schema_version

# The log is append-only, so a table's highest number is its count.
FACTS = (
    "select coalesce((select max(number) from reviews), 0) + coalesce((select max(number) from decisions), 0) "
    "+ coalesce((select max(number) from events), 0)"
)


class Database:
    """An open quizzer database; enough for counting, without the types of the log."""

    def __init__(self, path: Path, *, rules: Rules | None = None, busy_seconds: float = BUSY_TIMEOUT_SECONDS) -> None:
        """Open *path*, made where it is missing, brought to the newest schema where it is older.

        *rules*: what its schedules are to be made by; the defaults where none are given.

        Raises:
            StorageError: the narrowest class for what is wrong with the file.
        """
        self.path = path
        self.rules = rules or Rules()
        with translated(path):
            self.connection: sqlite3.Connection = connect(path, busy_seconds=busy_seconds)
            try:
                schema_version(self.connection, path)  # refuses another program's file before anything is changed in it
                use_write_ahead_log(self.connection, busy_seconds=busy_seconds)
                migrate(self.connection, path)
                self.in_doubt = not self.current()
                """Whether, when the file was opened, the schedules might not say what the log says."""
            except BaseException:
                self.connection.close()
                raise

    def current(self) -> bool:
        """Whether the schedules were made by these rules from all facts of the log, and none was taken away."""
        made_from = (self.meta("facts_applied"), self.meta("schedules_missing"), self.meta("rules"))
        facts = self.connection.execute(FACTS).fetchone()[0]
        return made_from == (facts, 0, self.rules.stamp)

    def meta(self, key: str) -> Any:  # a text or a number, by key
        """The value under *key* in the table ``meta``."""
        row = self.connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def aliases(self) -> dict[str, str]:
        """Former card key -> card key now, as the schedules know them."""
        with translated(self.path):
            return dict(self.connection.execute("select alias, card from aliases").fetchall())

    def close(self) -> None:
        """Release the file."""
        self.connection.close()
