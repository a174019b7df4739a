"""`quizzer study`: today's cards, due ones first."""

from __future__ import annotations

from typing import cast

import click

from quizzer.cli.portion import KINDS, Kind, Wanted
from quizzer.errors import UsageError


@click.command("study", short_help="Study what is due, then new cards.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--new",
    type=click.IntRange(0, 10_000),
    metavar="N",
    help="At most N new cards now (default: what is left of new_per_day).",
)
@click.option("--limit", type=click.IntRange(1, 100_000), metavar="N", help="At most N cards in this session.")
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@click.option(
    "--cards", metavar="FILE", default="", help="Only the cards in this list (see `quizzer group study-list`)."
)
@click.option(
    "--only",
    type=click.Choice(KINDS),
    help="Only flagged cards, leeches (forgotten again and again), those missed the last time, new or due ones.",
)
@click.option(
    "--ahead", type=click.IntRange(1, 3650), metavar="DAYS", help="Also cards that come due within DAYS days."
)
@click.option("--all", "everything", is_flag=True, help="All that is due, whatever the daily limits say.")
@click.option("--cram", is_flag=True, help="Every card, whatever is due; the schedule stays as it is.")
@click.option("--fresh", is_flag=True, help="Begin anew where an interrupted session would go on.")
@click.option(
    "--plain", is_flag=True, help="Plain lines without colour or cursor control, for screen readers and pipes."
)
def study(
    decks: tuple[str, ...],
    new: int | None,
    limit: int | None,
    tag: str | None,
    cards: str,
    only: str | None,
    ahead: int | None,
    everything: bool,
    cram: bool,
    fresh: bool,
    plain: bool,
) -> None:
    """Study what is due today, then new cards; of each DECK, or of all.

    You type an answer in your own words. It is graded on this machine and saved; then you see which points you made
    and which you missed. Cards below 4 are asked again until they score 4.
    A session that was interrupted goes on where it was, if it is the same day.

    \b
    Examples:
      quizzer study
      quizzer study bert --new 5 --limit 15
      quizzer study --tag pretraining --plain
      quizzer study --only missed --cram
      quizzer study --cards weak.txt
    """
    if cram and (ahead or new is not None or everything):
        raise UsageError(
            "--cram asks every card, so it goes with neither --ahead nor --all nor --new", hint="leave one of them out"
        )
    if cram and only in ("new", "due"):
        raise UsageError(f"--cram asks every card, so --only {only} means nothing to it", hint="leave one of them out")
    from quizzer.cli.sitting import begin  # the parts of a session

    kind = cast("Kind | None", only)
    wanted = Wanted(new, limit, tag, ahead or 0, cram, kind, everything, cards)
    begin(decks, wanted, plain=plain, fresh=fresh)
