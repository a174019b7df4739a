"""Blocks as a terminal shows them: Markdown laid out, colour where it is wanted, and nothing that it would obey."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from quizzer.group.room_pages import Block, Markdown
from quizzer.study.pages import Line, Role, wrapped
from quizzer.text import printable

STYLES: dict[Role, str] = {
    "text": "",
    "quiet": "dim",
    "strong": "bold",
    "good": "green",
    "bad": "red",
    "open": "yellow",
}
"""Colour only underlines what signs and words already say."""


def plain(blocks: Sequence[Block], *, width: int) -> str:
    """*blocks* as plain lines, Markdown as it was written."""
    return "\n".join(wrapped(_line(block), width) for block in blocks)


def _line(block: Block) -> Line:
    return block if isinstance(block, Line) else Line("text", block.text, block.indent)


def drawn(blocks: Sequence[Block], *, width: int, colour: bool) -> str:
    """*blocks* with ANSI codes of our own, each line no wider than *width*."""
    return "\n".join(drawn_each(blocks, width=width, colour=colour))


def drawn_each(blocks: Sequence[Block], *, width: int, colour: bool) -> list[str]:
    """As `drawn`, block by block."""
    from markdown_it import MarkdownIt
    from rich.console import Console  # 100 ms with what Markdown needs
    from rich.markdown import Markdown as RichMarkdown
    from rich.padding import Padding
    from rich.text import Text

    # Rich's own parser takes <mask> for HTML and leaves it out.
    parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
    file = StringIO()
    console = Console(
        file=file, width=max(20, width), force_terminal=True, color_system="standard" if colour else None,
        legacy_windows=False, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    found = []
    for block in blocks:
        if isinstance(block, Markdown):
            text = RichMarkdown("", hyperlinks=False, code_theme="ansi_dark")
            text.parsed = parser.parse(printable(block.text))
            console.print(Padding(text, (0, 0, 0, block.indent)))
        else:
            console.print(Text(wrapped(block, width), STYLES[block.role]), soft_wrap=True)
        found.append(file.getvalue().removesuffix("\n"))
        file.seek(0)
        file.truncate()
    return found


QUIET_MODULES = 2
"""Around a QR code; the standard asks for four, which cost a third of a small screen, and no camera misses them."""


def qr_lines(rows: Sequence[str]) -> list[str]:
    """The QR code *rows* ("1" for dark) in half blocks: what is light is drawn, for a dark screen."""
    width = len(rows[0]) + 2 * QUIET_MODULES if rows else 0
    side = "0" * QUIET_MODULES
    matrix = [*["0" * width] * QUIET_MODULES, *(side + row + side for row in rows), *["0" * width] * QUIET_MODULES]
    if len(matrix) % 2:
        matrix.append("0" * width)
    glyphs = {("0", "0"): "\u2588", ("0", "1"): "\u2580", ("1", "0"): "\u2584", ("1", "1"): " "}
    return [
        "".join(glyphs[pair] for pair in zip(above, below, strict=True))
        for above, below in zip(matrix[::2], matrix[1::2], strict=True)
    ]
