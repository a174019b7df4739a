"""The host's screen in a terminal: the lobby, the question, who has answered, the answers to judge, the table."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Literal

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from quizzer.group import host_pages as pages
from quizzer.group.desk import Desk
from quizzer.group.drawing import qr_lines
from quizzer.group.events import Event
from quizzer.group.fullscreen import Draw, FullScreen, View
from quizzer.group.qr import rows
from quizzer.group.room_pages import BLANK, Block
from quizzer.group.state import State
from quizzer.study.pages import Line

Mode = Literal["", "help", "lan", "stage", "invite", "end", "skip", "kick", "judge"]
"""What the screen shows instead of where the session stands."""


class HostScreen:
    """Shows *desk*'s session, and does what keys say, until the host leaves."""

    def __init__(self, desk: Desk, *, draw: Draw, colour: bool, first: str = "") -> None:
        """*first*: what there is to say at once."""
        self._desk = desk
        self._mode: Mode = ""
        self._note = first
        self._digits = ""
        self._selected = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._qr: tuple[str, tuple[str, ...]] = ("", ())
        self._screen = FullScreen(self._view, self._bindings(), draw=draw, colour=colour,
                                  scrolling=lambda: not self._is_judging())  # fmt: skip
        desk.engine.subscribe(self._happened)
        current = desk.engine.state.round
        if current is not None and desk.engine.state.phase == "asking" and current.clock.paused:
            self._note = f"{pages.PAUSED} {first}"

    async def run(self) -> None:
        """Until the host leaves.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        await self._screen.app.run_async(handle_sigint=False)

    def say(self, text: str) -> None:
        """Show *text* until the next key."""
        self._note = text
        self._screen.invalidate()

    def _happened(self, happened: Sequence[Event], state: State) -> None:
        if not self._is_judging():
            self._selected = 0
        if self._mode == "judge" and state.phase != "revealed":
            self._mode = ""
        self._screen.invalidate()

    def _view(self) -> View:
        room = self._desk.room
        number = f" - question {room.question.number + 1} of {room.questions}" if room.question else ""
        title = f"{room.title}{number}"
        if self._mode in ("", "judge"):
            blocks, focus, aside = self._page()
            again = "Up/Down   a accept   r reject   u undo   Enter goes back"
            keys = again if self._mode == "judge" else pages.keys(room)
            return View(
                title, blocks, keys, f"{self._mode}{room.phase}{number}", self._desk.clock, self._note, focus, aside
            )
        asked: dict[Mode, tuple[list[Block], str]] = {
            "help": (pages.help_page(), "any key goes back"),
            "lan": ([Line("strong", pages.OPENING)], "y opens it   n leaves it as it is"),
            "stage": (pages.projector(self._desk.door), "any key goes back"),
            "invite": (pages.invitation(self._desk.door), "any key goes back"),
            "end": ([Line("strong", pages.ENDING)], "y ends it   n goes on"),
            "skip": ([Line("strong", pages.SKIPPING)], "y skips it   n leaves it"),
            "kick": (self._kicking(), "number, then Enter   Esc Esc goes back"),
        }  # fmt: skip
        blocks_of, keys = asked[self._mode]
        code = self._qr_code() if self._mode == "invite" else ()
        return View(title, tuple(blocks_of), keys, self._mode, self._desk.clock, self._note, aside=code)

    def _page(self) -> tuple[tuple[Block, ...], tuple[int, int] | None, tuple[str, ...]]:
        desk, room = self._desk, self._desk.room
        if self._mode == "judge" or room.phase == "judging":
            groups = desk.groups
            self._selected = max(0, min(self._selected, len(groups) - 1))
            blocks, starts = pages.judging(room, groups, right_answer=desk.right_answer, selected=self._selected)
            ends = [*starts[1:], len(blocks)]
            focus = (starts[self._selected], ends[self._selected]) if starts else None
            return tuple(blocks), focus, ()
        match room.phase:
            case "lobby":
                seconds = desk.engine.state.opened.settings.seconds
                return tuple(pages.lobby(room, desk.people, desk.door, seconds=seconds)), None, self._qr_code()
            case "asking":
                return tuple(pages.asking(room, desk.people)), None, ()
            case "grading":
                return tuple(pages.grading(room)), None, ()
            case "revealed":
                return tuple(pages.revealed(room)), None, ()
        return (*pages.ended(room), *pages.still_open()), None, ()

    def _qr_code(self) -> tuple[str, ...]:
        """The code of the link, once somebody else's phone can follow it."""
        door = self._desk.door
        if door.open and self._qr[0] != door.link:
            self._qr = (door.link, tuple(qr_lines(rows(door.link))))
        return self._qr[1] if door.open else ()

    def _kicking(self) -> list[Block]:
        people = self._desk.people
        lines: list[Block] = [Line("strong", f"Send whom away? {self._digits}_"), BLANK]
        return lines + [Line("text", f"{number:>4}  {one.name}") for number, one in enumerate(people, start=1)]

    # What keys do

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add("c-c")
        def _leave(event: KeyPressEvent) -> None:
            """Leave; the session can be gone on with."""
            event.app.exit(exception=KeyboardInterrupt)

        for key in ("enter", "c-j"):

            @bindings.add(key)
            def _enter(event: KeyPressEvent) -> None:
                self._pressed("enter", event)

        for key in ("up", "down"):

            @bindings.add(key, filter=Condition(self._is_judging))
            def _move(event: KeyPressEvent) -> None:
                self._selected += 1 if event.key_sequence[0].key == Keys.Down else -1

        @bindings.add("escape", "escape")
        @bindings.add("backspace")
        def _back(event: KeyPressEvent) -> None:
            backspace = event.key_sequence[0].key == Keys.Backspace
            if self._mode == "kick" and backspace and self._digits:
                self._digits = self._digits[:-1]
            else:
                self._mode, self._digits = "", ""

        @bindings.add(Keys.Any)
        def _any(event: KeyPressEvent) -> None:
            self._pressed(event.data, event)

        @bindings.add(Keys.BracketedPaste)
        def _pasted(event: KeyPressEvent) -> None:
            """What is pasted is no row of keys."""

        return bindings

    def _is_judging(self) -> bool:
        return self._mode == "judge" or (self._mode == "" and self._desk.engine.state.phase == "judging")

    def _pressed(self, key: str, event: KeyPressEvent) -> None:
        self._note = ""
        match self._mode:
            case "help" | "stage" | "invite":
                self._mode = ""
            case "lan" | "end" | "skip":
                yes = {"lan": self._desk.open_lan, "end": self._desk.end, "skip": self._desk.skip}[self._mode]
                if key in ("y", "Y"):
                    self._start(yes())
                if key.lower() in ("y", "n", "q"):
                    self._mode = ""
            case "kick":
                self._kick_key(key)
            case _:
                self._key(key.lower(), event)

    def _kick_key(self, key: str) -> None:
        if key.isdecimal() and key.isascii():
            self._digits = (self._digits + key)[:4]
        elif key == "enter":
            people, number = self._desk.people, int(self._digits or 0)
            if 1 <= number <= len(people):
                self._start(self._desk.kick(people[number - 1]))
            self._mode, self._digits = "", ""

    def _key(self, key: str, event: KeyPressEvent) -> None:
        desk, phase = self._desk, self._desk.engine.state.phase
        if self._is_judging() and key in ("a", "r", "u"):
            if groups := desk.groups:
                group = groups[min(self._selected, len(groups) - 1)]
                self._start(desk.judge(group, {"a": True, "r": False, "u": None}[key]))
                self._selected = min(self._selected + (key != "u"), len(groups) - 1)
        elif self._mode == "judge" and key in ("enter", "n"):
            self._mode = ""
        elif phase == "ended" and key in ("enter", "n", "q"):
            # Enter, pressed once too often, must not take the page from under the players.
            event.app.exit() if key == "q" else self.say("q leaves; players can take their answers home until then")
        elif key in ("enter", "n"):
            self._start(desk.go_on())
        elif mode := self._mode_of(key, phase):
            self._mode, self._selected = mode, 0
        elif key == "l":
            self._note = f"open already: {desk.door.link}"
        elif work := {"+": desk.extend, "p": desk.pause, "c": desk.close, "t": desk.draw_teams}.get(key):
            self._start(work())

    def _mode_of(self, key: str, phase: str) -> Mode:
        """The page that *key* opens; none, where it opens none now."""
        if key in ("?", "h"):
            return "help"
        if key == "l" and not self._desk.door.open:
            return "lan"
        if key in ("v", "i") and phase != "ended":
            return "stage" if key == "v" else "invite"
        if key == "j" and phase == "revealed":
            return "judge"
        if key == "s" and phase in ("lobby", "ended"):
            return ""
        return {"e": "end", "k": "kick", "s": "skip"}.get(key, "") if phase != "ended" else ""  # type: ignore[return-value]  # literals

    def _start(self, work: Coroutine[None, None, str]) -> None:
        async def said() -> None:
            self.say(await work)

        task = asyncio.get_running_loop().create_task(said())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
