"""The host's side in plain lines: what happens is printed, and what is typed is done; for pipes and screen readers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from quizzer.group import events as kinds
from quizzer.group import host_pages as pages
from quizzer.group.desk import MORE_SECONDS, Desk
from quizzer.group.events import Event
from quizzer.group.room import AnswerGroup, Person
from quizzer.group.room_pages import Block
from quizzer.group.state import State
from quizzer.study.pages import Line, counted

Show = Callable[[Sequence[Block]], None]
NextLine = Callable[[], Awaitable[str | None]]
"""What is typed next; None at the end of input."""

WORDS: tuple[tuple[str, str], ...] = (
    ("(empty line)", "go on: to the first question, the points, the next question, the end"),
    ("lan", "open the quiz to the local network, so that phones can join"),
    ("link", "the link and the code again, for those who come late"),
    ("projector", "the link of the view for a projector"),
    ("who", "who is in, and who has answered"),
    ("extend [S]", f"S seconds more ({MORE_SECONDS})"),
    ("pause", "pause the clock, or let it run"),
    ("close", "close the question now"),
    ("skip", "skip the question: it counts for nobody"),
    ("accept N, reject N, undo N", "decide on group N of the answers, or leave it to the grader"),
    ("draw", "draw the teams anew"),
    ("kick NAME", "send a player away"),
    ("end", "end the quiz"),
    ("quit", "stop; `quizzer host --resume` goes on from here"),
)
SHORT = {
    "n": "next", "l": "lan", "i": "link", "v": "projector", "w": "who", "+": "extend", "p": "pause", "c": "close",
    "s": "skip", "a": "accept", "r": "reject", "u": "undo", "t": "draw", "k": "kick", "e": "end", "q": "quit",
    "?": "help", "h": "help",
}  # fmt: skip
"""The keys of the screen mean the same here."""


class HostLines:
    """Leads one session by lines."""

    def __init__(self, desk: Desk, *, show: Show, next_line: NextLine) -> None:
        self._desk, self._show, self._next_line = desk, show, next_line
        self._over = asyncio.Event()
        desk.engine.subscribe(self._happened)

    async def run(self) -> None:
        """Until the session has ended, or the host leaves it."""
        self._show([Line("text", "Lines that are read: an empty one goes on, `help` names the others."), *self._now()])
        ending = asyncio.ensure_future(self._over.wait())
        while self._desk.engine.state.phase != "ended":
            reading = asyncio.ensure_future(self._next_line())
            await asyncio.wait({reading, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                break
            line = reading.result()
            if line is None or not await self._obey(line):
                break
        ending.cancel()

    def say(self, text: str) -> None:
        """Print one line."""
        if text:
            self._show([Line("text", text)])

    def _now(self) -> list[Block]:
        """Where the session stands."""
        desk, room = self._desk, self._desk.room
        match room.phase:
            case "lobby":
                seconds = desk.engine.state.opened.settings.seconds
                return pages.lobby(room, desk.people, desk.door, seconds=seconds)
            case "asking":
                clock = f"{desk.clock} left"
                return [*pages.asking(room, desk.people), Line("text", clock)]
            case "grading":
                return pages.grading(room)
            case "judging":
                return pages.judging(room, desk.groups, right_answer=desk.right_answer, selected=None)[0]
            case "revealed":
                return pages.revealed(room)
        return pages.ended(room)

    async def _obey(self, line: str) -> bool:
        """Do what *line* says; whether to read on."""
        name, _, argument = line.strip().partition(" ")
        name, argument = name.lower(), argument.strip()
        name = SHORT.get(name, name)
        desk = self._desk
        simple = {"": desk.go_on, "next": desk.go_on, "lan": desk.open_lan, "pause": desk.pause, "close": desk.close,
                  "skip": desk.skip, "draw": desk.draw_teams, "end": desk.end}  # fmt: skip
        if name == "quit":
            return False
        if name in simple and not argument:
            self.say(await simple[name]())
        elif name == "extend" and (not argument or argument.isdecimal()):
            self.say(await desk.extend(int(argument or MORE_SECONDS)))
        elif name in ("accept", "reject", "undo"):
            await self._judge(name, argument)
        elif name == "kick":
            await self._kick(argument)
        elif name == "who":
            self._show(pages.names(desk.people, answered=desk.room.phase == "asking") or [Line("text", "nobody")])
        elif name in ("link", "projector"):
            self._show((pages.invitation if name == "link" else pages.projector)(desk.door))
        elif name == "help":
            self._show([Line("text", f"{word:28} {what}") for word, what in WORDS])
        else:
            self.say(f"not a command: {line.strip()}; `help` names them")
        return True

    async def _judge(self, word: str, argument: str) -> None:
        groups = self._desk.groups
        number = int(argument) if argument.isdecimal() else 0
        if not 1 <= number <= len(groups):
            self.say(f"{word} which group? 1 to {len(groups)}" if groups else "there are no answers to decide on now")
            return
        group: AnswerGroup = groups[number - 1]
        refused = await self._desk.judge(group, {"accept": True, "reject": False, "undo": None}[word])
        done = {"accept": "accepted", "reject": "rejected", "undo": "left to the grader"}[word]
        self.say(refused or f"group {number} {done}")

    async def _kick(self, name: str) -> None:
        found: list[Person] = [one for one in self._desk.people if one.name.casefold() == name.casefold()]
        self.say(await self._desk.kick(found[0]) if found else f"nobody here is called {name!r}")

    def _happened(self, happened: Sequence[Event], state: State) -> None:
        for event in happened:
            self.say(self._told(event, state))
        turns = (kinds.Asked, kinds.Graded, kinds.Revealed, kinds.Skipped, kinds.Ended)
        if any(isinstance(event, turns) for event in happened):
            self._show(self._now())
        if state.phase == "judging" and any(isinstance(event, kinds.Graded) for event in happened):
            self.say("`accept N` or `reject N` decides on a group; an empty line lets the points count")
        if state.phase == "ended":
            self._over.set()

    def _told(self, event: Event, state: State) -> str:
        """*event* in words; empty where what follows says it."""
        match event:
            case kinds.Joined():
                team = f", in team {event.team}" if event.team else ""
                return f"{event.name} is in{team}; {counted(len(state.active), 'player')}"
            case kinds.TeamChosen():
                return f"{state.players[event.player].name} is in team {event.team}"
            case kinds.Kicked():
                return f"{state.players[event.player].name} was sent away"
            case kinds.Answered():
                room = self._desk.room
                return f"{room.answered} of {room.asked} have answered" if state.phase == "asking" else ""
            case kinds.Extended():
                return f"{event.seconds} seconds more"
            case kinds.Paused():
                return "the clock stands"
            case kinds.Unpaused():
                return "the clock runs"
            case kinds.Closed():
                why = {"time": "time is up", "all": "all have answered", "host": "closed"}[event.why]
                return f"no more answers: {why}"
        return ""
