"""What the host's screen says, phase by phase, as blocks; on the screen and in plain lines alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.group.room import AnswerGroup, Person, Room
from quizzer.group.room_pages import BLANK, Block, asked, made_by_room, reference, shortened, standings
from quizzer.model import Verdict
from quizzer.scale import PASS_MARK
from quizzer.study.pages import ROLES, SIGNS, Line, counted
from quizzer.study.words import clock

MOST_NAMES = 120
"""Named one by one; of a larger room, those who are waited for come first."""


@dataclass(frozen=True, slots=True)
class Door:
    """How people get in."""

    link: str
    code: str
    stage: str
    """What the projector's browser opens; on the host's machine only."""
    open: bool
    """Whether the local network can."""


OPENING = (
    "Open the quiz to the local network? Everybody on the same network (Wi-Fi) can then reach the join page; to join, "
    "one needs the code. Answers travel unencrypted within that network, and stay on this machine. Close it by ending "
    "the quiz."
)

SKIPPING = "Skip this question? It counts for nobody, even if its points counted already."
ENDING = "End the quiz for everybody? A question that is open counts for nobody."
PAUSED = "The clock stands: p lets it run."

HELP: tuple[tuple[str, str], ...] = (
    ("Enter or n", "go on: to the first question, from the answers to their points, to the next question, to the end"),
    ("l", "open the quiz to the local network, so that phones can join"),
    ("i", "the link and the code again, for those who come late"),
    ("v", "the link of the view for a projector"),
    ("t", "draw the teams anew, where they are drawn"),
    ("+", "30 seconds more"),
    ("p", "pause the clock, or let it run"),
    ("c", "close the question now"),
    ("s", "skip the question: it counts for nobody"),
    ("a, r, u", "accept, reject, or leave to the grader the answers that are marked >"),
    ("j", "after the reveal: decide on answers again"),
    ("k", "send a player away"),
    ("e", "end the quiz"),
    ("Ctrl-C", "stop; `quizzer host --resume` goes on from here"),
)


def help_page() -> list[Block]:
    """What keys do."""
    return [Line("strong", "Keys"), *(Line("text", f"{key:10}  {what}") for key, what in HELP), BLANK,
            Line("quiet", "Any key goes back.")]  # fmt: skip


def lobby(room: Room, people: Sequence[Person], door: Door, *, seconds: int) -> list[Block]:
    """How to join, and who has."""
    speed = ", the faster the more points" if room.scoring == "speed" else ""
    blocks: list[Block] = [
        Line("text", f"{counted(room.questions, 'question')}, {seconds} seconds each{speed}."),
        BLANK,
        *invitation(door),
    ]
    here = "Nobody has joined yet." if not people else f"{counted(len(people), 'player')}:"
    return [*blocks, BLANK, Line("strong", here), *names(people, answered=False), *_teams(room)]


def invitation(door: Door) -> list[Block]:
    """What to tell those who want to play, before it begins or late."""
    return [
        Line("text", "Players open"),
        Line("strong", door.link, 2),
        Line("text", "in a browser, or type"),
        Line("strong", f'quizzer join "{door.link}"', 2),
        Line("text", f"The code is {door.code}."),
        Line("good", "[+] Open to the local network.")
        if door.open
        else Line("open", "[!] Only this machine can join yet: press l to let in phones on your network."),
    ]


def projector(door: Door) -> list[Block]:
    """How the room sees it."""
    return [
        Line("text", "For a projector, open this in a browser on this machine; it shows the code, the question, the "
                     "clock and the table, and nothing that is for you alone:"),
        BLANK,
        Line("strong", door.stage),
    ]  # fmt: skip


def names(people: Sequence[Person], *, answered: bool) -> list[Block]:
    """Who is in; with *answered* who has answered, those who are waited for first."""
    if not people:
        return []
    ordered = sorted(people, key=lambda one: one.answered) if answered else list(people)
    told = ", ".join(_name(one, answered=answered) for one in ordered[:MOST_NAMES])
    more = f" and {len(people) - MOST_NAMES} more" if len(people) > MOST_NAMES else ""
    return [Line("text", told + more, 2)]


def _name(one: Person, *, answered: bool) -> str:
    sign = ("[x] " if one.answered else "[ ] ") if answered else ""
    return sign + one.name + ("" if one.here else " (away)")


def _teams(room: Room) -> list[Block]:
    if not room.teams:
        return []
    return [BLANK, Line("strong", "Teams:"),
            *(Line("text", f"{team.name}: {counted(team.players, 'player')}", 2) for team in room.teams)]  # fmt: skip


def asking(room: Room, people: Sequence[Person]) -> list[Block]:
    """The open question, and who has answered."""
    have = f"{room.answered} of {room.asked} have answered:"
    return [*asked(room), BLANK, Line("strong", have), *names(people, answered=True)]


def grading(room: Room) -> list[Block]:
    """While the grader works."""
    return [*asked(room), BLANK, Line("text", f"Grading {counted(room.answered, 'answer')} ...")]


def judging(
    room: Room, groups: Sequence[AnswerGroup], *, right_answer: str, selected: int | None
) -> tuple[list[Block], list[int]]:
    """The answers to decide on, those nearest the threshold first; and where each group begins.

    *selected*: the index of the marked group; None in plain lines, where groups have numbers.
    """
    blocks = [*asked(room), BLANK, Line("quiet", f"Reference: {shortened(right_answer, 300)}")]
    if not groups:
        return [*blocks, BLANK, Line("text", "Nobody answered.")], []
    blocks += [BLANK, Line("strong", f"Answers, those nearest the threshold of {PASS_MARK} first. "
                                     "Nobody's name is shown; what you decide holds for the whole group.")]  # fmt: skip
    starts = []
    for index, group in enumerate(groups):
        starts.append(len(blocks))
        blocks += _group(group, mark=">" if index == selected else " " if selected is not None else f"{index + 1}.")
    return blocks, starts


def _group(group: AnswerGroup, *, mark: str) -> list[Block]:
    verdict: Verdict = (
        "pass" if group.right else "unsure" if group.verdict == "unsure" and group.accept is None else "fail"
    )
    word = {"pass": "right", "unsure": "not sure", "fail": "not right"}[verdict]
    by = {None: "", True: ", accepted by you", False: ", rejected by you"}[group.accept]
    count = f" x{group.count}" if group.count > 1 else ""
    said = f"{SIGNS[verdict]} {word}{by}, score {group.score:.2f}{count}"
    lines: list[Block] = [Line(ROLES[verdict], f"{mark} {said}" + (f": {group.reason}" if group.reason else ""))]
    texts = [shortened(text) for text in group.texts[:3] if text.strip()] or ["(nothing)"]
    lines += [Line("strong" if mark == ">" else "text", f'"{text}"', 4) for text in texts]
    if len(group.texts) > 3:
        lines.append(Line("quiet", f"and {len(group.texts) - 3} more wordings", 4))
    return lines


def revealed(room: Room) -> list[Block]:
    """The reference, what the room made of it, and the table."""
    if room.reveal is None:
        return asked(room)
    made = made_by_room(room.reveal, asked_count=room.asked)
    return [*asked(room), BLANK, *made, BLANK, *standings(room), BLANK, *reference(room.reveal)]


def ended(room: Room) -> list[Block]:
    """Who won, and the final table."""
    winners = [row.name for row in room.table if row.place == 1 and row.points > 0]
    won = f" {' and '.join(winners[:5])} {'wins' if len(winners) == 1 else 'win'}." if winners else ""
    return [Line("strong", f"That was {room.title}.{won}"), BLANK, *standings(room)]


def still_open() -> list[Block]:
    """What holds until the host leaves."""
    return [BLANK, Line("text", "Players can take their answers home as long as this is open. Then q, and you are told "
                                "where the results are.")]  # fmt: skip


def bar_clock(room: Room, left_ms: float) -> str:
    """The clock as the bar shows it; empty where there is none."""
    if room.clock is None:
        return ""
    return f"{clock(left_ms / 1000)}{' paused' if room.clock.paused else ''}"


KEYS = {
    "lobby": "Enter begins   l network   v projector   k kick   e end   ? help",
    "asking": "+ 30 s   p pause   c close now   s skip   i link   k kick   e end   ? help",
    "grading": "s skip   e end   ? help",
    "judging": "Up/Down   a accept   r reject   u undo   Enter counts the points   s skip   ? help",
    "revealed": "Enter goes on   j judge again   s skip   i link   k kick   e end   ? help",
    "ended": "q leaves   Up/Down scroll",
}


def keys(room: Room) -> str:
    """What the foot of the screen offers now."""
    shown = KEYS[room.phase]
    return shown.replace("p pause", "p lets the clock run") if room.clock and room.clock.paused else shown
