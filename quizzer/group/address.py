"""Where a session was last served, so that after a crash it is found there again by those who were in it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from quizzer.errors import MessageRefused
from quizzer.group.reading import read_as

SUFFIX = ".address"


@dataclass(frozen=True, slots=True)
class Address:
    """The port, and where in the local network it could be reached: nowhere, unless the host had let it in."""

    port: int
    lan: tuple[str, ...] = ()


def remember(journal: Path, address: Address) -> None:
    """Keep *address* beside the session's log; without it, a session is only harder to find again."""
    with suppress(OSError):
        handle = os.open(journal.with_suffix(SUFFIX), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(address), file)


def remembered(journal: Path) -> Address | None:
    """What was kept last; None where there is nothing of use."""
    try:
        found = read_as(Address, json.loads(journal.with_suffix(SUFFIX).read_text()))
    except (OSError, ValueError, MessageRefused):
        return None
    return found if 0 < found.port < 65536 else None
