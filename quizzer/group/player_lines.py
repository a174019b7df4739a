"""A player's side in plain lines: what happens is printed, and lines are answers; for pipes and screen readers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from quizzer.group import room_pages as pages
from quizzer.group.player import Seat
from quizzer.group.room import Room
from quizzer.group.room_pages import Block
from quizzer.study.pages import Line, counted
from quizzer.study.words import clock

Show = Callable[[Sequence[Block]], None]
NextLine = Callable[[], Awaitable[str | None]]

WORDS = (
    ("(empty line)", "hands in what you have typed; a later answer takes its place"),
    ("/reveal", "hands in that you don't know"),
    ("/team NAME", "be in that team"),
    ("/consent", "your best answer may be shown with your name; again: it may not"),
    ("/time", "what the clock has left"),
    ("/table", "the table"),
    ("/quit", "leave; the same command brings you back"),
)


class PlayerLines:
    """Shows one seat's session in lines, until it is over or the player leaves."""

    def __init__(self, seat: Seat, *, show: Show, next_line: NextLine, person: bool) -> None:
        """*person*: somebody types, and may change an answer; a script's next lines are for the next question."""
        self._person = person
        self._answered: int | None = None
        """The question that was answered last."""
        self._seat, self._show, self._next_line = seat, show, next_line
        self._typed: list[str] = []
        self._told: tuple[object, ...] = ()
        self._was_connected = True
        self._handed_in: str | None = None
        self._wake = asyncio.Event()
        seat.changed = self._wake.set

    async def run(self) -> None:
        """Until the quiz has ended, the seat is gone, or the player leaves."""
        self._say("(an empty line hands in your answer; /help names what else can be typed)")
        staying = asyncio.ensure_future(self._seat.stay())
        reading: asyncio.Future[str | None] | None = asyncio.ensure_future(self._next_line())
        try:
            while not self._is_over():
                waking = asyncio.ensure_future(self._wake.wait())
                awaited: set[asyncio.Future[Any]] = {waking} if reading is None else {waking, reading}
                await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
                waking.cancel()
                self._wake.clear()
                self._tell()
                # A line waits until its question is asked.
                if reading is not None and reading.done() and (self._can_take(reading.result())):
                    line = reading.result()
                    if line is not None and not self._obey(line):
                        return
                    reading = asyncio.ensure_future(self._next_line()) if line is not None else None
                    if line is None:
                        self._hand_in()
        finally:
            staying.cancel()
            if reading is not None:
                reading.cancel()
            await asyncio.gather(staying, return_exceptions=True)
        self._tell()

    def _is_over(self) -> bool:
        room = self._seat.room
        return bool(self._seat.over) or (room is not None and room.phase == "ended")

    def _can_take(self, line: str | None) -> bool:
        if line is None or line.startswith("/"):
            return True
        question = self._seat.question
        return question is not None and (self._person or question != self._answered)

    def _say(self, text: str) -> None:
        self._show([Line("text", text)])

    # What is printed

    def _tell(self) -> None:
        seat, room = self._seat, self._seat.room
        if seat.over and (room is None or room.phase != "ended"):
            self._say(seat.over)
            return
        if seat.connected != self._was_connected:
            self._was_connected = seat.connected
            self._say("connected again" if seat.connected else "the connection is lost; trying again")
        if seat.note:
            self._say(seat.note)
            seat.note = ""
        if room is None or seat.you is None:
            return
        self._tell_answer()
        number = room.question.number if room.question else None
        marked = seat.you.mark is not None if room.phase == "revealed" else False
        if room.phase == "revealed" and seat.you.question is not None and not marked and not _is_skipped(room):
            return  # one's own mark is on its way
        told = (room.phase, number, seat.question is not None)
        if told != self._told:
            if self._told[:2] != told[:2] and room.phase != "asking":
                self._typed = []
            self._told = told
            self._show(self._page(room))

    def _tell_answer(self) -> None:
        you = self._seat.you
        answer = you.answer if you is not None and you.handed_in else None
        if answer is not None and self._seat.sending:
            return
        if answer is not None and answer != self._handed_in:
            self._say("handed in; another answer takes its place until the question is closed")
        self._handed_in = answer

    def _page(self, room: Room) -> list[Block]:
        you = self._seat.you
        if you is None:
            return []
        match room.phase:
            case "lobby":
                personal = self._seat.keys.personal if self._seat.keys else ""
                heading = [Line("strong", room.title), pages.BLANK]
                return [*heading, *pages.lobby(room, you, personal=personal, choose="/team NAME")]
            case "asking":
                left = (
                    f"{clock(self._seat.left_ms() / 1000)} left" if self._seat.question is not None else "you come in "
                )
                late = "" if self._seat.question is not None else "with the next question"
                return [pages.BLANK, *pages.asked(room), Line("text", left + late)]
            case "grading" | "judging":
                return [Line("text", "No more answers.")] if room.phase == "grading" else []
            case "revealed":
                return [pages.BLANK, *pages.revealed(room, you)]
        return [pages.BLANK, *pages.ended(room, you)]

    # What is typed

    def _obey(self, line: str) -> bool:
        """Take *line*; whether to read on."""
        word, _, argument = line.strip().partition(" ")
        seat, room = self._seat, self._seat.room
        match word.lower():
            case "/quit":
                return False
            case "/help":
                self._show([Line("text", f"{name:14} {what}") for name, what in WORDS])
            case "/team":
                seat.choose_team(argument.strip())
            case "/consent" if seat.you is not None:
                seat.consent(not seat.you.consents)
                self._say("your answers " + ("may not" if seat.you.consents else "may") + " be shown with your name")
            case "/reveal" | "/skip" if seat.question is not None and not argument:
                self._typed, self._answered = [], seat.question
                seat.answer(seat.question, "")
            case "/time":
                self._say(f"{clock(seat.left_ms() / 1000)} left" if seat.question is not None else "no clock runs")
            case "/table" if room is not None:
                names = f"{counted(room.count, 'player')}; no points yet"
                self._show(pages.standings(room, seat.you.name if seat.you else "") or [Line("text", names)])
            case "" if not line.strip():
                self._hand_in()
            case _:
                self._typed.append(line)
                if seat.question is not None:
                    seat.draft(seat.question, "\n".join(self._typed))
        return True

    def _hand_in(self) -> None:
        text = "\n".join(self._typed).strip()
        if text and self._seat.question is not None:
            self._typed, self._answered = [], self._seat.question
            self._seat.answer(self._seat.question, text)


def _is_skipped(room: Room) -> bool:
    return room.reveal is not None and room.reveal.skipped
