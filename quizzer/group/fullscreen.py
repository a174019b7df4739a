"""A full-screen page of a live session: a bar with the clock, a body that scrolls, an editor, a note and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Always, Condition, Filter
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText, FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth

from quizzer.group.room_pages import Block
from quizzer.text import printable

Draw = Callable[[Sequence[Block], int], list[str]]
"""Blocks, and how many columns there are -> each block with ANSI codes."""

WIDEST = 100
"""Longer lines are hard to read."""
REFRESH_SECONDS = 0.5
LEAST_SECONDS = 0.1
"""Between two drawings: a full room answers hundreds of times a second, and the host's loop has other work, too."""


@dataclass(frozen=True, slots=True)
class View:
    """What there is to see now."""

    title: str
    blocks: tuple[Block, ...]
    keys: str
    """What can be pressed."""
    page: str = ""
    """Names what is shown: as long as it is the same, the body stays where it was scrolled to."""
    right: str = ""
    """At the right end of the bar: the clock."""
    note: str = ""
    """What was just said: a refusal, a lost connection."""
    focus: tuple[int, int] | None = None
    """The blocks, from and up to, that must be in view."""
    aside: tuple[str, ...] = ()
    """Lines to the right of the body, where there is room: a QR code."""


class FullScreen:
    """An application that shows what *view* gives; *bindings* say what keys do."""

    def __init__(
        self,
        view: Callable[[], View],
        bindings: KeyBindings,
        *,
        draw: Draw,
        colour: bool,
        editor: Buffer | None = None,
        editing: Callable[[], bool] = lambda: False,
        scrolling: Callable[[], bool] = lambda: True,
    ) -> None:
        """*editor* is shown, and has the keys, while *editing*; the arrow keys scroll while *scrolling*."""
        self._make_view, self._draw, self._colour = view, draw, colour
        self._now: View | None = None
        self._scroll = 0
        self._page = ""
        self._height = 1
        self._drawn: tuple[tuple[tuple[Block, ...], int], list[str]] | None = None
        is_editing = Condition(editing)
        self._scroll_keys(bindings, arrows=Condition(scrolling) & ~is_editing)
        body = Window(FormattedTextControl(self._body, focusable=True, show_cursor=False), wrap_lines=False,
                      height=self._least)  # fmt: skip
        parts = [
            Window(FormattedTextControl(self._bar), height=1, style="reverse"),
            VSplit([body, ConditionalContainer(self._aside(), Condition(self._has_room_aside))]),
        ]
        if editor is not None:
            prompt = BeforeInput("> ")
            window = Window(BufferControl(editor, input_processors=[prompt]), wrap_lines=True,
                            height=Dimension(min=2, max=8, preferred=5), dont_extend_height=True)  # fmt: skip
            parts.append(ConditionalContainer(HSplit([_rule(), window]), is_editing))
            self._editor: Window | None = window
        else:
            self._editor = None
        parts += [
            ConditionalContainer(
                _lines(lambda: [("bold", printable(self._view().note))]),
                Condition(lambda: bool(self._view().note)),
            ),
            _lines(lambda: printable(self._view().keys), style="reverse"),
        ]
        self._body_window, self._is_editing = body, editing
        self.app: Application[None] = Application(
            Layout(HSplit(parts), focused_element=body), key_bindings=bindings, full_screen=True,
            refresh_interval=REFRESH_SECONDS, color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            before_render=lambda _: self._look(), enable_page_navigation_bindings=False,
            min_redraw_interval=LEAST_SECONDS,
        )  # fmt: skip
        # Esc waits for the key that belongs to it as long as somebody takes.
        self.app.timeoutlen = None  # type: ignore[assignment]  # documented; the attribute is typed by its default

    def invalidate(self) -> None:
        """Something has changed."""
        self.app.invalidate()

    def _look(self) -> None:
        """Make the view anew, once for all parts of the screen."""
        self._now = self._make_view()
        self._focus()

    def _view(self) -> View:
        if self._now is None:
            self._now = self._make_view()
        return self._now

    def _focus(self) -> None:
        wanted = self._editor if self._editor is not None and self._is_editing() else self._body_window
        if wanted is not None and self.app.layout.current_window is not wanted:
            self.app.layout.focus(wanted)

    def _bar(self) -> AnyFormattedText:
        view, columns = self._view(), self.app.output.get_size().columns
        title = printable(view.title).replace("\n", " ")
        room = columns - len(view.right) - 3
        title = title if len(title) <= room else title[: max(0, room - 1)] + "\u2026"
        return FormattedText([("bold", f" {title}".ljust(columns - len(view.right) - 1)), ("bold", f"{view.right} ")])

    def _body(self) -> AnyFormattedText:
        view, size = self._view(), self.app.output.get_size()
        width = min(WIDEST, size.columns - (self._aside_width(view) if self._has_room_aside() else 0) - 1)
        if view.page != self._page:
            self._page, self._scroll = view.page, 0
        parts = self._parts(view.blocks, width)
        lines = "\n".join(parts).split("\n") if parts else []
        info = self._body_window.render_info
        self._height = info.window_height if info else max(1, size.rows - 3)
        self._scroll = self._kept_in_view(view, parts, self._scroll)
        self._scroll = max(0, min(self._scroll, len(lines) - self._height))
        shown = lines[self._scroll : self._scroll + self._height]
        if len(lines) > self._scroll + self._height and shown:
            shown[-1] = "  ... more below (Down, Page Down)"
        return ANSI("\n".join(shown))

    def _least(self) -> Dimension:
        """Enough of the body to read a question, on a small terminal, too; the editor and the foot have the rest."""
        return Dimension(min=max(0, min(4, self.app.output.get_size().rows - 8)))

    def _parts(self, blocks: tuple[Block, ...], width: int) -> list[str]:
        if self._drawn is None or self._drawn[0] != (blocks, width):
            self._drawn = ((blocks, width), self._draw(blocks, width))
        return self._drawn[1]

    def _kept_in_view(self, view: View, parts: list[str], scroll: int) -> int:
        if view.focus is None:
            return scroll
        start, end = view.focus
        first = sum(part.count("\n") + 1 for part in parts[:start])
        last = first + sum(part.count("\n") + 1 for part in parts[start:end])
        return min(first, max(scroll, last + 2 - self._height))  # a line says that there is more

    def _aside(self) -> Window:
        def lines() -> AnyFormattedText:
            text = "\n".join(self._view().aside)
            # White on black whatever the terminal's own colours are: a camera wants a dark code on a light ground.
            return ANSI("".join(f"\x1b[97;40m{line}\x1b[0m\n" for line in text.split("\n"))) if self._colour else text

        return Window(FormattedTextControl(lines), width=lambda: Dimension.exact(self._aside_width(self._view())))

    def _aside_width(self, view: View) -> int:
        return max((len(line) for line in view.aside), default=0) + 1

    def _has_room_aside(self) -> bool:
        view, size = self._view(), self.app.output.get_size()
        return bool(view.aside) and size.columns - self._aside_width(view) >= 36 and size.rows - 3 >= len(view.aside)

    def _scroll_keys(self, bindings: KeyBindings, *, arrows: Filter) -> None:
        def by(key: str, lines: Callable[[], int], when: Filter) -> None:
            @bindings.add(key, filter=when)
            def _scroll(event: KeyPressEvent) -> None:
                self._scroll = max(0, self._scroll + lines())

        by("pageup", lambda: 1 - self._height, Always())
        by("pagedown", lambda: self._height - 1, Always())
        by("up", lambda: -1, arrows)
        by("down", lambda: 1, arrows)


def _lines(text: Callable[[], AnyFormattedText], *, style: str = "") -> Window:
    """A line, or two where the terminal is narrow."""
    return Window(FormattedTextControl(text), height=Dimension(min=1, max=2), dont_extend_height=True, wrap_lines=True,
                  style=style)  # fmt: skip


def _rule() -> Window:
    return Window(height=1, char="\u2500")
