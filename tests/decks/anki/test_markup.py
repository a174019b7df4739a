"""Fields of HTML: what of them is text, and what a text becomes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.anki.marking import items_html, to_html
from quizzer.decks.anki.markup import items_of, to_text

PIECES = [
    "a", "b c", " ", "  ", "\n", "\n\n", "`x y`", "**b**", "**", "`", "<b>", "</div>", "&amp;", "&", "<", "- ",
    "[sound:a]", "[latex]", "[$]", "\\(x\\)", "{{c1::a}}", "*i*", "'", '"', "1. ", "\t", "<!--", "<br>", "漢",
]  # fmt: skip


def shown(text: str) -> str:
    """*text* without what HTML does not hold: spaces at the ends of lines, more than one empty line."""
    lines = "\n".join(line.rstrip(" ") for line in text.replace("\t", "    ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n").strip(" ")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=400, deadline=None)
def test_a_text_comes_back_from_its_html(text: str) -> None:
    """Whatever of it looks like markup."""
    assert shown(to_text(to_html(text)).text) == shown(text)


def test_code_comes_back_with_its_language() -> None:
    """Lines and spaces in it too."""
    text = "see:\n```py\nif a < b:\n\n    return  `c`\n```\nand so on"
    assert to_text(to_html(text)).text == text


@pytest.mark.parametrize("texts", [(), ("one",), ("one **b**", "two\nlines", "<li>")])
def test_a_list_comes_back(texts: tuple[str, ...]) -> None:
    """Points, hints and sources."""
    assert items_of(items_html(texts)) == texts


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Why <b>is</b> it?", "Why **is** it?"),
        ("<b>foo </b>bar <i>baz</i>", "**foo** bar *baz*"),
        ("<b><strong>twice</strong></b>", "**twice**"),
        ("a &amp; b<br>two<div>three</div><div><br></div><div>four</div>", "a & b\ntwo\nthree\n\nfour"),
        ("<ul><li>x</li><li>y <b>z</b></li></ul>", "- x\n- y **z**"),
        ("<ol><li>a<li>b<ul><li>c</ul></ol>d", "1. a\n2. b\n- c\nd"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\nc | d"),
        ("10<sup>6</sup> H<sub>2</sub>O", "10^6 H2O"),
        ("a&nbsp;b &lt;i&gt; &#x3b1;", "a b <i> α"),
        ("[$]x^2[/$] [latex]y[/latex] <anki-mathjax>z</anki-mathjax>", "\\(x^2\\) y \\(z\\)"),
        ("<style>p {}</style><script>alert('<b>')</script>ok<!-- no -->", "ok"),
        ('<pre><code class="language-c">int  x;\n</code></pre>', "```c\nint  x;\n```"),
        ("1 < 2 and a<b", "1 < 2 and a<b"),
        ("open <b>and <i>never closed", "open and never closed"),
        ("  white\n space  ", "white space"),
    ],
)
def test_html_of_others_becomes_text(html: str, text: str) -> None:
    """As the editor of Anki and its add-ons write it."""
    assert to_text(html).text == text


def test_pictures_sounds_and_links_are_noticed() -> None:
    """The first are left out and counted, an address may be a source, a script's is none."""
    read = to_text(
        "<img src='a.png' alt='a cat'> [sound:b.mp3] <a href='https://x.y/?a&amp;b'>z</a> <a href='javascript:1'>"
    )
    assert (read.text, read.links, read.media) == ("a cat z", ("https://x.y/?a&b",), 2)


@pytest.mark.parametrize(
    "piece", ["<a", "<a href='", "<!--", "<b>", "<div ", "</", "[sound:", "[anki:", "<img><div>", "<ul>"]
)
def test_a_hostile_field_is_read_in_one_pass(piece: str) -> None:
    """A parser that looks at the rest again for each open tag would take minutes for these; the run has a limit."""
    assert to_text(piece * (300_000 // len(piece))) is not None
