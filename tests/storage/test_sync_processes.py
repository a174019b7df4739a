"""Machines as processes that are killed while they study and synchronize: a small run of ``benchmarks.sync``."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.sync import simulate


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_machines_come_to_one_state(tmp_path: Path, seed: int) -> None:
    """Through files that arrive late, by halves or as conflict copies: no fact lost or doubled, schedules equal."""
    facts, _ = simulate(tmp_path, reviews=40, seed=seed)
    assert facts == 3 * (40 + 4 + 2)
