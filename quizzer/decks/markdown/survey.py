"""How a list marks its questions, seen over all of it: what is rare in it is more likely part of an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizzer.decks.markdown.asking import asking
from quizzer.decks.markdown.blocks import Block
from quizzer.decks.markdown.drafts import bold_parts, is_all_bold, starts_question
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import is_answer_summary, label
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.outline import Node, heading_text


@dataclass(frozen=True, slots=True)
class Survey:
    """What a list's bold lines, folded blocks and rules are used for."""

    bold_asks: bool
    """At least half of the lines in bold ask something."""
    bold_is_numbered: bool
    """Those that do have numbers."""
    summaries_ask: bool
    """At least half of the folded blocks are named by a question."""
    all_summaries_ask: bool
    rules: int
    rules_separate: bool
    """Most questions that are headings end with a rule."""


def survey(blocks: Sequence[Block], lines: Sequence[Line]) -> Survey:
    """What *lines* show."""
    bold: Counter[str] = Counter()
    summaries: Counter[bool] = Counter()
    rules = 0
    ended = _ends_with_rule(blocks, lines)
    for block in _every(blocks):
        if block.kind == "paragraph":
            for line in lines[block.start : block.end]:
                parts = bold_parts(line.text) if is_all_bold(line.text) else None
                if parts:
                    marked = label(parts[0])
                    asks = asking(flatten(marked.rest).text) == 2 or marked.word
                    bold["asking" if asks else "other"] += 1
                    bold["numbered"] += asks and marked.number is not None
        elif block.kind == "details" and not is_answer_summary(flatten(block.summary).text):
            summaries[starts_question(flatten(block.summary).text) > 0] += 1
        rules += block.kind == "rule"
    return Survey(
        bold["asking"] >= bold["other"],
        bold["asking"] > 2 and bold["numbered"] >= 0.8 * bold["asking"],
        summaries[True] >= summaries[False],
        summaries[True] > 2 and summaries[True] >= 3 * summaries[False],
        rules,
        len(ended) > 2 and sum(ended) * 10 >= len(ended) * 7,
    )


def _ends_with_rule(blocks: Sequence[Block], lines: Sequence[Line]) -> list[bool]:
    """For each heading that asks but the last: whether a rule stands before the next one."""
    ended: list[bool] = []
    opened = False
    for number, block in enumerate(blocks):
        asks_here = block.kind == "heading" and starts_question(heading_text(lines, block)) > 1
        if asks_here and opened:
            before = [other for other in blocks[max(0, number - 2) : number] if other.kind != "html"]
            ended.append(bool(before) and before[-1].kind == "rule")
        opened = opened or asks_here
    return ended


def asks_inside(node: Node, lines: Sequence[Line]) -> int:
    """How many questions the blocks directly below *node* hold that are no headings."""
    count = 0
    for block in node.blocks:
        if block.kind == "details":
            count += asks(block.summary)
        elif block.kind == "paragraph":
            first = lines[block.start].text
            marked = label(first)
            count += marked.word and bool(marked.rest) and not node.label.word
            count += is_all_bold(first) and starts_question(first) == 2 and not node.labelled
    return count


def asks(summary: str) -> bool:
    """Whether the summary of a ``<details>`` is a question."""
    plain = flatten(summary).text
    return starts_question(plain) >= 2 and not is_answer_summary(plain)


def _every(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _every(block.blocks)
