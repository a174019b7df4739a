"""Today's plan in a file that may be deleted: it is made once a day, and read by every command that counts or asks."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from quizzer.scheduling.plan import Limits, Load, Plan, Planned


def load(path: Path, stamp: str) -> Plan | None:
    """The plan kept in *path* under this *stamp*; None where there is none, or another."""
    try:
        kept = json.loads(path.read_bytes())
        return _plan(kept["plan"]) if kept["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it is only a cache


def save(path: Path, stamp: str, plan: Plan) -> None:
    """Keep *plan*; where that cannot be, it is made again the next time."""
    text = json.dumps({"stamp": stamp, "plan": dataclasses.asdict(plan)}, default=date.isoformat)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        return


def _plan(data: Any) -> Plan:  # a JSON object
    day = date.fromisoformat
    cards = tuple(
        Planned(
            card["card"], card["new"], tuple(map(day, card["days"])), card["now"], card["recall"],
            tuple(None if next_day is None else day(next_day) for next_day in card["next_days"]),
        )
        for card in data["cards"]
    )  # fmt: skip
    loads = tuple(Load(day(load["day"]), load["new"], load["reviews"]) for load in data["load"])
    return Plan(day(data["today"]), day(data["by"]), Limits(**data["limits"]), cards, loads)
