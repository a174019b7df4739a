"""Tables in Markdown, for the terminal and for the docs alike."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table, its columns padded: the first to the left, the others to the right."""
    lines = [headers, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]

    def spelt(line: Sequence[str]) -> str:
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        return f"| {' | '.join(cells)} |"

    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([spelt(headers), spelt(rule), *map(spelt, rows)])


def number(value: float, digits: int = 3) -> str:
    """*value* without the zero before the point; a dash where there is none."""
    if isnan(value):
        return "-"
    return f"{value:.{digits}f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.{digits}f}"


def percent(value: float, digits: int = 0) -> str:
    """A share as per cent; a dash where there is none."""
    return "-" if isnan(value) else f"{100 * value:.{digits}f} %"
