"""`quizzer deck proposals`: answers that people graded otherwise than the grader, for the maintainer to decide on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.cli.places import shown
from quizzer.decks.proposals import Place, Proposal, Wording
from quizzer.errors import UsageError
from quizzer.text import printable

if TYPE_CHECKING:
    from quizzer.cli.proposal_desk import Desk, Done

_SHOWN_CHARACTERS = 600
PLACES: tuple[Place, ...] = ("answers", "tests.pass", "tests.fail")


@click.command("proposals", short_help="Show answers that learners graded otherwise, and accept or reject them.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--accept", multiple=True, metavar="ID", help="Write the answer with this id into its deck (see --as).")
@click.option("--as", "place", type=click.Choice(PLACES), help="Where --accept writes it.")
@click.option("--reject", multiple=True, metavar="ID", help="Never show this answer again. May be repeated.")
@click.option("--only", is_flag=True, help="Accept or reject that wording alone, not those that mean the same.")
@click.option("--all", "everything", is_flag=True, help="Show those too that were accepted or rejected.")
@click.option("--list", "list_only", is_flag=True, help="Only show them, in a terminal too.")
@reports("deck proposals")
def proposals(
    decks: tuple[str, ...],
    accept: tuple[str, ...],
    place: Place | None,
    reject: tuple[str, ...],
    only: bool,
    everything: bool,
    list_only: bool,
) -> Result:
    """Show the answers to each DECK's cards (or to all) that a person graded otherwise than the grader: a learner, or
    the host of a live session.

    An answer that the grader failed and a person called right may become an answer of the deck, or a test that must
    pass; one that passed and was called wrong may become a test that must fail. Answers that mean the same are shown
    together, the best wording first. In a terminal, one key decides on each; elsewhere they are listed with their ids.

    \b
    Examples:
      quizzer deck proposals bert
      quizzer deck proposals --json
      quizzer deck proposals --accept 1f0c9a3e --as answers
      quizzer deck proposals --reject 77ab01d2 --only
    """
    from quizzer.cli.proposal_desk import Desk

    if bool(accept) != bool(place):
        raise UsageError("--accept and --as go together", hint="write `--accept ID --as answers` (or tests.pass ...)")
    if set(accept) & set(reject):
        raise UsageError("an answer cannot be both accepted and rejected", hint="name each id once")
    desk = Desk(compose.library(decks), decks)
    if accept or reject:
        return _settled(desk, accept, place, reject, only=only)
    found = desk.grouped(desk.proposed if everything else desk.waiting())
    data = {"proposals": [_proposal_data(one, desk) for one in found], "retired": desk.retired}
    if found and not (everything or list_only) and _in_a_terminal():
        from quizzer.cli.proposal_walk import walk

        return Result(data, lambda: walk(desk, found))
    return Result(data, "\n".join(_lines(desk, found, everything=everything)))


def _in_a_terminal() -> bool:
    """Whether keys can be read one by one, and somebody sees what they are for."""
    dumb = os.name == "posix" and os.environ.get("TERM", "") in ("dumb", "unknown", "")
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty() and not dumb


def _settled(desk: Desk, accept: Sequence[str], place: Place | None, reject: Sequence[str], *, only: bool) -> Result:
    """Accept and reject what was named; every id is looked up before anything is written."""
    accepted, rejected = [desk.named(name) for name in accept], [desk.named(name) for name in reject]
    concerned = {wording.card for wording in (*accepted, *rejected)}
    groups = [] if only else desk.grouped([one for one in desk.waiting() if one.card in concerned])
    done = []
    for wording in accepted:
        if place:
            done.append(desk.accept(wording, place, others=_group_of(wording, groups)))
    gone = [other for wording in rejected for other in dict.fromkeys([wording, *_group_of(wording, groups)])]
    desk.reject(gone)
    data = {
        "accepted": [
            {"id": one.wording.id, "card": one.wording.card, "as": one.place, "path": one.path, "added": one.added,
             "settled_with_it": one.settled_with_it} for one in done
        ],
        "rejected": [{"id": one.id, "card": one.card} for one in gone],
    }  # fmt: skip
    return Result(data, "\n".join([*map(accepted_text, done), *map(rejected_text, gone)]))


def _group_of(wording: Wording, groups: Sequence[Proposal]) -> tuple[Wording, ...]:
    return next((group.wordings for group in groups if wording in group.wordings), ())


def accepted_text(done: Done) -> str:
    """What was written where."""
    path = shown(done.path)
    what = f"added to {done.place} in {path}" if done.added else f"is among {done.place} in {path} already"
    others = f"; with it, {_wordings(done.settled_with_it)} of the same meaning" if done.settled_with_it else ""
    return f"{done.wording.card}: {what}{others}: {quoted(done.wording.text, 100)}"


def rejected_text(wording: Wording) -> str:
    """What will not come again."""
    return f"{wording.card}: rejected, and not shown again: {quoted(wording.text, 100)}"


def _wordings(count: int) -> str:
    return "1 other wording" if count == 1 else f"{count} other wordings"


def _lines(desk: Desk, found: Sequence[Proposal], *, everything: bool) -> Iterator[str]:
    if not found:
        nobody = not desk.proposed and not desk.retired
        yield "no answer waits: nobody has overruled the grader" if nobody else "no answer waits"
    for proposal in found:
        yield from proposal_lines(proposal, desk)
        yield ""
    if found and not everything:
        best = found[0].best
        place = "answers" if best.direction == "right" else "tests.fail"
        yield (
            f"`quizzer deck proposals --accept {best.id} --as {place}` writes the first into its deck; "
            f"`--reject {best.id}` drops it"
        )
    if desk.retired:
        yield f"{desk.retired} more to cards that no deck found has"


def proposal_lines(proposal: Proposal, desk: Desk, *, chosen: int | None = None) -> list[str]:
    """One proposal with all its wordings; the *chosen* one is marked."""
    best = proposal.best
    card = desk.cards[best.card]
    verdict = "graded too low" if best.direction == "right" else "graded too high"
    players = f" by {len(proposal.players)} players" if len(proposal.players) > 1 else ""
    lines = [f"{best.card}  {_shortened(card.question, 300)}", f"{verdict}: given {_often(proposal.times)}{players}"]
    for number, wording in enumerate(proposal.wordings, start=1):
        pointer = "" if chosen is None else ("> " if number - 1 == chosen else "  ") + f"{number} "
        lines.append(f"  {pointer}{wording.id}  {_often(wording.times)}: {quoted(wording.text)}")
        lines += [f"      {reason}" for reason in _reasons(wording, desk)]
    return lines


def _reasons(wording: Wording, desk: Desk) -> Iterator[str]:
    """What the grader said of it last, and why, and what the person said."""
    last = wording.overrules[-1]
    why = [*(f"flag: {flag}" for flag in last.flags)]
    if last.points_missed:
        why.append(f"left out: {_shortened('; '.join(last.points_missed), 200)}")
    because = f" ({', '.join(why)})" if why else ""
    who = "the host" if last.by == "host" else _shortened(last.player, 40) or "the learner"
    yield f"the grader: {last.verdict}, score {last.score:.2f}, quality {last.quality}{because}; {who}: {last.decided}"
    if last.note:
        yield f"note: {quoted(last.note, 200)}"
    if last.card_digest != desk.cards[wording.card].digest:
        yield "given before the card's last change"
    outcome = _outcome(wording, desk)
    if outcome:
        yield f"settled: {outcome}"


def _outcome(wording: Wording, desk: Desk) -> str | None:
    """What the maintainer made of it; None while it waits."""
    return None if desk.waits(wording) else desk.settled.get((wording.card, wording.mark), "in the deck")


def _often(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def _shortened(text: str, limit: int) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= limit else f"{line[: limit - 3]}..."


def quoted(text: str, limit: int = _SHOWN_CHARACTERS) -> str:
    """*text* on one line, in quotes, cut where it is long, and safe to print."""
    line = printable(" ".join(text.split()))
    return f'"{line}"' if len(line) <= limit else f'"{line[:limit]}..." ({len(text):,} characters)'


def _proposal_data(proposal: Proposal, desk: Desk) -> dict[str, Any]:  # a JSON object
    return {
        "id": proposal.best.id, "card": proposal.best.card, "question": desk.cards[proposal.best.card].question,
        "direction": proposal.best.direction, "times": proposal.times, "players": len(proposal.players),
        "wordings": [_wording_data(wording, desk) for wording in proposal.wordings],
    }  # fmt: skip


def _wording_data(wording: Wording, desk: Desk) -> dict[str, Any]:  # a JSON object
    last = wording.overrules[-1]
    return {
        "id": wording.id, "text": wording.text, "times": wording.times, "players": sorted(wording.players),
        "last_at": last.at.isoformat(), "score": last.score, "verdict": last.verdict, "quality": last.quality,
        "decided": last.decided, "by": last.by, "note": last.note, "flags": last.flags,
        "points_missed": last.points_missed, "grader": last.grader,
        "before_last_change": last.card_digest != desk.cards[wording.card].digest,
        "settled": _outcome(wording, desk), "reviews": [one.review_id for one in wording.overrules],
    }  # fmt: skip
