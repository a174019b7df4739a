"""A player's screen in a terminal: the lobby, the question with an editor below, the reveal, the table."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from quizzer.group import room_pages as pages
from quizzer.group.fullscreen import Draw, FullScreen, View
from quizzer.group.player import Seat
from quizzer.group.room import Room, You
from quizzer.group.room_pages import Block
from quizzer.study.pages import Line
from quizzer.study.words import Word, clock, word_in

Mode = Literal["", "team", "leave"]
Submit = Callable[[KeyPressEvent], None]
"""What Enter does in an editor: hands in, except within pasted text."""
LEAVING = "Leave the quiz? The same command brings you back, with your points."


class PlayerScreen:
    """Shows one seat's session, until the player leaves or the seat is gone for good."""

    def __init__(self, seat: Seat, *, draw: Draw, colour: bool, submit: Submit) -> None:
        self._seat = seat
        self._mode: Mode = ""
        self._question: int | None = None
        """The question that the editor's text belongs to."""
        self.wants_to_keep = False
        """Whether the player asked to take the answers home."""
        self._editor = Buffer(multiline=True, history=DummyHistory(), accept_handler=self._submitted,
                              on_text_changed=lambda _: self._typed())  # fmt: skip
        self._screen = FullScreen(self._view, self._bindings(submit), draw=draw, colour=colour, editor=self._editor,
                                  editing=self._is_editing)  # fmt: skip
        seat.changed = self._changed

    async def run(self) -> None:
        """Until the player leaves, or the seat is gone for good.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        staying = asyncio.ensure_future(self._seat.stay())
        try:
            await self._screen.app.run_async(handle_sigint=False)
        finally:
            staying.cancel()
            await asyncio.gather(staying, return_exceptions=True)

    # What the host says

    def _changed(self) -> None:
        seat = self._seat
        if seat.question is not None and seat.question != self._question and seat.you is not None:
            self._question, self._mode = seat.question, ""
            # After a break, or on another device: what was typed there.
            text = seat.you.draft or seat.you.answer or ""
            self._editor.set_document(type(self._editor.document)(text, len(text)), bypass_readonly=True)
        self._screen.invalidate()

    def _typed(self) -> None:
        if self._mode == "" and self._seat.question is not None and self._seat.question == self._question:
            self._seat.draft(self._question, self._editor.text)

    # What the player sees

    def _is_editing(self) -> bool:
        return self._mode == "team" or (self._mode == "" and self._is_answering() and not self._seat.over)

    def _is_answering(self) -> bool:
        return self._seat.question is not None

    def _view(self) -> View:
        seat, room, you = self._seat, self._seat.room, self._seat.you
        if seat.over and (room is None or room.phase != "ended"):
            return View("", (Line("strong", seat.over),), "Enter leaves", page="over")
        if room is None or you is None:
            return View("", (Line("text", "One moment ..."),), "Ctrl-C leaves")
        number = f" - question {room.question.number + 1} of {room.questions}" if room.question else ""
        blocks = self._page(room, you)
        if self._mode:
            blocks = self._choosing(room) if self._mode == "team" else [Line("strong", LEAVING)]
        return View(f"{room.title}{number}", tuple(blocks), self._keys(room), f"{self._mode}{room.phase}{number}",
                    self._right(room, you), self._note(room, you))  # fmt: skip

    def _page(self, room: Room, you: You) -> list[Block]:
        match room.phase:
            case "lobby":
                keys = self._seat.keys
                return pages.lobby(room, you, personal=keys.personal if keys else "", choose="press t")
            case "asking" if self._is_answering():
                return pages.asked(room)
            case "asking":
                return [*pages.asked(room), pages.BLANK, Line("text", "You come in with the next question.")]
            case "grading" | "judging":
                return pages.waiting(room, you)
            case "revealed":
                return pages.revealed(room, you)
        return pages.ended(room, you)

    def _right(self, room: Room, you: You) -> str:
        standing = f"place {you.place}, {you.points} points  " if you.place is not None else ""
        if room.clock is None:
            return standing.rstrip()
        return f"{standing}{clock(self._seat.left_ms() / 1000)}{' paused' if room.clock.paused else ''}"

    def _note(self, room: Room, you: You) -> str:
        seat = self._seat
        if not seat.connected and not seat.over:
            return "The connection is lost; trying again. What you type is kept."
        if seat.note:
            return seat.note
        if room.phase != "asking" or not self._is_answering() or self._mode:
            return ""
        if seat.sending:
            return "Handing in ..."
        if you.answer is None or not you.handed_in:
            return "What is typed when the clock ends counts."
        if not you.answer:
            return "[x] Handed in: you don't know. You can still answer until the question is closed."
        if you.answer == self._editor.text.strip() or not self._editor.text.strip():
            return "[x] Handed in. You can change it until the question is closed."
        return "Changed since you handed it in: Enter hands in this one, and at the clock's end it counts."

    def _keys(self, room: Room) -> str:
        if self._mode == "team":
            return "Enter takes the team   Esc Esc goes back"
        if self._mode == "leave":
            return "y leaves   n stays"
        if self._is_editing():
            return "Enter hands in   Esc Enter: new line   /reveal: don't know   Ctrl-C leaves"
        if room.phase == "ended":
            return "Enter takes your answers home, into your own schedule   q leaves without"
        team = "t team   " if self._may_choose(room) else ""
        consents = self._seat.you is not None and self._seat.you.consents
        shown = "yes" if consents else "no"
        return f"{team}c show my best answer with my name: {shown}   q leaves   Up/Down scroll"

    def _choosing(self, room: Room) -> list[Block]:
        lines: list[Block] = [Line("strong", "Which team? Type its number or its name." if room.teams_open else
                                   "Which team? Type its number.")]  # fmt: skip
        return lines + [Line("text", f"{number}  {team.name} ({team.players})", 2)
                        for number, team in enumerate(room.teams, start=1)]  # fmt: skip

    # What keys do

    def _submitted(self, buffer: Buffer) -> bool:
        """Enter in the editor; the text stays."""
        text, seat = buffer.text.strip(), self._seat
        if self._mode == "team":
            self._take_team(text)
        elif not text:
            seat.note = "Nothing typed yet; /reveal says that you don't know."
        elif word := word_in(text):
            self._obey(word)
        elif seat.question is not None:
            seat.answer(seat.question, text)
        return True

    def _obey(self, word: Word) -> None:
        """The words of every prompt, as far as they mean something here."""
        seat = self._seat
        self._editor.reset()
        match word.name:
            case "reveal" | "skip" if seat.question is not None:
                seat.answer(seat.question, "")
            case "quit":
                self._mode = "leave"
            case _:
                seat.note = "Here there are /reveal (you don't know) and /quit; anything else is an answer."

    def _may_choose(self, room: Room) -> bool:
        """In the lobby; later only who has none yet."""
        has_team = self._seat.you is not None and bool(self._seat.you.team)
        return room.teams_mode == "choose" and (room.phase == "lobby" or not has_team)

    def _take_team(self, text: str) -> None:
        teams = self._seat.room.teams if self._seat.room else ()
        name = teams[int(text) - 1].name if text.isdecimal() and 1 <= int(text) <= len(teams) else text
        if name:
            self._seat.choose_team(name)
        self._mode = ""
        self._editor.reset()

    def _bindings(self, submit: Submit) -> KeyBindings:
        bindings = KeyBindings()
        editing = Condition(self._is_editing)

        @bindings.add("c-c")
        def _interrupt(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        for key in ("enter", "c-j"):
            bindings.add(key, filter=editing)(submit)

            @bindings.add("escape", key, filter=editing)
            def _new_line(event: KeyPressEvent) -> None:
                event.current_buffer.insert_text("\n")

            @bindings.add(key, filter=~editing)
            def _enter(event: KeyPressEvent) -> None:
                self._pressed("enter", event)

        @bindings.add("escape", "escape")
        def _back(event: KeyPressEvent) -> None:
            if self._mode == "team":
                self._editor.reset()
            self._mode = ""

        @bindings.add(Keys.Any, filter=~editing)
        def _any(event: KeyPressEvent) -> None:
            self._pressed(event.data.lower(), event)

        @bindings.add(Keys.BracketedPaste, filter=~editing)
        def _pasted(event: KeyPressEvent) -> None:
            """What is pasted is no row of keys."""

        return bindings

    def _pressed(self, key: str, event: KeyPressEvent) -> None:
        seat, room = self._seat, self._seat.room
        seat.note = ""
        if self._mode == "leave":
            if key == "y":
                event.app.exit()
            self._mode = ""
        elif seat.over and (room is None or room.phase != "ended"):
            if key in ("enter", "q"):
                event.app.exit()
        elif room is not None and room.phase == "ended":
            if key in ("enter", "q"):
                self.wants_to_keep = key == "enter"
                event.app.exit()
        elif key == "q":
            self._mode = "leave"
        elif key == "c" and seat.you is not None:
            seat.consent(not seat.you.consents)
        elif key == "t" and room is not None and self._may_choose(room):
            self._mode = "team"
            self._editor.reset()
