"""What differs between two wordings of a card, word by word, in marks that need no colour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from quizzer.model import CardText

Kind = Literal["same", "changed", "new", "gone"]

LEGEND = "[-taken out-] {+put in+}"
_COMPARABLE = 500_000
"""Pairs of words that may be compared; of longer texts, all between what begins and what ends alike is one change."""
_LIKE = 0.3
"""Share of words in common from which on one answer is another's former wording."""

# Japanese, Chinese and Korean are written without spaces: there every character is a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"([{_UNSPACED}]|[^\s{_UNSPACED}]+)(\s*)")


@dataclass(frozen=True, slots=True)
class Difference:
    """How one text of a card was and is. *number*: of the answer, from 1, as it stands now (where gone: stood)."""

    part: Literal["question", "answer"]
    kind: Kind
    marked: str
    """Both wordings in one: ``the [-first-]{+last+} word``."""
    number: int = 0
    before: str = ""
    now: str = ""


def differences(before: CardText, now: CardText) -> list[Difference]:
    """The question, then each answer as it stands now, then those that are gone; what is the same is among them."""
    return [_difference("question", before.question, now.question), *_answers(before.answers, now.answers)]


def _difference(part: Literal["question", "answer"], before: str, now: str, number: int = 0) -> Difference:
    kind: Kind = "same" if _plain(before) == _plain(now) else "changed"
    return Difference(part, kind, now if kind == "same" else marked(before, now), number, before, now)


def _answers(before: Sequence[str], now: Sequence[str]) -> Iterator[Difference]:
    left = dict(enumerate(before))
    former: dict[int, int] = {}
    for likeness in (_same, _likeness):
        for number, text in enumerate(now):
            if number not in former and left:
                nearest = max(left, key=lambda other: likeness(left[other], text))
                if likeness(left[nearest], text) >= _LIKE:
                    former[number] = nearest
                    del left[nearest]
    for number, text in enumerate(now):
        if number in former:
            yield _difference("answer", before[former[number]], text, number + 1)
        else:
            yield Difference("answer", "new", f"{{+{text}+}}", number + 1, "", text)
    for number, text in left.items():
        yield Difference("answer", "gone", f"[-{text}-]", number + 1, text, "")


def _same(one: str, other: str) -> float:
    return float(_plain(one) == _plain(other))


def _likeness(one: str, other: str) -> float:
    """Share of words in common, 0..1, whatever their order."""
    words, others = set(_plain(one).casefold().split()), set(_plain(other).casefold().split())
    return 2 * len(words & others) / max(1, len(words) + len(others))


def _plain(text: str) -> str:
    """*text* as ``card_digest`` reads it: wrapping and Unicode form do not count."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def marked(before: str, now: str) -> str:
    """Both texts in one, ``[-words taken out-]`` and ``{+words put in+}``; white space is that of *now*."""
    old, new = _WORD.findall(unicodedata.normalize("NFC", before)), _WORD.findall(unicodedata.normalize("NFC", now))
    parts: list[str] = []
    for kind, old_words, new_words in _runs(old, new):
        if kind == "equal":
            parts.append("".join(word + space for word, space in new_words))
            continue
        removed, added = _joined(old_words), _joined(new_words)
        # The space that followed the run follows the mark.
        space = (new_words or old_words)[-1][1]
        marks = ([f"[-{removed}-]"] if removed else []) + ([f"{{+{added}+}}"] if added else [])
        parts.append("".join(marks) + space)
    return "".join(parts).strip()


_Words = Sequence[tuple[str, str]]


def _joined(words: _Words) -> str:
    return "".join(word + space for word, space in words).rstrip()


def _runs(old: _Words, new: _Words) -> Iterator[tuple[str, _Words, _Words]]:
    """Runs of words that are the same in both, or are not."""
    old_words, new_words = [word for word, _ in old], [word for word, _ in new]
    shortest = min(len(old), len(new))
    start = next((n for n in range(shortest) if old_words[n] != new_words[n]), shortest)
    rest = shortest - start
    end = next((n for n in range(rest) if old_words[-1 - n] != new_words[-1 - n]), rest)
    old_end, new_end = len(old) - end, len(new) - end
    if start:
        yield "equal", old[:start], new[:start]
    if (old_end - start) * (new_end - start) > _COMPARABLE:
        yield "replace", old[start:old_end], new[start:new_end]
    else:
        matcher = SequenceMatcher(None, old_words[start:old_end], new_words[start:new_end], autojunk=False)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            yield kind, old[start + i1 : start + i2], new[start + j1 : start + j2]
    if end:
        yield "equal", old[old_end:], new[new_end:]
