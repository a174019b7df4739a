"""The charts of reports: Vega-Lite specifications, drawn to SVG by vl-convert, in CSS variables as colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from quizzer.reports.page import Drawing
from quizzer.text import REPLACEMENT, printable

WIDE, NARROW = 690, 340
"""Widths in CSS pixels: on paper or a screen, and on a phone; the page shows one of the two."""

Spec = dict[str, Any]  # a Vega-Lite specification, which is JSON

_CELL = 12
_MARGIN = 34
_LONGEST_LABEL = 80
_SURELY_SHOWN = 12
"""So many characters are narrower than any limit of a label, however wide they are."""
_CONFIG: Spec = {
    # The page gives every drawing its own text; a label on each of four hundred squares would only be noise.
    "aria": False,
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--quiet)", "titleColor": "var(--quiet)", "labelFontSize": 12, "titleFontSize": 12,
        "titleFontWeight": "normal", "gridColor": "var(--line)", "domainColor": "var(--line)",
        "tickColor": "var(--line)", "labelFlush": False, "labelPadding": 6,
    },
    "legend": {"labelColor": "var(--quiet)", "labelFontSize": 12, "title": None},
    "bar": {"color": "var(--series)"},
    "point": {"color": "var(--strong)", "filled": True, "opacity": 1},
    "rule": {"color": "var(--series)"},
    "text": {"color": "var(--quiet)", "fontSize": 12},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share from 0 to 1 with the range in which it may truly lie, and its counts in words."""

    label: str
    ratio: float
    low: float
    high: float
    counts: str


def columns(
    values: Sequence[tuple[date, float]], *, unit: str, most: float = 0, narrow_days: int | None = None
) -> Drawing:
    """A column a day; on a phone only the last *narrow_days*. *unit* names the axis; a column above *most* is cut."""

    def spec(width: int) -> Spec:
        shown = values if width == WIDE or narrow_days is None else values[-narrow_days:]
        days = [day.isoformat() for day, _ in shown]
        step = max(1, round(len(days) / (width / 80)))
        top = ceil(most or max((value for _, value in shown), default=0)) or 1
        axis = {"values": days[::step], "labelExpr": _DAY_LABEL, "labelAngle": 0, "title": None, "ticks": False}
        return {
            "width": width, "height": 150, "autosize": {"type": "fit", "contains": "padding"},
            "data": {"values": [{"day": day.isoformat(), "value": min(value, top)} for day, value in shown]},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {"field": "day", "type": "ordinal", "axis": axis, "scale": {"paddingInner": 0.2}},
                "y": {"field": "value", "type": "quantitative", "scale": {"domain": [0, top], "nice": True},
                      "axis": {"title": _label(unit), "tickCount": min(4, top), "format": ",d", "domain": False,
                               "ticks": False}},
            },
        }  # fmt: skip

    return _drawn(spec)


def calendar(counts: dict[date, int], *, today: date, bounds: Sequence[int]) -> Drawing:
    """A square a day, a column a week up to *today*; the shade says how many of the four *bounds* are reached."""
    labels = ["0", *(_span(low, high) for low, high in zip(bounds, [*bounds[1:], None], strict=True))]

    def spec(width: int) -> Spec:
        weeks = (width - _MARGIN) // _CELL
        monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
        days = [monday + timedelta(days=number) for number in range((today - monday).days + 1)]
        starts = [day for day in days if day.weekday() == 0 and day.day <= 7 and day < today - timedelta(days=14)]
        return {
            "width": {"step": _CELL}, "height": {"step": _CELL},
            "data": {"values": [
                {"week": (day - timedelta(days=day.weekday())).isoformat(), "weekday": day.weekday(),
                 "level": labels[sum(counts.get(day, 0) >= bound for bound in bounds)]}
                for day in days
            ]},
            "mark": {"type": "rect", "cornerRadius": 2},
            "encoding": {
                "x": {"field": "week", "type": "ordinal", "scale": {"paddingInner": 0.16, "paddingOuter": 0},
                      "axis": {"values": [day.isoformat() for day in starts], "labelExpr": _MONTH_LABEL,
                               "orient": "top", "labelAngle": 0, "labelAlign": "left", "labelOverlap": True,
                               "title": None, "ticks": False, "domain": False}},
                "y": {"field": "weekday", "type": "ordinal", "scale": {"paddingInner": 0.16, "paddingOuter": 0,
                                                                      "domain": list(range(7))},
                      "axis": {"values": [0, 2, 4], "labelExpr": "['Mon', '', 'Wed', '', 'Fri'][datum.value]",
                               "title": None, "ticks": False, "domain": False}},
                "color": {"field": "level", "type": "nominal", "sort": labels,
                          "scale": {"domain": labels, "range": [f"var(--heat-{level})" for level in range(5)]},
                          "legend": {"orient": "bottom", "direction": "horizontal", "symbolType": "square"}},
            },
        }  # fmt: skip

    return _drawn(spec)


