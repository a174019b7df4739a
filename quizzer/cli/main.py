"""The root command: a table of commands whose modules are imported only when they run."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from quizzer import __version__
from quizzer.cli.output import run

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Commands = Mapping[str, tuple[str, str]]
"""Command name -> (``module:attribute``, short help)."""

COMPLETE_VARIABLE = "_QUIZZER_COMPLETE"
"""Set by the scripts of `quizzer completion` when a shell asks what may stand on its command line."""

GARBAGE_THRESHOLD = 10_000
"""So many more containers made than freed until Python looks for garbage; its default is 700."""


class LazyGroup(click.Group):
    """A group that lists its commands from a table, so that ``--help`` imports none of them."""

    def __init__(self, *args: object, table: Commands, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own signature is checked by click
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Command names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module imported now."""
        if cmd_name not in self.table:
            return None
        module, attribute = self.table[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table's short helps instead of importing every command for its own."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short_help) for name, (_, short_help) in self.table.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name suggested when there is no such command."""
        name = args[0]
        if not name.startswith("-") and name not in self.table and not ctx.resilient_parsing:
            import difflib  # only for a mistyped command

            close = difflib.get_close_matches(name, self.table, n=1)
            suggestion = f"; did you mean {close[0]!r}?" if close else ""
            ctx.fail(f"no such command {name!r}{suggestion}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The commands and options that begin with *incomplete*, from the table: no command is imported for it."""
        from click.shell_completion import CompletionItem  # only when a shell asks

        commands = [CompletionItem(name, help=text) for name, (_, text) in self.table.items()
                    if name.startswith(incomplete)]  # fmt: skip
        return commands + click.Command.shell_complete(self, ctx, incomplete)


TABLE: Commands = {
    "study": ("quizzer.cli.study:study", "Study what is due, then new cards."),
    "mock": ("quizzer.cli.mock:mock", "Take a mock interview against the clock."),
    "host": ("quizzer.cli.host:host", "Host a live quiz: players join by phone, browser or terminal."),
    "join": ("quizzer.cli.join:join", "Join a live quiz in this terminal."),
    "party": ("quizzer.cli.party:party", "Play a quiz around one keyboard, in turns."),
    "group": ("quizzer.cli.group:group", "Show what became of live sessions."),
    "grade": ("quizzer.cli.grade:grade", "Grade an answer to a card, or JSON lines."),
    "due": ("quizzer.cli.due:due", "Count what is due, for a prompt or a status bar."),
    "plan": ("quizzer.cli.plan:plan", "Be ready by a date: daily load and expected recall."),
    "card": ("quizzer.cli.card:card", "Show a card, its history, and change its schedule."),
    "schedule": ("quizzer.cli.schedule:schedule", "Explain and compare schedules."),
    "stats": ("quizzer.cli.stats:stats", "Show progress: due, retention, streak, topics."),
    "deck": ("quizzer.cli.deck:deck", "List, check and maintain decks."),
    "import": ("quizzer.cli.import_command:import_", "Import questions into decks."),
    "export": ("quizzer.cli.export_command:export", "Export decks to other formats."),
    "backup": ("quizzer.cli.backup:backup", "Back up everything that you have answered."),
    "sync": ("quizzer.cli.sync:sync", "Unite what you answered on several machines, through a folder."),
    "restore": ("quizzer.cli.restore:restore", "List the backups, and put one in the database's place."),
    "doctor": ("quizzer.cli.doctor:doctor", "Check the installation, the database and the decks."),
    "model": ("quizzer.cli.model:model", "Show, prepare and fetch models."),
    "config": ("quizzer.cli.config_command:config", "Show the configuration and where it is."),
    "completion": ("quizzer.cli.completion:completion", "Print the completion script of a shell."),
}


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"quizzer {__version__}")
        context.exit()


@click.command(
    cls=LazyGroup,
    table=TABLE,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
@click.option("--debug", is_flag=True, expose_value=False, help="Print a traceback when something fails.")
@click.pass_context
def root(context: click.Context) -> None:
    """Learn to answer interview questions in your own words.

    You type an answer; quizzer grades it by meaning, on this machine, shows what you missed, and brings the
    question back when you are about to forget it. Without a command, quizzer shows today at a glance; Enter starts.

    \b
    Examples:
      quizzer                     what today has, then study it
      quizzer study bert --new 5  at most five new questions of one deck
      quizzer deck check my.yaml  everything that is wrong with a deck
    """
    if context.invoked_subcommand is None:
        from quizzer.cli.today import today  # the parts of a session

        today()


def main() -> None:
    """Run the program and exit with its code."""
    if asked := os.environ.get(COMPLETE_VARIABLE):
        from quizzer.cli.completing import respond  # click's completion

        sys.exit(respond(root, COMPLETE_VARIABLE, asked))
    # Most commands end before there is any garbage: looking for it, now and at the end, is a fifth of their time.
    gc.set_threshold(GARBAGE_THRESHOLD)
    code = run(root)
    gc.freeze()
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        # A thread that is still loading the model's native libraries makes Python's own way out abort or hang.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
