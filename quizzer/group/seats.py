"""Seats that this user has in live sessions: what a terminal needs to come back as the same player."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path

from quizzer.group.holding import hold
from quizzer.group.names import folded
from quizzer.group.player import Keys
from quizzer.group.reading import read_as

MOST_KEPT = 50
"""Files; those of the oldest sessions go first."""

_CODE = re.compile(r"[A-Z0-9]{1,20}")


class SeatFile:
    """One seat on disk, held by this process as long as it sits there."""

    def __init__(self, path: Path, handle: int, keys: Keys) -> None:
        """Use `Seats`."""
        self.path, self._handle, self.keys = path, handle, keys

    def close(self) -> None:
        """Let another process sit there."""
        os.close(self._handle)


class Seats:
    """The seats in *folder*, one file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def free(self, code: str, name: str = "") -> SeatFile | None:
        """The latest seat in the session with this code where no other process sits: of that name, if one is given."""
        if not _CODE.fullmatch(code):
            return None
        found = sorted(self._folder.glob(f"{code}-p*.json"), key=_modified, reverse=True)
        for path in found:
            seat = _opened(path)
            if seat is not None:
                if not name or folded(seat.keys.name) == folded(name):
                    return seat
                seat.close()
        return None

    def keep(self, code: str, keys: Keys) -> SeatFile | None:
        """Remember *keys*; None where they cannot be kept: then the personal code is the way back."""
        if not _CODE.fullmatch(code) or not keys.player.isalnum():
            return None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{code}-{keys.player}.json"
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps(asdict(keys)).encode())
            hold(handle)
            self._forget_oldest()
        except OSError:
            return None
        return SeatFile(path, handle, keys)

    def _forget_oldest(self) -> None:
        for path in sorted(self._folder.glob("*.json"), key=_modified, reverse=True)[MOST_KEPT:]:
            path.unlink(missing_ok=True)


def _opened(path: Path) -> SeatFile | None:
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    seat: SeatFile | None = None
    try:
        if hold(handle):
            seat = SeatFile(path, handle, read_as(Keys, json.loads(os.read(handle, 10_000))))
    except (OSError, ValueError):
        return None  # a file that cannot be read is no seat to come back to
    finally:
        if seat is None:
            os.close(handle)
    return seat


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
