"""What an edit of a text is, and why one may not be made."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Edit(NamedTuple):
    """*text* instead of what stands from *start* to *end*."""

    start: int
    end: int
    text: str


class Care(Enum):
    """What is done lest a comment that is indented deeply becomes part of a block scalar above it."""

    NONE = 0
    NO_BLOCKS = 1
    MOVE_COMMENTS = 2


class CannotEdit(Exception):
    """The text is laid out in a way that is not edited here; *position* is where, if that is known."""

    def __init__(self, position: int | None, reason: str) -> None:
        """*reason* is for the user."""
        super().__init__(reason)
        self.position = position
        self.reason = reason
