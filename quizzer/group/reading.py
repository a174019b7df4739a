"""Reads what a host sends into the types of a room: whatever else it may be is refused."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, TypeVar

import cattrs

from quizzer.errors import MessageRefused

T = TypeVar("T")


@functools.cache
def _converter() -> cattrs.Converter:
    return cattrs.Converter()


def read_as(kind: type[T], value: Mapping[str, Any]) -> T:
    """*value*, JSON, as a *kind*; what it has besides is left out.

    Raises:
        MessageRefused: it is none.
    """
    try:
        return _converter().structure(value, kind)
    except (cattrs.BaseValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise MessageRefused(f"the host sent a {kind.__name__.lower()} that this version does not know") from error
