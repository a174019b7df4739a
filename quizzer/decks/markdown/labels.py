"""What stands before a question or an answer: ``Question 12``, ``Q:``, ``12.``, ``**Answer:**``, ``Hint:``."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_QUESTION_WORDS = "question|ques|q|frage|pregunta|pergunta|domanda|вопрос|問題|问题|質問|질문|soru"
_ANSWER_WORDS = (
    "answers?|ans|a|solutions?|sol|response|antwort|respuesta|resposta|risposta|réponse|reponse|ответ|正确答案|参考答案|答案|答|回答|解答|"
    "답변|정답|cevap"
)
_JOINERS = "\u200d\ufe0f\u20e3"


class Label(NamedTuple):
    """What stands before the text of a question. *word*: it says that a question follows; *rest* is the text."""

    word: bool
    number: int | None
    rest: str

    @property
    def present(self) -> bool:
        """Whether there is a label at all."""
        return self.word or self.number is not None


NO_LABEL = Label(False, None, "")

_WORD_LABEL = re.compile(
    rf"^(?:{_QUESTION_WORDS})"
    r"(?:(?:\s*(?:no\.?|number|nr\.?|№|#)?\s*[-_]?\s*(?P<number>\d{1,5})[a-z]?"
    r"(?:\s*[.:)\]\-–—|：、.]+|(?=\s|$|[*_<]))"
    r"|(?:\s*[:：]|\s*[.)](?=\s|[*_]|$)|\s+[-–—](?=\s)))"
    r"|(?P<alone>\s*$))\s*",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(
    r"^(?:[(\[]?#?(?P<number>\d{1,5})"
    r"(?:(?:\.\d+)+[.)]?(?=\s)|\ufe0f?\u20e3|[.)\]:、．]+(?=\s|[*_A-Z¿\"'`\[<]|[^\x00-\x7f])|"
    r"\s+[-–—](?=\s)|\\[.)](?=\s))|"
    r"[A-Z]{1,8}[-_]?(?P<code>\d{1,5})\s*[-–—:.](?=\s))\s*(?:#+\s+)?"
)
_BOLD_TAG = re.compile(r"^(?:<(?:b|strong|i|em)>\s*)+", re.IGNORECASE)
_ANCHORS = re.compile(r"^(?:<a\s[^>]*>\s*</a>|<a\s+(?:name|id)=[^>]*>|\[\[?[^\w\]]*\]?\]\(#[^)]*\)\)?|:[a-z0-9_+-]+:)")


def label(text: str) -> Label:
    """The label of *text*: ``Question 12``, ``Q12.``, ``Q:``, ``12.``, ``12)``, a keycap, or none."""
    stripped = strip_ornaments(text)
    inner = _BOLD_TAG.sub("", stripped).lstrip("*_ ") if stripped[:1] in "*_<" else stripped
    found = _WORD_LABEL.match(inner)
    if found and not (found.group("alone") is not None and len(inner.split()[0]) < 3):
        number = found.group("number")
        return Label(True, int(number) if number else None, _balanced(stripped, inner, inner[found.end() :]))
    found = _NUMBER_LABEL.match(inner)
    if found:
        number = found.group("number") or found.group("code")
        return Label(False, int(number), _balanced(stripped, inner, inner[found.end() :]))
    return Label(False, None, stripped)


def _balanced(whole: str, inner: str, rest: str) -> str:
    """*rest* with the emphasis that began before the label: ``**Q1. What?** yes`` -> ``**What?** yes``."""
    opening = whole[: len(whole) - len(inner)].strip()
    if not opening:
        return rest
    if rest.startswith(opening):  # **Question:** What?  -> the label alone was bold
        return rest[len(opening) :].lstrip(" :")
    return opening + rest if opening in rest else rest


def strip_ornaments(text: str) -> str:
    """*text* without emoji, anchors, links to elsewhere on the page and arrows before it."""
    previous = None
    while previous != text:
        previous = text
        text = _ANCHORS.sub("", text.strip())
        while text and text[0] != "`" and (text[0] in _JOINERS or unicodedata.category(text[0]) in ("So", "Sk", "Cf")):
            text = text[1:]
    return text


_ANSWER = re.compile(
    r"^(?:[>\s]*)(?:#{1,6}\s+)?(?:[-*+]\s+(?=\S))?(?P<wrap>[*_]{0,3}|<(?:b|strong|i|em|u)>)\s*"
    r"(?:(?:sample|model|short|long|correct|suggested|possible|example|right|expected|your|my|the|full|detailed)\s+)?"
    rf"(?P<word>{_ANSWER_WORDS})(?:\s*(?P<number>\d{{1,5}}))?"
    r"(?P<end>\s*[*_]{0,3}(?:</\w+>)?\s*(?:[:：]|[-–—](?=\s|$|[*_])|[.)](?=\s|$|[*_]))\s*[*_]{0,3}(?:</\w+>)?|"
    r"\s*[*_]{1,3}(?=\s|$)|\s*</(?:b|strong|i|em|u)>|\s*$)[ \t]*",
    re.IGNORECASE,
)
_ANSWER_HEADING = re.compile(r"^#+\s+(?:[\w-]+\s+){1,2}answers?\s*:?$", re.IGNORECASE)
_ALONE = frozenset({"answer", "answers", "ans", "solution"})


class AnswerMark(NamedTuple):
    """``**Answer:**`` at the start of a line. *end* is the offset behind it; *sure*: no ordinary text begins so."""

    end: int
    number: int | None
    sure: bool
    short: bool
    """Only a letter: ``A:`` or ``A.``."""


def answer_mark(text: str) -> AnswerMark | None:
    """The marker that *text* begins with, if any."""
    bare = strip_ornaments(text)
    found = _ANSWER.match(bare)
    if not found:
        named = _ANSWER_HEADING.match(bare)
        return AnswerMark(len(text), None, True, False) if named else None
    word, end = found.group("word").lower(), found.group("end")
    short = len(word) == 1 and word.isascii()
    styled = bool(found.group("wrap")) or bare.startswith("#")
    if short and not re.search(r"[:：.)\-–—]", end):
        return None
    if not styled and not short and end.strip() and not re.search(r"[:：]|\s[-–—]", end):
        return None  # "Answer - ..." is a marker, "Answers. They ..." hardly
    if not styled and not end.strip() and bare.strip().lower() not in _ALONE:
        return None
    if styled and not end.strip(" *_<>/bstrongiemu") and not _begins_sentence(bare[found.end() :], word):
        return None  # "**Solution** of the puzzle" is text
    number = found.group("number")
    offset = len(text.rstrip()) - len(bare)
    return AnswerMark(offset + found.end(), int(number) if number else None, styled or ":" in end or "：" in end, short)


def _begins_sentence(rest: str, word: str) -> bool:
    """Whether what follows a marker without a colon can be an answer's beginning."""
    return not rest.strip() or (word.startswith(("answer", "ans")) and not rest.lstrip()[0].islower())


