"""The deck format, version 1, as tables: every key, what may stand under it, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FORMAT_VERSION = "1"
MAXIMUM_TEXT = 100_000
"""Characters in one text: more than any answer needs, less than what would stall a terminal or the grader."""

Kind = Literal["id", "text", "texts", "choice", "aliases", "mapping", "cards"]

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
CARD_ALIAS = re.compile(f"({ID.pattern}/)?{ID.pattern}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the format. *meaning* is for editors, *entry* names one item of a list, *pattern* is of its texts."""

    kind: Kind
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    entry: str = "text"
    pattern: re.Pattern[str] | None = None


FILE_KEYS = {
    "quizzer": Key("choice", "version of the deck format", required=True, choices=(FORMAT_VERSION,)),
    "deck": Key("mapping", "what the deck is", required=True),
    "cards": Key("cards", "the questions", required=True),
}
DECK_KEYS = {
    "id": Key("id", "identifies the deck; never change it", required=True, pattern=ID),
    "title": Key("text", "the deck's name as people read it"),
    "description": Key("text", "one or two sentences"),
    "language": Key("text", "language of questions and answers, such as en", pattern=LANGUAGE),
    "license": Key("text", "an SPDX licence expression"),
    "authors": Key("texts", "who wrote it", entry="author"),
    "tags": Key("texts", "tags of every card of the deck", entry="tag"),
    "aliases": Key("aliases", "former ids of the deck", entry="alias", pattern=ID),
}
CARD_KEYS = {
    "id": Key("id", "identifies the card in its deck; never change it", required=True, pattern=ID),
    "question": Key("text", "what is asked", required=True),
    "answers": Key("texts", "reference answers, each right by itself; none: the card is unanswered", entry="answer"),
    "points": Key("texts", "what a full answer says, one idea each", entry="point"),
    "misconceptions": Key("texts", "claims that make an answer wrong", entry="misconception"),
    "hints": Key("texts", "shown on /hint, one after another", entry="hint"),
    "explanation": Key("text", "shown after answering"),
    "sources": Key("texts", "where the answer can be checked", entry="source"),
    "tags": Key("texts", "topics", entry="tag"),
    "difficulty": Key("choice", "how hard the question is", choices=("easy", "medium", "hard")),
    "tests": Key("mapping", "answers with a known outcome, run by `quizzer deck test`"),
    "aliases": Key(
        "aliases",
        "former ids of the card: `card`, or `deck/card` where it was in another deck",
        entry="alias",
        pattern=CARD_ALIAS,
    ),
}
TEST_KEYS = {
    "pass": Key("texts", "answers that must pass", entry="answer"),
    "partial": Key("texts", "half answers: quality 1 to 3", entry="answer"),
    "fail": Key("texts", "answers that must not pass", entry="answer"),
}

LEVELS = {"at the top": FILE_KEYS, "under 'deck'": DECK_KEYS, "in a card": CARD_KEYS, "under 'tests'": TEST_KEYS}
"""Where each table's keys belong."""

HABITS = {
    "q": "question", "front": "question", "prompt": "question",
    "a": "answers", "back": "answers", "reference": "answers", "references": "answers",
    "name": "title", "lang": "language", "author": "authors", "key_points": "points", "keypoints": "points",
    "passing": "pass", "failing": "fail", "half": "partial", "questions": "cards", "version": "quizzer",
}  # fmt: skip
"""What people write from habit, where spelling alone does not lead to the key."""
