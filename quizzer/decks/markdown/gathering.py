"""Walks a list from top to bottom and gathers its questions, each with the lines that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.decks.markdown.asking import is_contents, is_english
from quizzer.decks.markdown.blocks import Block, parse
from quizzer.decks.markdown.drafts import Draft
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.items import folded
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.outline import Node, Roles, heading_text, outline, refrains, title_node
from quizzer.decks.markdown.survey import asks, asks_inside, survey
from quizzer.decks.markdown.topics import topic
from quizzer.decks.markdown.walking import Walker


class Gatherer(Walker):
    """Gathers the questions of *lines*; what was used for what is noted in *uses*, by row."""

    def __init__(self, lines: Sequence[Line], rows: int, *, plain: bool = False) -> None:
        """*plain*: paragraphs that end with a question mark are questions too."""
        blocks = parse(lines, asks=asks)
        again = refrains(blocks, lines)
        super().__init__(rows, survey(blocks, lines), plain=plain)
        self.lines = lines
        if again:
            blocks = self._without(again, blocks)
        root = outline(blocks, self.lines)
        english = is_english(" ".join(line.text for line in self.lines))
        self.roles = Roles(root, lambda node: asks_inside(node, self.lines), english=english)
        self.titles = frozenset(folded(node.title) for node in root.below() if node.strength or node.labelled)
        self.title_node = title_node(root, self.roles)
        self.title = self.title_node.title if self.title_node else ""
        self.walk(root.blocks, self.lines)
        for child in root.children:
            self._node(child)
        self.close()

    def _without(self, again: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
        """*blocks* without those in *again*, whose lines are blank from now on."""
        kept = list(self.lines)
        for block in again:
            self.use(kept[block.start : block.end], "mark")
            for number in range(block.start, block.end):
                kept[number] = kept[number]._replace(text="", made=True)
        self.lines = kept
        gone = {block.start for block in again}
        return [block for block in blocks if block.start not in gone]

    # -- the tree

    def _node(self, node: Node) -> None:
        self.close()
        role = self.roles.of(node) if node.heading else "section"
        before = self.tags, self.difficulty
        if node.heading and role != "section":
            head = self.lines[node.heading.start : node.heading.end]
            end = node.end if role == "question" else node.own_end
            if self.survey.rules_separate and not node.children:
                end = self._last_rule(node, end)
            body = self.lines[node.start : end]
            text = head[0]._replace(text=heading_text(self.lines, node.heading))
            rows = tuple(line.row for line in head)
            self.open(Draft("heading", [text], list(body), node.label.word, node.label.number, rows=rows))
            self.use(head, "question")
            self.close()
            if role == "question":
                return
        else:
            self._section(node)
        for child in node.children:
            self._node(child)
        self.close()
        self.tags, self.difficulty = before

    def _last_rule(self, node: Node, end: int) -> int:
        """Where a question ends in a list that puts a rule after each: what stands below the rule is of the page."""
        last = next((block for block in reversed(node.blocks) if block.kind == "rule"), None)
        if last is None or last is node.blocks[-1]:
            return end
        after = [block for block in node.blocks if block.start > last.start]
        if len(after) > 1 or after[0].kind not in ("paragraph", "html"):
            return end
        self.use(self.lines[last.start : last.end], "mark")
        self.take(self.lines[last.end : end])
        return last.start

    def _section(self, node: Node) -> None:
        raw = ""
        if node.heading:
            # Text below a heading among questions: whoever reads the remark must see the heading too.
            lost = not node.meta and not node.children and bool(node.blocks) and self.roles.sure[node.level] > 0
            self.use(self.lines[node.heading.start : node.heading.end], "loose" if lost else "section")
            raw = heading_text(self.lines, node.heading)
        if node.meta:
            listed = is_contents(topic(node.title) or node.title)
            for block in node.blocks:
                self.use(self.lines[block.start : block.end], "mark" if listed or block.kind == "rule" else "loose")
            return
        if node is not self.title_node and not any(to.startswith("http") for _, to in flatten(raw).links):
            self.enter(node.title)
        asked = len(self.drafts)
        self.walk(node.blocks, self.lines)
        if node.heading and (len(self.drafts) > asked or self.draft is not None):
            self.use(self.lines[node.heading.start : node.heading.end], "section")
