"""`quizzer schedule`: why cards come back when they do, and which scheduler knows you best."""

from __future__ import annotations

import click

from quizzer.cli.main import Commands, LazyGroup

TABLE: Commands = {
    "explain": ("quizzer.cli.schedule_explain:explain", "Show what every answer did to a card's schedule."),
    "compare": ("quizzer.cli.schedule_compare:compare", "Compare SM-2 and FSRS on your own answers."),
}


@click.command("schedule", cls=LazyGroup, table=TABLE, short_help="Explain and compare schedules.")
def schedule() -> None:
    """Explain when cards come back, and compare the schedulers on your own answers.

    \b
    Example:
      quizzer schedule explain bert/bert-02
    """
