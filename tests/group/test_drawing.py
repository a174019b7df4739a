"""What a live session draws in a terminal: Markdown, QR codes, and nothing that the terminal would obey."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from quizzer.group import host_pages, room_pages
from quizzer.group.drawing import QUIET_MODULES, drawn, plain, qr_lines
from quizzer.group.qr import rows
from quizzer.group.room import (
    AnswerGroup,
    Best,
    Person,
    Room,
    RoomPoint,
    RoomQuestion,
    RoomReveal,
    Standing,
    You,
    YourMark,
)
from quizzer.group.room_pages import Markdown
from quizzer.study.pages import Line

OURS = re.compile(r"\x1b\[[0-9;]*m")
"""The codes that rich makes: colours and weights, and nothing that moves, asks or links."""
hostile = st.text(st.sampled_from("ab \n\t*_`#<>&[](){}|\\\x1b\x07\x9b\u202e\u200b!-.1:/m"), max_size=60)


def test_markdown_is_laid_out_and_a_mask_is_no_html() -> None:
    """Questions on language models are full of things in angle brackets."""
    text = drawn([Markdown("What does `[MASK]` do, and *why* is <mask> not it?")], width=70, colour=False)
    assert text.strip() == "What does [MASK] do, and why is <mask> not it?"


def test_a_link_shows_where_it_leads() -> None:
    """A link that only a click shows may lead anywhere."""
    assert "http://example.org" in drawn([Markdown("[paper](http://example.org)")], width=70, colour=True)
    assert "\x1b]8" not in drawn([Markdown("[paper](http://example.org)")], width=70, colour=True)


@given(hostile, hostile, hostile)
def test_no_name_answer_or_question_reaches_the_terminal_as_an_escape(name: str, answer: str, question: str) -> None:
    """Whatever they hold: on the players' screens and on the host's."""
    reveal = RoomReveal(question, question, (RoomPoint(answer, 1, 2),), 1, Best(name, answer))
    room = Room(
        "revealed",
        question,
        1,
        1,
        question=RoomQuestion(0, question),
        reveal=reveal,
        table=(Standing(1, name, 3, name),),
    )
    you = You(name, name, 1, 3, question=0, answer=answer, mark=YourMark("pass", made=(answer,), reason=answer))
    group = AnswerGroup(0, (answer,), 1, reason=answer)
    blocks = [
        *room_pages.lobby(room, you, personal=""), *room_pages.revealed(room, you), *room_pages.ended(room, you),
        *host_pages.names([Person("p1", name, name)], answered=True), *host_pages.revealed(room),
        *host_pages.judging(room, [group], right_answer=answer, selected=0)[0],
    ]  # fmt: skip
    for text in (OURS.sub("", drawn(blocks, width=60, colour=True)), plain(blocks, width=60)):
        assert all(character.isprintable() or character in "\n\t\ufffd" for character in text), repr(text)


def test_colour_is_never_the_only_signal() -> None:
    """Without it, the same words and signs."""
    blocks = [Line("bad", "[-] missed"), Line("good", "[+] made")]
    assert drawn(blocks, width=40, colour=False) == "[-] missed\n[+] made"
    assert OURS.sub("", drawn(blocks, width=40, colour=True)) == "[-] missed\n[+] made"


def test_a_qr_code_in_half_blocks_is_the_code() -> None:
    """Two rows of modules in one line, the light ones drawn, a quiet border around."""
    code = rows("http://192.168.1.5:8765/#K7M2QD")
    pairs = {"\u2588": "00", "\u2580": "01", "\u2584": "10", " ": "11"}
    lines = qr_lines(code)
    upper = ["".join(pairs[glyph][0] for glyph in line) for line in lines]
    lower = ["".join(pairs[glyph][1] for glyph in line) for line in lines]
    modules = [row for both in zip(upper, lower, strict=True) for row in both]
    inner = modules[QUIET_MODULES : QUIET_MODULES + len(code)]
    assert tuple(row[QUIET_MODULES:-QUIET_MODULES] for row in inner) == code
    assert "1" not in "".join(modules[:QUIET_MODULES])
