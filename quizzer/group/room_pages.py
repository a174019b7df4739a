"""What players and the host read in a terminal, as blocks that a screen draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.group.names import cells
from quizzer.group.room import Room, RoomReveal, Standing, You, YourMark
from quizzer.model import Verdict
from quizzer.study.pages import ROLES, SIGNS, Line, counted


@dataclass(frozen=True, slots=True)
class Markdown:
    """A text of a deck, drawn as Markdown where the screen can."""

    text: str
    indent: int = 0


Block = Line | Markdown

BLANK = Line("text", "")
MOST_SHOWN = 600
"""Characters of somebody else's answer; the rest is in the results."""


def asked(room: Room) -> list[Block]:
    """The question, and where in the session it stands."""
    if room.question is None:
        return []
    number = f"Question {room.question.number + 1} of {room.questions}"
    return [Line("quiet", number), Markdown(room.question.text)]


def lobby(room: Room, you: You, *, personal: str, choose: str = "") -> list[Block]:
    """What a player reads under the session's title before it begins. *choose*: how a team is chosen."""
    blocks: list[Block] = [Line("text", you_are(you))]
    if room.teams_mode == "choose" and not you.team:
        blocks.append(Line("open", f"Choose a team: {choose}."))
    here = "You are the first one here." if room.count <= 1 else f"{counted(room.count, 'player')} are here."
    blocks += [
        Line("text", f"{here} The host starts the quiz: {counted(room.questions, 'question')}, "
                     "each answered in your own words and graded by meaning."),
    ]  # fmt: skip
    if room.teams:
        blocks += [BLANK, *(Line("text", f"{team.name}: {counted(team.players, 'player')}", 2) for team in room.teams)]
    if personal:
        away = f"Your personal code is {personal}: with it you come back on another device, with your points."
        blocks += [BLANK, Line("quiet", away)]
    return blocks


def you_are(you: You) -> str:
    """Who the player is in this session."""
    return f"You are {you.name}" + (f", in team {you.team}." if you.team else ".")


def waiting(room: Room, you: You) -> list[Block]:
    """Between the end of the clock and the reveal."""
    what = "The answers are being graded." if room.phase == "grading" else "The host looks at the answers."
    blocks = [*asked(room), BLANK, Line("text", f"No more answers. {what}")]
    if you.answer:
        blocks += [BLANK, Line("quiet", "Your answer:"), Line("text", you.answer, 2)]
    return blocks


def revealed(room: Room, you: You) -> list[Block]:
    """What came of the question: for this player, for the room, and the table."""
    skipped = room.reveal is not None and room.reveal.skipped
    blocks = [*asked(room), *([] if skipped else [BLANK, *your_mark(you)])]
    if room.reveal is not None:
        blocks += [BLANK, *made_by_room(room.reveal, asked_count=room.asked), BLANK, *reference(room.reveal)]
    return [*blocks, BLANK, *standings(room, you.name)]


def your_mark(you: You) -> list[Block]:
    """One's own mark in words, with the points made and missed."""
    if you.mark is None:
        return [Line("text", "You gave no answer to this question.")] if you.question is not None else []
    mark = you.mark
    blocks: list[Block] = [Line(ROLES[_verdict(mark)], said(mark))]
    if you.answer:
        blocks.append(Line("quiet", f'"{shortened(you.answer)}"', 4))
    blocks += [Line("good", f"[+] {point}", 2) for point in mark.made]
    blocks += [Line("bad", f"[-] {point}", 2) for point in mark.missed]
    return blocks


def _verdict(mark: YourMark) -> Verdict:
    return "pass" if mark.right else "unsure" if mark.verdict == "unsure" and not mark.by_host else "fail"


def said(mark: YourMark) -> str:
    """A mark in words."""
    what = "right" if mark.right else "not right"
    by = ", says the host" if mark.by_host else f": {mark.reason}" if mark.reason else ""
    return f"{SIGNS[_verdict(mark)]} {what}, {counted(mark.points, 'point')}{by}"


def made_by_room(found: RoomReveal, *, asked_count: int) -> list[Block]:
    """How many had it right, and who made which points."""
    if found.skipped:
        return [Line("open", "The question was skipped: it counts for nobody.")]
    blocks: list[Block] = [Line("text", f"{found.right} of {asked_count} had it right.")]
    for point in found.points:
        most = 2 * point.made >= point.of
        sign = "[+]" if most else "[-]"
        blocks.append(Line("good" if most else "bad", f"{sign} {point.made} of {point.of}: {point.text}", 2))
    return blocks


def reference(found: RoomReveal) -> list[Block]:
    """The reference, the best answer and the explanation."""
    blocks: list[Block] = [Line("strong", "Reference:"), Markdown(found.reference, 2)]
    if found.best is not None:
        heading = f"The best answer that may be shown, by {found.best.name}:"
        blocks += [BLANK, Line("strong", heading), Line("text", shortened(found.best.text), 2)]
    if found.explanation:
        blocks += [BLANK, Markdown(found.explanation)]
    return blocks


def standings(room: Room, name: str = "") -> list[Block]:
    """The table of teams, if there are any, and of players; the player *name* is marked."""
    blocks: list[Block] = []
    if room.team_table:
        blocks += [Line("strong", "Teams"), *_rows(room.team_table), BLANK]
    if room.table:
        blocks += [Line("strong", "Table"), *_rows(room.table, name)]
    return blocks


def _rows(rows: Sequence[Standing], name: str = "") -> list[Block]:
    widest = max((cells(row.name) for row in rows), default=0)
    return [
        Line("strong" if row.name == name else "text",
             f"{row.place:>3}  {row.name}{' ' * (widest - cells(row.name))}  {_number(row.points):>6}"
             + (f"  {row.team}" if row.team else ""))
        for row in rows
    ]  # fmt: skip


def _number(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """Somebody's answer as it is shown to others."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 4] + " ..."


def ended(room: Room, you: You) -> list[Block]:
    """The end: one's place, and the table."""
    blocks: list[Block] = [Line("strong", f"That was {room.title}.")]
    if you.place is not None:
        blocks.append(Line("text", f"You are in place {you.place} with {counted(you.points, 'point')}."))
    return [*blocks, BLANK, *standings(room, you.name)]
