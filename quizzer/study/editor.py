"""Typing in the terminal: a multi-line editor for answers, and single keys after feedback."""

from __future__ import annotations

import asyncio
import select
import sys
from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from quizzer.study.words import clock

PASTE_SECONDS = 0.05
"""Line breaks closer together than this were pasted, in a terminal that does not mark what is pasted."""

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse", "bottom-toolbar.text": "noreverse"})
_HELPS = (
    (57, "Enter submits | Alt-Enter or Esc Enter: new line | /help"),
    (43, "Enter submits | Alt-Enter: new line | /help"),
    (0, "Enter submits, Alt-Enter: new line"),
)
"""What the screen says below an answer: the first line that fits the columns."""
_KEYS = {
    "u": "/undo",
    "q": "/quit",
    "d": "/diff",
    "b": "/bury",
    "s": "/suspend",
    "?": "/help",
    "h": "/help",
    " ": "",
    **{key: key for key in "yYnN012345"},
}
"""What a single key after feedback stands for."""


class _Screen(Vt100_Output):
    """A terminal that is never asked where its cursor is.

    One that is slow to answer leaves the answer in the input, and one that never answers is scolded by prompt_toolkit
    and gets no line of help. Without the question the prompt is drawn as high as it needs to be.
    """

    def get_rows_below_cursor_position(self) -> int:
        """At least the row of the cursor."""
        return 1


def _output() -> Output:
    return create_output() if sys.platform == "win32" else _Screen.from_pty(sys.stdout)


class Enter:
    """What Enter does in the editor: submits, except inside pasted text."""

    def __init__(self) -> None:
        self._pasting: asyncio.TimerHandle | None = None

    def submit(self, event: KeyPressEvent) -> None:
        """Submit, or break the line where this Enter came in one piece with other text."""
        ahead = any(press.key is not Keys.CPRResponse for press in event.key_processor.input_queue)
        if ahead or self._pasting or _more_to_read(event):
            self._wait_for_the_end()
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    def _wait_for_the_end(self) -> None:
        """Take what follows for pasted, too, until nothing has come for a moment.

        A timer, not a look at the clock: it cannot ring amid keys that were read together, however slow the machine.
        """
        if self._pasting:
            self._pasting.cancel()
        self._pasting = asyncio.get_running_loop().call_later(PASTE_SECONDS, self._end)

    def _end(self) -> None:
        self._pasting = None


def _more_to_read(event: KeyPressEvent) -> bool:
    if sys.platform == "win32":
        return False  # only sockets can be asked there
    return bool(select.select([event.app.input.fileno()], [], [], 0)[0])


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _help(clock: str = "") -> str:
    columns = get_app().output.get_size().columns - len(clock)
    return clock + next(text for least, text in _HELPS if columns >= least)


def _session(bindings: KeyBindings, *, multiline: bool, colour: bool, erase_when_done: bool) -> PromptSession[str]:
    session: PromptSession[str] = PromptSession(
        multiline=multiline, key_bindings=bindings, color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        style=_STYLE, enable_suspend=True, history=DummyHistory(), reserve_space_for_menu=0, output=_output(),
        erase_when_done=erase_when_done,
    )  # fmt: skip
    # Esc waits for the key that belongs to it as long as the learner takes: Esc, then Enter, makes a new line.
    session.app.timeoutlen = None  # type: ignore[assignment]  # documented; the attribute is typed by its default
    return session


def _ends_when(left: Callable[[], float], session: PromptSession[str]) -> Callable[[], None]:
    """Hands in what is typed in *session* when *left* has run out; to be called when it runs."""

    async def watch() -> None:
        while (seconds := left()) > 0:
            await asyncio.sleep(min(seconds, 1.0))
        if not session.app.is_done:
            session.app.exit(result=session.default_buffer.text)

    def begin() -> None:
        session.app.create_background_task(watch())

    return begin


def read_answer(
    draft: str = "", *, colour: bool, left: Callable[[], float] | None = None, stars: bool = False
) -> str | None:
    """The answer as typed, beginning with *draft*; None for Ctrl-D on an empty line.

    With *left*, the seconds that are left, the clock is in view, and what is typed is handed in when they have run out.
    With *stars*, no letter is shown.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    bindings = KeyBindings()
    enter = Enter()
    for key in ("enter", "c-j"):  # some terminals and every script send a line feed
        bindings.add(key)(enter.submit)
        bindings.add("escape", key)(_new_line)
    session = _session(bindings, multiline=True, colour=colour, erase_when_done=False)
    try:
        if left is None:
            return session.prompt(
                "> ", default=draft, prompt_continuation="  ", bottom_toolbar=_help, is_password=stars
            )
        return session.prompt(
            "> ", default=draft, prompt_continuation="  ", bottom_toolbar=lambda: _help(f"{clock(left())} left | "),
            refresh_interval=0.5, pre_run=_ends_when(left, session), is_password=stars,
        )  # fmt: skip
    except EOFError:
        return None


def read_key(keys: str, *, colour: bool, ask: str = "", enter: bool = False) -> str | None:
    """The first of *keys* that is pressed, whatever else is pressed before; None for Ctrl-D.

    *ask*: what is asked; else the keys are named. With *enter*, Enter counts, too: the empty text.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    bindings = KeyBindings()

    @bindings.add(Keys.Any)
    def _press(event: KeyPressEvent) -> None:
        """A key counts at once."""
        if event.data and event.data.lower() in keys:
            event.app.exit(result=event.data.lower())

    for key in ("enter", "c-j"):

        @bindings.add(key)
        def _enter(event: KeyPressEvent) -> None:
            """There is nothing to submit, unless Enter counts."""
            if enter:
                event.app.exit(result="")

    @bindings.add(Keys.BracketedPaste)
    def _pasted(event: KeyPressEvent) -> None:
        """A paste was meant for another place."""

    session = _session(bindings, multiline=False, colour=colour, erase_when_done=bool(ask))
    try:
        return session.prompt(f"{ask} > " if ask else f"{', '.join(keys[:-1])} or {keys[-1]} > ")
    except EOFError:
        return None


def read_choice(*, unsure: bool, colour: bool) -> str | None:
    """A key (Enter, y, n, 0 to 5) or a word; None for Ctrl-D. Keys that mean nothing here do nothing.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    bindings = KeyBindings()
    nothing_typed = Condition(lambda: not get_app().current_buffer.text)

    @bindings.add(Keys.Any, filter=nothing_typed)
    def _choose(event: KeyPressEvent) -> None:
        """A key counts at once while no word is being typed."""
        if event.data in _KEYS:
            event.app.exit(result=_KEYS[event.data])
        elif event.data in ("/", "f"):
            event.current_buffer.insert_text("/" if event.data == "/" else "/flag ")

    @bindings.add(Keys.BracketedPaste, filter=nothing_typed)
    def _pasted(event: KeyPressEvent) -> None:
        """What is pasted here was meant for a question: no key of it counts."""

    session = _session(bindings, multiline=False, colour=colour, erase_when_done=True)
    ask = "Enter goes on; y, n or 0-5 overrules"
    if unsure:
        narrow = session.output.get_size().columns < 50
        ask = "Right? y, n, 0-5; Enter leaves it" if narrow else "Were you right? y, n or 0-5; Enter leaves it"
    message = FormattedText([("bold" if colour else "", f"{ask} "), ("", "> ")])
    try:
        return session.prompt(message)
    except EOFError:
        return None
