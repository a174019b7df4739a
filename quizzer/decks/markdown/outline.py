"""The headings of a list as a tree, and which of them are questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quizzer.decks.markdown.asking import asking, is_meta, is_page_talk
from quizzer.decks.markdown.blocks import Block
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.labels import NO_LABEL, Label, answer_mark, label, strip_ornaments
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.topics import topic

Role = Literal["question", "section", "both"]

_PART_OF_AN_ANSWER = re.compile(
    r"^(?:answers?|solutions?|explanations?|examples?|hints?|notes?|output|code|sample|pros|cons|summary|"
    r"key points?|details|good to hear|additional links|follow[- ]?ups?(?: questions?)?)(?:\s*\d+)?[\s:.]*$",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"^#?(\d{1,5})[.):]?$")


@dataclass(slots=True)
class Node:
    """A heading (none: the page) with the blocks directly below it and the headings below them."""

    level: int
    heading: Block | None = None
    title: str = ""
    """Plain, without the label."""
    label: Label = NO_LABEL
    start: int = 0
    """The first line below the heading."""
    end: int = 0
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    meta: bool = False
    strength: int = 0
    """`asking` of the title."""

    @property
    def labelled(self) -> bool:
        """Whether a number or a word says which question this is."""
        return self.label.present

    @property
    def own_end(self) -> int:
        """The end of the lines that belong to no heading below this one."""
        return min((child.heading.start for child in self.children if child.heading), default=self.end)

    def below(self) -> Iterator[Node]:
        """Every node below this one."""
        for child in self.children:
            yield child
            yield from child.below()


def heading_text(lines: Sequence[Line], block: Block) -> str:
    """The Markdown of a heading's text."""
    first = lines[block.start].text.strip()
    if first.startswith("#"):
        return re.sub(r"(?:^|\s)#+$", "", first.lstrip("#").strip()).strip()
    return " ".join(line.text.strip() for line in lines[block.start : block.end - 1])


def outline(blocks: Sequence[Block], lines: Sequence[Line]) -> Node:
    """The tree of the page."""
    root = Node(0, end=len(lines))
    path = [root]
    for block in blocks:
        text = heading_text(lines, block) if block.kind == "heading" else ""
        if block.kind != "heading" or _belongs_to_answer(text, block, path[-1]):
            path[-1].blocks.append(block)
            continue
        node = _node(text, block)
        while path[-1].level >= block.level:
            path.pop().end = block.start
        path[-1].children.append(node)
        path.append(node)
    for node in path:
        node.end = len(lines)
    for node in (root, *root.below()):
        _join_parts(node)
    return root


def refrains(blocks: Sequence[Block], lines: Sequence[Line]) -> list[Block]:
    """Headings that stand again and again with nothing below them: "Any doubts?"."""
    seen: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            text = heading_text(lines, block)
            seen[text] += 1
            bare[text] += number + 1 == len(blocks) or blocks[number + 1].kind in ("heading", "rule")
    again = {text for text, count in seen.items() if count > 2 and bare[text] * 2 > count and not label(text).present}
    return [block for block in blocks if block.kind == "heading" and heading_text(lines, block) in again]


def _goes_on(question: Node, following: Node) -> bool:
    """Whether *following* is the next question of the same count."""
    if question.label.number is None or following.label.number is None:
        return following.label.word and following.level == question.level
    return following.label.number > question.label.number


def title_node(root: Node, roles: Roles) -> Node | None:
    """The heading of the whole page: the one that stands above all others; where several stand side by side, none."""
    heads = [child for child in root.children if not (child.meta or child.labelled or child.strength == 2)]
    first = min((child.level for child in heads), default=0)
    heads = [child for child in heads if child.level == first]
    if not heads:
        return None
    alone = len(heads) == 1 and (first == 1 or heads[0] is root.children[0])
    introduces = (
        first == 1
        and not heads[0].children
        and not any(block.kind in ("list", "details", "table") for block in heads[0].blocks)
    )
    return heads[0] if (alone or introduces) and roles.of(heads[0]) == "section" else None


