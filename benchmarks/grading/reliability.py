"""The section that holds scores against the share of answers which people accept, and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import vl_convert

from benchmarks.grading.marked import NAMES, Array, accepted
from benchmarks.grading.measures import Bin, reliability, scores
from benchmarks.grading.tables import number, table

if TYPE_CHECKING:
    from benchmarks.grading.run import Run  # torch

PICTURE = Path(__file__).parents[2] / "docs" / "grading-reliability.svg"

FEWEST = 20
"""Answers; a point of the curve that stands on fewer is not drawn."""

INK, LINE = "#7a7a7a", "#7a7a7a55"
COLOURS = {"Mohler": "#2f81c9", "Beetle": "#c8641b", "SciEntsBank": "#2a9461"}
"""Half way between white and black: as clear on a dark page as on a light one (4:1 at least on both)."""

Curves = dict[str, list[Bin]]


def section(run: Run) -> str:
    """The table; the picture is written beside it."""
    score = scores(run.grades)
    curves = corpus_curves(run.corpus, run.mark, score)
    rows = [
        [f"{low / 10:.1f} - {low / 10 + 0.1:.1f}", *(cell for bins in curves.values() for cell in _cells(bins, low))]
        for low in range(10)
    ]
    text = table(["score", *(part for name in curves for part in (name, "n"))], rows)
    if run.picture is None:
        return text
    run.picture.write_text(picture(curves), "utf-8")
    return f"{text}\n\nThe picture is in {run.picture}."


def corpus_curves(corpus: Array, mark: Array, score: Array) -> Curves:
    """The curve of each corpus, by its name in print."""
    people = accepted(corpus, mark)
    return {name: reliability(score[corpus == own], people[corpus == own]) for own, name in NAMES.items()}


def _cells(bins: list[Bin], low: int) -> list[str]:
    found = next((one for one in bins if round(one.low * 10) == low), None)
    return [number(found.accepted, 2), str(found.count)] if found else ["-", "0"]


def picture(curves: Curves) -> str:
    """The curves as SVG, with the diagonal on which a score is the share."""
    axis = {
        "labelColor": INK, "titleColor": INK, "gridColor": LINE, "domainColor": INK, "tickColor": INK,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "values": list(np.arange(0, 1.01, 0.2)),
        "format": ".1f",
    }  # fmt: skip

    def channel(field: str, title: str) -> dict[str, Any]:  # a part of a Vega-Lite specification, which is JSON
        return {"field": field, "type": "quantitative", "title": title, "scale": {"domain": [0, 1]}, "axis": axis}

    position = {"x": channel("score", "score"), "y": channel("accepted", "share that people accept")}
    key = {
        "field": "corpus", "type": "nominal",
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
        "legend": {"labelColor": INK, "title": None, "labelFontSize": 12, "orient": "top", "symbolType": "circle"},
    }  # fmt: skip
    points = [
        {"corpus": name, "score": one.score, "accepted": one.accepted}
        for name, bins in curves.items()
        for one in bins
        if one.count >= FEWEST
    ]
    spec = {
        "width": 420, "height": 420, "background": None, "config": {"view": {"stroke": None}},
        "layer": [
            {"data": {"values": [{"score": 0, "accepted": 0}, {"score": 1, "accepted": 1}]},
             "mark": {"type": "line", "color": INK, "strokeDash": [4, 4]}, "encoding": position},
            {"data": {"values": points},
             "mark": {"type": "line", "strokeWidth": 2.5, "point": {"filled": True, "size": 50}},
             "encoding": position | {"color": key}},
        ],
    }  # fmt: skip
    return str(vl_convert.vegalite_to_svg(spec))
