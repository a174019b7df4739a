"""What has been gathered so far while a list is read: questions, the section, and the use of each line."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.decks.markdown.drafts import Draft, is_ornament, is_way_back
from quizzer.decks.markdown.levels import level_section
from quizzer.decks.markdown.lines import Line
from quizzer.decks.markdown.topics import slug, topic
from quizzer.model import Difficulty


class Collector:
    """Holds what is gathered. A question is open from its first line until the next one begins."""

    def __init__(self, rows: int) -> None:
        """*rows*: how many lines the file has."""
        self.drafts: list[Draft] = []
        self.uses = [""] * rows
        self.draft: Draft | None = None
        self.tags: tuple[str, ...] = ()
        self.difficulty: Difficulty | None = None

    def enter(self, title: str) -> None:
        """Count what follows to the section *title*."""
        level = level_section(title)
        if level:
            self.difficulty = level
        tag = "" if level else slug(topic(title))
        if tag and tag not in self.tags:
            self.tags += (tag,)

    def open(self, draft: Draft) -> None:
        """Begin with a question of the section that is being read."""
        self.close()
        draft.tags, draft.difficulty = self.tags, self.difficulty
        self.use(draft.question, "question")
        self.draft = draft

    def close(self) -> None:
        """End the open question, if there is one."""
        if self.draft is not None:
            self.use(self.draft.body, "answer")
            self.drafts.append(self.draft)
        self.draft = None

    def use(self, lines: Sequence[Line], use: str) -> None:
        """Note what *lines* are used for; the first use of a line counts."""
        for line in lines:
            if line.text.strip() and not line.made and self.uses[line.row] in ("", "loose"):
                self.uses[line.row] = use

    def take(self, lines: Sequence[Line]) -> None:
        """Give *lines* to the open question, or to none."""
        if self.draft is not None:
            self.draft.body.extend(lines)
            return
        text = "\n".join(line.text for line in lines)
        ornament = is_ornament(text) or all(is_way_back(line.text) or not line.text.strip() for line in lines)
        self.use(lines, "mark" if ornament else "loose")
