"""Walks the blocks of a section: paragraphs, lists, tables and folded blocks that are questions or belong to one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizzer.decks.markdown.asking import asking, is_contents
from quizzer.decks.markdown.blocks import DEEPEST, Block, Item, item_lines, parse
from quizzer.decks.markdown.collecting import Collector
from quizzer.decks.markdown.drafts import (
    Draft,
    bold_parts,
    is_all_bold,
    is_way_back,
    piece,
    split_question,
    starts_question,
    trimmed,
)
from quizzer.decks.markdown.inline import flatten
from quizzer.decks.markdown.items import Elected, elect, first_text, has_elected, is_contents_list, link_only, style_of
from quizzer.decks.markdown.labels import answer_mark, is_answer_summary, is_opener, label, strip_ornaments
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.survey import Survey, asks
from quizzer.decks.markdown.tables import question_rows

_HTML_PARAGRAPH = re.compile(r"^<(p|div|dt|li)\b[^>]*>\s*(?P<inside>.*?)\s*(?:</\1\s*>)?$", re.IGNORECASE)
LONGEST_QUESTION = 12
"""Lines of a paragraph among which the end of its question is looked for."""

_BLOCK_IN_ITEM = re.compile(
    r"^\s*(?:[-*+]\s|\d+[.)]\s|>|```|~~~|#{1,6}\s|<(?:details|ul|ol|p|div|table)|\|)", re.IGNORECASE
)


class Walker(Collector):
    """Gathers the questions of a section's blocks; *survey* says how the list marks its questions."""

    def __init__(self, rows: int, survey: Survey, *, plain: bool) -> None:
        """*plain*: paragraphs that end with a question mark are questions too."""
        super().__init__(rows)
        self.survey = survey
        self.titles: frozenset[str] = frozenset()
        """Of the page's headings that ask."""
        self.depth = 0
        """Of the list that is being walked, in lists of topics."""
        self.plain = plain

    def walk(self, blocks: Sequence[Block], lines: Sequence[Line]) -> None:
        """Gather what is asked in *blocks* of *lines*."""
        elected = elect(blocks, lines)
        end = blocks[0].start if blocks else 0
        for number, block in enumerate(blocks):
            if self.draft is not None and block.start > end:
                self.draft.body.extend(lines[end : block.start])  # blank lines between blocks
            end = block.end
            inside = lines[block.start : block.end]
            if block.kind == "paragraph":
                following = blocks[number + 1] if number + 1 < len(blocks) else None
                self._paragraph(inside, leads=following is not None and has_elected(following, lines, elected))
            elif block.kind == "list":
                self._list(block, lines, elected)
            elif block.kind == "details":
                self._details(block, lines)
            elif block.kind == "table":
                self._table(inside)
            elif block.kind == "rule":
                self._rule(inside)
            elif block.kind == "html" and (line := _html_paragraph(inside[0])) is not None:
                if len(inside) == 1 or self._begins(line, first=True):
                    self._paragraph([line], leads=False)
                    inside = inside[1:]
                if inside:
                    self.take(inside)
            else:
                self.take(inside)

    def _rule(self, inside: Sequence[Line]) -> None:
        if self.draft is not None and self.survey.rules * 5 >= len(self.drafts) * 4 and len(self.drafts) > 1:
            self.close()  # this list puts a rule after each question
        if self.draft is not None:
            self.draft.body.extend(inside)
        self.use(inside, "mark")

    def _paragraph(self, inside: Sequence[Line], *, leads: bool) -> None:
        """A paragraph: the start of questions line by line, part of the open one, or neither.

        *leads*: a list of questions follows.
        """
        text = inside[0].text
        if all(is_way_back(line.text) for line in inside):
            self.take(inside)
            return
        rest = list(inside)
        asked = False
        while rest:
            begin = next((n for n, line in enumerate(rest) if self._begins(line, first=n == 0)), None)
            if begin is None:
                break
            if begin:
                self.take(rest[:begin])
            question, after = split_question(rest[begin : begin + LONGEST_QUESTION])
            marked = label(rest[begin].text)
            style = "word" if marked.word else "bold" if bold_parts(rest[begin].text) else "plain"
            self.open(Draft(style, question, [], marked.word, marked.number))
            rest = [*after, *rest[begin + LONGEST_QUESTION :]]
            asked = True
        if asked:
            self.take(rest)
            return
        title = bold_parts(text) if leads and len(inside) == 1 and is_all_bold(text) else None
        if title and (self.draft is None or self.draft.style.startswith("list")):
            self.close()
            self.use(inside, "section")
            self.enter(flatten(title[0]).text)
        else:
            self.take(inside)

    def _begins(self, line: Line, *, first: bool) -> bool:
        """Whether a question begins with this line of a paragraph."""
        text = line.text
        marked = label(text)
        style = self.draft.style if self.draft is not None else ""
        if marked.word:
            return bool(marked.rest) or first
        if style.startswith("list") or style == "word":
            return False
        parts = bold_parts(text)
        if parts is not None:
            return self._begins_bold(text, parts[0], first=first, numbered=marked.present)
        strength = asking(flatten(marked.rest).text)
        if not first or strength < 2:
            return False
        return marked.present or (self.plain and len(text) < 300 and link_only(text) is None)

    def _begins_bold(self, text: str, inside: str, *, first: bool, numbered: bool) -> bool:
        marked = label(inside)
        strength = asking(flatten(marked.rest).text)
        if self.draft is not None and self.survey.bold_is_numbered and not (marked.present or numbered):
            return False
        if is_all_bold(text):
            counted = marked.present and self.survey.bold_is_numbered
            return strength == 2 or counted or (strength > 0 and self.survey.bold_asks)
        return first and strength == 2 and inside[-1:] in "?？؟" and not answer_mark(text)

    def _details(self, block: Block, lines: Sequence[Line]) -> None:
        summary = strip_ornaments(flatten(block.summary).text)
        whole = lines[block.start : block.end]
        unnamed = is_answer_summary(summary) or is_opener(summary)
        strength = self._summary_asks(summary, block, unnamed=unnamed)
        fits = self.draft is None or self.draft.style in ("details", "bold", "plain") or strength == 3
        if is_contents(summary) and self.draft is None:
            self.use(whole, "mark")
        elif strength and fits:
            head = lines[block.start : block.inner[0]]
            named = next((line for line in head if summary[:12] and summary[:12] in line.text), head[0])
            marked = label(summary)
            body = list(lines[block.inner[0] : block.inner[1]])
            question = [named._replace(text=block.summary)]
            self.open(
                Draft("details", question, body, marked.word, marked.number, rows=tuple(line.row for line in head))
            )
            self.use(head, "question")
            self.use(whole, "answer")
            self.close()
        elif unnamed or self.draft is not None:
            self.take(whole)
        else:
            before = self.tags, self.difficulty
            self.use(lines[block.start : block.inner[0]], "section")
            self.enter(summary)
            self.walk(block.blocks, lines)
            self.close()
            self.use(whole[-1:], "mark")
            self.tags, self.difficulty = before

    def _summary_asks(self, summary: str, block: Block, *, unnamed: bool) -> int:
        """How surely a folded block is a question and its answer; 0: it is not."""
        strength = starts_question(summary)
        if strength >= 2 or (self.survey.summaries_ask and strength):
            return strength
        if unnamed or is_contents(summary) or any(inner.kind == "details" for inner in block.blocks):
            return 0
        numbered = self.survey.summaries_ask and label(summary).present
        return int(numbered or (self.survey.all_summaries_ask and self.draft is None))

    def _table(self, inside: Sequence[Line]) -> None:
        rows = question_rows(inside) if self.draft is None else None
        if rows is None:
            self.take(inside)
            return
        for draft in rows:
            self.open(draft)
            self.close()
        self.use(inside, "section" if rows else "mark")

    # -- lists

    def _list(self, block: Block, lines: Sequence[Line], elected: Elected) -> None:
        if self.draft is None and is_contents_list(block, lines, self.titles):
            self.use(lines[block.start : block.end], "mark")
            return
        end = block.start
        asks_here = False
        for item in block.items:
            if self.draft is not None and item.start > end:
                self.draft.body.extend(lines[end : item.start])
            end = item.end
            text = first_text(lines, item)
            style = style_of(block, text)
            share = elected.get(style, 0.0)
            # In other scripts the words that ask are not known.
            asked = share >= 0.75 or (share > 0 and (starts_question(text) > 0 or _is_foreign(text)))
            if asked and item.checked is None and re.search(r"\w", text) and self._goes_on(style):
                self._question_item(style, lines, item)
                asks_here = True
                continue
            if asks_here:
                self.close()  # a neighbour in the list is no part of the answer
            self._other_item(lines, item)

    def _goes_on(self, style: str) -> bool:
        """Whether items of *style* are further questions, and not part of the open one's answer."""
        if self.draft is None:
            return True
        opened = self.draft.style.split("-")
        return opened[0] == "list" and opened[1] == style.split("-")[1]

    def _question_item(self, style: str, lines: Sequence[Line], item: Item) -> None:
        inside = trimmed(item_lines(lines, item))
        if not inside:
            return
        first = lines[item.start]
        width = inside[0].column - first.column if inside[0].row == first.row else 4
        if inside[0].text.lstrip().lower().startswith("<details"):
            self.close()
            self.walk(parse(inside, asks=asks), inside)
            return
        if inside[0].text.startswith("#"):
            bare = inside[0].text.lstrip("#")
            question, rest = [piece(inside[0], len(inside[0].text) - len(bare))], inside[1:]
        else:
            ends = (
                n for n, line in enumerate(inside) if n and (not line.text.strip() or _BLOCK_IN_ITEM.match(line.text))
            )
            end = next(ends, len(inside))
            question, rest = split_question(inside[:end])
            rest += inside[end:]
        marked = label(" ".join(line.text for line in question))
        number = marked.number if marked.present else item.number
        indent = re.sub(r"[^\s>]", " ", first.text[:width])
        self.open(Draft(style, question, rest, marked.word, number, indent=indent))

    def _other_item(self, lines: Sequence[Line], item: Item) -> None:
        """An item that is no question: a topic with questions below it, part of an answer, or neither."""
        whole = lines[item.start : item.end]
        if self.draft is not None:
            self.take(whole)
            return
        inside = item_lines(lines, item)
        blocks = parse(inside, asks=asks) if self.depth < DEEPEST else []
        rest = blocks[1:] if blocks and blocks[0].kind in ("paragraph", "heading") else blocks
        elected = elect(rest, inside)
        if not any(has_elected(block, inside, elected) or block.kind == "details" for block in rest):
            self.take(whole)
            return
        before = self.tags, self.difficulty
        self.depth += 1
        if rest is not blocks:
            self.use(inside[: rest[0].start], "section")
            self.enter(strip_ornaments(flatten(inside[0].text.lstrip("# ")).text).rstrip(":"))
        self.walk(rest, inside)
        self.depth -= 1
        self.close()
        self.tags, self.difficulty = before


def _is_foreign(text: str) -> bool:
    """Whether most letters are of another script than the Latin one."""
    letters = [character for character in text if character.isalpha()]
    return sum(character > "\u024f" for character in letters) * 2 > len(letters)


def _html_paragraph(line: Line) -> Line | None:
    """The text of a line such as ``<p><b>What is it?</b></p>``."""
    found = _HTML_PARAGRAPH.match(line.text.strip())
    if not found or not found.group("inside"):
        return None
    column = line.text.index(found.group("inside"))
    return piece(line, column)._replace(text=found.group("inside"))
