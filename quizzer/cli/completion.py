"""`quizzer completion`: the script that makes a shell complete commands, options, decks and cards."""

from __future__ import annotations

import click

from quizzer.cli.main import COMPLETE_VARIABLE

_SHELLS = ("bash", "zsh", "fish")
_SETUP = {
    "bash": 'to set it up, add this line to ~/.bashrc: eval "$(quizzer completion bash)"',
    "zsh": 'to set it up, add this line to ~/.zshrc: eval "$(quizzer completion zsh)"',
    "fish": "to set it up: quizzer completion fish > ~/.config/fish/completions/quizzer.fish",
}


@click.command("completion", short_help="Print the completion script of a shell.")
@click.argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets SHELL (bash, zsh or fish) complete commands, options, decks, cards and tags.

    Set it up once, then press Tab: in bash 4.4 or later and in zsh with a line in the file that the shell reads when it
    starts, in fish with a file.

    \b
    Examples:
      echo 'eval "$(quizzer completion bash)"' >> ~/.bashrc
      echo 'eval "$(quizzer completion zsh)"' >> ~/.zshrc
      quizzer completion fish > ~/.config/fish/completions/quizzer.fish
    """
    from quizzer.cli import completing  # click's completion

    click.echo(completing.script(context.find_root().command, shell, COMPLETE_VARIABLE), nl=False)
    # At the end: zsh looks for #compdef in the first line.
    click.echo(f"# {_SETUP[shell]}")