def shares(rows: Sequence[ShareRow]) -> Drawing:
    """A line of its own for each share: a dot on the range in which it may truly lie, its counts beside it."""

    values = [
        {"row": number, "label": _label(row.label), "ratio": row.ratio, "low": row.low, "high": row.high,
         "counts": _label(row.counts)}
        for number, row in enumerate(rows)
    ]  # fmt: skip

    def spec(width: int) -> Spec:
        beside = width == WIDE
        percent = {"title": None, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "domain": False, "ticks": False}
        across = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": percent}
        names = {"title": None, "ticks": False, "domain": False, "labelLimit": 200, "labelColor": "var(--ink)",
                 "labelExpr": "data('rows')[datum.value].label"}  # fmt: skip
        # On a phone there is no room beside the line: the name stands above it.
        above = {"mark": {"type": "text", "align": "left", "dx": 4, "dy": -16, "limit": NARROW - 20,
                          "color": "var(--ink)"},
                 "encoding": {"x": {"value": 0}, "text": {"field": "label"}}}  # fmt: skip
        return {
            "width": 400 if beside else NARROW - 110, "height": (30 if beside else 48) * len(rows),
            "padding": {"left": 26 if beside else 12, "top": 5, "bottom": 5, "right": 0},
            "data": {"name": "rows", "values": values},
            "encoding": {"y": {"field": "row", "type": "ordinal", "axis": names if beside else None}},
            "layer": [
                {"mark": {"type": "rule", "strokeWidth": 5, "strokeCap": "round", "opacity": 0.45},
                 "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}}},
                {"mark": {"type": "point", "size": 70}, "encoding": {"x": {**across, "field": "ratio"}}},
                {"mark": {"type": "text", "align": "left", "dx": 12, "baseline": "middle"},
                 "encoding": {"x": {"value": "width"}, "text": {"field": "counts"}}},
                *([] if beside else [above]),
            ],
        }  # fmt: skip

    return _drawn(spec)


# Days are written, not counted: a time zone must not move them.
_DAY_LABEL = "utcFormat(utcParse(datum.value, '%Y-%m-%d'), '%-d %b')"
_MONTH_LABEL = "utcFormat(utcParse(datum.value, '%Y-%m-%d'), '%b')"


def _span(low: int, high: int | None) -> str:
    """The counts from *low* up to, and without, *high*."""
    if high is None:
        return f"{low} or more"
    return f"{low}-{high - 1}" if high - 1 > low else str(low)


def _label(text: str) -> str:
    """*text* on one line, without what XML cannot hold: Vega's engine aborts the whole process over it."""
    line = " ".join(printable(text).split()).replace("\ufffe", REPLACEMENT).replace("\uffff", REPLACEMENT)
    if len(line) > _SURELY_SHOWN:
        # Where Vega shortens a label it counts in halves of such a character, and fails on the half that it leaves.
        line = "".join(character if character <= "\uffff" else REPLACEMENT for character in line)
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL]}..."


def _drawn(spec: Callable[[int], Spec]) -> Drawing:
    import vl_convert  # half a second of starting Vega's engine

    wide, narrow = (
        vl_convert.vegalite_to_svg({**spec(width), "config": _CONFIG}, allowed_base_urls=[]) for width in (WIDE, NARROW)
    )
    return Drawing(wide, narrow)
