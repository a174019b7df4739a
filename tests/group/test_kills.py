"""The host is killed at random moments; the benchmark does the same more often."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.group.killing import kill


def test_a_host_that_is_killed_again_and_again_ends_with_the_same_scores(tmp_path: Path) -> None:
    """Whatever moment it is, resuming brings everything back that anybody was told."""
    assert asyncio.run(kill(tmp_path, kills=10, seed=5, longest_seconds=1.5)) >= 1
