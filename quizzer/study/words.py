"""The words that steer a session, the same at every prompt, in the editor and in plain mode."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

WORDS = {
    "hint": "show a hint",
    "skip": "leave this question for another session",
    "reveal": "I don't know: show the answer",
    "undo": "take back the last answer and ask it again",
    "flag": "mark the card for its maintainer, with a note: /flag NOTE",
    "bury": "put this card off until tomorrow",
    "suspend": "stop asking this card, until `quizzer card resume`",
    "grade": "overrule the last grade with 0 to 5: /grade 4",
    "diff": "show what was reworded since you learned the card",
    "help": "show these words",
    "quit": "stop; everything answered is saved",
}

QUALITIES = ("none of it", "wrong", "partly", "right but incomplete", "right", "perfect")
"""What each quality, 0 to 5, means to a learner."""

RIGHT_QUALITY = 4
WRONG_QUALITY = 1

_WORD = re.compile(r"/([A-Za-z]+)(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Word:
    """One of ``WORDS`` as it was typed. *name* is empty for a word that is not known; *argument* then holds it."""

    name: str
    argument: str = ""


def word_in(text: str) -> Word | None:
    """The word that *text* consists of, or None where it is an answer."""
    match = _WORD.fullmatch(text.strip())
    if match is None or "\n" in text.strip():
        return None
    name, argument = match[1].lower(), (match[2] or "").strip()
    if name in WORDS:
        return Word(name, argument) if name in ("flag", "grade") or not argument else None
    return None if argument else Word("", name)


def split(text: str) -> tuple[str, Word | None]:
    """What was typed of an answer, and the word on its last line: ``("", word)`` where there is nothing else.

    After the first line of an answer only a known word is one; any other slash there is text.
    """
    before, _, last = text.rstrip().rpartition("\n")
    word = word_in(last)
    if word is None or (before.strip() and not word.name):
        return text, None
    return before if before.strip() else "", word


def cleaned(text: str) -> str:
    """An answer as it is kept: line feeds between its lines, and only characters that can be stored as Unicode."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def overruled(quality: int, *, right: bool) -> int:
    """What *quality* becomes when the learner says that the answer was right, or was not: agreeing changes nothing."""
    return max(quality, RIGHT_QUALITY) if right else min(quality, WRONG_QUALITY)


def quality_in(argument: str) -> int | None:
    """The quality 0..5 that *argument* names, or None."""
    return int(argument) if argument in ("0", "1", "2", "3", "4", "5") else None


def clock(seconds: float) -> str:
    """A time as a clock shows it: ``7:05``; never less than nothing, and 0:00 only when it is over."""
    whole = math.ceil(max(0.0, seconds))
    return f"{whole // 60}:{whole % 60:02}"


def help_lines() -> list[str]:
    """What each word does, and the keys after feedback."""
    lines = [f"/{name:7} {meaning}" for name, meaning in WORDS.items()]
    scale = ", ".join(f"{quality} {meaning}" for quality, meaning in enumerate(QUALITIES))
    keys = "the keys u, f, b, s, d, h and q stand for /undo, /flag, /bury, /suspend, /diff, /help and /quit there"
    return [*lines, "after feedback: Enter goes on, y (right) or n (wrong) overrules, or a grade:", scale, keys]