_ANSWER_SUMMARY = re.compile(
    r"^(?:(?:click|tap|press)?\s*(?:here\s*)?(?:to\s+)?"
    r"(?:show|view|see|reveal|toggle|open|expand|get|check|display|read|ver|mostrar|voir|afficher)?\s*(?:for\s+)?"
    r"(?:me\s+)?(?:the\s+|an?\s+)?(?:(?:sample|model|correct|possible|suggested|detailed|full|my)\s+)?)?"
    rf"(?:{_ANSWER_WORDS})(?:\s*(?:and|&|/|\+)\s*explanations?)?(?:\s*(?:here|below))?[\s:.!]*$",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^(?:click(?: here| me| to (?:expand|open|show|see|view|reveal|toggle).*)?|expand|show(?: more)?|details?|more|"
    r"spoilers?|reveal|open|view|see(?: more| details)?|toggle|explanation|read more|…|\.\.\.)?[\s:.!]*$",
    re.IGNORECASE,
)
_HINT = re.compile(r"^[>\s]*[*_]{0,3}\s*hints?(?:\s*\d+)?\s*(?:[:：]\s*[*_]{0,3}|[*_]{1,3}\s*[:：]?)\s*", re.IGNORECASE)


def is_answer_summary(summary: str) -> bool:
    """Whether what can be unfolded is named the answer."""
    return bool(_ANSWER_SUMMARY.match(strip_ornaments(summary)))


def is_opener(summary: str) -> bool:
    """Whether what can be unfolded has no name of its own ("click to expand")."""
    return bool(_OPENER.match(strip_ornaments(summary)))


def hint_mark(text: str) -> int:
    """The offset behind ``**Hint:**`` at the start of *text*; 0 where there is none."""
    found = _HINT.match(text)
    return found.end() if found else 0
