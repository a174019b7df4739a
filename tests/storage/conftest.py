"""A store on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizzer.storage.store import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is, in a folder that does not exist yet."""
    return tmp_path / "home" / "quizzer.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path)
    yield opened
    opened.close()
