"""One keyboard that several people share: each types on a page of their own, which nobody sees afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from quizzer.group.room_pages import Block
from quizzer.study.pages import Line
from quizzer.study.plain import PlainScreen
from quizzer.study.screen import SecondsLeft
from quizzer.study.terminal import TerminalScreen
from quizzer.study.warmup import Warmup

Draw = Callable[[Sequence[Block], int], str]


class SharedTerminal(TerminalScreen):
    """`quizzer.group.party.Keyboard` on a terminal; a turn is on the second screen, which keeps nothing."""

    def __init__(self, warmup: Warmup, *, colour: bool, stars: bool, draw: Draw) -> None:
        """*stars*: not even the typist sees the letters. *draw*: blocks as text of so many columns."""
        super().__init__(warmup, colour=colour)
        self._stars = stars
        self._draw = draw

    def show(self, lines: Sequence[Block]) -> None:
        """Print blocks, Markdown laid out."""
        click.echo(self._draw(lines, min(shutil.get_terminal_size().columns - 1, 100)))

    def hand_over(self, ask: str) -> bool:
        """True for Enter; False for Ctrl-D or q, which ends the party."""
        return self.pick(f"{ask} (q leaves)", "q") == ""

    def read_alone(self, page: Sequence[Block], *, left: Callable[[], SecondsLeft | None]) -> str | None:
        """The answer from the editor, on a screen of its own."""
        self._warmup.start()
        with _other_screen():
            self.show(page)
            from quizzer.study.editor import read_answer  # prompt_toolkit, 80 ms

            return read_answer(colour=self._colour, left=left(), stars=self._stars)

    def pick(self, ask: str, keys: str) -> str | None:
        """One key."""
        from quizzer.study.editor import read_key  # as above

        return read_key(keys, colour=self._colour, ask=ask, enter=True)


@contextmanager
def _other_screen() -> Iterator[None]:
    """The terminal's second screen, cleared, for as long as it lasts."""
    from prompt_toolkit.output import create_output  # 80 ms

    output = create_output()
    output.enter_alternate_screen()
    output.erase_screen()
    output.cursor_goto(0, 0)
    output.flush()
    try:
        yield
    finally:
        output.erase_screen()
        output.quit_alternate_screen()
        output.flush()


class SharedLines(PlainScreen):
    """`quizzer.group.party.Keyboard` over plain lines."""

    def show(self, lines: Sequence[Block]) -> None:
        """Print blocks, Markdown as it was written."""
        super().show([block if isinstance(block, Line) else Line("text", block.text, block.indent) for block in lines])

    def hand_over(self, ask: str) -> bool:
        """Wait for Enter where a person types; a script is never waited for."""
        return not self.person or self.pick(ask, "q") == ""

    def read_alone(self, page: Sequence[Block], *, left: Callable[[], SecondsLeft | None]) -> str | None:
        """The answer; a person's is pushed off the screen by empty lines, without moving the cursor."""
        self.show(page)
        answer = self.read(left=left())
        if self.person and self._out.isatty():
            click.echo("\n" * shutil.get_terminal_size().lines, self._out)
        return answer

    def pick(self, ask: str, keys: str) -> str | None:
        """The first letter of a person's next line that is one of *keys*; from a script nothing is waited for."""
        if not self.person:
            return ""
        while True:
            click.echo(f"{ask} > ", self._out, nl=False)
            self._out.flush()
            line = self._reader.line()
            if line is None or line.strip()[:1].lower() in ("", *keys):
                return None if line is None else line.strip()[:1].lower()
