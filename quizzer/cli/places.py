"""Paths as one types them."""

from __future__ import annotations

from pathlib import Path


def shown(path: str) -> str:
    """*path* as one types it from here, where it lies below the current folder."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return path  # the current folder was deleted
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
