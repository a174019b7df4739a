"""`quizzer config`: what is configured, and where."""

from __future__ import annotations

import dataclasses

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.config import Config, describe_keys


@click.command("config", short_help="Show the configuration and where it is.")
@reports("config")
def config() -> Result:
    """Show every setting, its value, and the file to change it in.

    \b
    Examples:
      quizzer config
      quizzer config --json
    """
    places = compose.paths()
    current = compose.config()
    values = {field.name: getattr(current, field.name) for field in dataclasses.fields(Config)}
    rows = {
        name: [str(item) for item in value] if isinstance(value, tuple) else value for name, value in values.items()
    }
    exists = places.config_file.exists()
    data = {"file": str(places.config_file), "exists": exists, "settings": rows}
    lines = [f"configuration file: {places.config_file}" + ("" if exists else " (not there; the defaults hold)"), ""]
    for name, meaning in describe_keys().items():
        shown = rows[name] if rows[name] not in ("", []) else "(none)"
        lines.append(f"{name} = {shown}")
        lines.append(f"    {meaning}")
    lines += ["", "To change a setting, write it into that file, for example:", "", "    new_per_day = 5"]
    return Result(data, "\n".join(lines))
