"""`quizzer config`: what is configured, and where."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.settings import DECK_TABLE, KEYS


@click.command("config", short_help="Show the configuration and where it is.")
@reports("config")
def config() -> Result:
    """Show every setting, its value, and the file to change it in.

    Some settings may differ for one deck: they stand under [deck.ID], where ID is the deck's id.

    \b
    Examples:
      quizzer config
      quizzer config --json
    """
    places = compose.paths()
    current = compose.config()
    values = {name: _shown(value) for name, value in current._asdict().items()}
    exists = places.config_file.exists()
    data = {"file": str(places.config_file), "exists": exists, "settings": values}
    lines = [f"configuration file: {places.config_file}" + ("" if exists else " (not there; the defaults hold)"), ""]
    for name, key in KEYS.items():
        lines += [f"{name} = {_text(values[name])}", f"    {key.meaning}"]
    for deck_id, table in current.deck.items():
        lines += ["", f"[{DECK_TABLE}.{deck_id}]", *(f"{name} = {_text(value)}" for name, value in table.items())]
    own = ", ".join(name for name, key in KEYS.items() if key.per_deck)
    lines += ["", "To change a setting, write it into that file, for example:", "", "    new_per_day = 5"]
    lines += ["", *textwrap.wrap(f"One deck may have its own {own}:", 100)]
    lines += ["", f"    [{DECK_TABLE}.bert]", '    scheduler = "fsrs"']
    return Result(data, "\n".join(lines))


def _shown(value: object) -> Any:  # a JSON value
    if isinstance(value, Mapping):
        return {name: _shown(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [item if isinstance(item, float) else str(item) for item in value]
    return value


def _text(value: object) -> str:
    return str(value) if value not in ("", [], (), None) else "(none)"
