"""`quizzer join`: a player's place in a live quiz, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.cli.joining import Wish


@click.command("join", short_help="Join a live quiz in this terminal.")
@click.argument("link")
@click.option("--code", metavar="CODE", help="The code to join, where the link does not hold it.")
@click.option("--name", metavar="NAME", help="What you are called in the quiz.")
@click.option("--team", metavar="TEAM", help="The team that you are in, where teams are chosen.")
@click.option("--personal", metavar="CODE", help="Your personal code: come back as who you were on another device.")
@click.option("--keep/--no-keep", default=None,
              help="At the end put your answers into your own schedule, or not (default: ask).")  # fmt: skip
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
def join(
    link: str,
    code: str | None,
    name: str | None,
    team: str | None,
    personal: str | None,
    keep: bool | None,
    plain: bool,
) -> None:
    """Join the live quiz at LINK, which stands on the host's screen; quote it, since it holds a #.

    You see each question with its clock, type your answer, and hand it in with Enter; what is typed when the clock ends
    counts. After each question: which points you made and missed, the reference, the table. When the connection
    drops, quizzer comes back by itself; after a crash the same command brings you back, with your points. At the end
    your answers go into your own schedule, if you like, so that what you missed is asked again.

    \b
    Examples:
      quizzer join "http://192.168.1.5:8765/#K7M2QD"
      quizzer join 192.168.1.5 --code K7M2QD --name Ann
      quizzer join "http://192.168.1.5:8765/#K7M2QD" --personal H4XK-92PM
    """
    if personal and name:
        raise UsageError("--personal says who you are, so --name says nothing", hint="leave one of them out")
    from quizzer.cli.joining import Wish, joined  # websockets

    wish: Wish = Wish(link, code or "", name or "", team or "", personal or "", keep, plain)
    joined(wish)
