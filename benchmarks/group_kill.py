"""Kills the host of a live session 200 times at random moments, and checks that nothing which was told is lost.

Each game is played by a host's client and five players who try again until they are told that it worked; after each
game the log must hold every acknowledged answer, and the scores must be those of the same game without a kill.

Run: python -m benchmarks.group_kill [KILLS]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.group.killing import kill

KILLS = 200
LONGEST_SECONDS = 1.5


def main() -> None:
    """Kill, and say what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as folder:
        games = asyncio.run(kill(Path(folder), kills=kills, seed=1, longest_seconds=LONGEST_SECONDS))
    print(f"{kills} kills in {games} games: every acknowledged answer kept, scores as without a kill")


if __name__ == "__main__":
    main()
