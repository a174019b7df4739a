"""The command reference, from the commands themselves: `python -m quizzer.cli.reference > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from quizzer.cli.main import root

INTRODUCTION = """# Commands

Made from the commands' own help by `python -m quizzer.cli.reference > docs/commands.md`; a test holds it against them.

A `DECK` is a deck id, a file or a folder; a `CARD` is `deck/card`. Commands that report take `--json`. Exit codes:
0 done; 1 done, with findings; 2 usage; 3 deck; 4 configuration; 5 storage; 6 grading; 7 group; 70 a bug in quizzer;
130 Ctrl-C.
"""


def walk(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """A context for *command* and for each command below it, in the order of the help."""
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from walk(child, click.Context(child, info_name=name, parent=context))


def reference() -> str:
    """The whole reference as Markdown."""
    sections = [INTRODUCTION]
    top = click.Context(root, info_name="quizzer", max_content_width=100, terminal_width=100)
    for context in walk(root, top):
        text = context.command.get_help(context)
        sections.append(f"## {context.command_path}\n\n```text\n{text}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