def _join_parts(parent: Node) -> None:
    """Give a heading with text that stands between two labelled questions of its level to the first one's answer."""
    kept: list[Node] = []
    waiting: list[Node] = []
    for child in parent.children:
        inside_answer = child.blocks and not (child.labelled or child.meta or child.strength or child.children)
        if inside_answer and kept and kept[-1].labelled and kept[-1].level >= child.level:
            waiting.append(child)
            continue
        if waiting:
            if _goes_on(kept[-1], child):
                kept[-1].end = waiting[-1].end
            else:
                kept.extend(waiting)
            waiting = []
        kept.append(child)
    parent.children = [*kept, *waiting]


def _node(text: str, block: Block) -> Node:
    marked = label(text)
    if not marked.present and (alone := _NUMBER_ALONE.match(marked.rest.strip())):
        marked = Label(False, int(alone.group(1)), "")
    title = strip_ornaments(flatten(marked.rest).text)
    return Node(
        block.level, block, title, marked, block.end,
        meta=not marked.word and is_meta(topic(title) or title), strength=_strength(title),
    )  # fmt: skip


def _strength(title: str) -> int:
    """`asking`; a question mark with a sentence behind it asks in any language."""
    strength = asking(title)
    inside = re.search(r"[?？؟]\s*\S", title)
    return 2 if inside and not is_page_talk(title) and len(title) < 300 else strength


def _belongs_to_answer(text: str, block: Block, current: Node) -> bool:
    """Whether a heading names a part of the question above it rather than another one."""
    bare = strip_ornaments(flatten(text).text)
    if answer_mark("# " + bare) and not re.match(r"answers\b", bare, re.IGNORECASE):
        return current.level > 0
    asks = current.strength == 2 or current.label.word
    return asks and block.level >= current.level and bool(_PART_OF_AN_ANSWER.match(bare))


class Roles:
    """Decides for each heading what it is, by how the others of its level read."""

    def __init__(self, root: Node, asks_inside: Callable[[Node], int], *, english: bool) -> None:
        """*asks_inside*: how many questions that are no headings a node's own blocks have.

        *english*: the words that ask are known; in other languages the neighbours of a heading say more.
        """
        self.asks_inside = asks_inside
        self.english = english
        nodes = [node for node in root.below() if not node.meta]
        self.all = Counter(node.level for node in nodes)
        self.asking = Counter(node.level for node in nodes if node.strength or node.label.word)
        self.sure = Counter(node.level for node in nodes if node.strength == 2 or node.label.word)
        self.numbered = Counter(node.level for node in nodes if node.label.number is not None)
        self.numbered_asking = Counter(
            node.level for node in nodes if node.label.number is not None and (node.strength or not node.title)
        )

    def of(self, node: Node) -> Role:
        """What *node* is; "both": a question, and the headings below it are others."""
        if node.meta or not self._reads_as_question(node):
            return "section"
        inside = self.asks_inside(node)
        if inside >= 2 and (self.sure[node.level] < 3 or not node.blocks):
            return "section"
        asking_below = [child for child in node.below() if self._is_sure(child)]
        if not asking_below:
            return "question"
        if any(child.label.word for child in asking_below):
            return "both" if node.blocks and node.strength == 2 else "section"
        number = node.label.number
        if number is not None and any((child.label.number or 0) > number for child in asking_below):
            return "both" if node.blocks else "section"  # the numbers go on: the levels are only sloppy
        if node.labelled and not any(child.labelled for child in asking_below):
            return "question"
        level = Counter(child.level for child in asking_below).most_common(1)[0][0]
        if self.sure[level] <= self.sure[node.level] / 3:
            return "question"
        return "both" if node.blocks and node.strength == 2 else "section"

    def _is_sure(self, node: Node) -> bool:
        return not node.meta and (node.strength == 2 or node.label.word or (node.labelled and node.strength > 0))

    def _reads_as_question(self, node: Node) -> bool:
        if node.label.word or node.strength == 2:
            return True
        level = node.level
        if node.label.number is not None:
            if not node.title:
                return self.numbered[level] > 1
            if node.strength:
                return True
            share = 2 if self.english else 4
            return self.numbered_asking[level] * share >= self.numbered[level] > 1
        if not self.english and node.blocks and self.sure[level] * 3 >= self.all[level]:
            return True
        return node.strength > 0 and self.asking[level] * 2 >= self.all[level]
