"""Ten thousand random sessions through the rules: whatever is asked in whatever order, what must hold holds."""

from __future__ import annotations

import pytest

from tests.group.random_games import check, play

SEQUENCES, PARTS = 10_000, 10


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_asked_the_rules_hold(part: int) -> None:
    """Scores are sums of what was awarded and what the log says, no event counts twice, nobody is in two teams.

    And what is decided can always happen, a log replayed gives the same state, a kicked player is nowhere left.
    """
    for seed in range(part * SEQUENCES // PARTS, (part + 1) * SEQUENCES // PARTS):
        check(play(seed))
