"""Calibration as a picture: what was predicted against what was remembered, in the terminal and as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from quizzer.cli.schedule_words import percent
from quizzer.scheduling.metrics import Bin

COLUMNS = 40
STEP = 10
"""Percent between two ticks of a scale."""
PREDICTED, REMEMBERED, BOTH = "|", "o", "*"

_SIDE, _MARGIN = 400, 56
_COLOURS = ("#b35900", "#0a6ebd", "#2e7d32", "#8e24aa")
_SHAPES = ("", "6 4", "2 3", "10 3 2 3")
"""Lines differ in their dashes too: colour is never the only signal."""
_STYLE = """<style>
text { font: 13px sans-serif; fill: #222 } .axis { stroke: #888; fill: none } .back { fill: #fff }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .back { fill: #16181d } }
</style>"""


def text_plot(title: str, bins: Sequence[Bin], *, lowest: float) -> list[str]:
    """Lines with one group of answers each, on a scale from *lowest* to 1."""
    left = percent(lowest)
    scale = f"{left}{'100 %':>{COLUMNS + 1 - len(left)}}"
    lines = [title, f"  predicted  remembered  answers  {scale}"]
    for group in bins:
        marks = [" "] * (COLUMNS + 1)
        places = [round((share - lowest) / (1 - lowest) * COLUMNS) for share in (group.predicted, group.remembered)]
        marks[places[0]] = PREDICTED
        marks[places[1]] = BOTH if places[0] == places[1] else REMEMBERED
        numbers = f"{percent(group.predicted):>11}{percent(group.remembered):>12}{group.answers:>9,}"
        lines.append(f"{numbers}  {''.join(marks)}".rstrip())
    return lines


def lowest_shown(calibrations: Sequence[Sequence[Bin]]) -> float:
    """Where a scale that has room for all of them begins."""
    least = min(min(group.predicted, group.remembered) for bins in calibrations for group in bins)
    return min(int(least * 100) // STEP * STEP, 100 - STEP) / 100


def svg_plot(calibrations: Mapping[str, Sequence[Bin]]) -> str:
    """A drawing of all *calibrations* (title -> bins): on the diagonal, as many were remembered as predicted."""
    lowest = lowest_shown(list(calibrations.values()))

    def place(share: float) -> float:
        return round((share - lowest) / (1 - lowest) * _SIDE, 1)

    legend_height = 24 * len(calibrations)
    width, height = _SIDE + 2 * _MARGIN, _SIDE + 2 * _MARGIN + legend_height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="predicted against remembered">',
        _STYLE,
        f'<rect class="back" width="{width}" height="{height}"/>',
        f'<path class="axis" d="M{_MARGIN} {_MARGIN}v{_SIDE}h{_SIDE}M{_MARGIN} {_MARGIN + _SIDE}l{_SIDE} -{_SIDE}"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN - 16}">remembered</text>',
        f'<text x="{_MARGIN + _SIDE}" y="{_MARGIN + _SIDE + 40}" text-anchor="end">predicted</text>',
    ]
    for tick in range(round(lowest * 100), 101, STEP):
        at = place(tick / 100)
        parts.append(f'<text x="{_MARGIN + at}" y="{_MARGIN + _SIDE + 20}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{_MARGIN - 8}" y="{_MARGIN + _SIDE - at + 4}" text-anchor="end">{tick} %</text>')
    for number, (title, bins) in enumerate(calibrations.items()):
        look = f'stroke="{_COLOURS[number]}" stroke-dasharray="{_SHAPES[number]}"'
        points = [(_MARGIN + place(group.predicted), _MARGIN + _SIDE - place(group.remembered)) for group in bins]
        parts.append(f'<polyline fill="none" stroke-width="2" {look} points="{_joined(points)}"/>')
        for (x, y), group in zip(points, bins, strict=True):
            told = f"{percent(group.predicted)} predicted, {percent(group.remembered)} of {group.answers:,} remembered"
            parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{_COLOURS[number]}"><title>{told}</title></circle>')
        y = _MARGIN + _SIDE + 64 + 24 * number
        parts.append(f'<path stroke-width="2" {look} d="M{_MARGIN} {y - 4}h40"/>')
        parts.append(f'<text x="{_MARGIN + 52}" y="{y}">{escape(title)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
