"""Which items of lists are questions: decided for a section as a whole, by how most of them read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from quizzer.decks.markdown.asking import is_page_talk
from quizzer.decks.markdown.blocks import Block, Item, item_lines
from quizzer.decks.markdown.drafts import starts_question
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import label
from quizzer.decks.markdown.lines import Line

_LINK_ONLY = re.compile(r"^\W*(?:\d+\W+)?\[(?P<text>[^\]]*(?:\[[^\]]*\][^\]]*)*)\]\((?P<to>[^)\s]*)[^)]*\)\W*$")

Elected = Mapping[str, float]
"""Styles of items that are questions -> the share of such items that ask something."""


def link_only(text: str) -> str | None:
    """The address of the link that *text* is and nothing else."""
    found = _LINK_ONLY.match(text)
    return found.group("to") if found else None


def first_text(lines: Sequence[Line], item: Item) -> str:
    """The first words of *item*."""
    short = Item(item.start, min(item.end, item.start + 3), item.number, item.checked)
    inside = item_lines(lines, short)
    return next((line.text.strip() for line in inside if line.text.strip()), lines[item.start].text.strip())


def style_of(block: Block, text: str) -> str:
    """How an item that begins with *text* is marked: ``list-ordered-heading``."""
    lead = "text"
    if re.match(r"#{1,6}\s", text):
        lead = "heading"
    elif text.startswith("<") and not text.startswith(("<b>", "<strong>")):
        lead = "details"
    return f"list-{'ordered' if block.ordered else 'bullet'}-{lead}"


def elect(blocks: Sequence[Block], lines: Sequence[Line]) -> Elected:
    """The styles of items that are questions among *blocks*."""
    seen: Counter[str] = Counter()
    some: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for block in blocks:
        for item in block.items:
            text = first_text(lines, item)
            link = link_only(text)
            if item.checked is not None or (link is not None and link.startswith("#")):
                continue
            style = style_of(block, text)
            strength = 0 if is_page_talk(text) else starts_question(text.lstrip("#").strip())
            if link is not None and strength < 2:
                strength = 0
            seen[style] += 1
            below[style] += item.end > item.start + 1
            some[style] += strength > 0
            sure[style] += strength > 1
    shares = {
        style: some[style] / count
        for style, count in seen.items()
        if some[style] * 2 >= count and (sure[style] or some[style] > 1)
    }
    for style, count in seen.items():
        # "2. HashMap internals" between "1. What is a map?" and others, each with text below it.
        if "ordered" in style and sure[style] and count > 1 and some[style] * 4 >= count and below[style] == count:
            shares[style] = 1.0
    return shares


def has_elected(block: Block, lines: Sequence[Line], elected: Elected) -> bool:
    """Whether some items of *block* are of a style of questions."""
    return any(style_of(block, first_text(lines, item)) in elected for item in block.items)


def folded(title: str) -> str:
    """*title* as it is compared with another."""
    return " ".join(title.casefold().split()).rstrip(" ?.:")


def is_contents_list(block: Block, lines: Sequence[Line], titles: Collection[str]) -> bool:
    """Whether a list only leads to places on the page, where its *titles* stand again."""
    anchors = 0
    for item in block.items:
        text = first_text(lines, item)
        link = link_only(text)
        if link is not None:
            anchors += link.startswith("#") or folded(label(flatten(text).text).rest) in titles
    return anchors * 10 >= len(block.items) * 7
