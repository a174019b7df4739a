"""Typing in the terminal: a multi-line editor for answers, and single keys after feedback."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse", "bottom-toolbar.text": "noreverse"})
_HELP = "Enter submits | Alt-Enter or Esc Enter: new line | /help"
_KEYS = "yn012345"


def _submit_or_break(event: KeyPressEvent) -> None:
    """Enter submits, except inside pasted text: there, more keys are already waiting behind it."""
    if event.app.key_processor.input_queue:
        event.current_buffer.insert_text("\n")
    else:
        event.current_buffer.validate_and_handle()


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _session(bindings: KeyBindings, *, multiline: bool, colour: bool) -> PromptSession[str]:
    depth = None if colour else ColorDepth.DEPTH_1_BIT
    return PromptSession(
        multiline=multiline, key_bindings=bindings, color_depth=depth, style=_STYLE, enable_suspend=True
    )


def read_answer(draft: str = "", *, colour: bool) -> str | None:
    """The answer as typed, beginning with *draft*; None for Ctrl-D on an empty line.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    bindings = KeyBindings()
    bindings.add("enter")(_submit_or_break)
    bindings.add("escape", "enter")(_new_line)
    session = _session(bindings, multiline=True, colour=colour)
    try:
        return session.prompt("> ", default=draft, prompt_continuation="  ", bottom_toolbar=_HELP)
    except EOFError:
        return None


def read_choice(*, unsure: bool, colour: bool) -> str | None:
    """A key (Enter, y, n, 0 to 5) or a typed word; None for Ctrl-D.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    bindings = KeyBindings()

    def choose(event: KeyPressEvent) -> None:
        """A key counts at once while no word is being typed."""
        buffer = event.current_buffer
        if buffer.text:
            buffer.insert_text(event.data)
        else:
            buffer.text = event.data
            buffer.validate_and_handle()

    for key in _KEYS:
        bindings.add(key)(choose)
    ask = "Were you right? y, n or 0-5; Enter leaves it" if unsure else "Enter goes on; y, n or 0-5 overrules"
    message = FormattedText([("bold" if colour else "", f"{ask} "), ("", "> ")])
    session = _session(bindings, multiline=False, colour=colour)
    try:
        return session.prompt(message)
    except EOFError:
        return None
