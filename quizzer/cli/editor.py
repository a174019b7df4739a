"""The user's own editor: which one it is, and a text that goes through it without ever being lost."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from quizzer.cli import compose
from quizzer.decks.editing import saving
from quizzer.decks.editing.template import MAXIMUM_CHARACTERS
from quizzer.errors import DraftUnusable, EditorFailed, UsageError

_USUAL = ("sensible-editor", "editor", "nano", "vim", "vi")
_AT_ONCE_SECONDS = 0.5
"""No person opens a text, reads it and closes the editor within this."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in a file of its own, where it stays until it is saved elsewhere."""

    path: Path

    @classmethod
    def make(cls, name: str, text: str) -> Draft:
        """A draft that only this user can read; *name* is part of its file's name."""
        folder = compose.paths().data / "drafts"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".yaml", dir=folder)
        except OSError:
            handle, path = tempfile.mkstemp(prefix=f"quizzer-{name}-", suffix=".yaml")
        os.close(handle)
        draft = cls(Path(path))
        draft.path.write_bytes(text.encode())
        return draft

    def write(self, text: str) -> None:
        """Put *text* into the file, whole or not at all: what is there may be all that is left of what was typed.

        Raises:
            DeckUnwritable: it is read-only, or there is no room.
        """
        if self.path.exists():
            saving.replace(self.path, text.encode(), expected=lambda _content: True)
        else:
            self.path.write_bytes(text.encode())

    def read(self) -> str:
        """The text, with line feeds for line ends; empty where the file is gone.

        Raises:
            DraftUnusable: it is not UTF-8, too large, or cannot be read; the file stays.
        """
        try:
            with self.path.open("rb") as file:
                content = file.read(4 * MAXIMUM_CHARACTERS + 1)
            text = content.decode("utf-8-sig")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unusable(f"cannot be read: {(error.strerror or str(error)).lower()}") from error
        except UnicodeDecodeError as error:
            raise self._unusable("is not UTF-8: set your editor to save as UTF-8") from error
        if len(text) > MAXIMUM_CHARACTERS:
            raise self._unusable(f"has more than {MAXIMUM_CHARACTERS:,} characters: no card is so long")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def differs_from(self, text: str) -> bool:
        """Whether the file is there and holds something other than *text*."""
        try:
            return self.path.stat().st_size > 4 * MAXIMUM_CHARACTERS or self.path.read_bytes() != text.encode()
        except OSError:
            return self.path.exists()

    def remove(self) -> None:
        """Delete the file, if that is allowed: what was in it is saved, or was given up."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _unusable(self, reason: str) -> DraftUnusable:
        return DraftUnusable(
            f"{self.path}: {reason}", hint="nothing was saved; the file is kept as your editor left it"
        )


def command() -> list[str]:
    """The editor's command line: $VISUAL, $EDITOR, or what this system has.

    Raises:
        UsageError: there is none, or nobody at a terminal to use it.
    """
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value:
            return _split(value, name)
    if not is_interactive():
        raise UsageError("there is no terminal to edit in", hint="give the text with --answer, or set $EDITOR")
    if sys.platform == "win32":
        return ["notepad"]
    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None:
        raise UsageError("there is no editor", hint="set $EDITOR, such as EDITOR=nano, or give the text with --answer")
    return [found]


def _split(value: str, name: str) -> list[str]:
    try:
        words = shlex.split(value, posix=sys.platform != "win32")
    except ValueError as error:
        raise UsageError(f"${name} cannot be read: {value!r}", hint="a quote is opened and not closed") from error
    return [word.strip('"') for word in words] if sys.platform == "win32" else words


def is_interactive() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def edit(draft: Draft, editor: list[str]) -> bool:
    """Let the user edit *draft*; False where the editor came back at once, as one does that opens a window.

    Raises:
        EditorFailed: it could not be started, or says that it failed.
    """
    began = time.monotonic()
    # An editor draws on the terminal, also where our own output goes into a pipe.
    output = sys.stderr if not sys.stdout.isatty() and sys.stderr.isatty() else None
    try:
        with _interrupts_go_to_the_editor():
            code = subprocess.run([*editor, str(draft.path)], stdout=output, check=False).returncode
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the editor {editor[0]!r} cannot be started: {reason}"
        raise EditorFailed(message, hint="set $VISUAL or $EDITOR to an editor, such as EDITOR=nano") from error
    if code:
        ended = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        raise EditorFailed(f"the editor {editor[0]!r} {ended}", hint="the card is as it was")
    return time.monotonic() - began > _AT_ONCE_SECONDS


@contextmanager
def _interrupts_go_to_the_editor() -> Iterator[None]:
    """Ctrl-C is the editor's while it runs; a handler of ours, unlike SIG_IGN, is not passed on to it."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
