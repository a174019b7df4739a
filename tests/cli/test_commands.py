"""What every command owes its users, walked over the whole tree of commands."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from quizzer.cli.main import LazyGroup, root


def walk(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{name} is listed but cannot be loaded"
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))


COMMANDS = list(walk(root))


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...], command: click.Command) -> None:
    """Help without an example leaves a newcomer guessing."""
    assert command.help, path
    if not isinstance(command, click.Group):
        assert "Example" in command.help, path
        assert f"quizzer {' '.join(path)}" in command.help, path


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    """An option without a word on it might as well not be there."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, (path, parameter.name)


def groups() -> list[LazyGroup]:
    return [root, *(command for _, command in COMMANDS if isinstance(command, LazyGroup))]


def test_the_table_agrees_with_the_commands() -> None:
    """The table's short helps are what `--help` prints without loading the commands."""
    for group in groups():
        context = click.Context(group)
        for name, (_, short_help) in group.table.items():
            command = group.get_command(context, name)
            assert command is not None
            assert command.name == name
            assert command.get_short_help_str(limit=100) == short_help
