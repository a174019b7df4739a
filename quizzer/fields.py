"""What a field of a file that somebody hands over may hold: checks that give the value back or say what it is not."""

from __future__ import annotations

import typing
from collections.abc import Callable


def one_of(literal: object) -> Callable[[object], str]:
    """A check for the words of a ``Literal``."""
    choices = typing.get_args(literal)

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(f"not one of {', '.join(choices)}")
        return value

    return check


def whole(low: int, high: int) -> Callable[[object], int]:
    """A check for whole numbers from *low* to *high*; true and false are none."""

    def check(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"not a whole number from {low} to {high}")
        return value

    return check


def score(value: object) -> float:
    """A number from 0 to 1; NaN is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("not a number from 0 to 1")
    return float(value)
