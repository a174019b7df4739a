"""`quizzer group take-home`: a player's session file, for those who left before they took it."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import compose, exporting
from quizzer.cli.output import Result, reports
from quizzer.errors import UnknownSession


@click.command("take-home", short_help="Write the session file of a player.")
@click.argument("session", metavar="ID")
@click.argument("player", metavar="NAME")
@click.option("--output", metavar="FILE", help="The file (default: quizzer-session.json in the current folder).")
@reports("group take-home")
def take_home(session: str, player: str, output: str | None) -> Result:
    """Write what the player NAME answered in the session ID into a file, which `quizzer import session` takes.

    Players get it from the session's page; this is for those who closed it too early.

    \b
    Examples:
      quizzer group take-home last Ann
      quizzer group take-home 3 Ann --output ann.json
    """
    from quizzer.group import past, sessionfile
    from quizzer.group.journal import sessions
    from quizzer.group.names import folded
    from quizzer.group.takehome import take_home as taken_home

    state = past.state_of(past.named(sessions(compose.paths().sessions)[0], session))
    wanted = [one for one in state.active.values() if folded(one.name) == folded(player)]
    if not wanted:
        names = ", ".join(one.name for one in list(state.active.values())[:20])
        raise UnknownSession(f"no player {player!r} in that session", hint=f"there were {names}" if names else None)
    taken = taken_home(state, wanted[0].id)
    path = Path(output or sessionfile.NAME)
    hint = "name another file with --output"
    text = sessionfile.write(taken).encode()
    exporting.write(path, text, is_ours=_is_ours, example=sessionfile.NAME, hint=hint)
    data = {"session": taken.session, "player": taken.player, "answers": len(taken.answers), "path": str(path)}
    count = f"{len(taken.answers)} answer{'' if len(taken.answers) == 1 else 's'}"
    return Result(data, f"{path}: {count} of {taken.player}; `quizzer import session {path}` takes them in")


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"quizzer_session"' in file.read(64)
